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
    const { next, due } = judgeHeartbeat(hourly, state, { at: minutes(5), deaf: [] });
    assert.deepEqual([next, due], [minutes(60), minutes(60)]);
    assert.deepEqual(judge(state, minutes(59)), ["up", "in-time"]);
    assert.deepEqual(judge(state, minutes(60)), ["late", "overdue"]);
    assert.equal(judgeHeartbeat(hourly, state, { at: minutes(61), deaf: [] }).next, minutes(70));
    assert.deepEqual(judge(state, minutes(70) - 1), ["late", "overdue"]);
    assert.deepEqual(judge(state, minutes(70)), ["down", "missed"]);
  });

  test("that stays away is found anew at each instant at which it is missed again", () => {
    const state = after([{ at: 0, kind: "success" }]);
    const latest = (at: Instant) => judgeHeartbeat(hourly, state, { at, deaf: [] }).latest;
    assert.equal(latest(minutes(70)), minutes(70));
    assert.equal(latest(minutes(129)), minutes(70));
    assert.equal(latest(minutes(130)), minutes(130));
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
    assert.equal(judgeHeartbeat(hourly, state, { at: minutes(6), deaf: [] }).next, minutes(15));
    assert.deepEqual(judge(state, minutes(15)), ["down", "unfinished"]);
    const ended = heard(state, { at: minutes(40), kind: "success" }, hourly.grace);
    assert.deepEqual(judge(ended, minutes(40)), ["up", "in-time"]);
    assert.equal(ended.lastDuration, minutes(35));
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
  test("what comes at least hourly is waited for once more", () => {
    const state = after([{ at: 0, kind: "success" }]);
    const deaf = [{ start: minutes(58), end: minutes(62) }];
    assert.deepEqual(judge(state, minutes(119), hourly, deaf), ["late", "overdue"]);
    assert.deepEqual(judge(state, minutes(130), hourly, deaf), ["down", "missed"]);
    assert.deepEqual(judgeHeartbeat(hourly, state, { at: minutes(80), deaf }).deaf, deaf[0]);
  });

  test("what comes more rarely has its grace from when Bongsu was back, and is then told, with the reason", () => {
    const due = DAY_MS + 3 * HOUR_MS;
    const state = after([{ at: 3 * HOUR_MS, kind: "success" }], nightly);
    const deaf = [{ start: due + minutes(5), end: due + minutes(20) }];
    assert.deepEqual(judge(state, due + minutes(49), nightly, deaf), ["late", "overdue"]);
    assert.deepEqual(judge(state, due + minutes(50), nightly, deaf), ["down", "missed"]);
    assert.deepEqual(judgeHeartbeat(nightly, state, { at: due + minutes(50), deaf }).deaf, deaf[0]);
  });

  test("at another time than it was expected, nothing changes", () => {
    const state = after([{ at: 0, kind: "success" }]);
    for (const deaf of [
      { start: minutes(10), end: minutes(50) },
      { start: minutes(71), end: minutes(90) },
    ])
      assert.deepEqual(judge(state, minutes(95), hourly, [deaf]), ["down", "missed"]);
  });

  test("again and again, each time counts", () => {
    const state = after([{ at: 0, kind: "success" }]);
    const deaf = [
      { start: minutes(58), end: minutes(62) },
      { start: minutes(125), end: minutes(128) },
    ];
    assert.deepEqual(judge(state, minutes(180), hourly, deaf), ["late", "overdue"]);
    assert.deepEqual(judge(state, minutes(190), hourly, deaf), ["down", "missed"]);
  });

  test("a run may have ended unheard", () => {
    const state = after([{ at: 0, kind: "start" }]);
    const deaf = [{ start: minutes(2), end: minutes(9) }];
    assert.deepEqual(judge(state, minutes(18), nightly, deaf), ["started", "running"]);
    assert.deepEqual(judge(state, minutes(39), nightly, deaf), ["down", "unfinished"]);
  });
});
