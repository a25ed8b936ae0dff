import type { Weekday } from "../../../../src/time/weekday.ts";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./window-dialog.module.css";
import type { WindowDraft } from "./window-draft.ts";
import { words } from "./words.ts";

const KINDS = ["none", "daily", "weekly", "monthly-day", "monthly-weekday"] as const;
const DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const NTHS = ["1", "2", "3", "4", "-1"];

/** How often: the kind, and what that kind wants to know. */
export function RepeatFields({
  draft,
  onChange,
}: {
  readonly draft: WindowDraft;
  readonly onChange: (change: Partial<WindowDraft>) => void;
}) {
  const w = useWords(words);
  const { kind, weekdays } = draft;
  const toggle = (day: Weekday): void =>
    onChange({ weekdays: weekdays.includes(day) ? weekdays.filter((one) => one !== day) : [...weekdays, day] });
  return (
    <>
      <div className={styles.row}>
        <Field label={w.repeat}>
          {(ids) => (
            <select
              {...ids}
              value={kind}
              onChange={(event) => onChange({ kind: event.target.value as WindowDraft["kind"] })}
            >
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {w.repeats[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {kind === "monthly-day" && (
          <Field label={w.day} hint={w.dayHint}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={1}
                max={31}
                value={draft.day}
                onChange={(event) => onChange({ day: event.target.value })}
              />
            )}
          </Field>
        )}
        {kind === "monthly-weekday" && (
          <>
            <Field label={w.nth}>
              {(ids) => (
                <select {...ids} value={draft.nth} onChange={(event) => onChange({ nth: event.target.value })}>
                  {NTHS.map((one) => (
                    <option key={one} value={one}>
                      {w.nths[one]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field label={w.weekday}>
              {(ids) => (
                <select {...ids} value={draft.weekday} onChange={(event) => onChange({ weekday: event.target.value })}>
                  {DAYS.map((one) => (
                    <option key={one} value={one}>
                      {w.weekdays[one - 1]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </>
        )}
        {kind !== "none" && (
          <Field label={w.until} hint={w.untilHint}>
            {(ids) => (
              <input
                {...ids}
                type="date"
                value={draft.until}
                min={draft.start.slice(0, 10)}
                onChange={(event) => onChange({ until: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      {kind === "weekly" && (
        <fieldset className={styles.days}>
          <legend>{w.weekdaysName}</legend>
          <div>
            {DAYS.map((day) => (
              <label key={day} className={styles.day}>
                <input type="checkbox" checked={weekdays.includes(day)} onChange={() => toggle(day)} />
                {w.weekdays[day - 1]}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
