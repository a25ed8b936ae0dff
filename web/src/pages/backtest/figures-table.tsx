import type { BacktestFigures, Spread } from "../../../../src/http/wire/backtest.ts";
import { useWords } from "../../words/locale.tsx";
import { useSpanText } from "../policy/span.ts";
import styles from "./backtest-result.module.css";
import { words } from "./words.ts";

type Row = { readonly name: string; readonly a: string; readonly b: string; readonly change: number };

/** A side in numbers, or two beside each other with what is more and less. */
export function FiguresTable({ a, b }: { readonly a: BacktestFigures; readonly b: BacktestFigures | undefined }) {
  const w = useWords(words).figures;
  const rows = useRows(a, b);
  return (
    <table className={styles.table}>
      <caption className="unseen">{w.name}</caption>
      <thead>
        <tr>
          <th scope="col">{w.figure}</th>
          <th scope="col">A</th>
          {b !== undefined && <th scope="col">B</th>}
          {b !== undefined && <th scope="col">{w.change}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, a: one, b: other, change }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{one}</td>
            {b !== undefined && <td>{one === other ? other : <strong>{other}</strong>}</td>}
            {b !== undefined && (
              <td className={styles.change}>{change === 0 ? "" : change > 0 ? `+${change}` : `−${-change}`}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useRows(a: BacktestFigures, b: BacktestFigures | undefined): readonly Row[] {
  const w = useWords(words).figures;
  const length = useSpanText();
  const counted = (name: string, of: (figures: BacktestFigures) => number): Row => {
    const [one, other] = [of(a), b === undefined ? of(a) : of(b)];
    return { name, a: String(one), b: String(other), change: other - one };
  };
  const told = (name: string, of: (figures: BacktestFigures) => string): Row => ({
    name,
    a: of(a),
    b: b === undefined ? "" : of(b),
    change: 0,
  });
  const spread = (one: Spread | null): string =>
    one === null ? "–" : `${unbroken(length(one.median))} / ${unbroken(length(one.longest))}`;
  const grades = [...new Set([...a.deadlines, ...(b?.deadlines ?? [])].map(({ grade }) => grade))];
  return [
    counted(w.incidents, ({ incidents }) => incidents),
    counted(w.alerts, ({ alerts }) => alerts),
    counted(w.wake, ({ pages }) => pages.wake),
    counted(w.night, ({ pages }) => pages.night),
    counted(w.tell, ({ pages }) => pages.tell),
    counted(w.bundled, ({ bundled }) => bundled),
    counted(w.peopleWoken, ({ peopleWoken }) => peopleWoken),
    told(w.firstHuman, ({ firstHuman }) => spread(firstHuman)),
    told(w.acknowledged, ({ acknowledged }) => spread(acknowledged)),
    counted(w.reachedNobody, ({ reachedNobody }) => reachedNobody),
    counted(w.reachedTop, ({ reachedTop }) => reachedTop),
    ...grades.map((grade) =>
      told(w.deadline(grade), ({ deadlines }) => {
        const row = deadlines.find((one) => one.grade === grade);
        return row === undefined ? "–" : unbroken(`${row.met} / ${row.missed} / ${row.ended}`);
      }),
    ),
  ];
}

/** In a narrow column it stays in one piece. */
function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}
