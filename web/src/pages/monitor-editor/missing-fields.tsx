import { useId } from "react";
import { useLocale, useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { GradePart } from "./line-fields.tsx";
import { ChoicePart, Problems, Sentence, TextPart } from "./parts.tsx";
import type { RuleDraft } from "./rule-draft.ts";
import { words } from "./words.ts";
import { readLength, writeLength } from "./written-value.ts";

/** What it means that values stop. */
export function MissingFields({ draft, onChange, problem, grades }: FieldsProps) {
  const { form: w } = useWords(words);
  const locale = useLocale();
  const described = useId();
  const { missing } = draft;
  const put = (change: Partial<RuleDraft["missing"]>): void => onChange({ missing: { ...missing, ...change } });
  return (
    <fieldset className={styles.group}>
      <legend>{w.missing}</legend>
      <Sentence
        text={missing.then === "alert" ? w.missingAlert : w.missingKeep}
        slots={{
          after: (
            <TextPart
              label={w.after}
              value={missing.after}
              isWrong={problem("after") !== undefined}
              described={described}
              tidy={(text) => {
                const length = readLength(text);
                return length === undefined ? undefined : writeLength(length, locale);
              }}
              onChange={(after) => put({ after })}
            />
          ),
          // biome-ignore lint/suspicious/noThenProperty: a slot of the sentence, and no function.
          then: (
            <ChoicePart
              label={w.then}
              value={missing.then}
              options={[
                ["keep", w.thens.keep],
                ["alert", w.thens.alert],
                ["end", w.thens.end],
              ]}
              onChange={(then) =>
                put({ then, grade: missing.grade === "" ? (grades.at(1) ?? grades.at(0) ?? "") : missing.grade })
              }
            />
          ),
          grade: <GradePart grade={missing.grade} grades={grades} onChange={(grade) => put({ grade })} />,
        }}
      />
      <p className={styles.quiet}>{w.missingHint}</p>
      <Problems id={described} texts={[problem("after")]} />
    </fieldset>
  );
}
