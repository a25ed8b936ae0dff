import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { isInStep, PRESETS, type Preset, presetOf, withPreset } from "./presets.ts";
import { lengthOf, peopleOf, UNITS, type Unit } from "./rotation-draft.ts";
import { useRotationText, weekdayOf } from "./rotation-text.ts";
import { words } from "./words.ts";
import { ZoneField } from "./zone-field.tsx";

/** How often turns change, and when: one of the usual ways, or lengths of one's own. */
export function LengthFields({
  draft,
  onChange,
  problem,
  isFixed,
  custom,
  onCustom,
}: FieldsProps & {
  /** Somebody wants to write lengths of their own, whatever these are. */
  readonly custom: boolean;
  readonly onCustom: (custom: boolean) => void;
}) {
  const { form: w } = useWords(words);
  const text = useRotationText();
  const known = presetOf(draft);
  const preset: Preset = custom ? "custom" : known;
  const choose = (one: Preset): void => {
    onCustom(one === "custom");
    onChange(withPreset(draft, one));
  };
  const people = draft.turns.filter((turn) => peopleOf(turn).length > 0).length;
  const { lengths, date, time } = draft;
  const isWritten = problem("lengths") === undefined && problem("start") === undefined;
  return (
    <fieldset className={styles.group}>
      <legend>{w.length}</legend>
      <div className={styles.choices} role="radiogroup" aria-label={w.length}>
        {PRESETS.map((one) => (
          <label key={one} className={styles.choice}>
            <input
              type="radio"
              name="preset"
              checked={preset === one}
              disabled={isFixed}
              onChange={() => choose(one)}
            />
            {w.presets[one]}
          </label>
        ))}
      </div>
      {preset === "custom" && <CustomLengths {...{ draft, onChange, problem, isFixed }} />}
      <div className={styles.pair}>
        <Field label={w.date} problem={problem("start")}>
          {(ids) => (
            <input
              {...ids}
              type="date"
              value={date}
              disabled={isFixed}
              onChange={({ target }) => onChange({ date: target.value })}
            />
          )}
        </Field>
        <Field label={w.time}>
          {(ids) => (
            <input
              {...ids}
              type="time"
              value={time}
              disabled={isFixed}
              onChange={({ target }) => onChange({ time: target.value })}
            />
          )}
        </Field>
        <ZoneField
          zone={draft.zone}
          problem={problem("zone")}
          isFixed={isFixed}
          onChange={(zone) => onChange({ zone })}
        />
      </div>
      {isWritten && (
        <p className={styles.said} aria-live="polite">
          {text.rhythm({
            turns: lengths.map(({ unit, count }) => ({ unit, count: Number(count) })),
            start: `${date}T${time}`,
          })}
        </p>
      )}
      {isInStep(known, people) && <Warning text={w.inStep[known as keyof typeof w.inStep]} />}
      {known === "weekdays" && isWritten && weekdayOf(date) !== 1 && <Warning text={w.notMonday} />}
      {known === "monthly" && Number(date.slice(8, 10)) > 28 && <Warning text={w.lateMonth} />}
      {lengths.every(({ unit }) => unit === "hours") && <p className={styles.hint}>{w.exactHours}</p>}
    </fieldset>
  );
}

function CustomLengths({ draft, onChange, problem, isFixed }: FieldsProps) {
  const { form: w } = useWords(words);
  const { lengths } = draft;
  const put = (key: number, change: { readonly count?: string; readonly unit?: Unit }): void =>
    onChange({ lengths: lengths.map((one) => (one.key === key ? { ...one, ...change } : one)) });
  return (
    <div className={styles.inner}>
      <p className={styles.hint}>{w.lengthsLead}</p>
      {lengths.map(({ key, count, unit }, nth) => (
        <div key={key} className={styles.lengthRow}>
          <input
            type="number"
            min={1}
            max={1_000}
            inputMode="numeric"
            aria-label={w.lengthNth(nth + 1)}
            aria-invalid={problem("lengths", key) !== undefined}
            value={count}
            disabled={isFixed}
            onChange={({ target }) => put(key, { count: target.value })}
          />
          <select
            aria-label={w.unitNth(nth + 1)}
            value={unit}
            disabled={isFixed}
            onChange={({ target }) => put(key, { unit: target.value as Unit })}
          >
            {UNITS.map((one) => (
              <option key={one} value={one}>
                {w.units[one]}
              </option>
            ))}
          </select>
          {!isFixed && lengths.length > 1 && (
            <Button
              look="quiet"
              icon="remove"
              bare
              onPress={() => onChange({ lengths: lengths.filter((one) => one.key !== key) })}
            >
              {w.removeLength(nth + 1)}
            </Button>
          )}
        </div>
      ))}
      {problem("lengths") !== undefined && <Problem text={problem("lengths") ?? ""} />}
      {!isFixed && (
        <div>
          <Button
            size="small"
            icon="add"
            onPress={() => onChange({ lengths: [...lengths, lengthOf({ unit: "days", count: 1 })] })}
          >
            {w.addLength}
          </Button>
        </div>
      )}
    </div>
  );
}

export function Warning({ text }: { readonly text: string }) {
  return (
    <p className={styles.warn}>
      <Icon name="warn" size={16} /> {text}
    </p>
  );
}

export function Problem({ text }: { readonly text: string }) {
  return (
    <p className={styles.problem}>
      <Icon name="warn" size={16} /> {text}
    </p>
  );
}
