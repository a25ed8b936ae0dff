import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { TimelineRow } from "../../../../src/http/wire/incident.ts";
import type { IconName } from "../../kit/icon.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Loaded, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ClauseNote } from "./clause-note.tsx";
import { type DeliveryState, deliveryStates } from "./delivery-states.ts";
import { ReachList } from "./reach-list.tsx";
import { type Filter, isShown } from "./timeline-filter.ts";
import styles from "./timeline-panel.module.css";
import { words } from "./words.ts";

const FILTERS: readonly Filter[] = ["main", "people", "pages", "alerts", "all"];
const ROW_PX = 76;

/** What happened, newest first: whoever opens it at night wants the last word. */
export function TimelinePanel({
  rows,
  loading,
  policy,
}: {
  readonly rows: readonly TimelineRow[];
  readonly loading: { readonly data: unknown; readonly error: unknown; readonly refetch: () => unknown };
  readonly policy: string;
}) {
  const w = useWords(words);
  const [filter, setFilter] = useState<Filter>("main");
  const states = useMemo(() => deliveryStates(rows), [rows]);
  const shown = useMemo(() => rows.filter((row) => isShown(row, filter)).toReversed(), [rows, filter]);
  return (
    <Panel
      title={w.timeline}
      acts={
        <div className={styles.filters} role="group" aria-label={w.timeline}>
          {FILTERS.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.filter}
              aria-pressed={filter === one}
              onClick={() => setFilter(one)}
            >
              {w.filters[one]}
            </button>
          ))}
        </div>
      }
    >
      <Announced rows={rows} />
      <Loaded query={loading}>
        {() => (shown.length === 0 ? <p>{w.noRows}</p> : <Rows rows={shown} states={states} policy={policy} />)}
      </Loaded>
    </Panel>
  );
}

/** Says the newest line to whoever does not see it come. */
function Announced({ rows }: { readonly rows: readonly TimelineRow[] }) {
  const w = useWords(words);
  const first = useRef<number | undefined>(undefined);
  const last = rows.findLast((row) => isShown(row, "main"));
  if (first.current === undefined && last !== undefined) first.current = last.seq;
  const isNew = last !== undefined && first.current !== undefined && last.seq > first.current;
  return (
    <p className="unseen" aria-live="polite">
      {isNew ? w.latest(last.by, last.what) : ""}
    </p>
  );
}

/** Only the rows near the window are in the page, so that a storm of thousands scrolls like a handful. */
function Rows({
  rows,
  states,
  policy,
}: {
  readonly rows: readonly TimelineRow[];
  readonly states: ReadonlyMap<string, DeliveryState>;
  readonly policy: string;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => {
    // After the first paint: asking for a place before it would have the whole page laid out once more.
    const measure = (): void => setTop((list.current?.getBoundingClientRect().top ?? 0) + scrollY);
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.seq ?? index,
  });
  useEffect(() => virtual.measure(), [virtual, rows.length === 0]);
  return (
    <ol ref={list} className={styles.rows} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ key, index, start }) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={styles.row}
            style={{ transform: `translateY(${start - top}px)` }}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
          >
            <Row row={row} states={states} policy={policy} />
          </li>
        );
      })}
    </ol>
  );
}

const ICONS: Readonly<Partial<Record<TimelineRow["type"], IconName>>> = {
  opened: "incidents",
  acknowledged: "hand",
  unacknowledged: "left",
  resolved: "check",
  closed: "check",
  reopened: "left",
  noted: "note",
  ticked: "check",
  graded: "edit",
  escalated: "up",
  "handed-over": "right",
  snoozed: "snooze",
  "snooze-ended": "clock",
  "step-taken": "send",
  "step-superseded": "clock",
  "nobody-reached": "warn",
  "delivery-failed": "cross",
  "alerts-joined": "alerts",
  "alerts-inhibited": "silence",
  "alerts-cleared": "check",
  "paging-held": "silence",
  "others-held": "silence",
  "paging-resumed": "send",
  "flapping-began": "swap",
  "flapping-ended": "swap",
  "watch-began": "monitor",
  "watch-found": "warn",
  "watch-ended": "monitor",
  "source-silent": "clock",
  "source-spoke-again": "clock",
};

function Row({
  row,
  states,
  policy,
}: {
  readonly row: TimelineRow;
  readonly states: ReadonlyMap<string, DeliveryState>;
  readonly policy: string;
}) {
  const w = useWords(words);
  const tone = row.type === "delivery-failed" || row.type === "nobody-reached" ? styles.bad : "";
  return (
    <article className={`${styles.entry} ${row.byKind === "person" ? styles.person : ""} ${tone}`}>
      <span className={styles.icon}>
        <Icon name={ICONS[row.type] ?? "info"} size={18} />
      </span>
      <div className={styles.text}>
        <p className={styles.meta}>
          <strong>{row.by}</strong>
          {row.via !== null && row.via in w.via && <span>{w.via[row.via]}</span>}
          <Time at={row.at} />
        </p>
        <p className={styles.what}>{row.what}</p>
        <ReachList reach={row.reach} skipped={row.skipped} states={states} />
        {row.type !== "ticked" && <ClauseNote clause={row.clause} policy={policy} />}
      </div>
    </article>
  );
}
