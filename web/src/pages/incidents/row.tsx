import { memo } from "react";
import { Link } from "wouter";
import type { IncidentRow } from "../../../../src/http/wire/incident-list.ts";
import { Chip, GradeMark, StateMark } from "../../kit/marks.tsx";
import { Countdown, Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./rows.module.css";
import { words } from "./words.ts";

export function rowId(number: number): string {
  return `incident-${number}`;
}

type RowProps = { readonly incident: IncidentRow; readonly selected: boolean; readonly onSelect?: () => void };

/** One incident: a row on a desk, a card on a phone. */
export const Row = memo(
  function Row({ incident, selected, onSelect }: RowProps) {
    const w = useWords(words);
    const { drill } = useWords(shared);
    const { number, title, service, grade, gradeRank } = incident;
    return (
      <div className={`${styles.row} ${styles[`grade${Math.min(gradeRank, 2)}`]}`} data-selected={selected}>
        {onSelect !== undefined && (
          <label className={styles.tick}>
            <input type="checkbox" checked={selected} onChange={onSelect} />
            <span className="unseen">{w.selectOne(number)}</span>
          </label>
        )}
        <div className={styles.cells}>
          <div className={styles.what}>
            <GradeMark grade={grade} rank={gradeRank} size="shape" />
            <span className={styles.words}>
              <Link id={rowId(number)} href={`/incidents/${number}`} className={styles.title}>
                {title}
              </Link>
              <span className={styles.sub}>
                <span className={styles.number}>INC-{number}</span>
                {service !== title && <span>{service}</span>}
                {incident.firing > 0 && <span>{w.firing(incident.firing)}</span>}
              </span>
            </span>
          </div>
          <div className={styles.state}>
            <StateMark state={incident.state} />
            {incident.overdueAt !== null && incident.state === "triggered" && <Chip tone="bad">{w.overdue}</Chip>}
            {incident.drill && <Chip tone="info">{drill}</Chip>}
          </div>
          <div className={styles.holder}>
            <span className={styles.name}>{w.columns.holder}</span>
            {incident.acknowledgedBy ?? <span className={styles.quiet}>{w.nobody}</span>}
          </div>
          <div className={styles.since}>
            <Time at={incident.openedAt} only="relative" />
          </div>
          <div className={styles.next}>
            <Next incident={incident} />
          </div>
        </div>
      </div>
    );
  },
  (one, other) => one.incident === other.incident && one.selected === other.selected,
);

function Next({ incident }: { readonly incident: IncidentRow }) {
  const w = useWords(words);
  const { next, snoozedUntil, pagingHeldBy, state } = incident;
  if (pagingHeldBy !== null) return <span className={styles.quiet}>{w.held(pagingHeldBy)}</span>;
  if (snoozedUntil !== null)
    return (
      <>
        {w.snoozed} <Time at={snoozedUntil} only="relative" />
      </>
    );
  if (next === null)
    return state === "triggered" || state === "acknowledged" ? (
      <span className={styles.quiet}>{w.nothingNext}</span>
    ) : null;
  return (
    <>
      <Countdown to={next.due} past={w.late} /> <span className={styles.quiet}>{next.what}</span>
    </>
  );
}
