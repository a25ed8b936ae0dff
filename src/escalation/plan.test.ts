import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  after,
  DRIVERS,
  facts,
  happened,
  incidentOf,
  lineOf,
  minute,
  opened,
  POLICY_TEXT,
  pagesOf,
  peopleOf,
  person,
  policy,
  policyFrom,
  ROSTER_TEXT,
  roster,
  rosterFrom,
  skippedOf,
  T0,
  taking,
} from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { IncidentEvent } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import { MINUTE_MS } from "../time/instant.ts";
import type { Drivers } from "./means.ts";
import { occasions } from "./occasions.ts";
import { nextDue, plan } from "./plan.ts";
import type { Step } from "./step.ts";

const acknowledged: IncidentEvent = { type: "acknowledged" };

function find(steps: readonly Step[], kind: Step["kind"]): Step | undefined {
  return steps.find((step) => step.kind === kind);
}

/** The incident with every step up to `until` carried out at its time. */
function lived(incident: Incident, until: number): Incident {
  let state = incident;
  for (;;) {
    const [next] = plan(state, facts(until));
    if (next === undefined) return state;
    state = after(state, taking(next), next.due);
  }
}

describe("rule 1: at once", () => {
  test("the grade's recipients and the owner team on duty are paged through the grade's channels", () => {
    const [first] = plan(incidentOf(opened("Major")), facts(0));
    assert.equal(first?.kind, "first");
    assert.equal(first?.due, T0);
    assert.deepEqual(pagesOf(first), [
      "slack room @here alice carol dave bob erin frank",
      "sms alice",
      "sms bob",
      "sms carol",
      "sms dave",
      "sms erin",
      "sms frank",
    ]);
    assert.ok(first?.reach.every(({ urgency }) => urgency === "wake"));
  });

  test("the operator on duty is who has the turn when the step is due, not when the plan is made", () => {
    const late = plan(incidentOf(opened("Minor", 12 * 60)), facts(12 * 60, { at: 0 }));
    assert.deepEqual(peopleOf(find(late, "first")), ["dave"]);
    const early = plan(incidentOf(opened("Minor")), facts(0));
    assert.deepEqual(pagesOf(find(early, "first")), ["email carol", "slack room carol"]);
  });

  test("a step that is late is for who is on duty now", () => {
    const [first] = plan(incidentOf(opened("Minor")), facts(12 * 60, { at: 12 * 60 }));
    assert.equal(first?.due, T0);
    assert.deepEqual(peopleOf(first), ["dave"]);
  });

  test("initial intake is informed of what it does not own, by its quietest channel", () => {
    const informed = find(plan(incidentOf(opened("Critical")), facts(0)), "informed");
    assert.deepEqual(pagesOf(informed), ["email carol quietly"]);
    assert.equal(informed?.clause, policy.teams[0]?.clause);
  });

  test("who learns in the owner team is told quietly, is never woken, and is nobody's deputy", () => {
    const text = ROSTER_TEXT.replace(
      "  L2: { members: { engineer: [erin, frank] } }",
      "  L2: { members: { engineer: [erin, frank] }, rotations: [repair, learning] }",
    ).replace(
      "  halves:",
      "  repair: { participants: [erin], start: 2026-01-05T09:00 }\n" +
        "  learning: { participants: [grace], start: 2026-01-05T09:00, shadow: yes }\n  halves:",
    );
    const steps = plan(incidentOf(opened("Major")), { ...facts(0), roster: rosterFrom(text) });
    assert.ok(!peopleOf(find(steps, "first")).includes(asId("grace")));
    assert.deepEqual(pagesOf(find(steps, "informed")), ["email grace quietly"]);
  });

  test("whoever of the intake is paged already is not informed again", () => {
    const informed = find(plan(incidentOf(opened("Major")), facts(0)), "informed");
    assert.deepEqual(pagesOf(informed), []);
    assert.deepEqual(skippedOf(informed), ["Carol already-reached"]);
  });

  test("each page names the clause that demands it", () => {
    const [first] = plan(incidentOf(opened("Minor")), facts(0));
    assert.equal(first?.clause, "notifications/Minor");
    const mail = first?.reach.find(({ channel }) => channel === "email");
    assert.equal(mail?.clause, "notifications/Minor/recipients/operator on duty");
    for (const grade of policy.grades) {
      const steps = plan(incidentOf(opened(grade.name)), facts(24 * 60));
      for (const { clause, reach, skipped } of steps) {
        assert.ok(policy.clauses.has(clause), clause);
        for (const page of reach) assert.ok(policy.clauses.has(page.clause), page.clause);
        for (const one of skipped) assert.ok(policy.clauses.has(one.clause), one.clause);
      }
    }
  });
});

