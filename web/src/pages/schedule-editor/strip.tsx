import type { ReactNode } from "react";
import { useWords } from "../../words/locale.tsx";
import { useCast, useMarkOf } from "../schedule/cast.tsx";
import { dateOf, daysFrom, placeIn, weekdayOf } from "../schedule/days.ts";
import { type Entry, lanesOf, overlaps, type Span } from "../schedule/shifts-shown.ts";
import styles from "./strip.module.css";
import { words } from "./words.ts";
import { useZonedText } from "./zoned-text.ts";

/** A picture of duty over a stretch of time; the words beside it say the same, so that nobody has to read it. */
export function Strip({
  name,
  whole,
  zone,
  entries,
  gaps = [],
  changes = [],
  isMain = false,
}: {
  readonly name: string;
  readonly whole: Span;
  readonly zone: string;
  readonly entries: readonly Entry[];
  readonly gaps?: readonly Span[];
  readonly changes?: readonly Span[];
  readonly isMain?: boolean;
}) {
  const { preview: w } = useWords(words);
  const lanes = lanesOf(entries.filter((entry) => overlaps(entry, whole)));
  return (
    <div className={styles.strip} data-main={isMain}>
      <span className={styles.name}>{name}</span>
      <div className={styles.lanes}>
        {linesOf(whole, zone).map((at) => (
          <Placed key={at} whole={whole} part={{ start: at, end: whole.end }} className={styles.line} isPoint />
        ))}
        {(lanes.length === 0 ? [[]] : lanes).map((lane, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place.
          <div key={nth} className={styles.lane}>
            {lane.map((entry) => (
              <Bar key={entry.key} entry={entry} whole={whole} />
            ))}
          </div>
        ))}
        {gaps.map((gap) => (
          <Placed key={gap.start} whole={whole} part={gap} className={styles.gap}>
            <span className={styles.gapText}>{w.gap}</span>
          </Placed>
        ))}
        {joined(changes).map((change) => (
          <Placed key={change.start} whole={whole} part={change} className={styles.changed} />
        ))}
      </div>
    </div>
  );
}

function Bar({ entry, whole }: { readonly entry: Entry; readonly whole: Span }) {
  const { of, names } = useCast();
  const mark = useMarkOf();
  const { people, shadow } = entry.shift;
  return (
    <Placed whole={whole} part={entry} className={`${styles.bar} ${mark(people[0])} ${shadow ? styles.shadow : ""}`}>
      <span className={styles.short}>{people.map((id) => of(id).initials).join("·")}</span>
      <span className={styles.full}>{names(people)}</span>
    </Placed>
  );
}

function Placed({
  whole,
  part,
  className,
  isPoint,
  children,
}: {
  readonly whole: Span;
  readonly part: Span;
  readonly className: string | undefined;
  readonly isPoint?: boolean;
  readonly children?: ReactNode;
}) {
  const place = placeIn(whole, part);
  if (place === undefined) return null;
  const width = isPoint ? {} : { width: `${place.width}%` };
  return (
    <span className={className} style={{ left: `${place.left}%`, ...width }}>
      {children}
    </span>
  );
}

/** The beginnings of days that are drawn as lines: of every day for a week, of Mondays for more. */
function linesOf(whole: Span, zone: string): readonly number[] {
  const count = Math.ceil((whole.end - whole.start) / 86_400_000) + 1;
  const days = daysFrom(dateOf(whole.start, zone), count, zone).filter(({ start }) => start > whole.start);
  return days.filter(({ date }) => count < 20 || weekdayOf(date) === 1).map(({ start }) => start);
}

export function Axis({ whole, zone }: { readonly whole: Span; readonly zone: string }) {
  const text = useZonedText(zone);
  const lines = linesOf(whole, zone);
  const step = lines.length > 4 ? 2 : 1;
  // A name begins at its line, and has to end before the edge.
  const last = whole.start + (whole.end - whole.start) * 0.85;
  return (
    <div className={styles.strip} data-main={false}>
      <span />
      <div className={styles.axis}>
        {lines
          .filter((at, nth) => nth % step === 0 && at < last)
          .map((at) => (
            <Placed key={at} whole={whole} part={{ start: at, end: whole.end }} className={styles.tick} isPoint>
              {text.day(at)}
            </Placed>
          ))}
      </div>
    </div>
  );
}

export function Strips({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.strips} aria-hidden="true">
      {children}
    </div>
  );
}

export function StripLegend() {
  const { preview: w } = useWords(words);
  return (
    <p className={styles.legend} aria-hidden="true">
      <span className={styles.key}>
        <span className={styles.swatch}>
          <span className={styles.gap} style={{ left: "0", width: "100%" }} />
        </span>
        {w.legend.gap}
      </span>
      <span className={styles.key}>
        <span className={styles.swatch}>
          <span className={styles.changed} style={{ left: "0", width: "100%" }} />
        </span>
        {w.legend.changed}
      </span>
    </p>
  );
}

/** What is changed, whatever it is changed to. */
function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const { start, end } of spans) {
    const last = result.at(-1);
    if (last !== undefined && last.end >= start) result[result.length - 1] = { start: last.start, end };
    else result.push({ start, end });
  }
  return result;
}
