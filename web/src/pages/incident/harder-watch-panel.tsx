import { Link } from "wouter";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./panels.module.css";
import { words } from "./words.ts";

/** 모니터링 강화: what monitors had told of it is on tighter lines since it was resolved. */
export function HarderWatchPanel({ watch }: { readonly watch: IncidentOverview["harderWatch"] }) {
  const { harder: w } = useWords(words);
  if (watch === null) return null;
  return (
    <Panel title={w.title}>
      <div className={styles.list}>
        <p className={styles.name}>
          <Chip tone={watch.found > 0 ? "warn" : "good"} icon={watch.found > 0 ? "warn" : "check"}>
            {w.found(watch.found)}
          </Chip>
          <span>
            {watch.isOver ? w.over : w.going(watch.series)} <Time at={watch.until} only="absolute" />
            {watch.isOver ? "" : w.until}
          </span>
        </p>
        <p className={styles.quiet}>{w.lead}</p>
        {watch.findings.length > 0 && (
          <ul className={styles.list}>
            {watch.findings.toReversed().map(({ at, alert, title }) => (
              <li key={at + alert}>
                <p>
                  <Link href={`/alerts?alert=${encodeURIComponent(alert)}`}>{title}</Link>
                </p>
                <p className={styles.quiet}>
                  <Time at={at} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