describe("rules 2 to 4: nobody acknowledges", () => {
  test("a grade with a deadline reminds at half and four fifths of it, then climbs by half of it each time", () => {
    const steps = plan(incidentOf(opened("Minor")), facts(12 * 60));
    assert.deepEqual(steps.map(lineOf), [
      "+0 first 0",
      "+0 informed 0",
      "+120 reminder 0",
      "+192 reminder 0",
      "+240 overdue 1",
      "+360 level 2",
      "+480 repeat-at-top 2",
      "+600 repeat-at-top 2",
      "+720 repeat-at-top 2",
    ]);
  });

  test("an immediate grade is overdue after five minutes and repeated every five minutes", () => {
    const steps = plan(incidentOf(opened("Critical")), facts(20));
    assert.deepEqual(steps.map(lineOf), [
      "+0 first 0",
      "+0 informed 0",
      "+5 overdue 0",
      "+10 repeat-at-top 0",
      "+15 repeat-at-top 0",
      "+20 repeat-at-top 0",
    ]);
  });

  test("an immediate grade with a longer deadline of its own is paged again every five minutes until then", () => {
    const patient = policyFrom(`${POLICY_TEXT}escalation:\n  Critical: { acknowledge within: 12 minutes }\n`);
    const steps = plan(incidentOf(opened("Critical")), facts(12, { policy: patient }));
    assert.deepEqual(steps.map(lineOf), [
      "+0 first 0",
      "+0 informed 0",
      "+5 reminder 0",
      "+10 reminder 0",
      "+12 overdue 0",
    ]);
  });

  test("the document's own numbers take the place of the defaults", () => {
    const quick = policyFrom(
      `${POLICY_TEXT}escalation:\n  Minor: { acknowledge within: 20 minutes, remind at: 25%, next level every: 3 minutes }\n`,
    );
    const steps = plan(incidentOf(opened("Minor")), facts(27, { policy: quick }));
    assert.deepEqual(steps.map(lineOf), [
      "+0 first 0",
      "+0 informed 0",
      "+5 reminder 0",
      "+20 overdue 1",
      "+23 level 2",
      "+26 repeat-at-top 2",
    ]);
  });

  test("a reminder pages the same people as the first page", () => {
    const steps = plan(incidentOf(opened("Major")), facts(60));
    assert.deepEqual(pagesOf(find(steps, "reminder")), pagesOf(find(steps, "first")));
  });

  test("overdue goes to the next team up and the recipients of the next higher grade, through its channels", () => {
    const overdue = find(plan(incidentOf(opened("Minor")), facts(240)), "overdue");
    assert.equal(overdue?.overdue, true);
    assert.equal(overdue?.clause, "grades/Minor/respond-within");
    assert.deepEqual(pagesOf(overdue), [
      "slack room @here alice carol dave bob erin frank",
      "sms alice",
      "sms bob",
      "sms carol",
      "sms dave",
      "sms erin",
      "sms frank",
    ]);
  });

  test("only one step of a cycle is the overdue one", () => {
    for (const { name } of policy.grades) {
      const steps = plan(incidentOf(opened(name)), facts(48 * 60));
      assert.equal(steps.filter(({ overdue }) => overdue).length, 1, name);
    }
  });

  test("the second level up is the top team and the rule of the highest grade, alone where the grade can wait", () => {
    const steps = plan(incidentOf(opened("Minor")), facts(480));
    assert.deepEqual(peopleOf(find(steps, "level")), ["alice", "bob", "grace"]);
    assert.deepEqual(peopleOf(find(steps, "repeat-at-top")), ["alice", "bob", "grace"]);
  });

  test("an immediate grade pages a level together with all levels below it", () => {
    const owned = policyFrom(POLICY_TEXT.replace("(24/7), owner: L3", "(24/7), owner: L1"));
    const steps = plan(incidentOf(opened("Critical")), facts(10, { policy: owned }));
    assert.deepEqual(peopleOf(find(steps, "first")), ["alice", "bob", "carol"]);
    assert.deepEqual(peopleOf(find(steps, "overdue")), ["alice", "bob", "carol", "erin", "frank"]);
    assert.deepEqual(peopleOf(find(steps, "level")), ["alice", "bob", "carol", "erin", "frank", "grace"]);
  });

  test("the top is repeated for as long as anybody looks, and the engine always has a next time to look", () => {
    const state = lived(incidentOf(opened("Critical")), 60);
    const further = plan(state, facts(120));
    assert.equal(further.length, 12);
    assert.ok(further.every(({ kind }) => kind === "repeat-at-top"));
    assert.equal(nextDue(state, policy, minute(60)), minute(65));
  });

  test("a month of repetitions leaves a state as small as an hour of them", () => {
    let state = incidentOf(opened("Critical"));
    for (let at = 0; at <= 500; at += 5) state = lived(state, at);
    assert.deepEqual(state.taken, { first: 1, informed: 1, overdue: 1, late: 99 });
    assert.equal(find(plan(state, facts(505)), "repeat-at-top")?.due, minute(505));
  });

  test("where grades are more than teams the ladder goes on to the highest grade, and the top team answers again", () => {
    const flat = policyFrom(
      POLICY_TEXT.replaceAll(/owner: L\d/g, "owner: L1").replace(/ {2}L2: .*\n {2}L3: .*\n/u, ""),
    );
    const steps = plan(incidentOf(opened("Minor")), facts(480, { policy: flat }));
    assert.deepEqual(steps.filter(({ level }) => level > 0).map(lineOf), [
      "+240 overdue 1",
      "+360 level 2",
      "+480 repeat-at-top 2",
    ]);
    assert.deepEqual(peopleOf(find(steps, "level")), ["alice", "bob", "carol"]);
  });

  test("escalating by hand pages the next level at once, and the deadline goes one further", () => {
    const state = incidentOf(opened("Minor"), happened(10, { type: "escalated" }, person("carol")));
    const steps = plan(state, facts(400));
    assert.deepEqual(steps.filter(({ level }) => level > 0).map(lineOf), [
      "+10 level 1",
      "+240 overdue 2",
      "+360 repeat-at-top 2",
    ]);
  });
});

