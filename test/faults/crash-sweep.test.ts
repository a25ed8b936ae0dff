import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import type { Lived } from "./eventful-hour.ts";

const FAILPOINTS = ["escalate.done", "deliver.launched", "deliver.claimed", "deliver.sent", "deliver.recorded"];

/**
 * One eventful hour is lived again and again, and each time the process is killed at the next place at which it can be:
 * before each call of its store and at each failpoint. A second later it is started again. Whoever got no answer asks
 * again, as sources and people do. However it went, the hour ends the same: nothing lost, nothing left lying.
 */
test("killed at any place of an eventful hour, nothing is lost and nothing is left lying", async (t) => {
  // The test runner follows each promise of its own thread, which takes as long again as the hour does.
  const worker = new Worker(new URL("crash-worker.ts", import.meta.url));
  t.after(() => worker.terminate());
  const hour = async (killAt: number | undefined): Promise<Lived> => {
    worker.postMessage(killAt);
    const [lived] = (await once(worker, "message")) as [Lived];
    return lived;
  };
  const unharmed = await hour(undefined);
  assert.deepEqual(unharmed.problems, []);
  const missed = FAILPOINTS.filter((name) => !unharmed.places.includes(name));
  assert.deepEqual(missed, [], "a failpoint was never passed");
  const problems: string[] = [];
  for (let place = 1; place <= unharmed.places.length; place++) {
    const run = await hour(place);
    assert.equal(run.deaths, 1, `the kill at place ${place} did not happen`);
    problems.push(...run.problems.map((problem) => `killed at place ${place} (${run.places[place - 1]}): ${problem}`));
  }
  t.diagnostic(`${unharmed.places.length} places to be killed at`);
  assert.deepEqual(problems.slice(0, 10), [], `${problems.length} problems`);
});
