import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { words } from "./words.ts";

const PRIORITIES = [0, 10, 20];

/** What few rotations need: precedence, an end, and being one in which people learn. */
export function RestFields({ draft, onChange, problem, isFixed }: FieldsProps) {
  const { form: w } = useWords(words);
  const { priority } = draft;
  const choices = PRIORITIES.includes(priority) ? PRIORITIES : [...PRIORITIES, priority];
  return (
    <fieldset className={styles.group}>
      <legend>{w.rest}</legend>
      <Field label={w.priority} hint={w.priorityHint}>
        {(ids) => (
          <select
            {...ids}
            value={priority}
            disabled={isFixed}
            onChange={({ target }) => onChange({ priority: Number(target.value) })}
          >
            {choices.map((one) => (
              <option key={one} value={one}>
                {w.priorities[one] ?? w.otherPriority(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.end} hint={w.endHint} problem={problem("end")}>
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            value={draft.end}
            disabled={isFixed}
            onChange={({ target }) => onChange({ end: target.value })}
          />
        )}
      </Field>
      <Tick
        label={w.shadow}
        hint={w.shadowHint}
        checked={draft.shadow}
        disabled={isFixed}
        onChange={({ target }) => onChange({ shadow: target.checked })}
      />
    </fieldset>
  );
}
