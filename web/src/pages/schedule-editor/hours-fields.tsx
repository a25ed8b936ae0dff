import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { Problem } from "./length-fields.tsx";
import { freshKey, type HoursDraft, WEEKDAYS } from "./rotation-draft.ts";
import { words } from "./words.ts";

const ON_HOLIDAYS = ["as-usual", "off", "only"] as const;

/** When its people are on duty: around the clock or at certain hours, and what holidays do to it. */
export function HoursFields({ draft, onChange, problem, isFixed }: FieldsProps) {
  const { form: w } = useWords(words);
  const { hours } = draft;
  const byHoliday = draft.lengths[0]?.unit === "holidays";
  const add = (): void => {
    const usual = { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };
    onChange({ hours: [...hours, { key: freshKey(), ...usual }] });
  };
  return (
    <fieldset className={styles.group}>
      <legend>{w.when}</legend>
      <div className={styles.choices} role="radiogroup" aria-label={w.when}>
        <label className={styles.choice}>
          <input
            type="radio"
            name="hours"
            checked={hours.length === 0}
            disabled={isFixed}
            onChange={() => onChange({ hours: [] })}
          />
          {w.around}
        </label>
        <label className={styles.choice}>
          <input type="radio" name="hours" checked={hours.length > 0} disabled={isFixed} onChange={add} />
          {w.some}
        </label>
      </div>
      {hours.map((one, nth) => (
        <HoursRow key={one.key} {...{ one, nth, draft, onChange, problem, isFixed }} />
      ))}
      {hours.length > 0 && !isFixed && (
        <div>
          <Button size="small" icon="add" onPress={add}>
            {w.addHours}
          </Button>
        </div>
      )}
      <Field label={w.holidays} hint={w.holidaysHint}>
        {(ids) => (
          <select
            {...ids}
            value={byHoliday ? "only" : draft.holidays}
            disabled={isFixed || byHoliday}
            onChange={({ target }) => onChange({ holidays: target.value as (typeof ON_HOLIDAYS)[number] })}
          >
            {ON_HOLIDAYS.map((one) => (
              <option key={one} value={one}>
                {w.onHolidays[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </fieldset>
  );
}

function HoursRow({
  one: { key, days, from, to },
  nth,
  draft,
  onChange,
  problem,
  isFixed,
}: FieldsProps & { readonly one: HoursDraft; readonly nth: number }) {
  const { form: w, weekdays } = useWords(words);
  const put = (change: Partial<HoursDraft>): void =>
    onChange({ hours: draft.hours.map((one) => (one.key === key ? { ...one, ...change } : one)) });
  const toggle = (day: number): void =>
    put({
      days: days.includes(day) ? days.filter((other) => other !== day) : [...days, day].sort((one, two) => one - two),
    });
  const wrong = problem("hours", key);
  return (
    <div className={styles.hoursRow} role="group" aria-label={w.hours(nth + 1)}>
      <div className={styles.days} role="group" aria-label={w.days}>
        {WEEKDAYS.map((day) => (
          <button
            key={day}
            type="button"
            className={styles.day}
            aria-pressed={days.includes(day)}
            disabled={isFixed}
            onClick={() => toggle(day)}
          >
            {weekdays[day - 1]}
          </button>
        ))}
      </div>
      <div className={styles.times}>
        <label>
          {w.from}
          <input type="time" value={from} disabled={isFixed} onChange={({ target }) => put({ from: target.value })} />
        </label>
        <label>
          {w.to}
          <input type="time" value={to} disabled={isFixed} onChange={({ target }) => put({ to: target.value })} />
        </label>
        <span className={styles.hint}>
          {to === "" ? "" : to === "00:00" ? w.midnight : to <= from ? w.nextDay : ""}
        </span>
        {!isFixed && (
          <Button
            look="quiet"
            icon="remove"
            bare
            onPress={() => onChange({ hours: draft.hours.filter((other) => other.key !== key) })}
          >
            {w.removeHours(nth + 1)}
          </Button>
        )}
      </div>
      {wrong !== undefined && <Problem text={wrong} />}
    </div>
  );
}
