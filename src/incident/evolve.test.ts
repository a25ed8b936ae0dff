import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  after,
  bongsu,
  happened,
  INCIDENT,
  incidentOf,
  minute,
  opened,
  person,
  recordedOf,
} from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Command } from "./command.ts";
import { decide } from "./decide.ts";
import { type IncidentEvent, readStepKey, type StepKind, stepKey } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { Incident } from "./incident.ts";

const erin = person("erin");
const grace = person("grace");
const acknowledged: IncidentEvent = { type: "acknowledged" };
const resolved: IncidentEvent = { type: "resolved", because: "by-person" };
const clause = asId<"clause">("grades/Major/respond-within");

function took(series: string, nth: number, more: Partial<Extract<IncidentEvent, { type: "step-taken" }>> = {}) {
  const people = ["erin"].map((id) => asId<"person">(id));
  const reach = { target: { kind: "room" }, channel: "slack", urgency: "wake", people, clause } as const;
  return {
    type: "step-taken",
    step: stepKey(1, series, nth),
    kind: "first" as StepKind,
    due: minute(0),
    clause,
    level: 0,
    overdue: false,
    reaches: [{ ...reach, delivery: asId<"delivery">("d") }],
    skipped: [],
    ...more,
  } as const satisfies IncidentEvent;
}

function graded(newCycle: boolean, keepsAcknowledgement = false): IncidentEvent {
  return {
    type: "graded",
    from: "Major",
    to: "Critical",
    because: "criteria",
    ticked: [asId("grades/Critical/criteria/everything is down")],
    newCycle,
    keepsAcknowledgement,
  };
}

test("a new incident is triggered, in its first cycle, and nobody was reached", () => {
  const state = incidentOf(opened("Major", 3));
  assert.equal(state.state, "triggered");
  assert.deepEqual([state.cycle, state.cycleAt, state.cycleBecause], [1, minute(3), "opened"]);
  assert.deepEqual([state.level, state.pulls, state.handOvers, state.firing, state.alerts], [0, 0, 0, 0, 0]);
  assert.equal(state.reached.size, 0);
});

test("an incident opens once, begins with its opening and has no gap", () => {
  const [first] = recordedOf([opened("Major")]);
  assert.ok(first);
  const state = evolve(undefined, first, INCIDENT);
  assert.throws(() => evolve(state, { ...first, seq: 2 }, INCIDENT), /opens once/u);
  const noted = { ...first, event: { type: "noted", text: "x" } } as const;
  assert.throws(() => evolve(undefined, noted, INCIDENT), /its opening/u);
  assert.throws(() => evolve(state, { ...noted, seq: 3 }, INCIDENT), /no gap/u);
  assert.throws(() => evolve(state, { ...noted, seq: 1 }, INCIDENT), /no gap/u);
});

test("an event of a kind that nobody knows stops the fold and is not swallowed", () => {
  const state = incidentOf(opened("Major"));
  const strange = { type: "from-the-future" } as unknown as IncidentEvent;
  assert.throws(() => after(state, strange, minute(1)), /unreachable/u);
});

test("the head and the version are those of the last event", () => {
  const history = [opened("Major"), happened(1, acknowledged, erin), happened(2, resolved, erin)];
  const recorded = recordedOf(history);
  const state = incidentOf(...history);
  assert.deepEqual([state.version, state.head], [3, recorded[2]?.hash]);
});

test("alerts that join add up; how many fire is as last said", () => {
  const joined = (count: number, firing: number): IncidentEvent => ({
    type: "alerts-joined",
    count,
    firing,
    sample: [],
  });
  const state = incidentOf(opened("Major"), happened(0, joined(2, 2)), happened(1, joined(1, 3)));
  assert.deepEqual([state.alerts, state.firing], [3, 3]);
  const cleared = after(
    state,
    { type: "alerts-cleared", count: 2, firing: 1, because: "resolved-by-source", sample: [] },
    minute(2),
  );
  assert.deepEqual([cleared.alerts, cleared.firing, cleared.state], [3, 1, "triggered"]);
});

test("what a person or a token does is a word; what a source or Bongsu does is none", () => {
  const note: IncidentEvent = { type: "noted", text: "x" };
  const state = incidentOf(opened("Major"));
  assert.equal(after(state, note, minute(5), erin).lastWordAt, minute(5));
  assert.equal(after(state, note, minute(5), { kind: "token", name: "t", via: "api" }).lastWordAt, minute(5));
  assert.equal(after(state, note, minute(5), { kind: "source", source: "s", integration: "i" }).lastWordAt, minute(0));
  assert.equal(after(state, note, minute(5), bongsu).lastWordAt, minute(0));
});

