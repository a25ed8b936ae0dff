import type { ShownLeave } from "../../../../src/http/wire/schedule.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Dialog } from "../../kit/dialog.tsx";
import { useWords } from "../../words/locale.tsx";
import { RemoveButton } from "../settings/remove-button.tsx";
import { PersonDot, useCast } from "./cast.tsx";
import styles from "./form.module.css";
import { spanOf } from "./shifts-shown.ts";
import { TOPICS } from "./use-schedule.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** Somebody's leave; taken back by themselves or by whoever plans. */
export function LeaveShown({ leave, onClose }: { readonly leave: ShownLeave; readonly onClose: () => void }) {
  const { leave: w, detail } = useWords(words);
  const { me, of } = useCast();
  const when = useWhen();
  const mayEdit = useMay("roster.edit");
  const { id, person, note, managedBy } = leave;
  const { name } = of(person);
  return (
    <Dialog
      title={w.of(name)}
      onClose={onClose}
      acts={
        managedBy === null && (mayEdit || person === me) ? (
          <RemoveButton
            name={w.of(name)}
            topics={TOPICS}
            onRemove={(confirm) => api.delete(`/api/v1/schedule/leaves/${encodeURIComponent(id)}`, { confirm })}
            onDone={onClose}
          />
        ) : undefined
      }
    >
      <dl className={styles.facts}>
        <dt>{w.person}</dt>
        <dd>
          <PersonDot id={person} /> {name}
        </dd>
        <dt>{detail.when}</dt>
        <dd>{when.span(spanOf(leave))}</dd>
        {note !== null && (
          <>
            <dt>{detail.note}</dt>
            <dd>{note}</dd>
          </>
        )}
      </dl>
      {managedBy !== null && <p className={styles.quiet}>{detail.managed(managedBy)}</p>}
    </Dialog>
  );
}
