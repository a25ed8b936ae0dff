import type { Matcher } from "../../../../src/triage/silence.ts";
import styles from "./matcher-list.module.css";
import { matcherText } from "./matchers.ts";

/** Matchers as they are written, to be read. */
export function MatcherList({ matchers }: { readonly matchers: readonly Matcher[] }) {
  return (
    <ul className={styles.list}>
      {matchers.map((one) => (
        <li key={matcherText(one)}>
          <code>{matcherText(one)}</code>
        </li>
      ))}
    </ul>
  );
}