describe("rule 5: held, and then silence", () => {
  const held = incidentOf(opened("Major"), happened(10, acknowledged, person("erin")));

  test("acknowledging ends the paging; after the deadline's length without a word the silence is what is due", () => {
    assert.deepEqual(plan(held, facts(400)).map(lineOf), ["+130 stalled 1", "+250 stalled 2", "+370 stalled 3"]);
    assert.equal(nextDue(held, policy, minute(10)), minute(130));
  });

  test("the holder is first told quietly, then paged, then paged together with the owner team", () => {
    const [quiet, loud, louder] = plan(held, facts(400));
    assert.deepEqual(pagesOf(quiet), ["email erin quietly"]);
    assert.deepEqual(pagesOf(loud), ["slack room @here erin", "sms erin"]);
    assert.deepEqual(pagesOf(louder), ["slack room @here erin frank", "sms erin", "sms frank"]);
  });

  test("a holder without a quiet contact is paged the first time already", () => {
    const loud = rosterFrom(ROSTER_TEXT.replace(", slack: UERIN, email: erin@example.com", ""));
    const [first] = plan(held, facts(130, { roster: loud }));
    assert.ok(pagesOf(first).includes("sms erin"));
  });

  test("an incident that nobody in person holds pages the owner team from the first time on", () => {
    const source = { kind: "source", source: "pagerduty", integration: "pd" } as const;
    const byMachine = incidentOf(opened("Major"), happened(10, acknowledged, source));
    assert.deepEqual(pagesOf(plan(byMachine, facts(130))[0]), ["slack room @here erin frank", "sms erin", "sms frank"]);
  });

  test("any word of a person counts anew; what Bongsu or a source records does not", () => {
    const spoken = after(held, { type: "noted", text: "looking" }, minute(100), person("frank"));
    assert.deepEqual(plan(spoken, facts(300)).map(lineOf), ["+220 stalled 1"]);
    const joined = after(held, { type: "alerts-joined", count: 1, firing: 1, sample: [] }, minute(100));
    assert.deepEqual(plan(joined, facts(200)).map(lineOf), ["+130 stalled 1"]);
  });

  test("the least severe grade is never taken for forgotten", () => {
    const minor = incidentOf(opened("Minor"), happened(10, acknowledged, person("carol")));
    assert.deepEqual(plan(minor, facts(100_000)), []);
    assert.equal(nextDue(minor, policy, minute(10)), null);
  });

  test("an immediate grade is taken for forgotten after thirty minutes", () => {
    const critical = incidentOf(opened("Critical"), happened(1, acknowledged, person("grace")));
    assert.deepEqual(plan(critical, facts(61)).map(lineOf), ["+31 stalled 1", "+61 stalled 2"]);
  });
});

