import type { ReactNode } from "react";
import type { BacktestReport } from "../../../../src/http/wire/backtest.ts";
import { Notice, Panel } from "../../kit/page.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./backtest-result.module.css";
import { FiguresTable } from "./figures-table.tsx";
import { IncidentItem } from "./incident-item.tsx";
import { PeopleTable } from "./people-table.tsx";
import { words } from "./words.ts";

/** What came of it: the verdict, the figures, the people, and each incident that goes otherwise. */
export function BacktestResult({ report }: { readonly report: BacktestReport }) {
  const w = useWords(words);
  const time = useTimeText();
  const { history, a, b, incidents, leftOut } = report;
  const count = incidents.length + leftOut;
  return (
    <>
      <Verdict report={report} />
      <Panel title={w.figures.name} flush>
        <Scrolled name={w.figures.name}>
          <FiguresTable a={a.figures} b={b?.figures} />
        </Scrolled>
      </Panel>
      <Panel title={w.people.name} flush>
        <Scrolled name={w.people.name}>
          <PeopleTable a={a.figures} b={b?.figures} />
        </Scrolled>
      </Panel>
      <Panel title={`${b === null ? w.incidents.all : w.incidents.differing} (${count})`}>
        {incidents.length === 0 ? (
          <p>{w.incidents.none}</p>
        ) : (
          <ul className={styles.incidents}>
            {incidents.map((incident) => (
              <IncidentItem key={`${incident.key} ${incident.openedAt}`} incident={incident} isAlone={b === null} />
            ))}
          </ul>
        )}
        {leftOut > 0 && <p className={styles.quiet}>{w.incidents.leftOut(leftOut)}</p>}
      </Panel>
      <Panel title={w.assumed}>
        <p>
          {w.replayed(history.incidents, history.alerts)} · {w.period(time(history.from), time(history.to))}
        </p>
        <dl className={styles.sides}>
          <SideLine side="A" named={a} />
          {b !== null && <SideLine side="B" named={b} />}
        </dl>
        <ul className={styles.assumed}>
          {[...report.model, ...report.notes].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

/** A table that is wider than a phone, which the keyboard can scroll too. */
function Scrolled({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className={styles.scrolled} aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}

function SideLine({ side, named }: { readonly side: "A" | "B"; readonly named: BacktestReport["a"] }) {
  const { policy, roster } = named;
  return (
    <div>
      <dt>{side}</dt>
      <dd>
        {policy.title || policy.id} ({policy.file}) · {roster}
      </dd>
    </div>
  );
}

function Verdict({ report: { differences } }: { readonly report: BacktestReport }) {
  const w = useWords(words);
  if (differences === null) return null;
  const { worse, better, other, same } = differences;
  const isSame = worse + better + other === 0;
  return (
    <Notice tone={worse > 0 ? "bad" : isSame ? "info" : "good"}>
      <p>
        <strong>{isSame ? w.verdict.same : worse > 0 ? w.verdict.worse : w.verdict.notWorse}</strong>
      </p>
      <p>{w.verdict.counts(worse, better, other, same)}</p>
    </Notice>
  );
}
