import { useState } from "react";
import type { BacktestIncident, PlayedOutcome } from "../../../../src/http/wire/backtest.ts";
import { Icon } from "../../kit/icon.tsx";
import { Chip, GradeMark } from "../../kit/marks.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { useSpanText } from "../policy/span.ts";
import styles from "./incident-item.module.css";
import { words } from "./words.ts";

const TONES = { worse: "bad", better: "good", other: "warn", same: "plain" } as const;

/** One incident of the history: how it goes on either side in a line, and opened, all that happens in it. */
export function IncidentItem({
  incident,
  isAlone,
}: {
  readonly incident: BacktestIncident;
  readonly isAlone: boolean;
}) {
  const w = useWords(words).incidents;
  const time = useTimeText();
  // Hundreds of closed timelines are not drawn.
  const [isOpen, setOpen] = useState(false);
  const { key, title, service, openedAt, difference, a, b } = incident;
  return (
    <li className={styles.incident}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.summary}>
          <span className={styles.head}>
            {!isAlone && <Chip tone={TONES[difference]}>{w.differences[difference]}</Chip>}
            <strong>{/^\d+$/.test(key) ? w.line(key) : key}</strong>
            <span>
              {service}: {title}
            </span>
            <time dateTime={openedAt}>{time(openedAt)}</time>
            <span className={styles.opens}>
              <Icon name="down" size={18} />
            </span>
          </span>
          <SideSummary side={isAlone ? "" : "A"} outcome={a} />
          {!isAlone && <SideSummary side="B" outcome={b} />}
        </summary>
        {isOpen && (
          <div className={isAlone ? styles.one : styles.two}>
            {a !== null && <Timeline side="A" outcome={a} />}
            {b !== null && <Timeline side="B" outcome={b} />}
          </div>
        )}
      </details>
    </li>
  );
}

function SideSummary({ side, outcome }: { readonly side: string; readonly outcome: PlayedOutcome | null }) {
  const w = useWords(words).incidents;
  const length = useSpanText();
  if (outcome === null)
    return (
      <span className={styles.side}>
        <b>{side}</b> <span>{w.noIncident}</span>
      </span>
    );
  const { grade, gradeRank, first, acknowledged, deadline, wake } = outcome;
  const facts = [
    first === null ? w.nobody : w.first(first.person.name, first.after === 0 ? "" : length(first.after)),
    acknowledged === null ? w.notAcknowledged : w.acknowledged(acknowledged.by, length(acknowledged.after)),
    w.wakes(wake),
  ];
  return (
    <span className={styles.side}>
      {side !== "" && <b>{side}</b>} <GradeMark grade={grade} rank={gradeRank} />
      <Chip tone={deadline === "met" ? "good" : deadline === "missed" ? "bad" : "plain"}>{w.deadlines[deadline]}</Chip>
      <span>{facts.join(" · ")}</span>
    </span>
  );
}

function Timeline({ side, outcome }: { readonly side: "A" | "B"; readonly outcome: PlayedOutcome }) {
  const w = useWords(words).incidents;
  const length = useSpanText();
  return (
    <section className={styles.timeline}>
      <h3>{w.timeline(side)}</h3>
      <ol>
        {outcome.timeline.map(({ after, by, what, details }, nth) => (
          <li key={`${after} ${nth}`}>
            <span className={styles.when}>{after < 1_000 ? w.atOnce : w.after(length(after))}</span>
            <span>
              <b>{by}</b> {what}
              {details.length > 0 && (
                <ul className={styles.details}>
                  {details.map((detail, line) => (
                    <li key={`${detail} ${line}`}>{detail}</li>
                  ))}
                </ul>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