describe("rule 6: hand-over", () => {
  const toGrace = happened(30, { type: "handed-over", to: { kind: "person", person: asId("grace") } }, person("erin"));
  const handed = incidentOf(opened("Major"), happened(10, acknowledged, person("erin")), toGrace);

  test("the new owner is paged at once, reminded like a new incident, and passed over upwards", () => {
    assert.deepEqual(plan(handed, facts(300)).map(lineOf), [
      "+30 handed-over 0",
      "+90 reminder 0",
      "+126 reminder 0",
      "+150 level 1",
      "+210 level 1",
      "+270 level 1",
    ]);
  });

  test("only the new owner is paged and reminded; upwards the present holder and the next team hear of it too", () => {
    const steps = plan(handed, facts(150));
    assert.deepEqual(pagesOf(find(steps, "handed-over")), ["slack room @here grace", "sms grace"]);
    assert.deepEqual(peopleOf(find(steps, "reminder")), ["grace"]);
    assert.deepEqual(peopleOf(find(steps, "level")), ["erin", "grace"]);
  });

  test("the present holder keeps it until the new owner acknowledges, and is nagged by nobody meanwhile", () => {
    assert.deepEqual(handed.acknowledged?.by, person("erin"));
    assert.equal(find(plan(handed, facts(1_000)), "stalled"), undefined);
    const taken = after(handed, acknowledged, minute(40), person("grace"));
    assert.equal(taken.handOver, undefined);
    assert.deepEqual(plan(taken, facts(200)).map(lineOf), ["+160 stalled 1"]);
  });

  test("handed to a team, its people on duty are paged, and the team above it is the next up", () => {
    const toTeam = happened(30, { type: "handed-over", to: { kind: "team", team: "L1" } }, person("erin"));
    const state = incidentOf(opened("Major"), happened(10, acknowledged, person("erin")), toTeam);
    const steps = plan(state, facts(150));
    assert.deepEqual(peopleOf(find(steps, "handed-over")), ["carol"]);
    assert.deepEqual(peopleOf(find(steps, "level")), ["carol", "erin", "frank"]);
  });

  test("a second hand-over is a series of its own", () => {
    const again = after(
      lived(handed, 30),
      { type: "handed-over", to: { kind: "person", person: asId("frank") } },
      minute(35),
      person("erin"),
    );
    const [first] = plan(again, facts(35));
    assert.equal(first && lineOf(first), "+35 handed-over 0");
    assert.deepEqual(peopleOf(first), ["frank"]);
  });
});

describe("rule 7: the end", () => {
  const resolved: IncidentEvent = { type: "resolved", because: "by-person" };

  test("everybody who was reached is told by their quietest channel, and nobody is woken", () => {
    const state = lived(incidentOf(opened("Critical")), 5);
    const over = after(state, resolved, minute(7), person("grace"));
    const steps = plan(over, facts(1_000));
    assert.deepEqual(steps.map(lineOf), ["+7 resolved 0"]);
    assert.deepEqual(pagesOf(steps[0]), [
      "email alice quietly",
      "email bob quietly",
      "email carol quietly",
      "email grace quietly",
    ]);
  });

  test("where nobody was reached nobody is told", () => {
    assert.deepEqual(plan(incidentOf(opened("Critical"), happened(1, resolved)), facts(1_000)), []);
  });

  test("a closed incident has nothing to come", () => {
    const over = after(lived(incidentOf(opened("Major")), 0), resolved, minute(7));
    const closed = after(over, { type: "closed" }, minute(8));
    assert.deepEqual(plan(closed, facts(1_000)), []);
    assert.equal(nextDue(closed, policy, minute(8)), null);
  });

  test("good news is told once for each time it is resolved", () => {
    const over = after(lived(incidentOf(opened("Major")), 0), resolved, minute(7));
    const told = lived(over, 7);
    assert.deepEqual(plan(told, facts(1_000)), []);
    const again = after(
      lived(after(told, { type: "reopened", because: "fired-again" }, minute(9)), 9),
      resolved,
      minute(11),
    );
    assert.deepEqual(plan(again, facts(1_000)).map(lineOf), ["+11 resolved 0"]);
  });
});