describe("steps", () => {
  test("a step that was taken is remembered by its series, the highest place of it", () => {
    const state = incidentOf(opened("Major"), happened(0, took("first", 1)), happened(1, took("late", 2)));
    const late = after(state, took("late", 1), minute(2));
    assert.deepEqual(late.taken, { first: 1, late: 2 });
  });

  test("everybody whom a step or what stood in for it reached is remembered", () => {
    const state = incidentOf(opened("Major"), happened(0, took("first", 1)));
    const instead = took("first", 1).reaches.map((reach) => ({ ...reach, people: [asId<"person">("frank")] }));
    const failed = after(
      state,
      { type: "delivery-failed", delivery: asId("d"), because: "550", attempt: 1, instead },
      minute(1),
    );
    assert.deepEqual([...failed.reached], ["erin", "frank"]);
    const alone = after(state, { type: "delivery-failed", delivery: asId("d"), because: "550", attempt: 1 }, minute(1));
    assert.deepEqual([...alone.reached], ["erin"]);
  });

  test("a step of an earlier cycle does not count for the present one, though whom it reached does", () => {
    const state = incidentOf(opened("Major"), happened(1, graded(true), erin), happened(2, took("first", 1)));
    assert.deepEqual(state.taken, {});
    assert.deepEqual([...state.reached], ["erin"]);
  });

  test("the level only rises, and the deadline is passed once", () => {
    const state = incidentOf(
      opened("Major"),
      happened(5, took("overdue", 1, { kind: "overdue", level: 1, overdue: true })),
      happened(9, took("late", 1, { kind: "level", level: 0, overdue: true })),
    );
    assert.deepEqual([state.level, state.overdueAt], [1, minute(5)]);
  });

  test("a step that was passed over counts as taken and reached nobody", () => {
    const state = incidentOf(
      opened("Major"),
      happened(5, {
        type: "step-superseded",
        step: stepKey(1, "reminder", 1),
        kind: "reminder",
        due: minute(2),
        clause,
      }),
    );
    assert.deepEqual([state.taken, state.reached.size], [{ reminder: 1 }, 0]);
  });

  test("a key names its cycle, series and place, whatever the series is called", () => {
    for (const series of ["first", "hand-over-2-late", "stalled-1772413200000", "odd.name"])
      assert.deepEqual(readStepKey(stepKey(3, series, 12)), { cycle: 3, series, nth: 12 });
  });

  for (const [what, step, ends] of [
    ["its own step", took("pulled", 1), true],
    ["a step of a level that was due before it", took("late", 1, { kind: "level" }), true],
    ["the deadline", took("overdue", 1, { kind: "overdue", overdue: true }), true],
    ["a reminder", took("reminder", 1, { kind: "reminder" }), false],
    ["a repetition at the top", took("late", 1, { kind: "repeat-at-top" }), false],
  ] as const) {
    test(`a level that was pulled forward is ${ends ? "reached by" : "still to come after"} ${what}`, () => {
      const pulled = incidentOf(opened("Major"), happened(1, { type: "escalated" }, erin));
      assert.deepEqual(pulled.levelDue, { at: minute(1), because: "asked" });
      assert.equal(after(pulled, step, minute(2)).levelDue === undefined, ends);
    });
  }
});

describe("pulls", () => {
  test("escalating what nobody holds pulls the next level to now; each pull has its number", () => {
    const once = incidentOf(opened("Major"), happened(1, { type: "escalated" }, erin));
    const twice = after(once, { type: "nobody-reached", step: stepKey(1, "pulled", 1), next: minute(7) }, minute(2));
    assert.deepEqual([once.pulls, twice.pulls], [1, 2]);
    assert.deepEqual(twice.levelDue, { at: minute(7), because: "nobody-reached" });
  });

  test("escalating what somebody holds pulls nothing: the hand-over that follows pages", () => {
    const held = incidentOf(opened("Major"), happened(1, acknowledged, erin), happened(2, { type: "escalated" }, erin));
    assert.deepEqual([held.levelDue, held.pulls], [undefined, 0]);
  });

  test("an acknowledgement, a snooze and the end each take a pull back", () => {
    const pulled = incidentOf(opened("Major"), happened(1, { type: "escalated" }, erin));
    const ends: readonly IncidentEvent[] = [acknowledged, { type: "snoozed", until: minute(9) }, resolved];
    for (const event of ends) assert.equal(after(pulled, event, minute(2), erin).levelDue, undefined, event.type);
  });
});

