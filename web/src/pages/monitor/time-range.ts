/** What a chart shows: the last hours up to now, or a stretch that somebody chose. Epoch milliseconds. */
export type TimeRange =
  | { readonly is: "last"; readonly name: RangeName }
  | { readonly is: "own"; readonly from: number; readonly to: number };

export const RANGES = { "1h": 1, "6h": 6, "24h": 24, "7d": 168, "30d": 720 } as const;
export type RangeName = keyof typeof RANGES;

const HOUR = 3_600_000;
const LEAST = 120_000;
const MOST = RANGES["30d"] * HOUR;

/** So long ago it is still in the last hours that are shown first. */
const LATELY = 5 * HOUR;

/** As the address says: a stretch, an instant that has to be in sight (`at`: when an alert began), or a name. */
export function readRange(search: URLSearchParams, now: number): TimeRange {
  const from = Date.parse(search.get("from") ?? "");
  const to = Date.parse(search.get("to") ?? "");
  if (from < to) return { is: "own", from, to };
  const at = Date.parse(search.get("at") ?? "");
  if (now - at > LATELY) return chosen({ from: at - HOUR, to: at + 2 * HOUR }, now);
  const name = search.get("range") ?? "";
  return { is: "last", name: name in RANGES ? (name as RangeName) : "6h" };
}

export function writeRange(range: TimeRange): Readonly<Record<string, string>> {
  if (range.is === "last") return range.name === "6h" ? {} : { range: range.name };
  return { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
}

export type Edges = { readonly from: number; readonly to: number };

export function edgesOf(range: TimeRange, now: number): Edges {
  if (range.is === "own") return range;
  return { from: now - RANGES[range.name] * HOUR, to: now };
}

/** Half of it, or twice as much, around its middle; a half to either side. Never past now, never finer than two minutes. */
export function moved({ from, to }: Edges, how: "in" | "out" | "earlier" | "later", now: number): TimeRange {
  const length = to - from;
  const next =
    how === "in"
      ? { from: from + length / 4, to: to - length / 4 }
      : how === "out"
        ? { from: from - length / 2, to: to + length / 2 }
        : how === "earlier"
          ? { from: from - length / 2, to: to - length / 2 }
          : { from: from + length / 2, to: to + length / 2 };
  return chosen(next, now);
}

/** A stretch as it can be shown. */
export function chosen({ from, to }: Edges, now: number): TimeRange {
  const length = Math.min(Math.max(to - from, LEAST), MOST);
  const end = Math.min(Math.round((from + to) / 2 + length / 2), now);
  return { is: "own", from: end - length, to: end };
}
