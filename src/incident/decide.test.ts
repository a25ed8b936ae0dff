import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { after, happened, incidentOf, minute, opened, person } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Command } from "./command.ts";
import { type Decision, decide } from "./decide.ts";
import type { Actor, IncidentEvent } from "./event.ts";
import type { Incident } from "./incident.ts";

const erin = person("erin");
const grace = person("grace");
const source: Actor = { kind: "source", source: "prometheus", integration: "prod" };

const fired: IncidentEvent = { type: "alerts-joined", count: 2, firing: 2, sample: [] };
const acknowledged: IncidentEvent = { type: "acknowledged" };
const resolved: IncidentEvent = { type: "resolved", because: "by-person" };
const asked: IncidentEvent = { type: "handed-over", to: { kind: "person", person: asId("grace") } };

const triggered = incidentOf(opened("Major"), happened(0, fired, source));
const held = after(triggered, acknowledged, minute(5), erin);
const handed = after(held, asked, minute(6), erin);
const snoozed = after(held, { type: "snoozed", until: minute(60) }, minute(6), erin);
const over = after(held, resolved, minute(8), erin);
const closed = after(over, { type: "closed" }, minute(9), erin);

const STATES = { none: undefined, triggered, held, handed, snoozed, over, closed } as const;
type State = keyof typeof STATES;

/** What is recorded, by the types of the events, or why nothing is. */
function answer(decision: Decision): string {
  return "no" in decision ? `no: ${decision.no}` : decision.events.map(({ type }) => type).join(", ");
}

function ask(state: Incident | undefined, command: Command, by: Actor = erin, at = minute(10)): Decision {
  return decide(state, command, { at, by });
}

const open: Command = {
  do: "open",
  number: 7,
  title: "db-down",
  service: "payment",
  grade: "Major",
  gradeBecause: "person",
  policy: asId("policy"),
  drill: false,
};
const record: Command = { do: "record", event: { type: "delivery-delivered", delivery: asId("d1") } };
const grade = (to: string, raises: boolean): Command => ({
  do: "grade",
  to,
  raises,
  because: "person",
  ticked: [],
  keepsAcknowledgement: false,
});

const GONE = "no: no-such-incident";
const OVER = "no: already-resolved";
const CLOSED = "no: already-closed";

