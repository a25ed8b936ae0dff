import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asId } from "../id/id.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { Heartbeat } from "./heartbeat.ts";
import {
  type HeartbeatPing,
  type HeartbeatState,
  heard,
  newState,
  paused,
  resumed,
  underPlan,
} from "./heartbeat-state.ts";
import { judgeHeartbeat } from "./judge-heartbeat.ts";

const hourly: Heartbeat = { id: asId("h"), schedule: { kind: "every", every: HOUR_MS }, grace: 10 * MINUTE_MS };
const nightly: Heartbeat = {
  id: asId("n"),
  schedule: { kind: "cron", cron: "0 3 * * *", zone: "Etc/UTC" },
  grace: 30 * MINUTE_MS,
};
const minutes = (count: number): Instant => count * MINUTE_MS;
const after = (pings: readonly HeartbeatPing[], heartbeat = hourly, from = 0): HeartbeatState =>
  pings.reduce((state, ping) => heard(state, ping, heartbeat.grace), newState(heartbeat, from));
/** What it says of an up one: when that can change. */
const nextOf = (state: HeartbeatState, at: Instant, heartbeat = hourly, deaf: readonly Interval[] = []) => {
  const verdict = judgeHeartbeat(heartbeat, state, { at, deaf });
  return verdict.is === "down" ? undefined : verdict.next;
};
const latestOf = (state: HeartbeatState, at: Instant, heartbeat = hourly, deaf: readonly Interval[] = []) => {
  const verdict = judgeHeartbeat(heartbeat, state, { at, deaf });
  return verdict.is === "down" ? verdict.latest : undefined;
};
const judge = (
  state: HeartbeatState,
  at: Instant,
  heartbeat = hourly,
  deaf: readonly Interval[] = [],
): readonly [string, string] => {
  const { is, because } = judgeHeartbeat(heartbeat, state, { at, deaf });
  return [is, because];
};

describe("a heartbeat by an interval", () => {
  test("that was never heard from is new, however long; a word in its log changes nothing", () => {
    assert.deepEqual(judge(newState(hourly, 0), 10 * DAY_MS), ["new", "never-heard"]);
    assert.deepEqual(judge(after([{ at: 1, kind: "log" }]), 10 * DAY_MS), ["new", "never-heard"]);
  });

  test("is up, late within its grace, and down after it, and says when that can change", () => {
    const state = after([{ at: 0, kind: "success" }]);
    const { due } = judgeHeartbeat(hourly, state, { at: minutes(5), deaf: [] });
    assert.deepEqual([nextOf(state, minutes(5)), due], [minutes(60), minutes(60)]);
    assert.deepEqual(judge(state, minutes(59)), ["up", "in-time"]);
    assert.deepEqual(judge(state, minutes(60)), ["late", "overdue"]);
    assert.equal(nextOf(state, minutes(61)), minutes(70));
    assert.deepEqual(judge(state, minutes(70) - 1), ["late", "overdue"]);
    assert.deepEqual(judge(state, minutes(70)), ["down", "missed"]);
  });

  test("that stays away is found anew at each instant at which it is missed again", () => {
    const state = after([{ at: 0, kind: "success" }]);
    assert.equal(latestOf(state, minutes(70)), minutes(70));
    assert.equal(latestOf(state, minutes(129)), minutes(70));
    assert.equal(latestOf(state, minutes(130)), minutes(130));
  });

  test("a late success after it was down recovers it", () => {
    const state = after([
      { at: 0, kind: "success" },
      { at: minutes(200), kind: "success" },
    ]);
    assert.deepEqual(judge(state, minutes(200)), ["up", "in-time"]);
    assert.deepEqual(judge(state, minutes(270)), ["down", "missed"]);
  });

  test("that said it failed is down at once, until a run succeeds; a start or a word does not help", () => {
    const failed = after([
      { at: 0, kind: "success" },
      { at: minutes(10), kind: "fail", exitCode: 3 },
    ]);
    assert.deepEqual(judge(failed, minutes(10)), ["down", "failed"]);
    assert.equal(failed.failed?.exitCode, 3);
    const again = heard(failed, { at: minutes(12), kind: "start" }, hourly.grace);
    assert.deepEqual(judge(heard(again, { at: minutes(13), kind: "log" }, hourly.grace), minutes(14)), [
      "down",
      "failed",
    ]);
    assert.deepEqual(judge(heard(again, { at: minutes(15), kind: "success" }, hourly.grace), minutes(15)), [
      "up",
      "in-time",
    ]);
  });
});

