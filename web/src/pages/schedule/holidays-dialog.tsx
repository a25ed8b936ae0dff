import { type FormEvent, useState } from "react";
import type { HolidayPut, ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { RemoveButton } from "../settings/remove-button.tsx";
import { useSave } from "../settings/use-save.tsx";
import { holidayKind } from "./calendar-band.tsx";
import { dateOf, isDate } from "./days.ts";
import styles from "./form.module.css";
import { TOPICS } from "./use-schedule.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** The company's own days off, and public holidays on which it works. */
export function HolidaysDialog({
  schedule,
  onClose,
}: {
  readonly schedule: ShownSchedule;
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const when = useWhen();
  const { save, problem, question } = useSave(TOPICS);
  const [date, setDate] = useState(() => dateOf(serverNow(), schedule.zone));
  const [name, setName] = useState("");
  const [isOff, setIsOff] = useState(true);
  const [tried, setTried] = useState(false);
  const own = schedule.holidays.filter((one) => !one.public || !one.off);
  const known = schedule.holidays.find((one) => one.date === date);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isDate(date) || name.trim() === "") return;
    const put = { name: name.trim(), off: isOff } satisfies HolidayPut;
    if (await save((confirm) => api.put(`/api/v1/schedule/holidays/${date}`, { ...put, confirm }), w.holidays.done)) {
      setName("");
      setTried(false);
    }
  };
  return (
    <Dialog title={w.holidays.title} onClose={onClose}>
      <p className={styles.quiet}>{w.holidays.lead}</p>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={styles.pair}>
          <Field
            label={w.holidays.date}
            hint={known === undefined ? schedule.zone : `${known.name} (${holidayKind(known, w)})`}
          >
            {(ids) => <input {...ids} type="date" value={date} onChange={({ target }) => setDate(target.value)} />}
          </Field>
          <Field label={w.holidays.name} problem={tried && name.trim() === "" ? w.holidays.noName : undefined}>
            {(ids) => <input {...ids} value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />}
          </Field>
        </div>
        <fieldset className={styles.options}>
          <legend>{w.holidays.what}</legend>
          <Tick type="radio" name="off" label={w.holidays.off} checked={isOff} onChange={() => setIsOff(true)} />
          <Tick type="radio" name="off" label={w.holidays.on} checked={!isOff} onChange={() => setIsOff(false)} />
        </fieldset>
        <p>
          <Button look="main" type="submit">
            {w.holidays.submit}
          </Button>
        </p>
      </form>
      {problem}
      {question}
      <section>
        <h3>{w.holidays.listed}</h3>
        {own.length === 0 && <p className={styles.quiet}>{w.holidays.none}</p>}
        {own.map((one) => (
          <div key={one.date} className={styles.line}>
            <span>
              {when.date(one.date, "whole")} <strong>{one.name}</strong>{" "}
              <span className={styles.quiet}>{holidayKind(one, w)}</span>
            </span>
            {one.managedBy === null ? (
              <RemoveButton
                name={one.name}
                size="small"
                topics={TOPICS}
                onRemove={(confirm) => api.delete(`/api/v1/schedule/holidays/${one.date}`, { confirm })}
                onDone={() => {}}
              />
            ) : (
              <span className={styles.quiet}>{w.detail.managed(one.managedBy)}</span>
            )}
          </div>
        ))}
      </section>
    </Dialog>
  );
}
