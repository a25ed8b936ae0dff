import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { LENGTH_UNITS, type LengthUnit, type WrittenLength } from "./heartbeat-draft.ts";
import styles from "./heartbeats.module.css";
import { words } from "./words.ts";

/** A number and its unit. */
export function LengthField({
  label,
  hint,
  problem,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly value: WrittenLength;
  readonly onChange: (value: WrittenLength) => void;
}) {
  const { form } = useWords(words);
  return (
    <Field label={label} problem={problem} {...(hint === undefined ? {} : { hint })}>
      {(ids) => (
        <div className={styles.pair}>
          <input
            {...ids}
            inputMode="numeric"
            value={value.count}
            maxLength={9}
            onChange={({ target }) => onChange({ ...value, count: target.value })}
          />
          <select
            aria-label={form.unit(label)}
            value={value.unit}
            onChange={({ target }) => onChange({ ...value, unit: target.value as LengthUnit })}
          >
            {Object.keys(LENGTH_UNITS).map((unit) => (
              <option key={unit} value={unit}>
                {form.units[unit as LengthUnit]}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