describe("cycles", () => {
  const graded = (keepsAcknowledgement: boolean): IncidentEvent => ({
    type: "graded",
    from: "Minor",
    to: "Critical",
    because: "person",
    ticked: [],
    newCycle: true,
    keepsAcknowledgement,
  });

  test("a raised grade begins anew with its own people and deadlines", () => {
    const state = after(lived(incidentOf(opened("Minor")), 30), graded(false), minute(30), person("carol"));
    const steps = plan(state, facts(40));
    assert.deepEqual(steps.map(lineOf), ["+30 first 0", "+30 informed 0", "+35 overdue 0", "+40 repeat-at-top 0"]);
    assert.ok(steps.every(({ key }) => key.startsWith("2.")));
  });

  test("a raised grade speaks to its recipients even where somebody keeps the incident", () => {
    const held = incidentOf(opened("Minor"), happened(10, acknowledged, person("grace")), {
      at: 30,
      event: graded(true),
      by: person("grace"),
    });
    const steps = plan(held, facts(60));
    assert.deepEqual(steps.map(lineOf), ["+30 first 0", "+60 stalled 1"]);
    assert.deepEqual(peopleOf(steps[0]), ["alice", "bob", "grace"]);
  });

  test("a lower grade changes what is to come and begins no cycle", () => {
    const state = lived(incidentOf(opened("Major")), 0);
    const lowered: IncidentEvent = {
      type: "graded",
      from: "Major",
      to: "Minor",
      because: "person",
      ticked: [],
      newCycle: false,
      keepsAcknowledgement: false,
    };
    const steps = plan(after(state, lowered, minute(30), person("erin")), facts(240));
    assert.deepEqual(steps.map(lineOf), ["+120 reminder 0", "+192 reminder 0", "+240 overdue 1"]);
  });

  test("while it is snoozed the plan shows what comes when the snooze ends, and the engine looks again then", () => {
    const snoozed = incidentOf(
      opened("Critical"),
      happened(1, acknowledged, person("grace")),
      happened(2, { type: "snoozed", until: minute(62) }, person("grace")),
    );
    assert.deepEqual(plan(snoozed, facts(72)).map(lineOf), [
      "+62 first 0",
      "+62 informed 0",
      "+67 overdue 0",
      "+72 repeat-at-top 0",
    ]);
    assert.equal(nextDue(snoozed, policy, minute(3)), minute(62));
    const awake = after(snoozed, { type: "snooze-ended" }, minute(62));
    assert.deepEqual(plan(awake, facts(72)), plan(snoozed, facts(72)), "what was shown is what comes");
  });

  test("an acknowledgement taken back and a reopening page again from the first page on", () => {
    const state = lived(incidentOf(opened("Major")), 0);
    const held = after(state, acknowledged, minute(5), person("erin"));
    const returned = after(held, { type: "unacknowledged" }, minute(6), person("erin"));
    assert.deepEqual(plan(returned, facts(6)).map(lineOf), ["+6 first 0", "+6 informed 0"]);
    const over = after(held, { type: "resolved", because: "by-person" }, minute(7));
    const reopened = after(over, { type: "reopened", because: "fired-again" }, minute(9));
    assert.deepEqual(plan(reopened, facts(9)).map(lineOf), ["+9 first 0", "+9 informed 0"]);
  });
});

