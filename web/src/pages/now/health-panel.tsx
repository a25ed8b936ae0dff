import { Link } from "wouter";
import type { NowBoard } from "../../../../src/http/wire/now.ts";
import { Icon } from "../../kit/icon.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./now.module.css";
import { words } from "./words.ts";

const MUTES = ["silenced", "maintenance", "dependency", "record-only"] as const;

/** How Bongsu itself is: whoever relies on it has to see when it is not well. */
export function HealthPanel({ health, alerts }: Pick<NowBoard, "health" | "alerts">) {
  const w = useWords(words);
  return (
    <Panel title={w.health}>
      <div className={styles.health}>
        {health.problems.length === 0 ? (
          <p className={styles.well}>
            <Icon name="check" /> {health.lastCanaryAt === null ? w.wellYet : w.well}
          </p>
        ) : (
          health.problems.map(({ level, text }) => (
            <Notice key={text} tone={level}>
              <p>{text}</p>
            </Notice>
          ))
        )}
        <p className={styles.quiet}>
          <Link href="/alerts?muted=none">{w.alerts(alerts.firing)}</Link>
        </p>
        {alerts.suppressed > 0 && (
          <p className={styles.quiet}>
            {w.muted}:{" "}
            {MUTES.filter((mute) => alerts.by[mute] > 0).map((mute, nth) => (
              <span key={mute}>
                {nth > 0 && " · "}
                <Link href={`/alerts?muted=${mute}`}>
                  {w.mutedBy[mute]} {w.count(alerts.by[mute])}
                </Link>
              </span>
            ))}
          </p>
        )}
        {health.lastCanaryAt !== null && (
          <p className={styles.quiet}>
            {w.canary}: <Time at={health.lastCanaryAt} only="relative" />
          </p>
        )}
        <details>
          <summary>{w.duties}</summary>
          <ul className={styles.duties}>
            {health.duties.map(({ name, promise, ok, endedAt }) => (
              <li key={name}>
                <Icon name={ok ? "check" : "warn"} size={16} />
                <span className="unseen">{ok ? w.fine : w.failed}</span>
                <span>
                  <code>{name}</code> {promise} {endedAt !== null && <Time at={endedAt} only="relative" />}
                </span>
              </li>
            ))}
          </ul>
        </details>
      </div>
    </Panel>
  );
}