describe("a run", () => {
  test("that started is to end within the grace", () => {
    const state = after([
      { at: 0, kind: "success" },
      { at: minutes(5), kind: "start" },
    ]);
    assert.deepEqual(judge(state, minutes(6)), ["started", "running"]);
    assert.equal(nextOf(state, minutes(6)), minutes(15));
    assert.deepEqual(judge(state, minutes(15)), ["down", "unfinished"]);
    const ended = heard(state, { at: minutes(40), kind: "success" }, hourly.grace);
    assert.deepEqual(judge(ended, minutes(40)), ["up", "in-time"]);
    assert.equal(ended.lastDuration, minutes(35));
  });

  test("that did not end in time is not forgotten because it starts again", () => {
    const weekly: Heartbeat = { ...hourly, schedule: { kind: "every", every: 7 * DAY_MS } };
    const state = after(
      [
        { at: 0, kind: "success" },
        { at: minutes(5), kind: "start" },
        { at: minutes(60), kind: "start" },
      ],
      weekly,
    );
    assert.deepEqual(judge(state, minutes(61), weekly), ["down", "unfinished"]);
    const ended = heard(state, { at: minutes(62), kind: "success" }, weekly.grace);
    assert.deepEqual([judge(ended, minutes(62), weekly), ended.lastDuration], [["up", "in-time"], minutes(2)]);
  });

  test("of a failure the end of what it wrote is kept, for that tells why", () => {
    const { failed } = after([{ at: 0, kind: "fail", excerpt: `${"x".repeat(5_000)}why\n` }]);
    assert.equal(failed?.excerpt, `${"x".repeat(997)}why`);
  });

  test("is measured from its own start where runs overlap", () => {
    const state = after([
      { at: minutes(0), kind: "start", run: "a" },
      { at: minutes(2), kind: "start", run: "b" },
      { at: minutes(5), kind: "success", run: "a" },
    ]);
    assert.equal(state.lastDuration, minutes(5));
    assert.deepEqual(judge(state, minutes(6)), ["started", "running"]);
    const both = heard(state, { at: minutes(6), kind: "success", run: "b" }, hourly.grace);
    assert.equal(both.lastDuration, minutes(4));
    assert.deepEqual(judge(both, minutes(6)), ["up", "in-time"]);
  });

  test("that goes on in time is watched on when another ends; one that was told as unfinished is not", () => {
    const started = after([
      { at: 0, kind: "start", run: "lost" },
      { at: minutes(12), kind: "start", run: "slow" },
      { at: minutes(13), kind: "start", run: "quick" },
    ]);
    assert.deepEqual(judge(started, minutes(13)), ["down", "unfinished"]);
    const state = heard(started, { at: minutes(14), kind: "success", run: "quick" }, hourly.grace);
    assert.deepEqual(state.runs, [{ run: "slow", startedAt: minutes(12) }]);
    assert.deepEqual(judge(state, minutes(14)), ["started", "running"]);
    assert.deepEqual(judge(state, minutes(22)), ["down", "unfinished"]);
  });

  test("of a sender that names none ends with whatever ends", () => {
    const state = after([
      { at: 0, kind: "start", run: "a" },
      { at: minutes(1), kind: "success" },
    ]);
    assert.deepEqual([state.runs, state.lastDuration], [[], undefined]);
  });
});

describe("a pause", () => {
  test("keeps it from being missed; resumed, it is expected as if it had been made then", () => {
    const state = paused(after([{ at: 0, kind: "success" }]), minutes(10), "kim");
    assert.deepEqual(judge(state, 10 * DAY_MS), ["paused", "paused"]);
    const again = resumed(state, 10 * DAY_MS);
    assert.deepEqual(judge(again, 10 * DAY_MS + minutes(59)), ["up", "in-time"]);
    assert.deepEqual(judge(again, 10 * DAY_MS + minutes(70)), ["down", "missed"]);
  });

  test("does not end because a ping comes", () => {
    const state = paused(after([{ at: 0, kind: "success" }]), minutes(10), "kim");
    assert.deepEqual(judge(heard(state, { at: minutes(11), kind: "fail" }, hourly.grace), minutes(11)), [
      "paused",
      "paused",
    ]);
  });

  test("of one that had failed is no way to forget that it was ever heard", () => {
    const state = resumed(paused(after([{ at: 0, kind: "fail" }]), 1, "kim"), minutes(30));
    assert.deepEqual(judge(state, minutes(30)), ["up", "in-time"]);
    assert.deepEqual(judge(state, minutes(100)), ["down", "missed"]);
  });
});

test("another plan is expected from when it was made", () => {
  const state = after([{ at: 0, kind: "success" }], nightly);
  const changed = underPlan(state, hourly, DAY_MS);
  assert.deepEqual(judge(changed, DAY_MS + minutes(69)), ["late", "overdue"]);
  assert.deepEqual(judge(changed, DAY_MS + minutes(70)), ["down", "missed"]);
  assert.equal(underPlan(changed, hourly, 2 * DAY_MS), changed);
});

