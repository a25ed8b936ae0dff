import type { ShownPreview } from "../../../../src/http/wire/monitors.ts";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { namesOf } from "../monitors/monitor-tile.tsx";
import { dateOf, daysFrom, placeIn } from "../schedule/days.ts";
import { Axis, Strips } from "../schedule-editor/strip.tsx";
import styles from "./firing-strip.module.css";
import { words } from "./words.ts";

const ROWS_MAX = 8;
const DAYS = 9;

type Firing = ShownPreview["firings"][number];

/** When which series would have fired, on a line of time each; the list beside it says the same in words. */
export function FiringStrip({ preview }: { readonly preview: ShownPreview }) {
  const { preview: w } = useWords(words);
  const zone = useZone();
  const whole = { start: Date.parse(preview.from), end: Date.parse(preview.to) };
  const rows = rowsOf(preview.firings);
  const lines = daysFrom(dateOf(whole.start, zone), DAYS, zone)
    .map(({ start }) => start)
    .filter((start) => start > whole.start && start < whole.end);
  return (
    <>
      <Strips>
        <Axis whole={whole} zone={zone} />
        {rows.slice(0, ROWS_MAX).map(({ name, firings }) => (
          <div key={name} className={styles.row}>
            <span className={styles.name}>{name === "" ? w.everything : name}</span>
            <div className={styles.track}>
              {lines.map((at) => (
                <Placed key={at} whole={whole} from={at} className={styles.line} />
              ))}
              {firings.map((firing) => (
                <Placed
                  key={`${firing.from} ${firing.grade}`}
                  whole={whole}
                  from={Date.parse(firing.from)}
                  to={firing.to === null ? whole.end : Date.parse(firing.to)}
                  className={`${styles.firing} ${styles[`rank${Math.min(firing.gradeRank, 2)}`]}`}
                />
              ))}
            </div>
          </div>
        ))}
      </Strips>
      {rows.length > ROWS_MAX && <p className={styles.quiet}>{w.moreSeries(rows.length - ROWS_MAX)}</p>}
    </>
  );
}

function Placed({
  whole,
  from,
  to,
  className,
}: {
  readonly whole: { readonly start: number; readonly end: number };
  readonly from: number;
  /** Left out: a point in time. */
  readonly to?: number;
  readonly className: string | undefined;
}) {
  const place = placeIn(whole, { start: from, end: to ?? whole.end });
  if (place === undefined) return null;
  const width = to === undefined ? {} : { width: `${place.width}%` };
  return <span className={className} style={{ left: `${place.left}%`, ...width }} />;
}

/** By series, the one that fired most first. */
function rowsOf(firings: readonly Firing[]): readonly { readonly name: string; readonly firings: readonly Firing[] }[] {
  const rows = new Map<string, Firing[]>();
  for (const firing of firings) {
    const name = namesOf(firing.labels);
    const row = rows.get(name);
    if (row === undefined) rows.set(name, [firing]);
    else row.push(firing);
  }
  return [...rows]
    .map(([name, all]) => ({ name, firings: all }))
    .sort((one, other) => other.firings.length - one.firings.length);
}
