import { Link } from "wouter";
import type { OpenIncident } from "../../../../src/http/wire/now.ts";
import { Icon } from "../../kit/icon.tsx";
import { Chip, GradeMark, StateMark } from "../../kit/marks.tsx";
import { Countdown, Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./incident-card.module.css";
import { words } from "./words.ts";

const NAMES_SHOWN = 2;

/** One open incident: what it is, whose it is, and what happens by itself and when. */
export function IncidentCard({ incident }: { readonly incident: OpenIncident }) {
  const w = useWords(words);
  const { drill } = useWords(shared);
  const { next } = incident;
  return (
    <article className={`${styles.card} ${styles[`grade${Math.min(incident.gradeRank, 2)}`]}`}>
      <p className={styles.top}>
        <GradeMark grade={incident.grade} rank={incident.gradeRank} />
        <StateMark state={incident.state} />
        {incident.drill && <Chip tone="info">{drill}</Chip>}
        {incident.mine && (
          <Chip tone="info" icon="person">
            {w.mineChip}
          </Chip>
        )}
        <span className={styles.number}>INC-{incident.number}</span>
      </p>
      <h3 className={styles.title}>
        <Link href={`/incidents/${incident.number}`} className={styles.link}>
          {incident.service === incident.title ? "" : `${incident.service}: `}
          {incident.title}
        </Link>
      </h3>
      <p className={styles.facts}>
        <span>
          {w.since} <Time at={incident.openedAt} only="relative" />
        </span>
        {incident.holder !== null && <span>{w.holder(incident.holder)}</span>}
        {incident.askedToTake !== null && <span>{w.asked(incident.askedToTake)}</span>}
        {incident.firing > 0 && <span>{w.firing(incident.firing)}</span>}
        {incident.snoozedUntil !== null && (
          <span>
            {w.snoozedUntil[0]} <Time at={incident.snoozedUntil} only="clock" /> {w.snoozedUntil[1]}
          </span>
        )}
      </p>
      <dl className={styles.clocks}>
        {incident.respondBy !== null && (
          <div>
            <dt>{w.respondBy}</dt>
            <dd>
              <Countdown to={incident.respondBy} past={w.overdue} />
            </dd>
          </div>
        )}
        {incident.respondBy === null && incident.overdueAt !== null && incident.state === "triggered" && (
          <div className={styles.over}>
            <dt className="unseen">{w.respondBy}</dt>
            <dd>
              <Countdown to={incident.overdueAt} past={w.overdue} />
            </dd>
          </div>
        )}
        <div>
          <dt>{next === null ? w.nothingNext : w.next}</dt>
          {next !== null && (
            <dd>
              <Countdown to={next.due} past={w.late} />
              <span className={styles.next}>
                {next.what}
                {next.who.length > 0 &&
                  ` · ${w.to(w.more(next.who.slice(0, NAMES_SHOWN).join(", "), next.who.length - NAMES_SHOWN))}`}
              </span>
            </dd>
          )}
        </div>
      </dl>
      <Icon name="right" />
    </article>
  );
}
