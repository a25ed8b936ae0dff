import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MeasuredNode } from "../../../test/world/measured-world.ts";
import { sha256 } from "../../../test/world/world.ts";
import { seededChance } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import type { Labels } from "../../metric/sample.ts";
import { monitorKey } from "../../monitor/alert-key.ts";
import type { Missing, Monitor, MonitorHours, Threshold } from "../../monitor/monitor.ts";
import type { Fired } from "../../monitor/play-back.ts";
import { openStore } from "../../store/open-store.ts";
import type { Clock } from "../../time/clock.ts";
import { type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import { SimClock } from "../../time/sim-clock.ts";
import { previewRule } from "./preview-rule.ts";
import type { Told } from "./told-alerts.ts";
import { WatchedMonitors } from "./watched-monitors.ts";

const START: Instant = Temporal.Instant.from("2026-03-02T00:00:00Z").epochMilliseconds;
const SERIES = { metric: "host_disk_used_ratio", labels: { host: "db-1" } satisfies Labels };
const HOURS: MonitorHours = { weekdays: [1], from: "09:20", to: "09:50", zone: "Asia/Seoul", onHolidays: true };

type Plan = {
  readonly monitor: Monitor;
  /** Of each minute what is measured all through it; null: nothing is. */
  readonly minutes: readonly (number | null)[];
  /** In which minutes the server goes down, and for how many. */
  readonly restarts: readonly { readonly minute: number; readonly length: number }[];
};

/** What the evaluation says minute by minute, over restarts: alerts by their grade, from when to when. */
async function lived({
  monitor,
  minutes,
  restarts,
}: Plan): Promise<{ live: readonly Fired[]; preview: readonly Fired[] }> {
  const store = await openStore(":memory:", { turn: "microtask" });
  const clock = new SimClock(START);
  const pass = (length: number): void => clock.pass(clock.monotonic() + length);
  const node = new MeasuredNode({ store, clock, chance: seededChance(1), node: "a" });
  await node.begin();
  const told = new Map<string, Told>();
  const deaf: Interval[] = [];
  const watch = (): WatchedMonitors =>
    new WatchedMonitors({
      metrics: node.metrics,
      baselines: { usual: () => undefined },
      harder: { watches: () => false },
      told,
      keyOf: (id, series) => monitorKey(id, sha256(series)),
    });
  let watched = watch();
  const live: Fired[] = [];
  let current: Fired | undefined;
  let lastTurn = START;
  for (let minute = 0; minute < minutes.length; minute++) {
    const down = restarts.find((one) => one.minute === minute);
    if (down !== undefined) {
      node.kill();
      // What is measured meanwhile is lost.
      pass(down.length * MINUTE_MS);
      minute += down.length;
      await node.begin();
      watched = watch();
      deaf.push({ start: lastTurn, end: clock.now() + MINUTE_MS - 1 });
      if (minute >= minutes.length) break;
    }
    const value = minutes[minute] ?? null;
    const begin = clock.now();
    pass(MINUTE_MS - 1);
    const samples = [0, 10, 20, 30, 40, 50].map((second) => ({
      ...SERIES,
      at: begin + second * 1_000,
      value: value ?? 0,
    }));
    if (value !== null) await node.accept({ id: `b${minute}`, samples });
    await node.settle();
    const at = clock.now();
    lastTurn = at;
    const [series] = await watched.lookAt(monitor, { at, holidays: [], deaf, least: "Minor" });
    if (series !== undefined) {
      const { verdict, standing } = series;
      const key = monitorKey(monitor.id, sha256(series.key));
      const before = told.get(key);
      if (verdict.state === "firing") {
        told.set(key, {
          grade: verdict.grade,
          since: before?.since ?? verdict.since,
          sentAt: at,
          isSilent: verdict.line < 0,
        });
      } else if (standing.value !== undefined || standing.silentSince !== undefined) told.delete(key);
      const now = told.get(key);
      if (current !== undefined && current.grade !== now?.grade) {
        live.push({ ...current, to: at });
        current = undefined;
      }
      if (now !== undefined) current ??= { grade: now.grade, from: at, to: undefined, worst: 0 };
    }
    pass(1);
  }
  if (current !== undefined) live.push(current);
  // The minute that has just ended was looked at; the next has not begun.
  const asked: Clock = {
    now: () => clock.now() - 1,
    monotonic: () => clock.monotonic(),
    after: (_, wake) => {
      queueMicrotask(wake);
      return () => undefined;
    },
  };
  const queries = { incidents: async () => [], silences: async () => [], maintenances: async () => [] };
  const surroundings = { zone: "Asia/Seoul", isHoliday: () => false, services: [] };
  const { series } = await previewRule(
    { ports: { clock: asked }, metrics: node.metrics, queries, holidays: [], surroundings, deaf },
    monitor,
    1,
  );
  await store.close();
  return { live, preview: series.flatMap(({ fired }) => fired) };
}

const threshold = (bounds: readonly number[]): fc.Arbitrary<readonly Threshold[]> =>
  fc
    .record({
      severe: fc.integer({ min: 0, max: 4 }),
      mild: fc.integer({ min: 0, max: 4 }),
      room: fc.constantFrom(0, 0.1, 0.2),
      hours: fc.option(fc.constant(HOURS), { nil: undefined, freq: 3 }),
    })
    .map(({ severe, mild, room, hours }) => {
      const line = (grade: string, bound: number, hold: number): Threshold => ({
        grade,
        when: "at-least",
        bound,
        hold: hold * MINUTE_MS,
        clear: bound - room,
        ...(hours === undefined ? {} : { hours }),
      });
      return [line("Major", bounds[0] ?? 0.9, severe), line("Minor", bounds[1] ?? 0.6, mild)];
    });
const monitors: fc.Arbitrary<Monitor> = fc
  .record({
    thresholds: threshold([0.903, 0.603]),
    form: fc.constantFrom("last" as const, "avg" as const, "min" as const, "max" as const),
    window: fc.constantFrom(1, 2, 5),
    missing: fc.constantFrom<Missing>(
      { then: "keep", after: 3 * MINUTE_MS },
      { then: "alert", after: 4 * MINUTE_MS, grade: "Minor" },
      { then: "end", after: 4 * MINUTE_MS },
    ),
  })
  .map(({ thresholds, form, window, missing }) => ({
    id: asId("disk"),
    title: "disk",
    query: { metric: SERIES.metric, matchers: [] },
    measure: { form, window: window * MINUTE_MS },
    thresholds,
    missing,
    exceptions: [],
    enabled: true,
    from: "people",
  }));
/** No line is where a mean of them may lie, so that rounding decides nothing. Stretches of a value, so that holds and silences are reached. */
const stretch = fc.tuple(fc.constantFrom(0.2, 0.55, 0.7, 0.85, 0.95, null), fc.integer({ min: 1, max: 9 }));
const measuredOf = (stretches: readonly (readonly [number | null, number])[]): readonly (number | null)[] => [
  0.2,
  ...stretches.flatMap(([value, length]) => Array.from({ length }, () => value)),
];
const stretches = fc.array(stretch, { minLength: 3, maxLength: 9 });
const undisturbed: fc.Arbitrary<Plan> = fc
  .record({ monitor: monitors, stretches })
  .map(({ monitor, stretches: found }) => ({ monitor, minutes: measuredOf(found), restarts: [] }));
/** Longer than any hold and any silence, and of a value that no line is near. */
const SETTLED = 15;
const restarted: fc.Arbitrary<Plan> = fc
  .record({
    monitor: monitors,
    stretches,
    end: fc.constantFrom(0.2, 0.95),
    restarts: fc.array(fc.record({ minute: fc.integer({ min: 5, max: 30 }), length: fc.integer({ min: 1, max: 6 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
  })
  .map(({ monitor, stretches: found, end, restarts }) => {
    const minutes = measuredOf([...found, [end, SETTLED + 6]]);
    return { monitor, minutes, restarts: restarts.filter(({ minute }) => minute < minutes.length - SETTLED - 6) };
  });

const told = (fired: readonly Fired[]): readonly string[] =>
  fired.map(({ grade, from, to }) => `${grade} ${toIso(from)} ${to === undefined ? "on" : toIso(to)}`);

test("the preview says what the evaluation said, to the minute: over holds, ends, silence and hours", async () => {
  await fc.assert(
    fc.asyncProperty(undisturbed, async (plan) => {
      const { live, preview } = await lived(plan);
      assert.deepEqual(told(preview), told(live));
    }),
    { numRuns: 30 },
  );
});

// Around a restart they may differ: what was lost meanwhile ends no alert that is open, where the preview knows of none.
test("after a restart the two come to the same, whatever was lost meanwhile", async () => {
  const open = (fired: readonly Fired[]): string | undefined => fired.find(({ to }) => to === undefined)?.grade;
  await fc.assert(
    fc.asyncProperty(restarted, async (plan) => {
      const { live, preview } = await lived(plan);
      assert.equal(open(preview), open(live));
    }),
    { numRuns: 20 },
  );
});
