import type { ShownPing } from "../../../../src/http/wire/monitors.ts";
import { useNow } from "../../kit/clock.ts";
import { useAgoText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./heartbeats.module.css";
import { words } from "./words.ts";

const SHOWN = 30;
const WIDTH = 8;
const GAP = 2;
const HEIGHT = 24;

/** The last pings, the newest at the right: told apart by height and shape as well as colour. */
export function PingStrip({ pings }: { readonly pings: readonly ShownPing[] }) {
  const w = useWords(words);
  const now = useNow(60_000);
  const ago = useAgoText();
  const shown = pings.slice(0, SHOWN).toReversed();
  if (shown.length === 0) return <span className={styles.quiet}>{w.noPings}</span>;
  const counts = (["success", "fail", "start", "log"] as const)
    .map((kind) => ({ kind, count: shown.filter((ping) => ping.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${w.kinds[kind]} ${count}`);
  const width = shown.length * (WIDTH + GAP) - GAP;
  return (
    <svg
      className={styles.strip}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={w.strip(counts.join(", "))}
    >
      {shown.map((ping, nth) => (
        <Mark
          key={`${ping.at} ${nth}`}
          kind={ping.kind}
          x={nth * (WIDTH + GAP)}
          title={`${w.kinds[ping.kind]}${ping.exitCode === null ? "" : ` (${w.exitCode(ping.exitCode)})`}, ${ago(ping.at, now)}`}
        />
      ))}
    </svg>
  );
}

function Mark({ kind, x, title }: { readonly kind: ShownPing["kind"]; readonly x: number; readonly title: string }) {
  const { top, height } = SHAPES[kind];
  return (
    <g>
      <title>{title}</title>
      <rect
        x={x + 0.5}
        y={top + 0.5}
        width={WIDTH - 1}
        height={height - 1}
        rx={1.5}
        className={styles[`ping-${kind}`]}
      />
      {kind === "fail" && <path className={styles.pingCross} d={`M${x + 2} ${top + 9}l4 4m0-4l-4 4`} />}
    </g>
  );
}

const SHAPES = {
  success: { top: 6, height: 18 },
  fail: { top: 0, height: 24 },
  start: { top: 14, height: 10 },
  log: { top: 19, height: 5 },
} as const;
