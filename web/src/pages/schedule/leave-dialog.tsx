import { type FormEvent, useId, useState } from "react";
import type { LeavePut, ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useSave } from "../settings/use-save.tsx";
import { BeforeAfter } from "./before-after.tsx";
import { useCast } from "./cast.tsx";
import { addDays, dateOf, isDate, startOf } from "./days.ts";
import styles from "./form.module.css";
import { LocalField } from "./local-field.tsx";
import type { Span } from "./shifts-shown.ts";
import { TOPICS } from "./use-schedule.ts";
import { words } from "./words.ts";

/** Being away: whole days, or hours of one. Who stands in is shown before it is saved. */
export function LeaveDialog({ schedule, onClose }: { readonly schedule: ShownSchedule; readonly onClose: () => void }) {
  const { leave: w, override } = useWords(words);
  const { cancel } = useWords(shared);
  const { me, of } = useCast();
  const zone = useZone();
  const mayEdit = useMay("roster.edit");
  const form = useId();
  const { save, problem, question } = useSave(TOPICS);
  const [person, setPerson] = useState(me ?? "");
  const [isAllDay, setIsAllDay] = useState(true);
  const [note, setNote] = useState("");
  const [span, setSpan] = useState<Span>(() => {
    const tomorrow = addDays(dateOf(serverNow(), zone), 1);
    return { start: startOf(tomorrow, zone), end: startOf(addDays(tomorrow, 1), zone) };
  });
  const [opened] = useState(serverNow);
  const wrong = span.start >= span.end ? override.badRange : span.end <= opened ? override.past : undefined;
  const isWhole = person !== "" && wrong === undefined;
  const put: LeavePut = {
    person,
    start: new Date(span.start).toISOString(),
    end: new Date(span.end).toISOString(),
    ...(note.trim() === "" ? {} : { note: note.trim() }),
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isWhole) return;
    if (await save((confirm) => api.post("/api/v1/schedule/leaves", { ...put, confirm }), w.done)) onClose();
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
      <p className={styles.quiet}>{w.lead}</p>
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        {mayEdit ? (
          <Field label={w.person}>
            {(ids) => (
              <select {...ids} value={person} required onChange={({ target }) => setPerson(target.value)}>
                <option value="">{override.choose}</option>
                {schedule.people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ) : (
          <p>
            {w.person}: <strong>{of(person).name}</strong>
          </p>
        )}
        <Tick
          label={w.allDay}
          checked={isAllDay}
          onChange={({ target }) => {
            setIsAllDay(target.checked);
            if (target.checked) setSpan(wholeDays(span, zone));
          }}
        />
        <div className={styles.pair}>
          {isAllDay ? (
            <>
              <Field label={w.from} hint={zone}>
                {(ids) => (
                  <input
                    {...ids}
                    type="date"
                    value={dateOf(span.start, zone)}
                    onChange={({ target: { value } }) =>
                      isDate(value) && setSpan({ ...span, start: startOf(value, zone) })
                    }
                  />
                )}
              </Field>
              <Field label={w.to} problem={wrong}>
                {(ids) => (
                  <input
                    {...ids}
                    type="date"
                    value={dateOf(span.end - 1, zone)}
                    onChange={({ target: { value } }) =>
                      isDate(value) && setSpan({ ...span, end: startOf(addDays(value, 1), zone) })
                    }
                  />
                )}
              </Field>
            </>
          ) : (
            <>
              <LocalField
                label={w.start}
                hint={zone}
                at={span.start}
                onChange={(start) => setSpan({ ...span, start })}
              />
              <LocalField label={w.end} problem={wrong} at={span.end} onChange={(end) => setSpan({ ...span, end })} />
            </>
          )}
        </div>
        <Field label={w.note} hint={w.noteHint}>
          {(ids) => <input {...ids} value={note} maxLength={200} onChange={({ target }) => setNote(target.value)} />}
        </Field>
        {isWhole && <BeforeAfter span={span} put={{ kind: "leave", data: put }} />}
      </form>
      {problem}
      {question}
    </Dialog>
  );
}

/** The days that a stretch touches, whole. */
function wholeDays({ start, end }: Span, zone: string): Span {
  return { start: startOf(dateOf(start, zone), zone), end: startOf(addDays(dateOf(end - 1, zone), 1), zone) };
}
