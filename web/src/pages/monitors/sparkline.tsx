import styles from "./sparkline.module.css";

const WIDTH = 120;
const HEIGHT = 32;
const EDGE = 2;

/** A line of a threshold, with how severe its grade is. */
export type Bound = { readonly bound: number; readonly rank: number };

/** The shape of the last hours with the thresholds in it. What it shows stands beside it in words. */
export function Sparkline({
  values,
  bounds,
  isRatio,
}: {
  readonly values: readonly (number | null)[];
  readonly bounds: readonly Bound[];
  readonly isRatio: boolean;
}) {
  const there = values.filter((value) => value !== null);
  if (there.length === 0) return <span className={styles.none} aria-hidden="true" />;
  const scale = scaleOf(
    there,
    bounds.map(({ bound }) => bound),
    isRatio,
  );
  const y = (value: number): number =>
    EDGE + (1 - (value - scale.low) / (scale.high - scale.low)) * (HEIGHT - 2 * EDGE);
  return (
    <svg
      className={styles.line}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {bounds
        .filter(({ bound }) => bound >= scale.low && bound <= scale.high)
        .map(({ bound, rank }) => (
          <line
            key={bound}
            className={styles[`bound${Math.min(rank, 2)}`]}
            x1={0}
            x2={WIDTH}
            y1={y(bound)}
            y2={y(bound)}
          />
        ))}
      <path className={styles.values} d={pathOf(values, y)} />
    </svg>
  );
}

/** From the values to the nearest line, so that how far it is can be seen; a share is drawn on its whole. */
function scaleOf(
  values: readonly number[],
  bounds: readonly number[],
  isRatio: boolean,
): { readonly low: number; readonly high: number } {
  const low = Math.min(...values, ...(isRatio ? [0] : []), ...bounds);
  const high = Math.max(...values, ...(isRatio && Math.max(...values) > 0.2 ? [1] : []), ...bounds);
  if (high > low) return { low, high };
  return { low: low - 1, high: high + 1 };
}

/** A gap stays a gap: what was not measured is not guessed at. */
function pathOf(values: readonly (number | null)[], y: (value: number) => number): string {
  const step = values.length > 1 ? WIDTH / (values.length - 1) : 0;
  let path = "";
  let isDrawing = false;
  values.forEach((value, nth) => {
    if (value !== null) {
      const x = (nth * step).toFixed(1);
      path += isDrawing ? `L${x} ${y(value).toFixed(1)}` : `M${x} ${y(value).toFixed(1)}h.01`;
    }
    isDrawing = value !== null;
  });
  return path;
}
