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
  /** Since when it has been silent for too long, where the rule makes something of that. */
  readonly silentSince: Instant | undefined;
  /** When it was last looked at with a value. */
  readonly heldAt: Instant | undefined;
};

export const UNSEEN: Standing = {
  lines: undefined,
  value: undefined,
  valueAt: undefined,
  silentSince: undefined,
  heldAt: undefined,
};

/** Marks a line that the value is not past. */
const QUIET = { since: Number.NaN, fires: false } as const;

export type Seen = {
  /** What the measure made of the window; undefined where nothing was measured in it. */
  readonly value: number | undefined;
  /** When something was last measured, in the window or before; undefined where that is not known. */
  readonly measuredAt: Instant | undefined;
  /** When Bongsu itself began to hear again after it had been away: nothing is silent for longer than that. */
  readonly hearsSince?: Instant | undefined;
  readonly at: Instant;
};

/** One look at a series: pure, and the same for what happens now and for what would have happened last week. */
export function look(
  before: Standing,
  lines: readonly Line[],
  missing: Missing,
  { value, measuredAt, hearsSince, at }: Seen,
): Standing {
  const valueAt = measuredAt ?? before.valueAt;
  const quietFrom = valueAt === undefined ? undefined : Math.max(valueAt, hearsSince ?? valueAt);
  const isSilent = missing.then !== "keep" && quietFrom !== undefined && at - quietFrom >= missing.after;
  // What was silent is so until something comes, also where Bongsu was away meanwhile.
  const isStill = before.silentSince !== undefined && value === undefined && valueAt === before.valueAt;
  const silentSince = isSilent || isStill ? (before.silentSince ?? at) : undefined;
  if (value === undefined) {
    // Silence is no recovery unless the rule says so: what fires goes on, and what was counting waits.
    const known = isSilent && missing.then === "end" ? undefined : before.lines;
    return { ...before, lines: known, value: undefined, valueAt, silentSince };
  }
  const known = before.lines?.length === lines.length ? before.lines : undefined;
  // What has to hold is not made to hold by silence: of a long one only as much counts as a rule lets pass for none.
  const silence = before.value === undefined && before.heldAt !== undefined ? at - before.heldAt : 0;
  const waited = Math.max(silence - missing.after, 0);
  return {
    value,
    valueAt,
    silentSince,
    heldAt: at,
    lines: lines.map((line, nth) => {
      const was = known?.[nth] ?? QUIET;
      if (line.applies !== "yes") return line.applies === "unknown" && was.fires ? was : QUIET;
      if (was.fires) return line.still(value) ? was : QUIET;
      if (!line.past(value)) return QUIET;
      // A clock that was put back makes nothing begin in the future.
      const since = Number.isNaN(was.since) ? at : Math.min(was.since + waited, at);
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
 * Where a series stands of which an alert is open, after a start or when its rule was changed: what fires goes on until
 * a value says otherwise. The lines of its grade, for nobody knows which of them it was; else the most severe. Its other
 * lines stand as its past (`played`) says. An alert of silence goes on until something comes.
 */
export function standingOfAlert(
  played: Standing,
  lines: readonly Line[],
  { grade, since, isSilent = false }: { readonly grade: string; readonly since: Instant; readonly isSilent?: boolean },
): Standing {
  const valueAt = played.valueAt ?? since;
  if (isSilent) return { ...played, valueAt, silentSince: since };
  if (lines.length === 0) return { ...played, valueAt };
  const isKnown = lines.some((line) => line.grade === grade);
  const fires = (line: Line, nth: number): boolean => (isKnown ? line.grade === grade : nth === 0);
  return {
    ...played,
    valueAt,
    lines: lines.map((line, nth) => (fires(line, nth) ? { since, fires: true } : (played.lines?.[nth] ?? QUIET))),
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
