import type { ReactNode } from "react";
import { Link } from "wouter";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { Icon } from "../../kit/icon.tsx";
import { Chip, GradeMark, StateMark } from "../../kit/marks.tsx";
import { Notice, usePageTitle } from "../../kit/page.tsx";
import { Countdown, Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./incident-head.module.css";
import { words } from "./words.ts";

/** Stays on the screen: grade, what, state, age, and the next thing that happens by itself. */
export function IncidentHead({ incident, acts }: { readonly incident: IncidentOverview; readonly acts: ReactNode }) {
  const w = useWords(words);
  const { drill } = useWords(shared);
  usePageTitle(`INC-${incident.number} ${incident.title}`);
  const next = incident.steps.find(({ reach }) => reach.length > 0);
  const who = [...new Set(next?.reach.flatMap((reach) => reach.who.map(({ name }) => name)) ?? [])];
  return (
    <>
      <header className={`${styles.head} ${styles[`grade${Math.min(incident.gradeRank, 2)}`]}`}>
        <div className={styles.what}>
          <p className={styles.top}>
            <GradeMark grade={incident.grade} rank={incident.gradeRank} size="big" />
            <StateMark state={incident.state} />
            {incident.drill && <Chip tone="info">{drill}</Chip>}
            <span className={styles.quiet}>
              INC-{incident.number} · {incident.service}
            </span>
          </p>
          <h1 className={styles.title}>{incident.title}</h1>
          <p className={styles.facts}>
            <span>
              {w.since} <Time at={incident.openedAt} />
            </span>
            {incident.holder !== null && (
              <span>
                <Icon name="hand" size={16} /> {w.holder(incident.holder.name)}{" "}
                <Time at={incident.holder.at} only="clock" />
              </span>
            )}
            {incident.pagingHeld !== null && (
              <span>
                <Icon name="silence" size={16} /> {w.held.short(incident.pagingHeld.number)}
              </span>
            )}
            {incident.snoozedUntil !== null && (
              <span>
                <Icon name="snooze" size={16} /> {w.snoozed[0]} <Time at={incident.snoozedUntil} only="absolute" />{" "}
                {w.snoozed[1]}
              </span>
            )}
            <Link href={`/incidents/${incident.number}/report`}>{w.report}</Link>
          </p>
        </div>
        <div className={styles.clock}>
          {incident.respondBy !== null && (
            <p>
              <span className={styles.quiet}>{w.respondBy}</span>{" "}
              <strong>
                <Countdown to={incident.respondBy} past={w.overdue} />
              </strong>
            </p>
          )}
          {incident.respondBy === null && incident.overdueAt !== null && incident.state === "triggered" && (
            <p className={styles.bad}>
              <strong>
                <Countdown to={incident.overdueAt} past={w.overdue} />
              </strong>
            </p>
          )}
          {next !== undefined && (
            <p>
              <strong>
                <Countdown to={next.due} past={w.late} />
              </strong>{" "}
              <span className={styles.quiet}>
                {w.inTime} {next.what}
                {who.length > 0 && ` · ${who.slice(0, 3).join(", ")}`}
              </span>
            </p>
          )}
        </div>
        <div className={styles.acts}>{acts}</div>
      </header>
      {incident.handOver !== null && (
        <div className={styles.notice}>
          <Notice tone="warn">
            <p>{w.asked(incident.handOver.to)}</p>
          </Notice>
        </div>
      )}
      {!incident.policy.inForce && incident.state !== "closed" && (
        <div className={styles.notice}>
          <Notice tone="info">
            <p>{w.oldPolicy}</p>
          </Notice>
        </div>
      )}
    </>
  );
}
