import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./backtest-form.module.css";
import type { FieldsProps } from "./backtest-form.tsx";
import { words } from "./words.ts";

/** How long people take, and who answers nothing: the same on both sides. */
export function PeopleFields({ wish, onChange }: FieldsProps) {
  const w = useWords(words);
  const people = useQuery({
    queryKey: ["roster", "names"],
    queryFn: () => api.get<{ readonly people: Readonly<Record<string, string>> }>("/api/v1/people"),
  }).data?.people;
  const toggled = (id: string): readonly string[] =>
    wish.asleep.includes(id) ? wish.asleep.filter((other) => other !== id) : [...wish.asleep, id];
  return (
    <details className={styles.people}>
      <summary>{w.form.people}</summary>
      <div className={styles.fields}>
        <Field label={w.form.answerAfter}>
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={0}
              max={10_080}
              value={wish.answerAfter}
              onChange={(event) => onChange({ answerAfter: event.target.value })}
            />
          )}
        </Field>
        {wish.source === "file" && (
          <Field label={w.form.endAfter}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={0}
                max={10_080}
                value={wish.endAfter}
                onChange={(event) => onChange({ endAfter: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      <fieldset>
        <legend>{w.form.asleep}</legend>
        <div className={styles.ticks}>
          {Object.entries(people ?? {}).map(([id, name]) => (
            <Tick
              key={id}
              label={name}
              checked={wish.asleep.includes(id)}
              onChange={() => onChange({ asleep: toggled(id) })}
            />
          ))}
        </div>
      </fieldset>
    </details>
  );
}