/** In the order of `STATES`: none, triggered, held, handed over, snoozed, resolved, closed. */
const TABLE: readonly (readonly [Command, readonly string[]])[] = [
  [open, ["opened", ...Array<string>(6).fill("no: already-open")]],
  [{ do: "join-alerts", count: 1, firing: 3, sample: [] }, [GONE, ...Array<string>(6).fill("alerts-joined")]],
  [{ do: "join-alerts", count: 0, firing: 2, sample: [] }, [GONE, ...Array<string>(6).fill("no: nothing-to-record")]],
  [{ do: "clear-alerts", count: 1, firing: 1, sample: [] }, [GONE, ...Array<string>(6).fill("alerts-cleared")]],
  [
    { do: "clear-alerts", count: 2, firing: 0, sample: [] },
    [GONE, ...Array<string>(4).fill("alerts-cleared, resolved"), "alerts-cleared", "alerts-cleared"],
  ],
  [{ do: "note-silence", count: 1, sample: [] }, [GONE, ...Array<string>(6).fill("source-silent")]],
  [{ do: "note-return", count: 1, sample: [] }, [GONE, ...Array<string>(6).fill("source-spoke-again")]],
  [
    { do: "note-inhibited", count: 1, services: ["shop"], sample: [] },
    [GONE, ...Array<string>(4).fill("alerts-inhibited"), OVER, OVER],
  ],
  [
    { do: "note-flapping", began: true, count: 1, sample: [] },
    [GONE, ...Array<string>(5).fill("flapping-began"), CLOSED],
  ],
  [
    { do: "note-flapping", began: false, count: 1, sample: [] },
    [GONE, ...Array<string>(5).fill("flapping-ended"), CLOSED],
  ],
  [
    { do: "watch-harder", until: minute(60), series: 2 },
    [GONE, ...Array<string>(4).fill("no: not-resolved"), "watch-began", "no: not-resolved"],
  ],
  [
    { do: "note-found", alert: { alert: asId("a"), title: "disk" }, value: "0.85", line: "over 81 %" },
    [GONE, ...Array<string>(6).fill("no: nothing-to-record")],
  ],
  [{ do: "end-watch", unseen: 0 }, [GONE, ...Array<string>(6).fill("no: nothing-to-record")]],
  [grade("Critical", true), [GONE, ...Array<string>(5).fill("graded"), CLOSED]],
  [grade("Minor", false), [GONE, ...Array<string>(5).fill("graded"), CLOSED]],
  [grade("Major", false), [GONE, ...Array<string>(5).fill("no: same-grade"), CLOSED]],
  [record, [GONE, ...Array<string>(6).fill("delivery-delivered")]],
  [
    { do: "acknowledge" },
    [GONE, "acknowledged", "no: already-acknowledged", "no: already-acknowledged", "acknowledged", OVER, CLOSED],
  ],
  [
    { do: "unacknowledge" },
    [
      GONE,
      "no: not-acknowledged",
      "unacknowledged",
      "unacknowledged",
      "unacknowledged",
      "no: not-acknowledged",
      "no: not-acknowledged",
    ],
  ],
  [
    { do: "hand-over", to: { kind: "team", team: "L3" } },
    [GONE, "acknowledged, handed-over", "handed-over", "handed-over", "handed-over", OVER, OVER],
  ],
  [
    { do: "escalate", toTeam: "L3" },
    [GONE, "escalated", "escalated, handed-over", "escalated, handed-over", "escalated, handed-over", OVER, OVER],
  ],
  [{ do: "snooze", until: minute(30) }, [GONE, "snoozed", "snoozed", "snoozed", "snoozed", OVER, OVER]],
  [{ do: "snooze", until: minute(10) }, [GONE, ...Array<string>(4).fill("no: snooze-in-the-past"), OVER, OVER]],
  [
    { do: "end-snooze" },
    [GONE, ...Array<string>(3).fill("no: not-snoozed"), "snooze-ended", "no: not-snoozed", "no: not-snoozed"],
  ],
  [{ do: "note", text: "looking" }, [GONE, ...Array<string>(6).fill("noted")]],
  [{ do: "note", text: " \n\t" }, [GONE, ...Array<string>(6).fill("no: empty-note")]],
  [{ do: "tick", clause: asId("resolution/1"), done: true }, [GONE, ...Array<string>(6).fill("ticked")]],
  [{ do: "resolve" }, [GONE, ...Array<string>(4).fill("resolved"), OVER, OVER]],
  [
    { do: "reopen", because: "by-person" },
    [GONE, ...Array<string>(4).fill("no: not-resolved"), "reopened", "no: not-resolved"],
  ],
  [{ do: "close" }, [GONE, ...Array<string>(4).fill("no: not-resolved"), "closed", CLOSED]],
];

describe("each command in each state", () => {
  for (const [command, answers] of TABLE) {
    for (const [index, state] of (Object.keys(STATES) as State[]).entries()) {
      const expected = answers[index];
      test(`${JSON.stringify(command)} of ${state}: ${expected}`, () => {
        assert.equal(answers.length, 7);
        assert.equal(answer(ask(STATES[state], command)), expected);
      });
    }
  }
});

test("a decision is the same each time and leaves the state as it was", () => {
  for (const [command] of TABLE) {
    for (const state of Object.values(STATES)) {
      const before = structuredClone(state);
      assert.deepEqual(ask(state, command), ask(state, command));
      assert.deepEqual(state, before);
    }
  }
});

test("what was decided is refused the second time, where once is enough", () => {
  const once: readonly (readonly [State, Command])[] = [
    ["none", open],
    ["triggered", { do: "acknowledge" }],
    ["snoozed", { do: "acknowledge" }],
    ["held", { do: "unacknowledge" }],
    ["snoozed", { do: "end-snooze" }],
    ["held", { do: "resolve" }],
    ["over", { do: "reopen", because: "by-person" }],
    ["over", { do: "close" }],
    ["held", grade("Critical", true)],
  ];
  for (const [state, command] of once) {
    const first = ask(STATES[state], command);
    assert.ok("events" in first);
    const start = STATES[state];
    const then =
      start === undefined ? triggered : first.events.reduce((now, event) => after(now, event, minute(10), erin), start);
    assert.ok("no" in ask(then, command), command.do);
  }
});

