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
  onChange,
}: {
  readonly matchers: readonly Matcher[];
  readonly others?: readonly Matcher[];
  readonly onChange: (matchers: readonly Matcher[]) => void;
}) {
  const w = useWords(words);
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
      <div className={styles.add}>
        <Button size="small" icon="add" onPress={() => onChange([...matchers, matcher("", "")])}>
          {w.addMatcher}
        </Button>
      </div>
      {left.length > 0 && (
        <div className={styles.add}>
          <span className={styles.quiet}>{w.addThese}</span>
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
