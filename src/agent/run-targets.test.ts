import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Collected, CollectFacts, Collector } from "../collect/collector.ts";
import type { SampleBatch } from "../engine/metrics/metrics.ts";
import { seededChance } from "../id/chance.ts";
import { asId } from "../id/id.ts";
import type { CollectorKind, Target } from "../monitor/target.ts";
import { SimClock } from "../time/sim-clock.ts";
import { localTargets } from "./local-targets.ts";
import { askOnce, runTargets } from "./run-targets.ts";

const START = Date.UTC(2026, 2, 2);

type Asked = CollectFacts & { readonly settings: Readonly<Record<string, unknown>> };

/** A world with one collector of each kind asked for, which answers as `answer` says. */
function world(answer: (asked: Asked, times: number) => Promise<Collected> | Collected, local: CollectorKind[] = []) {
  const clock = new SimClock(START);
  const asked: Asked[] = [];
  const closed: string[] = [];
  const batches: SampleBatch[] = [];
  const kinds: CollectorKind[] = ["host", "http", "process"];
  const collectors = new Map(
    kinds.map((kind): [CollectorKind, Collector] => [
      kind,
      {
        kind,
        local: local.includes(kind),
        open: (settings) => {
          if (settings.broken === true) throw new Error("broken settings");
          return {
            collect: async (facts) => {
              asked.push({ ...facts, settings });
              return answer({ ...facts, settings }, asked.length);
            },
            close: async () => void closed.push(typeof settings.name === "string" ? settings.name : kind),
          };
        },
      },
    ]),
  );
  const facts = {
    collectors,
    host: "h1",
    clock,
    chance: seededChance(7),
    sink: async (batch: SampleBatch) => void batches.push(batch),
    log: () => {},
  };
  const after = async (ms: number): Promise<void> => {
    const until = clock.monotonic() + ms;
    const settled = async (): Promise<void> => {
      for (let turn = 0; turn < 30; turn++) await Promise.resolve();
    };
    await settled();
    while (clock.step(until)) await settled();
  };
  return { clock, asked, closed, batches, facts, running: runTargets(facts), after };
}

function target(id: string, more: Partial<Target> = {}): Target {
  return { id: asId<"target">(id), collector: "http", settings: {}, every: 10_000, labels: {}, ...more };
}

const one = (value = 5): Collected => ({ samples: [{ metric: "http_up", labels: { target: "a" }, value }] });
const up = (batch: SampleBatch | undefined) => batch?.samples.find(({ metric }) => metric === "target_up");