test("the opening carries what it was opened with", () => {
  const { do: _, ...opening } = open;
  assert.deepEqual(ask(undefined, open), { events: [{ type: "opened", ...opening }] });
});

test("whoever was asked to take over may acknowledge what somebody else holds; the holder need not again", () => {
  assert.equal(answer(ask(handed, { do: "acknowledge" }, grace)), "acknowledged");
  assert.equal(answer(ask(handed, { do: "acknowledge" }, person("frank"))), "acknowledged");
  assert.equal(answer(ask(handed, { do: "acknowledge" }, erin)), "no: already-acknowledged");
  assert.equal(answer(ask(held, { do: "acknowledge" }, grace)), "no: already-acknowledged");
});

test("the holder is known again through another channel, a token by its name", () => {
  const bySms: Actor = { kind: "person", person: asId("erin"), via: "sms" };
  assert.equal(answer(ask(handed, { do: "acknowledge" }, bySms)), "no: already-acknowledged");
  const script: Actor = { kind: "token", name: "script", via: "api" };
  const byToken = after(after(triggered, acknowledged, minute(5), script), asked, minute(6), script);
  assert.equal(answer(ask(byToken, { do: "acknowledge" }, { ...script, via: "cli" })), "no: already-acknowledged");
  assert.equal(answer(ask(byToken, { do: "acknowledge" }, { ...script, name: "other" })), "acknowledged");
});

test("an acknowledgement names the page that brought it, if one did", () => {
  assert.deepEqual(ask(triggered, { do: "acknowledge", delivery: asId("d1") }), {
    events: [{ type: "acknowledged", delivery: "d1" }],
  });
  assert.deepEqual(ask(triggered, { do: "acknowledge" }), { events: [{ type: "acknowledged" }] });
});

test("an incident that a person opened is not resolved by alerts that it never had", () => {
  const byHand = incidentOf(opened("Major"));
  assert.equal(answer(ask(byHand, { do: "clear-alerts", count: 0, firing: 0, sample: [] }, source)), "alerts-cleared");
});

test("the last alert that clears resolves the incident for that reason", () => {
  const decision = ask(triggered, { do: "clear-alerts", count: 2, firing: 0, sample: [] }, source);
  assert.deepEqual("events" in decision && decision.events[1], { type: "resolved", because: "all-alerts-cleared" });
});

test("a raised grade begins a new cycle while the incident is open, and not once it is over", () => {
  const cycleOf = (state: Incident, raises: boolean): unknown => {
    const decision = ask(state, grade(raises ? "Critical" : "Minor", raises));
    const [event] = "events" in decision ? decision.events : [];
    return event?.type === "graded" && event.newCycle;
  };
  assert.equal(cycleOf(triggered, true), true);
  assert.equal(cycleOf(held, true), true);
  assert.equal(cycleOf(over, true), false);
  assert.equal(cycleOf(triggered, false), false);
});

test("escalating what somebody holds asks the next team to take it, and keeps the note", () => {
  assert.deepEqual(ask(held, { do: "escalate", toTeam: "L3", note: "beyond us" }), {
    events: [
      { type: "escalated", note: "beyond us" },
      { type: "handed-over", to: { kind: "team", team: "L3" } },
    ],
  });
  assert.deepEqual(ask(triggered, { do: "escalate", toTeam: "L3" }), { events: [{ type: "escalated" }] });
});

test("a snooze lasts until later than now", () => {
  assert.equal(answer(ask(held, { do: "snooze", until: minute(10) + 1 })), "snoozed");
  assert.equal(answer(ask(held, { do: "snooze", until: minute(9) })), "no: snooze-in-the-past");
});

test("what is watched harder after it was resolved is recorded whether it is closed or not, until the watch ends", () => {
  const found: Command = { do: "note-found", alert: { alert: asId("a"), title: "disk" }, value: "", line: "" };
  const harderWatch = { until: minute(60), series: 1, found: 3, ended: false };
  for (const state of [over, closed]) {
    assert.equal(answer(ask({ ...state, harderWatch }, found)), "watch-found");
    assert.deepEqual(ask({ ...state, harderWatch }, { do: "end-watch", unseen: 0 }), {
      events: [{ type: "watch-ended", found: 3 }],
    });
    const ended = { ...state, harderWatch: { ...harderWatch, ended: true } };
    assert.equal(answer(ask(ended, found)), "no: nothing-to-record");
  }
});
