import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { after, incidentOf, minute, opened, person, policy, taking } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Command } from "../incident/command.ts";
import { decide } from "../incident/decide.ts";
import type { Actor } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import { CHANNEL_KINDS, type ChannelKind } from "../policy/policy.ts";
import type { Person, PersonId, Roster } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Drivers } from "./means.ts";
import { nextDue, type PlanFacts, plan } from "./plan.ts";
import type { Step } from "./step.ts";

const PEOPLE = ["ann", "ben", "cho", "dan", "eve"].map((id) => asId<"person">(id));
const RUNS = { numRuns: 80 };
/** Far enough that every grade reaches its second level. */
const AHEAD_MINUTES = 6 * 60;
const LOOK_AHEAD = 100;

const someone = fc.constantFrom(...PEOPLE);
const channel = fc.constantFrom<ChannelKind>(...CHANNEL_KINDS);

const drivers: fc.Arbitrary<Drivers> = fc
  .uniqueArray(channel)
  .map((kinds) => new Map(kinds.map((kind) => [kind, kind === "slack" ? "rooms" : "people"])));

function somebody(id: PersonId): fc.Arbitrary<Person> {
  return fc.record({
    id: fc.constant(id),
    name: fc.constant(id.toUpperCase()),
    titles: fc.subarray(["head of operations", "head of development"]),
    locale: fc.constant("en"),
    contacts: fc
      .uniqueArray(channel, { maxLength: 4 })
      .map((kinds) => kinds.map((kind) => ({ channel: kind, address: `${kind}:${id}` }))),
    admin: fc.boolean(),
  });
}

const rosters: fc.Arbitrary<Roster> = fc
  .record({
    people: fc.tuple(...PEOPLE.map(somebody)),
    groups: fc.tuple(
      ...["operations", "development"].map((name) =>
        fc.record({ name: fc.constant(name), members: fc.subarray(PEOPLE) }),
      ),
    ),
    teams: fc.tuple(
      ...["L1", "L2", "L3"].map((name) =>
        fc.record({
          name: fc.constant(name),
          members: fc.subarray(PEOPLE).map((members) => members.map((one) => ({ person: one, role: "operator" }))),
          rotations: fc.constant(name === "L1" ? [asId<"rotation">("turns")] : []),
        }),
      ),
    ),
    participants: fc.array(fc.array(someone, { maxLength: 2 }), { maxLength: 3 }),
    channels: fc.uniqueArray(channel),
  })
  .map(({ people, groups, teams, participants, channels }) => ({
    people: new Map(people.map((one) => [one.id, one])),
    groups,
    teams,
    rotations: new Map([
      [
        asId<"rotation">("turns"),
        {
          id: asId<"rotation">("turns"),
          name: "turns",
          zone: "Asia/Seoul",
          participants,
          turns: [{ unit: "hours", count: 8 }],
          start: "2026-01-05T09:00",
          priority: 0,
          hours: [],
          holidays: "as-usual",
          shadow: false,
        } as const,
      ],
    ]),
    overrides: [],
    leaves: [],
    holidays: [],
    services: [],
    channels: channels.map((kind) => ({ kind, settings: {} })),
    monitors: [],
    targets: [],
    heartbeats: [],
  }));

/** What may happen to an incident: a command, or the next step of the plan being carried out. */
type Deed = { readonly wait: number; readonly by: Actor; readonly command: Command | "next-step" | "nobody-reached" };

const byWhom: fc.Arbitrary<Actor> = fc.oneof(
  someone.map((id) => person(id)),
  fc.constant<Actor>({ kind: "token", name: "script", via: "api" }),
  fc.constant<Actor>({ kind: "bongsu" }),
);

const command: fc.Arbitrary<Deed["command"]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<"next-step">("next-step") },
  fc.constant<"nobody-reached">("nobody-reached"),
  fc.constantFrom<Command>(
    { do: "acknowledge" },
    { do: "unacknowledge" },
    { do: "hand-over", to: { kind: "team", team: "L3" } },
    { do: "escalate", toTeam: "L2" },
    { do: "snooze", until: minute(9_999) },
    { do: "end-snooze" },
    { do: "note", text: "word" },
    { do: "resolve" },
    { do: "reopen", because: "by-person" },
  ),
  someone.map((id): Command => ({ do: "hand-over", to: { kind: "person", person: id } })),
  fc
    .record({ to: fc.constantFrom(...policy.grades.map(({ name }) => name)), keepsAcknowledgement: fc.boolean() })
    .chain(({ to, keepsAcknowledgement }) =>
      fc
        .boolean()
        .map((raises): Command => ({ do: "grade", to, raises, because: "person", ticked: [], keepsAcknowledgement })),
    ),
);

const situations = fc.record({
  grade: fc.constantFrom(...policy.grades.map(({ name }) => name)),
  deeds: fc.array(fc.record({ wait: fc.nat(200), by: byWhom, command }), { maxLength: 12 }),
  roster: rosters,
  drivers,
});
type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never;

