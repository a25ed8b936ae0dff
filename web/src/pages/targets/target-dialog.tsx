import { type FormEvent, useId, useState } from "react";
import type { ShownCollector, ShownTarget } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Loaded, Notice } from "../../kit/page.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { RemoveButton } from "../settings/remove-button.tsx";
import { useSave } from "../settings/use-save.tsx";
import { words as settingsWords } from "../settings/words.ts";
import { bodyOf, draftOf, isWhole, newDraft, problemsOf } from "./target-draft.ts";
import { TargetFields } from "./target-fields.tsx";
import styles from "./targets.module.css";
import { TryTarget } from "./try-target.tsx";
import { useCollectors } from "./use-targets.ts";
import { words } from "./words.ts";

const TOPICS = ["target"];

/** A target is added or changed; it can be tried before it is kept. */
export function TargetDialog({
  target,
  collector,
  settings,
  onClose,
}: {
  /** Undefined: a new one. */
  readonly target: ShownTarget | undefined;
  /** Of a new one: what is known of it already. */
  readonly collector: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const { cancel, close, save } = useWords(shared);
  const collectors = useCollectors();
  const form = useId();
  const isFixed = (target?.managedBy ?? null) !== null;
  return (
    <Dialog
      title={target === undefined ? w.form.new : target.id}
      onClose={onClose}
      wide
      acts={
        isFixed ? (
          <Button onPress={onClose}>{close}</Button>
        ) : (
          <>
            {target !== undefined && (
              <RemoveButton
                name={target.id}
                topics={TOPICS}
                ask={<p>{w.form.removeAsk(target.id)}</p>}
                onRemove={() =>
                  api.delete(`/api/v1/targets/${encodeURIComponent(target.id)}`, { revision: target.revision })
                }
                onDone={onClose}
              />
            )}
            <Button onPress={onClose}>{cancel}</Button>
            <Button look="main" type="submit" form={form}>
              {save}
            </Button>
          </>
        )
      }
    >
      <Loaded query={collectors}>
        {({ collectors: all }) => (
          <TargetForm
            target={target}
            first={all.some(({ kind }) => kind === collector) ? { collector, settings } : FIRST}
            collectors={all}
            form={form}
            isFixed={isFixed}
            onSaved={onClose}
          />
        )}
      </Loaded>
    </Dialog>
  );
}

function TargetForm({
  target,
  first,
  collectors,
  form,
  isFixed,
  onSaved,
}: {
  readonly target: ShownTarget | undefined;
  readonly first: { readonly collector: string; readonly settings: Readonly<Record<string, string>> };
  readonly collectors: readonly ShownCollector[];
  readonly form: string;
  readonly isFixed: boolean;
  readonly onSaved: () => void;
}) {
  const w = useWords(words);
  const s = useWords(settingsWords);
  const locale = useLocale();
  const fieldsOf = (kind: string): ShownCollector["fields"] =>
    collectors.find((one) => one.kind === kind)?.fields ?? [];
  const [draft, setDraft] = useState(() =>
    target === undefined
      ? newDraft(first.collector, fieldsOf(first.collector), { locale, settings: first.settings })
      : draftOf(target, fieldsOf(target.collector), locale),
  );
  const [isShown, setShown] = useState(false);
  const { save, problem, question } = useSave(TOPICS);
  const fields = fieldsOf(draft.collector);
  const problems = problemsOf(draft, fields);
  const body = bodyOf(draft, fields, target?.settings ?? {});
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setShown(true);
    if (Object.keys(problems).length > 0) return;
    const revision = target === undefined ? {} : { revision: target.revision };
    const path = `/api/v1/targets/${encodeURIComponent(draft.id.trim())}`;
    if (await save(() => api.put(path, { target: body, ...revision }), w.form.saved)) onSaved();
  };
  return (
    <>
      {isFixed && <Notice tone="info">{s.managed(target?.managedBy ?? "")}</Notice>}
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <TargetFields
          draft={draft}
          collectors={collectors}
          stored={target?.settings ?? {}}
          isNew={target === undefined}
          isFixed={isFixed}
          problems={isShown ? problems : {}}
          onCollector={(collector) =>
            setDraft({ ...newDraft(collector, fieldsOf(collector), { locale }), id: draft.id })
          }
          onChange={setDraft}
        />
        {problem}
      </form>
      {!isFixed && (
        <TryTarget id={target?.id} body={body} isWhole={isWhole(problems)} onRefused={() => setShown(true)} />
      )}
      {question}
    </>
  );
}

/** What most people add first. */
const FIRST = { collector: "http", settings: {} };
