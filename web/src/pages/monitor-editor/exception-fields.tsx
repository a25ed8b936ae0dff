import { Button } from "../../kit/button.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { MatcherEditor } from "../muting/matcher-editor.tsx";
import { MatcherList } from "../muting/matcher-list.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { LineList } from "./line-fields.tsx";
import { Problems } from "./parts.tsx";
import { copied, type ExceptionDraft, type LineDraft, newException, newLine } from "./rule-draft.ts";
import { useSeriesThere } from "./use-metrics.ts";
import { words } from "./words.ts";

/** Other lines, or none, for some of what the metric is measured of. */
export function ExceptionFields(props: FieldsProps) {
  const { form: w } = useWords(words);
  const { draft, onChange, isFixed } = props;
  const { exceptions } = draft;
  if (isFixed && exceptions.length === 0) return null;
  const put = (key: number, change: Partial<ExceptionDraft>): void =>
    onChange({ exceptions: exceptions.map((one) => (one.key === key ? { ...one, ...change } : one)) });
  return (
    <fieldset className={styles.group}>
      <legend>{w.exceptions}</legend>
      <p className={styles.quiet}>{w.exceptionsHint}</p>
      {exceptions.map((exception, nth) => (
        <section key={exception.key} className={styles.exception} aria-label={w.exception(nth + 1)}>
          <div className={styles.exceptionHead}>
            <h3>{w.exception(nth + 1)}</h3>
            {!isFixed && (
              <Button
                look="quiet"
                icon="remove"
                bare
                onPress={() => onChange({ exceptions: exceptions.filter(({ key }) => key !== exception.key) })}
              >
                {w.removeException(nth + 1)}
              </Button>
            )}
          </div>
          <Exception {...props} exception={exception} onException={(change) => put(exception.key, change)} />
        </section>
      ))}
      {!isFixed && (
        <div>
          <Button size="small" icon="add" onPress={() => onChange({ exceptions: [...exceptions, newException()] })}>
            {w.addException}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function Exception({
  exception,
  onException,
  draft,
  problem,
  isFixed,
  unit,
  grades,
}: FieldsProps & {
  readonly exception: ExceptionDraft;
  readonly onException: (change: Partial<ExceptionDraft>) => void;
}) {
  const { form: w } = useWords(words);
  const locale = useLocale();
  const there = useSeriesThere(draft.metric, []);
  const { key, matchers, lines } = exception;
  const name = `exception-${key}`;
  const ownLines = (): readonly LineDraft[] =>
    draft.lines.length > 0 ? copied(draft.lines) : [newLine(grades.at(1) ?? grades.at(0) ?? "", locale)];
  return (
    <>
      {isFixed ? (
        <MatcherList matchers={matchers} />
      ) : (
        <MatcherEditor
          matchers={matchers}
          values={there.values}
          onChange={(changed) => onException({ matchers: changed })}
        />
      )}
      <Problems id={`${name}-problems`} texts={[problem("matchers", key)]} />
      <div className={styles.choices} role="radiogroup" aria-label={w.what}>
        <label className={styles.radio}>
          <input type="radio" name={name} checked={lines.length === 0} onChange={() => onException({ lines: [] })} />
          {w.unwatched}
        </label>
        <label className={styles.radio}>
          <input
            type="radio"
            name={name}
            checked={lines.length > 0}
            onChange={() => onException({ lines: ownLines() })}
          />
          {w.ownLines}
        </label>
      </div>
      {lines.length > 0 && (
        <LineList
          lines={lines}
          onLines={(changed) => onException({ lines: changed })}
          {...{ problem, isFixed, unit, grades }}
          form={draft.form}
        />
      )}
    </>
  );
}
