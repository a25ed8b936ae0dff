import type { Said } from "../locale/said.ts";
import { DAY_MS, HOUR_MS, type Instant, type Millis } from "../time/instant.ts";
import { type Interval, minus, overlap } from "../time/interval.ts";
import type { Finding } from "./finding.ts";

/** A hole in the reach that the administrators are told of: an error of the proof, with when it is. */
export type Problem = { readonly key: string; readonly during: readonly Interval[]; readonly finding: Finding };

/** What they were told of a problem, how loudly and when: as far ahead as it counts as known. */
export type Told = {
  readonly key: string;
  readonly loud: boolean;
  readonly at: Instant;
  readonly during: readonly Interval[];
  /** What it was, for when it is mended. */
  readonly message: Said;
};

export type Alarm =
  | {
      readonly is: "problem";
      readonly because: "new" | "changed" | "near" | "still";
      readonly problem: Problem;
      /** From when on, the part that is under way counted from now. */
      readonly next: Interval;
      /** Through every channel at once; else quietly. */
      readonly loud: boolean;
    }
  | { readonly is: "mended"; readonly key: string; readonly message: Said };

/** Told this long ahead: two weekends and a week to ask people. */
const TOLD_AHEAD_MS: Millis = 14 * DAY_MS;
/** Told loudly by day when it is no further than this, and at whatever hour from the second on. */
const LOUD_BY_DAY_MS: Millis = 48 * HOUR_MS;
const LOUD_MS: Millis = 24 * HOUR_MS;
const DAY_FROM_HOUR = 9;
const DAY_TO_HOUR = 20;
/** So long what recurs counts as known; then it is told again. */
const KNOWN_MS: Millis = 30 * DAY_MS;
/** Of what recurs by the hour a month is more than anybody needs to compare. */
const KNOWN_MAX = 400;

/** The errors that hold for a time, as problems. */
export function problemsOf(findings: readonly Finding[]): readonly Problem[] {
  return findings.flatMap((finding) =>
    finding.level === "error" && finding.during !== undefined
      ? [{ key: `${finding.code}/${finding.clause}`, during: finding.during, finding }]
      : [],
  );
}

/**
 * Which problems the administrators are to be told of now, and what they know then. Once for each problem, two weeks
 * ahead and quietly; again, loudly, when it is near (by day between the second and the last day before it, and at
 * whatever hour where less than a day is left); again when time comes to it that was not told; once a month while it
 * lasts; and when it is mended.
 */
export function alarmsDue(
  problems: readonly Problem[],
  told: readonly Told[],
  facts: { readonly at: Instant; readonly zone: string },
): { readonly alarms: readonly Alarm[]; readonly told: readonly Told[] } {
  const { at } = facts;
  const alarms: Alarm[] = [];
  const kept: Told[] = [];
  for (const problem of problems) {
    const known = told.find(({ key }) => key === problem.key);
    const next = nextOf(problem, at);
    if (next === undefined || next.start - at > TOLD_AHEAD_MS) {
      if (known !== undefined && isStill(known, problem.during, at)) kept.push(known);
      else if (known !== undefined && isAhead(known, at))
        alarms.push({ is: "mended", key: known.key, message: known.message });
      continue;
    }
    const loud = isLoud(next.start, facts);
    const because = reasonOf(problem, known, loud, at);
    if (because === undefined) {
      kept.push(known as Told);
      continue;
    }
    alarms.push({ is: "problem", because, problem, next, loud });
    const { key, during, finding } = problem;
    kept.push({
      key,
      loud: loud || (known?.loud ?? false),
      at,
      during: knownFrom(during, at),
      message: finding.message,
    });
  }
  for (const known of told) {
    const isThere = problems.some(({ key }) => key === known.key);
    if (!isThere && isAhead(known, at)) alarms.push({ is: "mended", key: known.key, message: known.message });
  }
  return { alarms, told: kept };
}

function nextOf({ during }: Problem, at: Instant): Interval | undefined {
  const next = during.find(({ end }) => end > at);
  return next === undefined ? undefined : { start: Math.max(next.start, at), end: next.end };
}

function isLoud(start: Instant, { at, zone }: { readonly at: Instant; readonly zone: string }): boolean {
  if (start - at <= LOUD_MS) return true;
  const { hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return start - at <= LOUD_BY_DAY_MS && hour >= DAY_FROM_HOUR && hour < DAY_TO_HOUR;
}

function reasonOf(
  problem: Problem,
  known: Told | undefined,
  loud: boolean,
  at: Instant,
): Extract<Alarm, { is: "problem" }>["because"] | undefined {
  if (known === undefined) return "new";
  const window = { start: at, end: windowEnd(known) };
  const news = problem.during
    .filter((one) => overlap(one, window))
    .flatMap((one) => minus(clip(one, window), known.during));
  if (news.length > 0) return "changed";
  if (at - known.at >= KNOWN_MS) return "still";
  return loud && !known.loud ? "near" : undefined;
}

/** Whether something of what was told is still to come. */
function isAhead({ during }: Told, at: Instant): boolean {
  return during.some(({ end }) => end > at);
}

function isStill(known: Told, during: readonly Interval[], at: Instant): boolean {
  return known.during.some((one) => one.end > at && during.some((other) => overlap(one, other)));
}

function knownFrom(during: readonly Interval[], at: Instant): readonly Interval[] {
  const window = { start: at, end: at + KNOWN_MS };
  return during
    .filter((one) => overlap(one, window))
    .slice(0, KNOWN_MAX)
    .map((one) => clip(one, window));
}

/** As far as what was told reaches: beyond it nothing is news. */
function windowEnd(known: Told): Instant {
  const whole = known.at + KNOWN_MS;
  return known.during.length < KNOWN_MAX ? whole : Math.min(whole, known.during.at(-1)?.end ?? whole);
}

function clip({ start, end }: Interval, window: Interval): Interval {
  return { start: Math.max(start, window.start), end: Math.min(end, window.end) };
}
