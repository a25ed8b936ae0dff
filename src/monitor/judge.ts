import type { Instant, Millis } from "../time/instant.ts";
import type { Comparison, Missing, Threshold } from "./monitor.ts";

/** A line that is asked about a value: a threshold of a grade, or the usual range of the hour (`baseline`). */
export type Line = Pick<Threshold, "grade" | "hold"> & {
  /** Whether the value is past the line. */
  readonly past: (value: number) => boolean;
  /** Whether what fired goes on: with hysteresis, until the value has come back further than the line. */
  readonly still: (value: number) => boolean;
  /** Which of two values is further past it. */
  readonly further: (one: number, other: number) => number;
  /**
   * Outside of its hours (`no`) a line is not looked at, and what it fired ends. Where it is not known what is usual
   * (`unknown`: just started, or too few weeks) it fires nothing, and what it fired goes on.
   */
  readonly applies: "yes" | "no" | "unknown";
};

/**
 * Where one series stands at one monitor. For each line, most severe first, since when the value is past it, and whether
 * it fires. A line goes: quiet → past (since) → fires (held long enough) → quiet (the value came back).
 */
export type Standing = {
  readonly lines: readonly { readonly since: Instant; readonly fires: boolean }[] | undefined;
  readonly value: number | undefined;
  /** When something was last measured. */
  readonly valueAt: Instant | undefined;
  /** Since when its silence fires, where that is to fire. */
  readonly silentSince: Instant | undefined;
};

export const UNSEEN: Standing = { lines: undefined, value: undefined, valueAt: undefined, silentSince: undefined };

/** Marks a line that the value is not past. */
const QUIET = { since: Number.NaN, fires: false } as const;

export type Seen = {
  /** What the measure made of the window; undefined where nothing was measured in it. */
  readonly value: number | undefined;
  /** When something was last measured, in the window or before; undefined where that is not known. */
  readonly measuredAt: Instant | undefined;
  readonly at: Instant;
};

/** One look at a series: pure, and the same for what happens now and for what would have happened last week. */
export function look(
  before: Standing,
  lines: readonly Line[],
  missing: Missing,
  { value, measuredAt, at }: Seen,
): Standing {
  const valueAt = measuredAt ?? before.valueAt;
  const isSilent = missing.then === "alert" && valueAt !== undefined && at - valueAt >= missing.after;
  const silentSince = isSilent ? (before.silentSince ?? at) : undefined;
  // Silence is never taken for recovery: what fires goes on, and what was counting waits.
  if (value === undefined) return { ...before, value: undefined, valueAt, silentSince };
  const known = before.lines?.length === lines.length ? before.lines : undefined;
  return {
    value,
    valueAt,
    silentSince,
    lines: lines.map((line, nth) => {
      const was = known?.[nth] ?? QUIET;
      if (line.applies !== "yes") return line.applies === "unknown" && was.fires ? was : QUIET;
      if (was.fires) return line.still(value) ? was : QUIET;
      if (!line.past(value)) return QUIET;
      const since = Number.isNaN(was.since) ? at : was.since;
      return { since, fires: at - since >= line.hold };
    }),
  };
}

export type Verdict =
  | { readonly state: "ok" | "no-data" | "unseen" }
  | { readonly state: "pending"; readonly grade: string; readonly since: Instant; readonly line: number }
  | {
      readonly state: "firing";
      readonly grade: string;
      readonly since: Instant;
      /** The line that fires, as a place in the lines; -1 for silence. */
      readonly line: number;
    };

/** What a standing amounts to: the most severe line that fires, else the first that counts. */
export function verdictOf(standing: Standing, lines: readonly Line[], missing: Missing): Verdict {
  const { lines: places = [], value, valueAt, silentSince } = standing;
  const firing = places.findIndex(({ fires }) => fires);
  const line = lines[firing];
  if (line !== undefined) {
    return { state: "firing", grade: line.grade, since: places[firing]?.since ?? 0, line: firing };
  }
  if (silentSince !== undefined && missing.then === "alert")
    return { state: "firing", grade: missing.grade, since: silentSince, line: -1 };
  if (valueAt === undefined) return { state: "unseen" };
  if (value === undefined) return { state: "no-data" };
  const counting = places.findIndex(({ since }) => !Number.isNaN(since));
  const next = lines[counting];
  if (next !== undefined)
    return { state: "pending", grade: next.grade, since: places[counting]?.since ?? 0, line: counting };
  return { state: "ok" };
}

/**
 * Where a series stands of which only its alert is known, after a start or when its rule was changed: what fires goes on
 * until a value says otherwise. The lines of its grade, for nobody knows which of them it was; else the most severe.
 */
export function standingOfAlert(lines: readonly Line[], grade: string, since: Instant): Standing {
  const isKnown = lines.some((line) => line.grade === grade);
  if (lines.length === 0) return { ...UNSEEN, valueAt: since };
  const fires = (line: Line, nth: number): boolean => (isKnown ? line.grade === grade : nth === 0);
  return {
    lines: lines.map((line, nth) => (fires(line, nth) ? { since, fires: true } : QUIET)),
    value: undefined,
    valueAt: since,
    silentSince: undefined,
  };
}

/** A threshold as a line. */
export function lineOf({ grade, hold, when, bound, clear }: Threshold, applies: boolean): Line {
  return {
    grade,
    hold,
    past: (value) => compare(value, when, bound),
    still: (value) => compare(value, when, clear ?? bound),
    further: when === "above" || when === "at-least" ? Math.max : Math.min,
    applies: applies ? "yes" : "no",
  };
}

export function compare(value: number, when: Comparison, bound: number): boolean {
  switch (when) {
    case "above":
      return value > bound;
    case "at-least":
      return value >= bound;
    case "below":
      return value < bound;
    case "at-most":
      return value <= bound;
  }
}

export const HOLD_MS_MAX: Millis = 86_400_000;
