import type { BacktestFigures } from "../../../../src/http/wire/backtest.ts";
import { useWords } from "../../words/locale.tsx";
import styles from "./backtest-result.module.css";
import { words } from "./words.ts";

const COLUMNS = ["wake", "night", "nights", "tell"] as const;

/** How often each person is called, on either side: at night first. */
export function PeopleTable({ a, b }: { readonly a: BacktestFigures; readonly b: BacktestFigures | undefined }) {
  const w = useWords(words).people;
  const sides = [["A", a] as const, ...(b === undefined ? [] : [["B", b] as const])];
  const people = new Map([...a.people, ...(b?.people ?? [])].map(({ person }) => [person.id, person.name]));
  return (
    <table className={`${styles.table} ${styles.people}`}>
      <caption className="unseen">{w.name}</caption>
      <thead>
        <tr>
          <th scope="col">{w.person}</th>
          {sides.flatMap(([side]) =>
            COLUMNS.map((column) => (
              <th key={`${side} ${column}`} scope="col">
                {b === undefined ? w[column] : `${side} ${w[column]}`}
              </th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {[...people].map(([id, name]) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {sides.flatMap(([side, figures]) => {
              const row = figures.people.find(({ person }) => person.id === id);
              return COLUMNS.map((column) => <td key={`${side} ${column}`}>{row?.[column] ?? 0}</td>);
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
