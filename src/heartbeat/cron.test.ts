import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asId } from "../id/id.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, toIso } from "../time/instant.ts";
import { readCron } from "./cron.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { heard, newState } from "./heartbeat-state.ts";
import { judgeHeartbeat } from "./judge-heartbeat.ts";

/** Where the clocks change: by an hour in March and in autumn, by half an hour, and on the way to summer at midnight. */
const CHANGES = [
  { zone: "America/New_York", days: ["2026-03-08", "2026-11-01"] },
  { zone: "Australia/Lord_Howe", days: ["2026-04-05", "2026-10-04"] },
  { zone: "America/Santiago", days: ["2026-04-05", "2026-09-06"] },
] as const;

/** Hours and minutes that are expected each day: a list, or with `everyHour` at these minutes whatever the clock does. */
const LINES = [
  { cron: "30 2 * * *", minutes: [30], hours: [2] },
  { cron: "0 0 * * *", minutes: [0], hours: [0] },
  { cron: "15,45 1,2,3 * * *", minutes: [15, 45], hours: [1, 2, 3] },
  { cron: "59 23 * * *", minutes: [59], hours: [23] },
  { cron: "*/10 * * * *", minutes: [0, 10, 20, 30, 40, 50], hours: undefined },
  { cron: "5 * * * *", minutes: [5], hours: undefined },
] as const;

/**
 * What cron promises, walked minute by minute. A fixed time comes once a day: the first time that the clock shows it, or,
 * where it skips it, at the change. What has a `*` comes at each minute that shows a fitting time.
 */
function naive(
  { minutes, hours }: { readonly minutes: readonly number[]; readonly hours: readonly number[] | undefined },
  zone: string,
  from: Instant,
  to: Instant,
): readonly Instant[] {
  const times = new Set<Instant>();
  const shown = new Set<string>();
  let before: Temporal.PlainDateTime | undefined;
  for (let at = from; at < to; at += MINUTE_MS) {
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
    const fits = (time: Temporal.PlainDateTime): boolean =>
      minutes.includes(time.minute) && (hours === undefined || hours.includes(time.hour));
    if (hours === undefined) {
      if (fits(local)) times.add(at);
    } else {
      for (let skipped = before?.add({ minutes: 1 }) ?? local; Temporal.PlainDateTime.compare(skipped, local) < 0; ) {
        if (fits(skipped)) times.add(at);
        skipped = skipped.add({ minutes: 1 });
      }
      if (fits(local) && !shown.has(local.toString())) times.add(at);
      shown.add(local.toString());
    }
    before = local;
  }
  return [...times];
}

describe("over the change of clocks", () => {
  for (const { zone, days } of CHANGES) {
    for (const day of days) {
      const midnight = Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
      const [from, to] = [midnight - 2 * DAY_MS, midnight + 3 * DAY_MS];
      for (const line of LINES) {
        const expected = naive(line, zone, from, to);
        test(`'${line.cron}' in ${zone} around ${day} comes when cron runs it`, () => {
          const times = readCron(line.cron, zone);
          const found: Instant[] = [];
          for (let at = times?.after(from - 1); at !== undefined && at < to; at = times?.after(at)) found.push(at);
          assert.deepEqual(found.map(toIso), expected.map(toIso));
          for (const at of expected) assert.equal(times?.atOrBefore(at + 59_999), at);
        });

        test(`'${line.cron}' in ${zone} around ${day}: what comes is never blamed, what is left out is, by its grace`, () => {
          const heartbeat: Heartbeat = {
            id: asId("h"),
            schedule: { kind: "cron", cron: line.cron, zone },
            grace: 3 * MINUTE_MS,
          };
          const grace = heartbeat.grace;
          let state = newState(heartbeat, from);
          for (const [index, at] of expected.entries()) {
            const facts = { at: at + grace - 1, deaf: [] };
            if (index > 0) {
              assert.notEqual(judgeHeartbeat(heartbeat, state, facts).is, "down", `too early at ${toIso(at)}`);
              const missed = judgeHeartbeat(heartbeat, state, { ...facts, at: at + grace });
              assert.equal(missed.is, "down", `not missed at ${toIso(at)}`);
              assert.deepEqual([missed.since, missed.latest], [at + grace, at + grace]);
            }
            // A second early, on time, or nearly too late.
            const when = at + ([-1_000, 0, 2 * MINUTE_MS][index % 3] ?? 0);
            state = heard(state, { at: when, kind: "success" }, grace);
            assert.equal(judgeHeartbeat(heartbeat, state, { at: when, deaf: [] }).is, "up");
          }
        });
      }
    }
  }
});

test("what is no line of cron, or never comes, is none", () => {
  for (const cron of [
    "",
    "* * * *",
    "* * * * * *",
    "61 * * * *",
    "a b c d e",
    "0 0 31 2 *",
    "@reboot",
    "1 ".repeat(80),
  ])
    assert.equal(readCron(cron, "Asia/Seoul"), undefined, cron);
  assert.equal(readCron("0 3 * * *", "Mars/Olympus"), undefined);
});

test("a day of the month and a day of the week mean either", () => {
  const times = readCron("0 3 13 * FRI", "UTC");
  const from = Temporal.Instant.from("2026-03-09T00:00:00Z").epochMilliseconds;
  const first = times?.after(from) ?? 0;
  assert.equal(toIso(first), "2026-03-13T03:00:00.000Z");
  assert.equal(toIso(times?.after(first) ?? 0), "2026-03-20T03:00:00.000Z");
  assert.equal(toIso(times?.after(first + 20 * DAY_MS - HOUR_MS) ?? 0), "2026-04-03T03:00:00.000Z");
});

test("the last day of a month, the second Monday, a leap day and the names of plans come when they should", () => {
  const at = (text: string): Instant => Temporal.Instant.from(text).epochMilliseconds;
  const next = (cron: string, from: string, count = 1): readonly string[] => {
    const times = readCron(cron, "Asia/Seoul");
    const found: string[] = [];
    for (let time = times?.after(at(from)); time !== undefined && found.length < count; time = times?.after(time))
      found.push(
        Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO("Asia/Seoul").toPlainDateTime().toString(),
      );
    return found;
  };
  assert.deepEqual(next("30 2 L * *", "2028-01-31T00:00:00Z", 2), ["2028-02-29T02:30:00", "2028-03-31T02:30:00"]);
  assert.deepEqual(next("0 3 * * 1#2", "2026-12-01T00:00:00Z", 2), ["2026-12-14T03:00:00", "2027-01-11T03:00:00"]);
  assert.deepEqual(next("0 3 29 2 *", "2026-03-01T00:00:00Z", 2), ["2028-02-29T03:00:00", "2032-02-29T03:00:00"]);
  assert.deepEqual(next("@daily", "2026-03-01T00:00:00Z"), ["2026-03-02T00:00:00"]);
  assert.deepEqual(next("@hourly", "2026-03-01T00:10:00Z"), ["2026-03-01T10:00:00"]);
  assert.deepEqual(next("0 3 * * 7", "2026-03-02T00:00:00Z"), ["2026-03-08T03:00:00"]);
});
