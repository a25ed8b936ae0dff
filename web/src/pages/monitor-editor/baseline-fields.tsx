import { useId } from "react";
import { Button } from "../../kit/button.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { Demanded, GradePart } from "./line-fields.tsx";
import { ChoicePart, Problems, Sentence, TextPart } from "./parts.tsx";
import { type BaselineDraft, hasUsual, newBaseline, SIDES } from "./rule-draft.ts";
import { words } from "./words.ts";
import { readLength, writeLength } from "./written-value.ts";

/** The second kind of line: unlike the same hour of the last weeks. */
export function BaselineFields({ draft, onChange, problem, isFixed, grades }: FieldsProps) {
  const { form: w } = useWords(words);
  const locale = useLocale();
  const described = useId();
  const { baseline } = draft;
  if (baseline === undefined) {
    if (isFixed) return null;
    const can = hasUsual(draft.form);
    return (
      <div className={styles.add}>
        <Button
          size="small"
          icon="add"
          disabled={!can}
          onPress={() => onChange({ baseline: newBaseline(grades, locale) })}
        >
          {w.addBaseline}
        </Button>
        {!can && <span className={styles.quiet}>{w.noUsual}</span>}
      </div>
    );
  }
  if (baseline.demanded !== undefined) {
    const fixed = (text: string) => <strong>{text}</strong>;
    return (
      <div className={styles.line} role="group" aria-label={w.baselineName}>
        <Sentence
          text={w.baseline}
          slots={{
            weeks: fixed(baseline.weeks),
            side: fixed(w.sides[baseline.side]),
            hold: fixed(baseline.hold),
            grade: fixed(baseline.grade),
          }}
        />
        <Demanded clause={baseline.demanded.clause ?? ""} />
        <Problems id={described} texts={[problem("baseline")]} />
      </div>
    );
  }
  const put = (change: Partial<BaselineDraft>): void => onChange({ baseline: { ...baseline, ...change } });
  return (
    <div className={styles.line} role="group" aria-label={w.baselineName}>
      <Sentence
        text={w.baseline}
        slots={{
          weeks: (
            <TextPart
              label={w.weeks}
              value={baseline.weeks}
              isWrong={problem("weeks") !== undefined}
              described={described}
              onChange={(weeks) => put({ weeks })}
            />
          ),
          side: (
            <ChoicePart
              label={w.side}
              value={baseline.side}
              options={SIDES.map((side) => [side, w.sides[side]])}
              onChange={(side) => put({ side })}
            />
          ),
          hold: (
            <TextPart
              label={w.hold}
              value={baseline.hold}
              isWrong={problem("baseline-hold") !== undefined}
              described={described}
              tidy={(text) => {
                const length = readLength(text);
                return length === undefined ? undefined : writeLength(length, locale);
              }}
              onChange={(hold) => put({ hold })}
            />
          ),
          grade: <GradePart grade={baseline.grade} grades={grades} onChange={(grade) => put({ grade })} />,
        }}
      />
      <div className={styles.more}>
        <Sentence
          text={w.spread}
          slots={{
            spreads: (
              <TextPart
                label={w.spreads}
                value={baseline.spreads}
                isWrong={problem("spreads") !== undefined}
                described={described}
                onChange={(spreads) => put({ spreads })}
              />
            ),
          }}
        />
        {!isFixed && (
          <Button look="quiet" icon="remove" bare onPress={() => onChange({ baseline: undefined })}>
            {w.removeBaseline}
          </Button>
        )}
      </div>
      <p className={styles.quiet}>{w.baselineHint}</p>
      <Problems
        id={described}
        texts={[problem("baseline"), problem("weeks"), problem("spreads"), problem("baseline-hold")]}
      />
    </div>
  );
}
