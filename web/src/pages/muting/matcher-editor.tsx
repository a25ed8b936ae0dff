import { useId } from "react";
import type { Matcher } from "../../../../src/triage/silence.ts";
import { Button } from "../../kit/button.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./matcher-editor.module.css";
import { matcher, matcherText, OPERATORS, type Operator, operatorOf, withOperator } from "./matchers.ts";
import { words } from "./words.ts";

/** Label, comparison, value: one row each; and labels at hand to add with one press. */
export function MatcherEditor({
  matchers,
  others = [],
  othersName,
  values,
  onChange,
}: {
  readonly matchers: readonly Matcher[];
  readonly others?: readonly Matcher[];
  /** What the labels at hand are, where they are not an alert's. */
  readonly othersName?: string;
  /** Values that are known of a label, to choose from. */
  readonly values?: ReadonlyMap<string, readonly string[]>;
  readonly onChange: (matchers: readonly Matcher[]) => void;
}) {
  const w = useWords(words);
  const lists = useId();
  const put = (place: number, one: Matcher): void => onChange(matchers.map((old, nth) => (nth === place ? one : old)));
  const left = others.filter(({ name }) => !matchers.some((one) => one.name === name));
  return (
    <fieldset className={styles.editor}>
      <legend>{w.matchers}</legend>
      {matchers.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is written
        <div key={place} className={styles.row}>
          <input
            aria-label={w.label}
            placeholder={w.label}
            value={one.name}
            {...(values === undefined ? {} : { list: lists })}
            maxLength={200}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => put(place, { ...one, name: event.target.value })}
          />
          <select
            aria-label={w.operator}
            value={operatorOf(one)}
            onChange={(event) => put(place, withOperator(one, event.target.value as Operator))}
          >
            {OPERATORS.map((operator) => (
              <option key={operator} value={operator}>
                {operator} {w.operators[operator]}
              </option>
            ))}
          </select>
          <input
            aria-label={w.value}
            placeholder={w.value}
            value={one.value}
            {...(values?.has(one.name) ? { list: `${lists}-${one.name}` } : {})}
            maxLength={500}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => put(place, { ...one, value: event.target.value })}
          />
          <Button look="quiet" icon="remove" bare onPress={() => onChange(matchers.filter((_, nth) => nth !== place))}>
            {w.removeMatcher(one.name)}
          </Button>
        </div>
      ))}
      {values !== undefined && (
        <>
          <datalist id={lists}>
            {[...values.keys()].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          {[...values].map(([name, known]) => (
            <datalist key={name} id={`${lists}-${name}`}>
              {known.map((value) => (
                <option key={value} value={value} />
              ))}
            </datalist>
          ))}
        </>
      )}
      <div className={styles.add}>
        <Button size="small" icon="add" onPress={() => onChange([...matchers, matcher("", "")])}>
          {w.addMatcher}
        </Button>
      </div>
      {left.length > 0 && (
        <div className={styles.add}>
          <span className={styles.quiet}>{othersName ?? w.addThese}</span>
          {left.map((one) => (
            <Button
              key={one.name}
              size="small"
              aria-label={w.addLabel(matcherText(one))}
              onPress={() => onChange([...matchers, one])}
            >
              {matcherText(one)}
            </Button>
          ))}
        </div>
      )}
    </fieldset>
  );
}
