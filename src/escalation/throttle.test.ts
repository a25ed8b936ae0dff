import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { T0 } from "../../test/fixtures/core.ts";
import type { ChannelKind } from "../policy/policy.ts";
import { THROTTLE_WINDOW_MS, throttle } from "./throttle.ts";

function verdict(channel: ChannelKind, gradeRank: number, ages: readonly number[], untouchable = false) {
  return throttle({ channel, gradeRank, untouchable, recent: ages.map((age) => T0 - age), at: T0 });
}

const LIMITS: readonly (readonly [channel: ChannelKind, limits: readonly number[]])[] = [
  ["phone", [1, 1, 1, 1]],
  ["sms", [3, 3, 1, 1]],
  ["push", [6, 6, 3, 1]],
  ["email", [10, 10, 5, 2]],
  ["slack", [20, 20, 10, 5]],
  ["webhook", [60, 60, 30, 15]],
  ["console", [600, 600, 300, 150]],
];

for (const [channel, limits] of LIMITS) {
  test(`${channel} takes ${limits.join(", ")} pages a minute to one target by the grade's rank, and bundles the next`, () => {
    for (const [rank, limit] of limits.entries()) {
      const ages = Array.from({ length: limit }, (_, index) => index + 1);
      assert.deepEqual(verdict(channel, rank, ages.slice(1)), { is: "pass", because: "below-limit" });
      assert.equal(verdict(channel, rank, ages).is, "bundle", `rank ${rank}`);
    }
  });
}

test("what must not wait passes whatever was sent before", () => {
  assert.deepEqual(verdict("phone", 0, [1, 2, 3], true), { is: "pass", because: "untouchable" });
});

test("a page of exactly a minute ago counts no more", () => {
  assert.equal(verdict("phone", 0, [THROTTLE_WINDOW_MS]).is, "pass");
  assert.equal(verdict("phone", 0, [THROTTLE_WINDOW_MS - 1]).is, "bundle");
});

test("the bundle leaves when the page that fills the limit is a minute old", () => {
  assert.deepEqual(verdict("sms", 0, [5_000, 40_000, 20_000]), {
    is: "bundle",
    because: "too-many",
    until: T0 - 40_000 + THROTTLE_WINDOW_MS,
  });
});

test("a bundle leaves later than now and within a minute, and by then the page would pass", () => {
  const channel = fc.constantFrom(...LIMITS.map(([kind]) => kind).filter((kind) => kind !== "console"));
  fc.assert(
    fc.property(channel, fc.nat(4), fc.array(fc.nat(90_000), { maxLength: 80 }), (kind, rank, ages) => {
      const held = verdict(kind, rank, ages);
      if (held.is === "pass") return;
      assert.ok(held.until > T0 && held.until <= T0 + THROTTLE_WINDOW_MS);
      const recent = ages.map((age) => T0 - age);
      const then = throttle({ channel: kind, gradeRank: rank, untouchable: false, recent, at: held.until });
      assert.equal(then.is, "pass");
    }),
  );
});