describe("substitution", () => {
  test("a channel without a driver is skipped with its reason, and each person gets their next contact for it", () => {
    const [first] = plan(incidentOf(opened("Critical")), facts(0));
    assert.deepEqual(pagesOf(first), [
      "email alice for phone",
      "email bob for phone",
      "email grace for phone",
      "slack room @channel alice bob grace",
      "sms alice",
      "sms bob",
      "sms grace",
    ]);
    assert.deepEqual(skippedOf(first), ["phone no-driver"]);
  });

  test("a channel without settings is skipped as such", () => {
    const bare = rosterFrom(ROSTER_TEXT.replace("{ email: {}, slack: {}, sms: {} }", "{ email: {}, sms: {} }"));
    const [first] = plan(incidentOf(opened("Minor")), facts(0, { roster: bare }));
    assert.deepEqual(skippedOf(first), ["slack not-configured"]);
    assert.deepEqual(pagesOf(first), ["email carol", "sms carol for slack"]);
  });

  test("somebody without the address gets the next contact of their own, and the others stay as they are", () => {
    const lacking = rosterFrom(ROSTER_TEXT.replace("sms: 010-1000-0005, slack: UERIN", "slack: UERIN"));
    const [first] = plan(incidentOf(opened("Major")), facts(0, { roster: lacking }));
    assert.ok(pagesOf(first).includes("email erin for sms"));
    assert.ok(!pagesOf(first).includes("email frank for sms"));
    assert.deepEqual(skippedOf(first), ["Erin no-contact"]);
  });

  test("who has no address in a room is not named in it but paged beside it", () => {
    const lacking = rosterFrom(ROSTER_TEXT.replace(", slack: UCAROL", ""));
    const [first] = plan(incidentOf(opened("Minor")), facts(0, { roster: lacking }));
    assert.deepEqual(pagesOf(first), ["email carol", "slack room", "sms carol for slack"]);
  });

  test("a telephone number serves for text messages too", () => {
    const phones = rosterFrom(ROSTER_TEXT.replace("sms: 010-1000-0005", "phone: 010-1000-0005"));
    const [first] = plan(incidentOf(opened("Major")), facts(0, { roster: phones }));
    assert.ok(pagesOf(first).includes("sms erin"));
  });

  test("where two channels fail somebody, two different contacts stand in, as far as there are such", () => {
    const mailed = rosterFrom(
      ROSTER_TEXT.replace(
        "sms: 010-1000-0007, slack: UGRACE, email: grace@example.com",
        "email: grace@example.com, webhook: https://example.com/grace",
      ).replace("email: {}, ", "email: {}, webhook: {}, "),
    );
    const drivers: Drivers = new Map([
      ["email", "people"],
      ["webhook", "people"],
    ]);
    const [first] = plan(incidentOf(opened("Critical")), facts(0, { roster: mailed, drivers }));
    assert.deepEqual(
      pagesOf(first).filter((page) => page.includes("grace")),
      ["email grace for phone", "webhook grace for sms"],
    );
    assert.deepEqual(
      pagesOf(first).filter((page) => page.includes("alice")),
      ["email alice for phone"],
    );
  });

  test("a text message to a telephone number stands in for what fails", () => {
    const phones = rosterFrom(
      ROSTER_TEXT.replace("sms: 010-1000-0003, slack: UCAROL, email: carol@example.com", "phone: 010-1000-0003"),
    );
    const [first] = plan(incidentOf(opened("Minor")), facts(0, { roster: phones }));
    assert.deepEqual(pagesOf(first), ["slack room", "sms carol for slack"]);
  });

  test("a person's own order decides among the contacts that stand in", () => {
    const ordered = rosterFrom(
      ROSTER_TEXT.replace(
        "sms: 010-1000-0007, slack: UGRACE, email: grace@example.com",
        "webhook: https://example.com/grace, email: grace@example.com, sms: 010-1000-0007, slack: UGRACE",
      ).replace("email: {}, ", "email: {}, webhook: {}, "),
    );
    const drivers: Drivers = new Map([...DRIVERS, ["webhook", "people"]]);
    const [first] = plan(incidentOf(opened("Critical")), facts(0, { roster: ordered, drivers }));
    assert.ok(pagesOf(first).includes("webhook grace for phone"));
    assert.ok(!pagesOf(first).some((page) => page.startsWith("email grace")));
  });

  test("nothing is paged twice in one step through one channel", () => {
    for (const { name } of policy.grades) {
      for (const { reach } of plan(incidentOf(opened(name)), facts(24 * 60))) {
        const keys = reach.map((page) => `${page.channel}/${page.target.kind === "room" ? "" : page.target.person}`);
        assert.equal(new Set(keys).size, keys.length);
      }
    }
  });
});

