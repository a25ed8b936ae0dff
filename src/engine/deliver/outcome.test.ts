import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { minute, T0 } from "../../../test/fixtures/core.ts";
import { asId } from "../../id/id.ts";
import type { Outcome } from "../../notify/channel.ts";
import type { Delivery } from "../../store/store.ts";
import { judge } from "./outcome.ts";

/** A page that is to wake alice, after so many attempts; it may be tried again for an hour. */
function page(attempts: number, more: Partial<Delivery> = {}): Delivery {
  const clause = asId<"clause">("notifications/Major");
  const person = asId<"person">("alice");
  return {
    id: asId("d1"),
    incident: asId("i1"),
    step: asId("1.first.1"),
    kind: "first",
    grade: "Major",
    priority: 0,
    reach: { target: { kind: "person", person }, channel: "email", urgency: "wake", people: [person], clause },
    person,
    channel: "email",
    clause,
    state: "sending",
    createdAt: T0,
    dueAt: T0,
    giveUpAt: minute(60),
    attempts,
    unknowns: 0,
    epoch: 1,
    ...more,
  };
}

const quiet = (attempts: number): Delivery => {
  const loud = page(attempts);
  return { ...loud, reach: { ...loud.reach, urgency: "tell" } };
};

/** Jitter of a half leaves the back-off as it is written down. */
function verdict(
  delivery: Delivery,
  outcome: Outcome,
  facts: { immediate?: boolean; jitter?: number; at?: number } = {},
) {
  return judge(delivery, outcome, { at: T0, jitter: 0.5, immediate: false, ...facts });
}

const later: Outcome = { is: "later", because: "503" };
const unknown: Outcome = { is: "unknown", because: "timed out" };

test("accepted is done, with the provider's receipt", () => {
  assert.deepEqual(verdict(page(1), { is: "accepted", receipt: "m1" }), { is: "accepted", receipt: "m1" });
  const threaded: Outcome = { is: "accepted", receipt: "m1", thread: "t1" };
  assert.deepEqual(verdict(page(3), threaded, { at: minute(61), immediate: true }), threaded);
});

test("refused is final at the first attempt, with the provider's words", () => {
  for (const immediate of [true, false])
    assert.deepEqual(verdict(page(1), { is: "refused", because: "550 no such user" }, { immediate }), {
      is: "failed",
      because: "550 no such user",
    });
});

describe("later", () => {
  test("is tried again after 2, 5, 15 and then every 30 seconds", () => {
    const waits = [1, 2, 3, 4, 5, 50].map((attempts) => {
      const then = verdict(page(attempts), later);
      return then.is === "again" ? (then.at - T0) / 1_000 : then.is;
    });
    assert.deepEqual(waits, [2, 5, 15, 30, 30, 30]);
  });

  test("is spread by a quarter to either side", () => {
    const wait = (jitter: number): number => {
      const then = verdict(page(4), later, { jitter });
      return then.is === "again" ? then.at - T0 : Number.NaN;
    };
    assert.deepEqual([wait(0), wait(0.5), wait(1)], [22_500, 30_000, 37_500]);
  });

  test("waits as long as the provider asks, an hour at most, and never a time that has passed", () => {
    const ample = page(1, { giveUpAt: minute(600) });
    const wait = (after: number): number => {
      const then = verdict(ample, { ...later, after }, { jitter: 1 });
      return then.is === "again" ? then.at - T0 : Number.NaN;
    };
    assert.deepEqual([wait(90_000), wait(0), wait(-5_000), wait(86_400_000)], [90_000, 0, 0, 3_600_000]);
  });

  test("counts no unknown, and says why", () => {
    const then = verdict(page(1), later);
    assert.deepEqual(then, { is: "again", at: T0 + 2_000, because: "503", instead: false, counts: false });
  });

  test("ends where the policy's next step takes over, to the millisecond", () => {
    assert.deepEqual(verdict(page(1, { giveUpAt: T0 + 2_000 }), later), { is: "failed", because: "503" });
    assert.equal(verdict(page(1, { giveUpAt: T0 + 2_001 }), later).is, "again");
    assert.equal(verdict(page(1), { ...later, after: 3_600_000 }).is, "failed");
  });

  test("starts the person's next channel beside it: at once for an immediate grade, else from the second attempt on", () => {
    const instead = (delivery: Delivery, immediate: boolean): boolean => {
      const then = verdict(delivery, later, { immediate });
      return then.is === "again" && then.instead;
    };
    assert.deepEqual([instead(page(1), true), instead(page(1), false), instead(page(2), false)], [true, false, true]);
    assert.deepEqual([instead(quiet(1), true), instead(quiet(5), false)], [false, false]);
  });
});

describe("unknown", () => {
  test("is sent once more, which counts as a possible duplicate", () => {
    assert.deepEqual(verdict(page(1), unknown), {
      is: "again",
      at: T0 + 2_000,
      because: "timed out",
      instead: false,
      counts: true,
    });
  });

  test("the second time it is left to the other channels", () => {
    assert.deepEqual(verdict(page(2, { unknowns: 1 }), unknown), { is: "failed", because: "unknown: timed out" });
    assert.equal(verdict(page(2, { unknowns: 7 }), unknown, { immediate: true }).is, "failed");
  });

  test("what wakes nobody is not sent twice", () => {
    assert.deepEqual(verdict(quiet(1), unknown), { is: "failed", because: "unknown: timed out" });
  });

  test("after the give-up time it is not sent again", () => {
    assert.equal(verdict(page(1, { giveUpAt: T0 }), unknown).is, "failed");
    assert.equal(verdict(page(1, { giveUpAt: T0 + 1 }), unknown).is, "again");
  });

  test("an immediate grade does not wait for the answer: the person's next channel is started at once", () => {
    const then = verdict(page(1), unknown, { immediate: true });
    assert.equal(then.is === "again" && then.instead, true);
  });
});

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant<Outcome>({ is: "refused", because: "no" }),
  fc.option(fc.integer({ min: -1_000, max: 10_000_000 }), { nil: undefined }).map((after): Outcome => {
    return { is: "later", because: "busy", ...(after === undefined ? {} : { after }) };
  }),
  fc.constant<Outcome>({ is: "unknown", because: "?" }),
);

test("whatever a provider answers, a page is accepted or fails in the end, and is a duplicate once at most", () => {
  const lives = fc.record({
    answers: fc.array(outcomes, { minLength: 1, maxLength: 40 }),
    immediate: fc.boolean(),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    wakes: fc.boolean(),
  });
  fc.assert(
    fc.property(lives, ({ answers, immediate, jitter, wakes }) => {
      let delivery = wakes ? page(0) : quiet(0);
      let at = T0;
      for (let nth = 0; ; nth++) {
        const answer = answers[nth % answers.length];
        assert.ok(answer);
        delivery = { ...delivery, attempts: delivery.attempts + 1 };
        const then = judge(delivery, answer, { at, jitter, immediate });
        assert.notEqual(then.is, "accepted");
        if (then.is !== "again") break;
        assert.ok(Number.isInteger(then.at) && then.at >= at);
        // A provider that asks for no patience at all is asked again after its answer came.
        at = Math.max(then.at, at + 100);
        delivery = { ...delivery, unknowns: delivery.unknowns + (then.counts ? 1 : 0) };
        assert.ok(delivery.unknowns <= 1 && nth < 40_000);
      }
    }),
    { numRuns: 50 },
  );
});
