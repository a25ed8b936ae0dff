import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DRIVERS, POLICY_TEXT, policyFrom, rosterFrom } from "../../test/fixtures/core.ts";
import { audienceOf } from "../escalation/audience.ts";
import { type Dead, NOBODY_DEAD, simulate, supposedIncident, untilTheTop, without } from "../escalation/simulate.ts";
import { asId } from "../id/id.ts";
import type { ChannelKind, Policy } from "../policy/policy.ts";
import { onDuty } from "../roster/on-duty.ts";
import type { Roster } from "../roster/roster.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { proveReach, type ReachProof, type Trouble } from "./prove-reach.ts";
import { situationAt, type Verdict } from "./situation.ts";

/** Only those on duty are asked for: who is woken changes with the hour, and there is nobody else to fall back on for long. */
const DUTY_ONLY = POLICY_TEXT.replaceAll(/ to: \[.*?\] \}/gu, " to: [operator on duty] }");
const TWO_LEVELS = `grades:
  Urgent: { criteria: [a], respond within: immediate (24/7), owner: L2 }
  Later: { criteria: [b], respond within: within 30 minutes, owner: L1 }
teams:
  L1: { duties: [intake], staffing: [2 operators, 24/7 shifts] }
  L2: { duties: [repair], staffing: [2 engineers] }
notifications:
  Urgent: { via: [SMS], to: [L2] }
  Later: { via: [Slack, SMS], to: [L1, nobody of this name] }
escalation:
  Urgent: { acknowledge within: 7 minutes, page again every: 3 minutes, next level every: 11 minutes }
`;
const POLICIES = [POLICY_TEXT, DUTY_ONLY, TWO_LEVELS].map((text) => policyFrom(text));

/** London puts its clocks forward on 29 March, New York on 8 March, Lord Howe back by half an hour on 5 April. */
const FROM = Temporal.Instant.from("2026-03-05T03:17:00.000Z").epochMilliseconds;
const UNTIL = FROM + 33 * DAY_MS;
const ZONES = ["Asia/Seoul", "Europe/London", "America/New_York", "Australia/Lord_Howe"];
const NAMES = ["ann", "ben", "cho", "dan", "eve", "fay", "gil", "han"];