describe("nobody to reach", () => {
  const without = (...lines: readonly RegExp[]): string =>
    lines.reduce((text, line) => text.replace(line, ""), ROSTER_TEXT);

  test("a step whose people are not there falls through to the level above", () => {
    const empty = rosterFrom(without(/ {2}L1: .*\n/u));
    const [first] = plan(incidentOf(opened("Minor")), facts(0, { roster: empty }));
    assert.deepEqual(skippedOf(first), ["operator on duty nobody-on-duty", "L1 nobody-on-duty"]);
    assert.deepEqual(peopleOf(first), ["alice", "bob", "carol", "dave", "erin", "frank"]);
  });

  test("above the top there are the administrators", () => {
    const empty = rosterFrom(
      without(/ {2}L\d: .*\n/gu, /title: head of operations, /u, /title: head of development, /u, /groups:\n.*\n.*\n/u),
    );
    const [first] = plan(incidentOf(opened("Minor")), facts(0, { roster: empty }));
    assert.deepEqual(peopleOf(first), ["alice"]);
  });

  test("without an administrator whom anything reaches it is anybody at all", () => {
    const empty = rosterFrom(
      without(
        / {2}L\d: .*\n/gu,
        /title: head of operations, /u,
        /title: head of development, /u,
        /groups:\n.*\n.*\n/u,
        /admin: yes, /u,
      ),
    );
    const [first] = plan(incidentOf(opened("Minor")), facts(0, { roster: empty }));
    assert.deepEqual(peopleOf(first), ["alice", "bob", "carol", "dave", "erin", "frank", "grace"]);
  });

  test("a recipient whom the roster does not know is skipped by name, and the rest is paged", () => {
    const unknown = rosterFrom(without(/title: head of development, /u));
    const [first] = plan(incidentOf(opened("Critical")), facts(0, { roster: unknown }));
    assert.ok(skippedOf(first).includes("head of development no-such-recipient"));
    assert.deepEqual(peopleOf(first), ["alice", "grace"]);
  });

  test("somebody whom neither the room nor a contact of their own reaches is passed over with a reason", () => {
    const mute = rosterFrom(ROSTER_TEXT.replace("sms: 010-1000-0006, slack: UFRANK, email: frank@example.com", ""));
    const room = policyFrom(POLICY_TEXT.replace("via: [SMS, Slack (@here)]", "via: [Slack (@here)]"));
    const [first] = plan(incidentOf(opened("Major")), facts(0, { roster: mute, policy: room }));
    assert.ok(peopleOf(first).includes(asId("erin")));
    assert.deepEqual(skippedOf(first), ["Frank no-contact"]);
  });

  test("a step whose every page failed pulls the next level forward, each time under another key", () => {
    const state = lived(incidentOf(opened("Minor")), 0);
    const failed = after(state, { type: "nobody-reached", step: asId("1.first.1"), next: minute(2) }, minute(2));
    const [next] = plan(failed, facts(60));
    assert.equal(next && lineOf(next), "+2 level 1");
    const climbed = after(failed, taking(next as Step), minute(2));
    const again = after(climbed, { type: "nobody-reached", step: asId("1.pulled.1"), next: minute(3) }, minute(3));
    const [further] = plan(again, facts(60));
    assert.equal(further && lineOf(further), "+3 level 2");
    assert.notEqual(further?.key, next?.key);
  });
});

test("a snoozed incident as it stands has no occasion of its own", () => {
  const snoozed = incidentOf(
    opened("Major"),
    happened(1, acknowledged, person("erin")),
    happened(2, { type: "snoozed", until: minute(62) }, person("erin")),
  );
  const timing = policy.timing.get("Major");
  assert.ok(timing);
  assert.deepEqual(occasions(snoozed, timing, { top: 1, until: minute(100_000) }), []);
});

test("steps that are due together come in the order of their rules", () => {
  const even = policyFrom(
    `${POLICY_TEXT}escalation:\n  Critical: { acknowledge within: 10 minutes, page again every: 5 minutes, next level every: 5 minutes }\n`,
  );
  assert.deepEqual(plan(incidentOf(opened("Critical")), facts(10, { policy: even })).map(lineOf), [
    "+0 first 0",
    "+0 informed 0",
    "+5 reminder 0",
    "+10 overdue 0",
  ]);
});

test("the plan looks at most a hundred repetitions ahead, however far it is asked to", () => {
  const steps = plan(incidentOf(opened("Critical")), facts(525_600));
  assert.equal(steps.filter(({ kind }) => kind === "repeat-at-top").length, 100);
  assert.equal(steps.at(-1)?.due, minute(0) + 505 * MINUTE_MS);
});

test("an incident whose grade the policy does not have is a broken invariant, not a silent plan", () => {
  assert.throws(() => plan(incidentOf(opened("Trivial")), facts(0)), /broken invariant/u);
  assert.equal(roster.people.size, 7);
});
