import { type FormEvent, useId, useState } from "react";
import type { OverridePut, ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useSave } from "../settings/use-save.tsx";
import { BeforeAfter } from "./before-after.tsx";
import { useCast } from "./cast.tsx";
import styles from "./form.module.css";
import { LocalField } from "./local-field.tsx";
import { overlaps, type Span, spanOf } from "./shifts-shown.ts";
import { TOPICS } from "./use-schedule.ts";
import { words } from "./words.ts";

const HOUR_MS = 3_600_000;

/** An exception: in a rotation, for a while, somebody else is on duty. What changes is shown before it is saved. */
export function OverrideDialog({
  schedule,
  from,
  onClose,
}: {
  readonly schedule: ShownSchedule;
  readonly from?: Span & { readonly rotation: string };
  readonly onClose: () => void;
}) {
  const { override: w } = useWords(words);
  const { cancel } = useWords(shared);
  const { of, rotationName } = useCast();
  const zone = useZone();
  const form = useId();
  const { save, problem, question } = useSave(TOPICS);
  const [rotation, setRotation] = useState(
    () => from?.rotation ?? schedule.teams.flatMap(({ rotations }) => rotations)[0] ?? "",
  );
  const [person, setPerson] = useState("");
  const [instead, setInstead] = useState("");
  const [note, setNote] = useState("");
  const [span, setSpan] = useState<Span>(() => wanted(from, serverNow()));
  const team = schedule.teams.find(({ rotations }) => rotations.includes(rotation));
  const members = team?.members ?? [];
  const shifts = team?.shifts.filter((one) => one.rotation === rotation && overlaps(spanOf(one), span)) ?? [];
  const onDuty = [...new Set(shifts.flatMap(({ people }) => people))].filter((id) => id !== person);
  const isShared = shifts.some(({ people }) => people.length > 1);
  const [opened] = useState(serverNow);
  const wrong = span.start >= span.end ? w.badRange : span.end <= opened ? w.past : undefined;
  const isWhole = rotation !== "" && person !== "" && wrong === undefined;
  const put: OverridePut = {
    rotation,
    person,
    start: new Date(span.start).toISOString(),
    end: new Date(span.end).toISOString(),
    ...(isShared && onDuty.includes(instead) ? { instead } : {}),
    ...(note.trim() === "" ? {} : { note: note.trim() }),
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isWhole) return;
    if (await save((confirm) => api.post("/api/v1/schedule/overrides", { ...put, confirm }), w.done)) onClose();
  };
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" type="submit" form={form} disabled={!isWhole}>
            {w.submit}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={w.person}>
          {(ids) => (
            <select {...ids} value={person} required onChange={({ target }) => setPerson(target.value)}>
              <option value="">{w.choose}</option>
              {team !== undefined && (
                <optgroup label={team.name}>
                  {members.map((id) => (
                    <option key={id} value={id}>
                      {of(id).name}
                    </option>
                  ))}
                </optgroup>
              )}
              <optgroup label={w.others}>
                {schedule.people
                  .filter(({ id }) => !members.includes(id))
                  .map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
              </optgroup>
            </select>
          )}
        </Field>
        <div className={styles.pair}>
          <LocalField label={w.start} hint={zone} at={span.start} onChange={(start) => setSpan({ ...span, start })} />
          <LocalField label={w.end} problem={wrong} at={span.end} onChange={(end) => setSpan({ ...span, end })} />
        </div>
        <div className={styles.pair}>
          <Field label={w.rotation}>
            {(ids) => (
              <select {...ids} value={rotation} onChange={({ target }) => setRotation(target.value)}>
                {schedule.teams
                  .filter(({ rotations }) => rotations.length > 0)
                  .map(({ name, rotations }) => (
                    <optgroup key={name} label={name}>
                      {rotations.map((id) => (
                        <option key={id} value={id}>
                          {rotationName(id)}
                        </option>
                      ))}
                    </optgroup>
                  ))}
              </select>
            )}
          </Field>
          {isShared && (
            <Field label={w.instead}>
              {(ids) => (
                <select {...ids} value={instead} onChange={({ target }) => setInstead(target.value)}>
                  <option value="">{w.everybody}</option>
                  {onDuty.map((id) => (
                    <option key={id} value={id}>
                      {of(id).name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
        </div>
        <Field label={w.note} hint={w.noteHint}>
          {(ids) => <input {...ids} value={note} maxLength={200} onChange={({ target }) => setNote(target.value)} />}
        </Field>
        {isWhole && <BeforeAfter span={span} put={{ kind: "override", data: put }} />}
      </form>
      {problem}
      {question}
    </Dialog>
  );
}

/** What was pointed at, or the next full hour for an hour's eight. */
function wanted(from: Span | undefined, now: number): Span {
  if (from !== undefined) return { start: from.start, end: from.end };
  const start = Math.ceil(now / HOUR_MS) * HOUR_MS;
  return { start, end: start + 8 * HOUR_MS };
}
