import { type ReactNode, useId } from "react";
import { Link } from "wouter";
import type { MonitorHours } from "../../../../src/monitor/monitor.ts";
import { Button } from "../../kit/button.tsx";
import { Tick } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useZone } from "../../kit/time.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { HoursFields } from "./hours-fields.tsx";
import { ChoicePart, Problems, Sentence, TextPart } from "./parts.tsx";
import { COMPARISONS, type DraftField, type LineDraft, newLine } from "./rule-draft.ts";
import { words } from "./words.ts";
import { readLength, readValue, unitOfMeasure, writeLength, writeValue } from "./written-value.ts";

const WORKING_HOURS = { weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "18:00", onHolidays: false } as const;

type Shared = Pick<FieldsProps, "problem" | "isFixed" | "unit" | "grades"> & {
  readonly form: FieldsProps["draft"]["form"];
};

/** Thresholds, a sentence for each. */
export function LineList({
  lines,
  onLines,
  ...shared
}: Shared & { readonly lines: readonly LineDraft[]; readonly onLines: (lines: readonly LineDraft[]) => void }) {
  const { form: w } = useWords(words);
  const locale = useLocale();
  const { isFixed, grades } = shared;
  const put = (key: number, change: Partial<LineDraft>): void =>
    onLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)));
  const next = grades.find((grade) => !lines.some((line) => line.grade === grade)) ?? grades.at(-1) ?? "";
  return (
    <>
      <div className={styles.lines}>
        {lines.map((line, nth) =>
          line.demanded === undefined ? (
            <div key={line.key} className={styles.line} role="group" aria-label={w.lineOf(nth + 1)}>
              <LineFields
                line={line}
                onChange={(change) => put(line.key, change)}
                remove={
                  isFixed ? null : (
                    <Button
                      look="quiet"
                      icon="remove"
                      bare
                      onPress={() => onLines(lines.filter((other) => other.key !== line.key))}
                    >
                      {w.removeLine(nth + 1)}
                    </Button>
                  )
                }
                {...shared}
              />
            </div>
          ) : (
            <div key={line.key} className={styles.line} role="group" aria-label={w.lineOf(nth + 1)}>
              <DemandedLine line={line} />
            </div>
          ),
        )}
      </div>
      {!isFixed && (
        <div>
          <Button size="small" icon="add" onPress={() => onLines([...lines, newLine(next, locale, lines.at(-1))])}>
            {w.addLine}
          </Button>
        </div>
      )}
    </>
  );
}

function LineFields({
  line,
  onChange,
  remove,
  problem,
  unit,
  grades,
  form,
}: Shared & {
  readonly line: LineDraft;
  readonly onChange: (change: Partial<LineDraft>) => void;
  readonly remove: ReactNode;
}) {
  const { form: w } = useWords(words);
  const locale = useLocale();
  const zone = useZone();
  const described = useId();
  const own = unitOfMeasure(unit, form);
  const wrong = (field: DraftField): string | undefined => problem(field, line.key);
  const tidyValue = (text: string): string | undefined => {
    const value = readValue(text, own);
    return value === undefined ? undefined : writeValue(value, own, locale);
  };
  const tidyLength = (text: string): string | undefined => {
    const length = readLength(text);
    return length === undefined ? undefined : writeLength(length, locale);
  };
  const isUp = line.when === "above" || line.when === "at-least";
  const begin = (): MonitorHours => ({ ...WORKING_HOURS, zone });
  return (
    <>
      <Sentence
        text={w.line}
        slots={{
          bound: (
            <TextPart
              label={w.bound}
              value={line.bound}
              isWrong={wrong("bound") !== undefined}
              described={described}
              tidy={tidyValue}
              onChange={(bound) => onChange({ bound })}
            />
          ),
          when: (
            <ChoicePart
              label={w.when}
              value={line.when}
              options={COMPARISONS.map((one) => [one, w.comparisons[one]])}
              onChange={(when) => onChange({ when })}
            />
          ),
          hold: (
            <TextPart
              label={w.hold}
              value={line.hold}
              isWrong={wrong("hold") !== undefined}
              described={described}
              tidy={tidyLength}
              onChange={(hold) => onChange({ hold })}
            />
          ),
          grade: <GradePart grade={line.grade} grades={grades} onChange={(grade) => onChange({ grade })} />,
        }}
      />
      <div className={styles.more}>
        <Sentence
          text={isUp ? w.clear.up : w.clear.down}
          slots={{
            clear: (
              <TextPart
                label={w.clearName}
                value={line.clear}
                placeholder={line.bound.trim() === "" ? w.sameAsBound : line.bound}
                isWrong={wrong("clear") !== undefined}
                described={described}
                tidy={tidyValue}
                onChange={(clear) => onChange({ clear })}
              />
            ),
          }}
        />
        <Tick
          label={w.hours}
          checked={line.hours !== undefined}
          onChange={({ target }) => onChange({ hours: target.checked ? begin() : undefined })}
        />
        {remove}
      </div>
      {line.hours !== undefined && <HoursFields hours={line.hours} onChange={(hours) => onChange({ hours })} />}
      <Problems id={described} texts={[wrong("bound"), wrong("hold"), wrong("clear"), wrong("hours")]} />
    </>
  );
}

/** One that the document demands: its sentence, and where it stands. */
function DemandedLine({ line }: { readonly line: LineDraft }) {
  const { form: w } = useWords(words);
  const fixed = (text: string) => <strong>{text}</strong>;
  return (
    <>
      <Sentence
        text={w.line}
        slots={{
          bound: fixed(line.bound),
          when: fixed(w.comparisons[line.when]),
          hold: fixed(line.hold),
          grade: fixed(line.grade),
        }}
      />
      <Demanded clause={line.demanded?.clause ?? ""} />
    </>
  );
}

/** That nobody writes here, and where it is written. */
export function Demanded({ clause }: { readonly clause: string }) {
  const { form: w } = useWords(words);
  return (
    <p className={styles.quiet}>
      <Icon name="policy" size={16} /> {w.demanded}{" "}
      <Link href={`/policy#${encodeURIComponent(clause)}`}>{w.toClause}</Link>
    </p>
  );
}

export function GradePart({
  grade,
  grades,
  onChange,
}: {
  readonly grade: string;
  readonly grades: readonly string[];
  readonly onChange: (grade: string) => void;
}) {
  const { form: w } = useWords(words);
  // One that the policy in force does not have any more is still what the rule says.
  const known = grades.includes(grade) || grade === "" ? grades : [...grades, grade];
  return (
    <ChoicePart label={w.grade} value={grade} options={known.map((one) => [one, one] as const)} onChange={onChange} />
  );
}