describe("while Bongsu could not hear", () => {
  const weekly: Heartbeat = { ...hourly, schedule: { kind: "every", every: 7 * DAY_MS } };

  test("what was expected is unknown, and the next that can be heard is waited for", () => {
    const state = after([{ at: 0, kind: "success" }]);
    const deaf = [{ start: minutes(58), end: minutes(62) }];
    assert.deepEqual(judge(state, minutes(62), hourly, deaf), ["unknown", "unheard"]);
    assert.equal(nextOf(state, minutes(62), hourly, deaf), minutes(120));
    assert.deepEqual(judge(state, minutes(119), hourly, deaf), ["unknown", "unheard"]);
    assert.deepEqual(judge(state, minutes(120), hourly, deaf), ["late", "overdue"]);
    assert.deepEqual(judge(state, minutes(130), hourly, deaf), ["down", "missed"]);
    const { due, deaf: shown } = judgeHeartbeat(hourly, state, { at: minutes(80), deaf });
    assert.deepEqual([due, shown], [minutes(120), deaf[0]]);
  });

  test("a nightly one that could have come in two hours of silence calls nobody until it is missed the night after", () => {
    const due = DAY_MS + 3 * HOUR_MS;
    const state = after([{ at: 3 * HOUR_MS, kind: "success" }], nightly);
    const deaf = [{ start: due - HOUR_MS, end: due + HOUR_MS }];
    assert.deepEqual(judge(state, due + HOUR_MS, nightly, deaf), ["unknown", "unheard"]);
    assert.deepEqual(judge(state, due + DAY_MS - 1, nightly, deaf), ["unknown", "unheard"]);
    assert.deepEqual(judge(state, due + DAY_MS + minutes(30), nightly, deaf), ["down", "missed"]);
    const came = heard(state, { at: due + HOUR_MS + 1, kind: "success" }, nightly.grace);
    assert.deepEqual(judge(came, due + HOUR_MS + 1, nightly, deaf), ["up", "in-time"]);
  });

  test("one that comes more rarely than daily is told to be unknown after its grace, and missed when it is surely so", () => {
    const due = 7 * DAY_MS;
    const state = after([{ at: 0, kind: "success" }], weekly);
    const deaf = [{ start: due - HOUR_MS, end: due + HOUR_MS }];
    const tellAt = due + HOUR_MS + minutes(10);
    assert.equal(nextOf(state, due + HOUR_MS, weekly, deaf), tellAt);
    assert.deepEqual(judge(state, tellAt - 1, weekly, deaf), ["unknown", "unheard"]);
    assert.deepEqual(judge(state, tellAt, weekly, deaf), ["down", "unheard"]);
    assert.deepEqual(judge(state, 2 * due + minutes(9), weekly, deaf), ["down", "unheard"]);
    assert.deepEqual(judge(state, 2 * due + minutes(10), weekly, deaf), ["down", "missed"]);
  });

  test("each night at the time of the job, it is told after a day that it is unknown", () => {
    const due = DAY_MS + 3 * HOUR_MS;
    const state = after([{ at: 3 * HOUR_MS, kind: "success" }], nightly);
    const deaf = [0, 1, 2, 3].map((night) => ({
      start: due + night * DAY_MS,
      end: due + night * DAY_MS + minutes(1),
    }));
    assert.deepEqual(judge(state, due + 20 * HOUR_MS, nightly, deaf.slice(0, 1)), ["unknown", "unheard"]);
    assert.deepEqual(judge(state, due + DAY_MS + minutes(31), nightly, deaf.slice(0, 2)), ["down", "unheard"]);
    // It stays so through the nights after.
    for (const night of [2, 3])
      assert.deepEqual(judge(state, due + night * DAY_MS + minutes(1), nightly, deaf.slice(0, night + 1)), [
        "down",
        "unheard",
      ]);
  });

  test("at another time than it was expected, nothing changes", () => {
    const state = after([{ at: 0, kind: "success" }]);
    for (const deaf of [
      { start: minutes(10), end: minutes(50) },
      { start: minutes(71), end: minutes(90) },
    ])
      assert.deepEqual(judge(state, minutes(95), hourly, [deaf]), ["down", "missed"]);
  });

  test("again and again, each time counts; what was missed before stays missed", () => {
    const state = after([{ at: 0, kind: "success" }]);
    const deaf = [
      { start: minutes(58), end: minutes(62) },
      { start: minutes(125), end: minutes(128) },
    ];
    assert.deepEqual(judge(state, minutes(180), hourly, deaf), ["late", "overdue"]);
    assert.deepEqual(judge(state, minutes(190), hourly, deaf), ["down", "missed"]);
    const later = { start: minutes(235), end: minutes(260) };
    assert.deepEqual(judge(state, minutes(260), hourly, [...deaf, later]), ["down", "missed"]);
    // A person who resolved it at 200 is not told of what could not be heard at 240.
    assert.equal(latestOf(state, minutes(260), hourly, [...deaf, later]), minutes(190));
    assert.equal(latestOf(state, minutes(310), hourly, [...deaf, later]), minutes(310));
  });

  test("a run may have ended: the plan tells when it is to come again", () => {
    const state = after(
      [
        { at: 3 * HOUR_MS, kind: "success" },
        { at: DAY_MS + 3 * HOUR_MS, kind: "start" },
      ],
      nightly,
    );
    const began = DAY_MS + 3 * HOUR_MS;
    const deaf = [{ start: began + minutes(2), end: began + minutes(9) }];
    assert.deepEqual(judge(state, began + DAY_MS - 1, nightly, deaf), ["unknown", "unheard"]);
    assert.deepEqual(judge(state, began + DAY_MS + minutes(30), nightly, deaf), ["down", "missed"]);
  });
});
