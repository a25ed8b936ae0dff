import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { IncidentRow } from "../../../../src/http/wire/incident-list.ts";
import { useKey, useKeyText } from "../../kit/keys.tsx";
import { useIsPhone } from "../../kit/media.ts";
import { useWords } from "../../words/locale.tsx";
import { Row, rowId } from "./row.tsx";
import styles from "./rows.module.css";
import { words } from "./words.ts";

const ROW_PX = 60;
const CARD_PX = 148;
/** How many rows before the end the next part is asked for. */
const AHEAD = 30;

type Rows = {
  readonly rows: readonly IncidentRow[];
  readonly total: number;
  /** What is shown is the answer to the question before. */
  readonly stale: boolean;
  readonly selected: ReadonlySet<number>;
  readonly onSelect?: (selected: ReadonlySet<number>) => void;
  readonly more: (() => unknown) | undefined;
  readonly isLoading: boolean;
};

/** The list itself: only what is on the screen is in the page, so that ten thousand are as quick as ten. */
export function IncidentRows({ rows, total, stale, selected, onSelect, more, isLoading }: Rows) {
  const w = useWords(words);
  const isPhone = useIsPhone();
  const list = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (isPhone ? CARD_PX : ROW_PX),
    getItemKey: (index) => rows[index]?.number ?? index,
    overscan: 8,
    scrollMargin: margin,
  });
  useEffect(() => {
    const measure = (): void => setMargin((list.current?.getBoundingClientRect().top ?? 0) + scrollY);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, []);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== undefined && last >= rows.length - AHEAD) void more();
  }, [more, last, rows.length]);
  useListKeys({ rows, selected, onSelect, reveal: (index) => virtual.scrollToIndex(index, { align: "auto" }) });

  return (
    <section className={styles.list} aria-label={w.list} data-stale={stale}>
      <Head rows={rows} selected={selected} onSelect={onSelect} />
      <ul ref={list} className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles.place}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
              aria-setsize={total}
              aria-posinset={index + 1}
            >
              <Row
                incident={row}
                selected={selected.has(row.number)}
                {...(onSelect === undefined ? {} : { onSelect: () => onSelect(toggled(selected, row.number)) })}
              />
            </li>
          );
        })}
      </ul>
      {isLoading && (
        <p className={styles.loading} role="status">
          {w.loadingMore}
        </p>
      )}
    </section>
  );
}

function toggled(selected: ReadonlySet<number>, number: number): ReadonlySet<number> {
  const next = new Set(selected);
  if (!next.delete(number)) next.add(number);
  return next;
}

function Head({ rows, selected, onSelect }: { readonly onSelect: Rows["onSelect"] } & Pick<Rows, "rows" | "selected">) {
  const w = useWords(words);
  const next = useKeyText("next");
  const previous = useKeyText("previous");
  const select = useKeyText("select");
  const count = rows.filter(({ number }) => selected.has(number)).length;
  return (
    <div className={styles.head}>
      {onSelect !== undefined && (
        <label className={styles.tick}>
          <input
            type="checkbox"
            ref={(input) => {
              if (input !== null) input.indeterminate = count > 0 && count < rows.length;
            }}
            checked={count === rows.length}
            onChange={() => onSelect(count === rows.length ? new Set() : new Set(rows.map(({ number }) => number)))}
          />
          <span className="unseen">{w.selectAll(rows.length)}</span>
        </label>
      )}
      <div className={styles.columns} aria-hidden="true">
        <span>{w.columns.what}</span>
        <span>{w.columns.state}</span>
        <span>{w.columns.holder}</span>
        <span>{w.columns.since}</span>
        <span>{w.columns.next}</span>
      </div>
      <p className={styles.keys} aria-hidden="true">
        {w.keys(next, previous, select)}
      </p>
    </div>
  );
}

/** j and k move the focus from row to row; what the browser does with Enter on a link opens it. */
function useListKeys({
  rows,
  selected,
  onSelect,
  reveal,
}: {
  readonly rows: readonly IncidentRow[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: Rows["onSelect"];
  readonly reveal: (index: number) => void;
}): void {
  const at = useRef<number | undefined>(undefined);
  const here = (): number => rows.findIndex(({ number }) => number === at.current);
  const move = (by: 1 | -1): void => {
    const index = here() < 0 ? (by === 1 ? 0 : -1) : Math.min(Math.max(here() + by, 0), rows.length - 1);
    const row = rows[index];
    if (row === undefined) return;
    at.current = row.number;
    reveal(index);
    // It is in the page once the list has scrolled to it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.getElementById(rowId(row.number))?.focus({ preventScroll: true })),
    );
  };
  useEffect(() => {
    const focused = (event: FocusEvent): void => {
      const number = /^incident-(\d+)$/.exec((event.target as HTMLElement).id)?.[1];
      if (number !== undefined) at.current = Number(number);
    };
    addEventListener("focusin", focused);
    return () => removeEventListener("focusin", focused);
  }, []);
  useKey("next", () => move(1));
  useKey("previous", () => move(-1));
  useKey(
    "select",
    onSelect === undefined
      ? undefined
      : () => {
          if (at.current !== undefined && here() >= 0) onSelect(toggled(selected, at.current));
        },
  );
}