const local = fc.integer({ min: 0, max: 44 * 24 * 4 }).map((quarter) =>
  Temporal.PlainDateTime.from("2026-02-20T00:00")
    .add({ minutes: quarter * 15 })
    .toString({ smallestUnit: "minute" }),
);
const some = fc.subarray(NAMES, { minLength: 0, maxLength: 2 });
const rotation = fc.record({
  participants: fc.array(some, { minLength: 1, maxLength: 4 }),
  turn: fc.constantFrom("1 day", "8 hours", "1 week", "3 days", "13 hours"),
  start: local,
  zone: fc.constantFrom(...ZONES),
  hours: fc.constantFrom("", "", "mon-fri 09:00-18:00", "daily 22:00-06:00", "sat,sun 00:00-24:00"),
  priority: fc.integer({ min: 0, max: 1 }),
  overrides: fc.array(
    fc.record({ person: fc.constantFrom(...NAMES), from: local, hours: fc.integer({ min: 1, max: 60 }) }),
    {
      maxLength: 2,
    },
  ),
});
const organisation = fc.record({
  policy: fc.constantFrom(...POLICIES),
  rotations: fc.array(rotation, { minLength: 1, maxLength: 4 }),
  teams: fc.array(fc.subarray([0, 1, 2, 3], { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
  leaves: fc.array(
    fc.record({ person: fc.constantFrom(...NAMES), from: local, hours: fc.integer({ min: 1, max: 200 }) }),
    {
      maxLength: 4,
    },
  ),
  contacts: fc.array(fc.subarray(["sms", "slack", "email"] as const), { minLength: 8, maxLength: 8 }),
  channels: fc.subarray(["sms", "slack", "email"] as const, { minLength: 1 }),
});
type Organisation = typeof organisation extends fc.Arbitrary<infer T> ? T : never;

function rosterOf({ rotations, teams, leaves, contacts, channels }: Organisation): Roster {
  const address = { sms: "010-1000-000", slack: "U", email: "" };
  const people = NAMES.map((name, index) => {
    const written = (contacts[index] ?? []).map((kind) => {
      const value = { sms: `${address.sms}${index}`, slack: `U${name.toUpperCase()}`, email: `${name}@example.com` }[
        kind
      ];
      return `${kind}: ${value}`;
    });
    return `  ${name}: { name: ${name}, ${index === 0 ? "admin: yes, " : ""}contacts: { ${written.join(", ")} } }`;
  });
  const after = (from: string, hours: number): string =>
    Temporal.PlainDateTime.from(from).add({ hours }).toString({ smallestUnit: "minute" });
  const turns = rotations.map(({ participants, turn, start, zone, hours, priority, overrides }, index) => {
    const changes = overrides.map(
      (one) => `{ person: ${one.person}, from: ${one.from}, to: ${after(one.from, one.hours)} }`,
    );
    return `  r${index}: { participants: [${participants.map((turn) => `[${turn.join(", ")}]`).join(", ")}], turn: ${turn}, start: ${start}, zone: ${zone}, priority: ${priority}${hours === "" ? "" : `, hours: ["${hours}"]`}, overrides: [${changes.join(", ")}] }`;
  });
  const text = `people:
${people.join("\n")}
teams:
${teams
  .map(
    (mine, index) =>
      `  L${index + 1}: { members: { operator: [${NAMES.slice(index * 2, index * 2 + 3).join(", ")}] }, rotations: [${mine
        .filter((one) => one < rotations.length)
        .map((one) => `r${one}`)
        .join(", ")}] }`,
  )
  .join("\n")}
rotations:
${turns.join("\n")}
leaves: [${leaves.map((one) => `{ person: ${one.person}, from: ${one.from}, to: ${after(one.from, one.hours)} }`).join(", ")}]
channels: { ${channels.map((kind) => `${kind}: {}`).join(", ")} }
`;
  return rosterFrom(text);
}

/** The same judgement without any cleverness: the plan asked at this very instant. */
function naive(policy: Policy, roster: Roster, grade: string, at: Instant, dead: Dead): Verdict {
  const steps = simulate({ grade, at }, { policy, roster, drivers: DRIVERS, dead }, untilTheTop(policy, grade));
  const first = steps.find(({ reach }) => reach.some(({ urgency, people }) => urgency === "wake" && people.length > 0));
  if (first === undefined) return "nobody";
  if (first.due - at > (policy.timing.get(grade)?.respondWithin ?? 0)) return "late";
  const incident = supposedIncident(policy, { grade, at });
  const meant = audienceOf(incident, policy, without(roster, dead), 0, at).addressees.map(({ person }) => person);
  const woken = first.reach.filter(({ urgency }) => urgency === "wake").flatMap(({ people }) => people);
  return meant.some((person) => woken.includes(person)) ? "reached" : "fallen-through";
}

function holds({ start, end }: Interval, at: Instant): boolean {
  return start <= at && at < end;
}

function worseAt(troubles: readonly Trouble[], at: Instant): Verdict | undefined {
  return troubles.find(({ during }) => during.some((one) => holds(one, at)))?.verdict;
}

/** Every few minutes, at uneven distances so that no rhythm of the roster hides anything, and around every edge. */
function instantsOf(proof: ReachProof): readonly Instant[] {
  const edges = proof.grades.flatMap(({ stretches }) => stretches.map(({ start }) => start));
  const gaps = proof.teams.flatMap((team) => team.gaps.flatMap(({ start, end }) => [start, end]));
  const around = [...edges, ...gaps].slice(0, 150).flatMap((edge) => [edge - 1, edge, edge + 1]);
  const regular: Instant[] = [];
  for (let at = FROM; at < UNTIL; at += 3 * HOUR_MS + 7 * MINUTE_MS) regular.push(at);
  return [...regular, ...around].filter((at) => at >= FROM && at < UNTIL);
}

test("at every instant that is looked at, the proof says what the plan says at that instant", () => {
  fc.assert(
    fc.property(organisation, (given) => {
      const { policy } = given;
      const roster = rosterOf(given);
      const proof = proveReach({ policy, roster, drivers: DRIVERS, from: FROM, until: UNTIL, withDeaths: false });
      for (const at of instantsOf(proof)) {
        for (const { grade, stretches } of proof.grades) {
          const said = stretches.find((stretch) => holds(stretch, at))?.answer;
          const where = `${grade} at ${new Date(at).toISOString()}`;
          assert.equal(said?.verdict, naive(policy, roster, grade, at, NOBODY_DEAD), where);
          // Who is woken then, and who later where they do not answer: asked of the plan at this very instant.
          const rule = policy.grades.find(({ name }) => name === grade);
          assert.ok(rule);
          const { first, second } = situationAt(rule, at, { policy, roster, drivers: DRIVERS, beyond: true });
          assert.deepEqual({ first: said?.first, second: said?.second }, { first, second }, where);
        }
        for (const { team, gaps } of proof.teams)
          assert.equal(
            gaps.some((gap) => holds(gap, at)),
            onDuty(roster, team, at).length === 0,
            `${team} at ${at}`,
          );
      }
    }),
    { numRuns: 20, seed: 4 },
  );
});

test("what is worse without a person, a channel or a provider is worse at exactly those instants", () => {
  fc.assert(
    fc.property(organisation, (given) => {
      const { policy } = given;
      const roster = rosterOf(given);
      const proof = proveReach({ policy, roster, drivers: DRIVERS, from: FROM, until: UNTIL, withDeaths: true });
      const supposed = [
        ...NAMES.map((name) => ({ is: "person", who: name, dead: { people: [asId<"person">(name)], channels: [] } })),
        ...given.channels.map((kind: ChannelKind) => ({
          is: "channel",
          who: kind,
          dead: { people: [], channels: [kind] },
        })),
      ];
      const edges = proof.deaths.flatMap(({ grades }) =>
        grades.flatMap(({ troubles }) =>
          troubles.flatMap(({ during }) => during.flatMap(({ start, end }) => [start, end])),
        ),
      );
      const instants = [...new Set([...instantsOf(proof).filter((_, nth) => nth % 5 === 0), ...edges.slice(0, 30)])];
      for (const { is, who, dead } of supposed) {
        const found = proof.deaths.find((death) => death.is === is && death.who === who);
        for (const { name: grade } of policy.grades) {
          const troubles = found?.grades.find((one) => one.grade === grade)?.troubles ?? [];
          for (const at of instants.filter((one) => one < UNTIL)) {
            const usual = naive(policy, roster, grade, at, NOBODY_DEAD);
            const then = naive(policy, roster, grade, at, dead);
            const said = worseAt(troubles, at);
            assert.equal(said ?? usual, then, `${grade} without ${who} at ${new Date(at).toISOString()}`);
          }
        }
      }
    }),
    { numRuns: 6, seed: 5 },
  );
});
