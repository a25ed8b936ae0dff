import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { ShownHeartbeats, ShownItem, ShownMonitor, ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { useHosts } from "../hosts/use-hosts.ts";
import { MonitorState } from "../monitors/monitor-state.tsx";
import { namesOf } from "../monitors/monitor-tile.tsx";
import { Sparkline } from "../monitors/sparkline.tsx";
import { useLines } from "../monitors/use-lines.ts";
import { AGAIN_MS, useGradeRank, useMonitors } from "../monitors/use-monitors.ts";
import { words as monitorWords } from "../monitors/words.ts";
import { rankOf, worstFirst } from "../monitors/worst.ts";
import styles from "./monitor-board.module.css";
import { words } from "./words.ts";

const NAMES_SHOWN = 4;

/** What the policy says is watched, a row for each item: how it is, the worst value, where, and the last hours. */
export function MonitorBoard({ onWall }: { readonly onWall?: boolean }) {
  const w = useWords(words);
  const shown = useMonitors().data;
  if (shown === undefined || shown.monitors.length + shown.areas.length === 0) return null;
  return (
    <section className={`${styles.board} ${onWall ? styles.onWall : ""}`} aria-labelledby="monitor-board">
      <header className={styles.head}>
        <h2 id="monitor-board">
          <Link href="/monitors">{w.title}</Link>
        </h2>
        <Tally items={shown.areas.flatMap(({ items }) => items)} />
        <Troubles />
      </header>
      <div className={styles.areas}>
        {shown.areas
          .filter(({ items }) => items.length > 0)
          .map((area) => (
            <Area key={area.area} area={area} monitors={shown.monitors} />
          ))}
      </div>
    </section>
  );
}

/** How much of what the policy demands is watched. */
function Tally({ items }: { readonly items: readonly ShownItem[] }) {
  const w = useWords(words);
  const watched = items.filter(({ advice }) => advice === null).length;
  if (items.length === 0) return null;
  const isWhole = watched === items.length;
  return (
    <Link href="/monitors/coverage">
      <Chip tone={isWhole ? "good" : "bad"} icon={isWhole ? "check" : "warn"}>
        {isWhole ? w.allWatched(items.length) : w.tally(watched, items.length)}
      </Chip>
    </Link>
  );
}

/** Who is no longer heard of. */
function Troubles() {
  const w = useWords(words);
  const hosts = useHosts().data?.hosts.filter(({ state }) => state === "silent") ?? [];
  const heartbeats = useHeartbeats().data?.heartbeats.filter(({ state }) => state === "down") ?? [];
  const listed = (names: readonly string[]): string =>
    w.more(names.slice(0, NAMES_SHOWN).join(", "), names.length - NAMES_SHOWN);
  return (
    <>
      {hosts.length > 0 && (
        <Link href="/monitors/hosts">
          <Chip tone="bad" icon="warn">
            {w.silentHosts(listed(hosts.map(({ host }) => host)))}
          </Chip>
        </Link>
      )}
      {heartbeats.length > 0 && (
        <Link href="/monitors/heartbeats">
          <Chip tone="bad" icon="clock">
            {w.lateHeartbeats(listed(heartbeats.map(({ id }) => id)))}
          </Chip>
        </Link>
      )}
    </>
  );
}

function useHeartbeats() {
  return useQuery({
    queryKey: ["heartbeat", "board"],
    queryFn: () => api.get<ShownHeartbeats>("/api/v1/heartbeats"),
    refetchInterval: AGAIN_MS,
  });
}

function Area({
  area,
  monitors,
}: {
  readonly area: ShownMonitors["areas"][number];
  readonly monitors: readonly ShownMonitor[];
}) {
  const { areas } = useWords(monitorWords);
  return (
    <section className={styles.area} aria-label={area.title}>
      <h3>{area.title === "" ? areas[area.area] : area.title}</h3>
      <ul className={styles.items}>
        {area.items.map((item) => (
          <Item
            key={`${item.clause} ${item.name}`}
            item={item}
            monitors={monitors.filter(({ id }) => item.monitors.includes(id))}
          />
        ))}
      </ul>
    </section>
  );
}

function Item({ item, monitors }: { readonly item: ShownItem; readonly monitors: readonly ShownMonitor[] }) {
  const w = useWords(words);
  const text = useValueText();
  const { states } = useWords(monitorWords);
  const gradeRank = useGradeRank();
  const lines = useLines();
  const monitor = monitors.toSorted((one, other) => order(one) - order(other))[0];
  if (item.advice !== null || monitor === undefined)
    return (
      <li className={`${styles.item} ${styles.bare}`}>
        <span className={styles.mark}>
          <Chip tone="bad" icon="warn">
            {w.unwatched}
          </Chip>
        </span>
        <span className={styles.name}>
          <Link href="/monitors/coverage">{item.name}</Link>
        </span>
      </li>
    );
  const [worst] = worstFirst(monitor.series, monitor, gradeRank);
  const bounds = monitor.rule.thresholds.map(({ bound, grade }) => ({ bound, rank: gradeRank(grade) }));
  const where = worst === undefined ? null : <span className={styles.where}>{namesOf(worst.labels)}</span>;
  const isWell = monitor.state === "ok" || monitor.state === "learning";
  return (
    <li className={`${styles.item} ${isWell ? styles.well : ""}`}>
      <span className={styles.mark}>
        {isWell ? (
          <>
            <Icon name="check" size={18} />
            <span className="unseen">{states[monitor.state]}</span>
          </>
        ) : (
          <>
            <MonitorState state={monitor.state} grade={monitor.grade} />
            {where}
          </>
        )}
      </span>
      <span className={styles.name}>
        <Link href={`/monitors/${encodeURIComponent(monitor.id)}`}>{item.name}</Link> {isWell && where}
      </span>
      <span className={styles.line}>
        <Sparkline values={lines[monitor.id] ?? []} bounds={bounds} isRatio={monitor.unit === "ratio"} />
      </span>
      <span className={styles.value}>
        {worst === undefined || worst.value === null
          ? w.noValue
          : text(worst.value, { unit: monitor.unit, metric: monitor.rule.query.metric })}
      </span>
    </li>
  );
}

/** The most pressing; of those that are well the first, which is what the item is mainly about. */
function order({ state, gradeRank }: ShownMonitor): number {
  return rankOf(state === "unseen" ? "ok" : state) * 10 + (gradeRank ?? 9) + (state === "unseen" ? 0.5 : 0);
}