describe("running targets", () => {
  test("what the server would not take is left out, and its target says so", async () => {
    const labels = { target: "a", query: "x".repeat(300) };
    const { running, after, batches } = world(({ at }) => ({
      samples: [
        ...one().samples,
        { metric: "query_seconds", labels, value: 1 },
        { metric: "early", labels: { target: "a" }, value: 1, at: at + 3_600_000 },
      ],
    }));
    running.set([target("a")]);
    await after(10_000);
    assert.deepEqual(
      batches[0]?.samples.map(({ metric }) => metric),
      ["http_up", "target_up", "target_seconds"],
    );
    const [state] = running.states();
    assert.equal(state?.up, true);
    assert.deepEqual(state?.because, [
      { code: "samples-refused", count: 1, refusal: "bad-labels" },
      { code: "samples-refused", count: 1, refusal: "too-far-ahead" },
    ]);
  });

  test("each is asked at its interval, with its labels on everything, and says how that went", async () => {
    const { running, after, batches, asked } = world(() => one());
    running.set([target("a", { labels: { service: "payment", empty: "" } }), target("b", { every: 30_000 })]);
    await after(60_000);
    assert.equal(asked.filter(({ target: id }) => id === "a").length, 6);
    assert.equal(asked.filter(({ target: id }) => id === "b").length, 2);
    const ofA = batches.find(({ samples }) => samples.some(({ labels }) => labels.service === "payment"));
    const own = { target: "a", collector: "http", service: "payment" };
    const at = ofA?.samples[0]?.at;
    assert.deepEqual(ofA?.samples, [
      { metric: "http_up", labels: { target: "a", service: "payment" }, value: 5, at },
      { metric: "target_up", labels: own, at, value: 1 },
      { metric: "target_seconds", labels: own, at, value: 0 },
    ]);
    assert.equal(new Set(batches.map(({ id }) => id)).size, 8);
    const [state] = running.states();
    assert.deepEqual([state?.up, state?.series, state?.because], [true, 1, undefined]);
    await running.stop();
  });

  test("a collector that throws, and one that cannot be opened, are failed collections and nothing more", async () => {
    const { running, after, batches } = world(({ target: id }) => {
      if (id === "a") throw new Error("it\nbroke");
      return one();
    });
    running.set([target("a"), target("b"), target("c", { settings: { broken: true } })]);
    await after(10_000);
    const states = running.states().map(({ id, up: isUp, because }) => [id, isUp, because]);
    assert.deepEqual(states, [
      ["a", false, [{ code: "unexpected", detail: "it broke" }]],
      ["b", true, undefined],
      ["c", false, [{ code: "unexpected", detail: "broken settings" }]],
    ]);
    assert.deepEqual(batches.map((batch) => `${up(batch)?.value}`).sort(), ["0", "0", "1"]);
    await running.stop();
  });

  test("what failed beside its samples is told beside them", async () => {
    const { running, after, batches } = world(() => ({ ...one(0), failed: [{ code: "connection-refused" }] }));
    running.set([target("a")]);
    await after(10_000);
    assert.deepEqual(
      batches[0]?.samples.map(({ metric, value }) => [metric, value]),
      [
        ["http_up", 0],
        ["target_up", 0],
        ["target_seconds", 0],
      ],
    );
    assert.deepEqual(running.states()[0]?.because, [{ code: "connection-refused" }]);
  });

  test("over its deadline it is aborted, and not asked again while it does not end", async () => {
    let end: (collected: Collected) => void = () => {};
    const { running, after, batches, asked } = world((_, times) =>
      times === 1 ? new Promise((resolve) => void (end = resolve)) : one(),
    );
    running.set([target("a")]);
    await after(36_000);
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.signal.aborted, true);
    assert.ok(batches.length >= 2);
    assert.ok(batches.every((batch) => up(batch)?.value === 0));
    assert.deepEqual(running.states()[0]?.because, [{ code: "still-collecting" }]);
    end(one());
    await after(10_000);
    assert.equal(asked.length, 2);
    assert.equal(running.states()[0]?.up, true);
    await running.stop();
  });

  test("what it says of itself when its time is over counts", async () => {
    const { running, after, batches } = world(
      ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve({ ...one(0), failed: [{ code: "no-answer" }] }));
        }),
    );
    running.set([target("a")]);
    await after(26_000);
    assert.deepEqual(
      batches[0]?.samples.slice(0, 2).map(({ metric, value }) => [metric, value]),
      [
        ["http_up", 0],
        ["target_up", 0],
      ],
    );
    assert.deepEqual(running.states()[0]?.because, [{ code: "no-answer" }]);
    await running.stop();
  });

  test("notes are told of a target that answers", async () => {
    const notes = [{ code: "unit-unknown", of: "nginx.service" }, { code: "mount-missing" }] as const;
    const { running, after } = world(() => ({ ...one(), notes }));
    running.set([target("a")]);
    await after(10_000);
    const state = running.states()[0];
    assert.deepEqual([state?.up, state?.because], [true, notes]);
    await running.stop();
  });

  test("targets change while they run: what is the same goes on, what changed is opened anew, what left is closed", async () => {
    const { running, after, asked, closed } = world(() => one());
    const [a, b] = [target("a", { settings: { name: "a" } }), target("b", { settings: { name: "b" } })];
    running.set([a, b]);
    await after(10_000);
    running.set([a, { ...b, settings: { name: "b2" } }]);
    await after(5_000);
    assert.deepEqual(closed, ["b"]);
    const before = asked.length;
    running.set([]);
    await after(60_000);
    assert.equal(asked.length, before);
    assert.deepEqual(closed.sort(), ["a", "b", "b2"]);
    assert.deepEqual(running.states(), []);
  });

  test("a target is asked however long its interval is", async () => {
    const { running, after, asked } = world(() => one());
    running.set([target("a", { every: 300_000 })]);
    await after(310_000);
    assert.equal(asked.length, 2);
    await running.stop();
  });

  test("what measures this host carries its name", async () => {
    const { running, after, batches } = world(() => ({ samples: [] }), ["host"]);
    running.set([target("h1/host", { collector: "host" })]);
    await after(10_000);
    assert.deepEqual(up(batches[0])?.labels, { target: "h1/host", collector: "host", host: "h1" });
    await running.stop();
  });

  test("a host measures of itself what wants no address, unless the roster says how", () => {
    const { facts } = world(() => one(), ["host", "process"]);
    const ids = (given: readonly Target[]) => localTargets("h1", given, facts).map(({ id }) => id);
    assert.deepEqual(ids([]), ["h1/host", "h1/process"]);
    assert.deepEqual(ids([target("mine", { collector: "process" })]), ["h1/host"]);
  });

  test("asked once it answers with its samples or why not", async () => {
    const { facts } = world(() => one());
    assert.deepEqual(await askOnce(target("a"), facts), one());
    assert.deepEqual(await askOnce(target("a", { settings: { broken: true } }), facts), {
      samples: [],
      failed: [{ code: "unexpected", detail: "broken settings" }],
    });
    const { failed } = await askOnce(target("a", { collector: "gpu" }), facts);
    assert.deepEqual(failed, [
      { code: "settings-refused", path: "collector", got: "gpu", expected: "host, http, process" },
    ]);
  });
});
