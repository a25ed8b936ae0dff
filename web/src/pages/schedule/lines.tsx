import { useZone } from "../../kit/time.tsx";
import styles from "./calendar-band.module.css";
import { type Day, hoursOf, placeIn } from "./days.ts";
import type { Span } from "./shifts-shown.ts";

/** The height of a lane with the distance to the next. */
export const LANE_REM = 2;

/** Where days begin, and where it is now. */
export function Lines({
  days,
  band,
  now,
}: {
  readonly days: readonly Day[];
  readonly band: Span;
  readonly now: number;
}) {
  const zone = useZone();
  const [only] = days;
  const lines =
    days.length === 1 && only !== undefined ? hoursOf(only, zone).map(({ at }) => at) : days.map(({ start }) => start);
  const nowPlace = placeIn(band, { start: now, end: now + 1 });
  return (
    <div aria-hidden="true" className={styles.lines}>
      {lines.slice(1).map((at) => (
        <span
          key={at}
          className={styles.line}
          style={{ left: `${placeIn(band, { start: at, end: at + 1 })?.left}%` }}
        />
      ))}
      {nowPlace !== undefined && <span className={styles.nowLine} style={{ left: `${nowPlace.left}%` }} />}
    </div>
  );
}
