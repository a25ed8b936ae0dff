import { memo } from "react";
import { Link } from "wouter";
import type { ShownMonitor } from "../../../../src/http/wire/monitors.ts";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { MonitorState } from "./monitor-state.tsx";
import styles from "./monitor-tile.module.css";
import { placeOf } from "./of-place.ts";
import { Sparkline } from "./sparkline.tsx";
import { words } from "./words.ts";
import { worstFirst } from "./worst.ts";

/** One monitor: how it is, the worst of its values and where, and how that came to be. A page has hundreds: drawn where it changed. */
export const MonitorTile = memo(function MonitorTile({
  monitor,
  line,
  gradeRank,
  host,
}: {
  readonly monitor: ShownMonitor;
  /** The last hours of its worst series. */
  readonly line: readonly (number | null)[] | undefined;
  readonly gradeRank: (grade: string) => number;
  /** On the page of a host: its chart begins with that. */
  readonly host?: string;
}) {
  const w = useWords(words);
  const text = useValueText();
  const { series, rule, unit } = monitor;
  const [worst] = worstFirst(series, monitor, gradeRank);
  const firing = series.filter(({ state }) => state === "firing").length;
  const bounds = rule.thresholds.map(({ bound, grade }) => ({ bound, rank: gradeRank(grade) }));
  const place = worst === undefined ? "" : namesOf(worst.labels);
  return (
    <article className={`${styles.tile} ${styles[monitor.state] ?? ""}`}>
      <p className={styles.state}>
        <MonitorState state={monitor.state} grade={monitor.grade} />
      </p>
      <p className={styles.value}>
        <span className="unseen">{w.worst}: </span>
        {worst === undefined || worst.value === null
          ? w.noValue
          : text(worst.value, { unit, metric: rule.query.metric })}
      </p>
      <h4 className={styles.title}>
        <Link
          href={`/monitors/${encodeURIComponent(monitor.id)}${host === undefined ? "" : `?host=${encodeURIComponent(host)}`}`}
          className={styles.link}
        >
          {monitor.title}
        </Link>
      </h4>
      <div className={styles.line}>
        <Sparkline values={line ?? []} bounds={bounds} isRatio={unit === "ratio"} />
      </div>
      <p className={styles.where}>
        {place !== "" && <span>{place}</span>}
        {series.length > 0 && (
          <span>{firing > 0 ? w.firing(firing, monitor.seriesCount) : w.series(monitor.seriesCount)}</span>
        )}
      </p>
    </article>
  );
});

/** What tells a series apart, the place first: `db-01 /var/lib/mysql`. */
export function namesOf(labels: Readonly<Record<string, string>>): string {
  const place = placeOf(labels);
  const others = Object.entries(labels)
    .filter(([name, value]) => !NOT_TOLD.has(name) && value !== place)
    .map(([, value]) => value);
  return [place, ...others].filter((part) => part !== "").join(" ");
}

/** The same for all series of a host or target. */
const NOT_TOLD = new Set(["host", "instance", "job", "service", "site", "collector"]);