describe("who holds it", () => {
  const held = incidentOf(opened("Major"), happened(5, acknowledged, erin));
  const handed = after(held, { type: "handed-over", to: { kind: "person", person: asId("grace") } }, minute(8), erin);

  test("whoever acknowledges holds it from then on", () => {
    assert.equal(held.state, "acknowledged");
    assert.deepEqual(held.acknowledged, { by: erin, at: minute(5) });
  });

  test("handed over, the holder keeps it until the new one acknowledges", () => {
    assert.deepEqual(handed.acknowledged?.by, erin);
    assert.deepEqual(handed.handOver, { to: { kind: "person", person: "grace" }, at: minute(8), by: erin });
    assert.equal(handed.handOvers, 1);
    const taken = after(handed, acknowledged, minute(9), grace);
    assert.deepEqual([taken.acknowledged?.by, taken.handOver], [grace, undefined]);
  });

  test("taking it back leaves it to nobody and begins again", () => {
    const returned = after(handed, { type: "unacknowledged" }, minute(9), erin);
    assert.deepEqual([returned.state, returned.acknowledged, returned.handOver], ["triggered", undefined, undefined]);
    assert.deepEqual([returned.cycle, returned.cycleAt, returned.cycleBecause], [2, minute(9), "returned"]);
  });

  test("a snooze is held by its holder, or else by whoever snoozed, and asks nobody to take over", () => {
    const snooze: IncidentEvent = { type: "snoozed", until: minute(60) };
    const byOther = after(handed, snooze, minute(9), grace);
    assert.deepEqual([byOther.acknowledged?.by, byOther.handOver, byOther.snoozedUntil], [erin, undefined, minute(60)]);
    const free = after(incidentOf(opened("Major")), snooze, minute(9), grace);
    assert.deepEqual([free.state, free.acknowledged], ["acknowledged", { by: grace, at: minute(9) }]);
  });

  test("handing over what is snoozed ends the snooze, so that the new owner is paged", () => {
    const snoozed = after(held, { type: "snoozed", until: minute(60) }, minute(9), erin);
    const asked = after(snoozed, { type: "handed-over", to: { kind: "team", team: "L3" } }, minute(10), erin);
    assert.deepEqual([asked.snoozedUntil, asked.handOver?.at, asked.acknowledged?.by], [undefined, minute(10), erin]);
  });

  test("a snooze that ends leaves it to nobody and begins again; an acknowledgement just ends it", () => {
    const snoozed = after(held, { type: "snoozed", until: minute(60) }, minute(9), erin);
    const ended = after(snoozed, { type: "snooze-ended" }, minute(60));
    assert.deepEqual([ended.state, ended.snoozedUntil, ended.cycle], ["triggered", undefined, 2]);
    const taken = after(snoozed, acknowledged, minute(20), grace);
    assert.deepEqual([taken.snoozedUntil, taken.cycle, taken.acknowledged?.by], [undefined, 1, grace]);
  });
});

