import type { ShownRotaQuestion, ShownRotaTally } from "../../../../src/http/wire/rota.ts";
import { useWords } from "../../words/locale.tsx";
import styles from "./tallies.module.css";
import { words } from "./words.ts";

/** What the rota gives each person. */
export function Tallies({
  question,
  tallies,
}: {
  readonly question: ShownRotaQuestion;
  readonly tallies: readonly ShownRotaTally[];
}) {
  const w = useWords(words);
  const { columns } = w;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys.
    <div className={styles.scroll} role="region" aria-label={w.tallies} tabIndex={0}>
      <table className={styles.tallies}>
        <thead>
          <tr>
            <th scope="col">{w.person}</th>
            <th scope="col">{columns.shifts}</th>
            <th scope="col">{columns.hours}</th>
            <th scope="col">{columns.weekHoursMost}</th>
            <th scope="col">{columns.nights}</th>
            <th scope="col">{columns.weekend}</th>
            <th scope="col">{columns.holidays}</th>
          </tr>
        </thead>
        <tbody>
          {tallies.map((tally) => (
            <tr key={tally.person}>
              <th scope="row">{question.people.find(({ id }) => id === tally.person)?.name ?? tally.person}</th>
              <td>{tally.shifts}</td>
              <td>{w.hours(tally.hours)}</td>
              <td>{w.hours(tally.weekHoursMost)}</td>
              <td>{tally.nights}</td>
              <td>{w.hours(tally.weekendHours)}</td>
              <td>{tally.holidays.map(({ name }) => name).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