/** Where a random life has led: the incident, the present, and what the plan may be asked with. */
function lead({ grade, deeds, roster, drivers: has }: Situation): {
  incident: Incident;
  at: Instant;
  facts: PlanFacts;
} {
  let incident = incidentOf(opened(grade));
  let now = 0;
  const factsAt = (): PlanFacts => ({
    policy,
    roster,
    drivers: has,
    at: minute(now),
    until: minute(now + AHEAD_MINUTES),
  });
  for (const { wait, by, command: deed } of deeds) {
    now += wait;
    if (deed === "next-step" || deed === "nobody-reached") {
      if (incident.snoozedUntil !== undefined) continue;
      const [next] = plan(incident, factsAt());
      if (next === undefined) continue;
      now = Math.max(now, Math.ceil((next.due - minute(0)) / 60_000));
      incident = after(incident, taking(next), minute(now));
      if (deed === "next-step" || incident.state !== "triggered") continue;
      incident = after(incident, { type: "nobody-reached", step: next.key, next: minute(now) }, minute(now));
    } else {
      const decision = decide(incident, deed, { at: minute(now), by });
      if ("events" in decision) for (const event of decision.events) incident = after(incident, event, minute(now), by);
    }
  }
  return { incident, at: minute(now), facts: factsAt() };
}

function always(promise: (led: ReturnType<typeof lead>, situation: Situation) => void): void {
  fc.assert(
    fc.property(situations, (situation) => promise(lead(situation), situation)),
    RUNS,
  );
}

test("the plan of the same incident, facts and instant is the same plan", () => {
  always(({ incident, facts }, situation) => {
    assert.deepEqual(plan(structuredClone(incident), facts), plan(incident, facts));
    assert.deepEqual(lead(situation).incident, incident);
  });
});

test("the plan is in order of time, and no key is in it twice", () => {
  always(({ incident, facts }) => {
    const steps = plan(incident, facts);
    for (const [index, { due }] of steps.entries()) assert.ok(due >= (steps[index - 1]?.due ?? due));
    assert.equal(new Set(steps.map(({ key }) => key)).size, steps.length);
  });
});

test("every step reaches somebody or says of somebody why not", () => {
  always(({ incident, facts }) => {
    for (const step of plan(incident, facts)) {
      const reaches = step.reach.some(({ people }) => people.length > 0);
      assert.ok(reaches || step.skipped.length > 0, `${step.kind} says nothing`);
    }
  });
});

test("a step that is to wake people reaches somebody wherever anybody in the roster can be reached at all", () => {
  always(({ incident, facts }) => {
    const { roster, drivers: has } = facts;
    const usable = (kind: ChannelKind): boolean => has.has(kind) && roster.channels.some((one) => one.kind === kind);
    const reachable = [...roster.people.values()].some(({ contacts }) =>
      contacts.some(({ channel: kind }) => usable(kind) || (kind === "phone" && usable("sms"))),
    );
    if (!reachable) return;
    for (const { kind, reach } of plan(incident, facts)) {
      if (kind === "informed" || kind === "resolved") continue;
      assert.ok(
        reach.some(({ people }) => people.length > 0),
        kind,
      );
    }
  });
});

test("what is to be told quietly never goes by telephone, text message or push", () => {
  always(({ incident, facts }) => {
    for (const { reach } of plan(incident, facts))
      for (const page of reach) if (page.urgency === "tell") assert.doesNotMatch(page.channel, /phone|sms|push/u);
  });
});

test("a page goes only through what has a driver and settings, and only to those who have an address for it", () => {
  always(({ incident, facts }) => {
    const { roster, drivers: has } = facts;
    for (const { reach } of plan(incident, facts)) {
      for (const { channel: kind, people } of reach) {
        assert.ok(has.has(kind) && roster.channels.some((one) => one.kind === kind), kind);
        for (const id of people) {
          const kinds = roster.people.get(id)?.contacts.map((contact) => contact.channel) ?? [];
          assert.ok(kinds.includes(kind) || (kind === "sms" && kinds.includes("phone")), `${id} ${kind}`);
        }
      }
    }
  });
});

test("carrying out a step takes it from the plan, and moves nothing that is left", () => {
  always(({ incident, facts }) => {
    if (incident.snoozedUntil !== undefined) return;
    const before = plan(incident, facts);
    const [first] = before;
    if (first === undefined) return;
    const left = plan(after(incident, taking(first), Math.max(first.due, facts.at)), facts);
    const dues = new Map(before.map(({ key, due }) => [key, due]));
    const isCutOff = before.length >= LOOK_AHEAD;
    assert.ok(!left.some(({ key }) => key === first.key));
    // A look ahead holds so many repetitions; taking one lets the one after the last come into sight.
    for (const { key, due } of left) assert.ok(due === dues.get(key) || (isCutOff && !dues.has(key)), `${key} moved`);
  });
});

test("a plan whose first step is carried out again and again comes to an end", () => {
  always(({ incident, facts }) => {
    if (incident.snoozedUntil !== undefined) return;
    let state = incident;
    const keys = new Set<string>();
    const soon = { ...facts, until: facts.at + 30 * 60_000 };
    for (;;) {
      const next: Step | undefined = plan(state, soon)[0];
      if (next === undefined) return;
      assert.ok(!keys.has(next.key), `${next.key} comes twice`);
      keys.add(next.key);
      state = after(state, taking(next), Math.max(next.due, facts.at));
    }
  });
});

test("the engine looks again exactly when the first step is due", () => {
  always(({ incident, at, facts }) => {
    if (incident.snoozedUntil !== undefined) return;
    const [first] = plan(incident, { ...facts, until: at + 2 * AHEAD_MINUTES * 60_000 });
    assert.equal(nextDue(incident, policy, at), first?.due ?? null);
  });
});

test("while nobody has acknowledged there is always a step to come", () => {
  always(({ incident, at }) => {
    if (incident.state === "triggered") assert.notEqual(nextDue(incident, policy, at), null);
  });
});