describe("cycles", () => {
  const lived = incidentOf(
    opened("Major"),
    happened(0, took("first", 1)),
    happened(5, took("overdue", 1, { kind: "overdue", level: 1, overdue: true })),
    happened(6, acknowledged, erin),
  );

  function isFresh(state: Incident): void {
    assert.deepEqual([state.taken, state.level, state.pulls, state.overdueAt], [{}, 0, 0, undefined]);
    assert.deepEqual([...state.reached], ["erin"], "whom it reached is not forgotten");
  }

  test("a raised grade begins anew and leaves it to nobody", () => {
    const raised = after(lived, graded(true), minute(10), erin);
    isFresh(raised);
    assert.deepEqual([raised.grade, raised.state, raised.acknowledged], ["Critical", "triggered", undefined]);
    assert.deepEqual([raised.cycle, raised.cycleAt, raised.cycleBecause], [2, minute(10), "grade-raised"]);
    assert.deepEqual([...raised.ticked], ["grades/Critical/criteria/everything is down"]);
  });

  test("a raised grade leaves it to whoever may keep it, and asks a new owner again", () => {
    const handed = after(lived, { type: "handed-over", to: { kind: "team", team: "L3" } }, minute(8), erin);
    const kept = after(handed, graded(true, true), minute(10), erin);
    isFresh(kept);
    assert.deepEqual([kept.state, kept.acknowledged?.by], ["acknowledged", erin]);
    assert.equal(kept.handOver?.at, minute(10));
    assert.equal(after(lived, graded(true, true), minute(10), erin).handOver, undefined);
  });

  test("another grade without a new cycle changes the grade alone", () => {
    const lowered = after(lived, graded(false), minute(10), erin);
    assert.equal(lowered.grade, "Critical");
    assert.deepEqual([lowered.cycle, lowered.taken, lowered.level], [1, lived.taken, 1]);
    assert.deepEqual(lowered.acknowledged, lived.acknowledged);
  });

  test("resolved, it remembers by whom and when; reopened, it begins anew and has forgotten that", () => {
    const over = after(lived, resolved, minute(20), grace);
    assert.deepEqual([over.state, over.resolvedAt, over.resolvedBy], ["resolved", minute(20), grace]);
    const again = after(over, { type: "reopened", because: "fired-again" }, minute(25));
    isFresh(again);
    assert.deepEqual([again.state, again.cycle, again.cycleBecause], ["triggered", 2, "reopened"]);
    assert.deepEqual([again.resolvedAt, again.resolvedBy, again.acknowledged], [undefined, undefined, undefined]);
  });

  test("closed is the end, and its resolution stays on record", () => {
    const closed = after(after(lived, resolved, minute(20), grace), { type: "closed" }, minute(30), erin);
    assert.deepEqual([closed.state, closed.resolvedAt], ["closed", minute(20)]);
  });
});

test("a criterion that was ticked can be unticked", () => {
  const tick = (done: boolean): IncidentEvent => ({ type: "ticked", clause, done });
  const ticked = incidentOf(opened("Major"), happened(1, tick(true), erin));
  assert.deepEqual([...ticked.ticked], [clause]);
  assert.equal(after(ticked, tick(false), minute(2), erin).ticked.size, 0);
  assert.equal(after(ticked, tick(true), minute(2), erin).ticked.size, 1);
});

const anyCommand = fc.constantFrom<Command>(
  { do: "join-alerts", count: 1, firing: 1, sample: [] },
  { do: "clear-alerts", count: 1, firing: 0, sample: [] },
  { do: "acknowledge" },
  { do: "unacknowledge" },
  { do: "hand-over", to: { kind: "team", team: "L3" } },
  { do: "escalate", toTeam: "L3" },
  { do: "snooze", until: minute(100_000) },
  { do: "end-snooze" },
  { do: "resolve" },
  { do: "reopen", because: "fired-again" },
  { do: "close" },
  { do: "grade", to: "Critical", raises: true, because: "person", ticked: [], keepsAcknowledgement: true },
  { do: "grade", to: "Minor", raises: false, because: "person", ticked: [], keepsAcknowledgement: false },
);

test("whatever commands come, the state holds together", () => {
  const deeds = fc.array(fc.tuple(anyCommand, fc.constantFrom(erin, grace, bongsu), fc.nat(60)), { maxLength: 30 });
  fc.assert(
    fc.property(deeds, (all) => {
      let state = incidentOf(opened("Major"));
      let at = 0;
      for (const [command, by, wait] of all) {
        at += wait;
        const before = structuredClone(state);
        const decision = decide(state, command, { at: minute(at), by });
        assert.deepEqual(state, before, "deciding changes nothing");
        if ("no" in decision) continue;
        for (const event of decision.events) {
          const next = after(state, event, minute(at), by);
          assert.equal(next.version, state.version + 1);
          assert.ok(next.cycle >= state.cycle && next.cycle <= state.cycle + 1);
          state = next;
        }
        assert.equal(
          state.state === "acknowledged",
          state.acknowledged !== undefined && state.resolvedAt === undefined,
        );
        if (state.handOver !== undefined || state.snoozedUntil !== undefined) assert.equal(state.state, "acknowledged");
        if (state.levelDue !== undefined) assert.equal(state.state, "triggered");
        assert.equal(state.resolvedAt !== undefined, state.state === "resolved" || state.state === "closed");
      }
    }),
    { numRuns: 300 },
  );
});
