import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE_MS } from "../time/instant.ts";
import { failedOnce, PATIENCE, type Patience, type Tries, takenBack, WAIT_MS_MAX, waitMs } from "./tries.ts";

const { account, address } = PATIENCE;

function failed(times: number, every = 0, patience: Patience = account): Tries | undefined {
  let tries: Tries | undefined;
  for (let n = 0; n < times; n++) tries = failedOnce(tries, patience, n * every);
  return tries;
}

test("the free tries wait for nothing, each after them twice as long as the one before, up to a minute", () => {
  const waits = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 100, 10_000].map((times) => waitMs(failed(times), account, 0));
  assert.deepEqual(waits, [0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, WAIT_MS_MAX, WAIT_MS_MAX]);
});

test("what was waited counts, and time forgets", () => {
  const tries = failed(8);
  assert.equal(waitMs(tries, account, 3_000), 5_000);
  assert.equal(waitMs(tries, account, 8_000), 0);
  assert.equal(failedOnce(tries, account, 80 * MINUTE_MS).level, 1);
});

test("an office whose people mistype once in a while is never held back", () => {
  const tries = failed(10_000, 70_000, address);
  assert.equal(waitMs(tries, address, tries?.lastAt ?? 0), 0);
});

test("a good one was none that failed", () => {
  const tries = failed(5);
  assert.equal(waitMs(takenBack(tries as Tries), account, 0), 0);
});
