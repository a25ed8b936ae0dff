import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alice, bob, charlie, dave, local, rosterWith, rotationOf } from "../../test/fixtures/rosters.ts";
import { rulesInDoc } from "../../test/fixtures/schedule-doc.ts";
import { asId } from "../id/id.ts";
import { HOUR_MS } from "../time/instant.ts";
import { dutyIn, finalShifts, onDuty, onDutyUntil, shadowing } from "./on-duty.ts";
import type { Leave, Override, PersonId, Roster } from "./roster.ts";
import { shiftsOf } from "./shifts.ts";

/** Daily at 09:00: alice on Monday 5 January 2026, bob on Tuesday, charlie on Wednesday, alice on Thursday … */
const daily = rotationOf({ turns: [{ unit: "days", count: 1 }] });
const week = { start: local("2026-01-05T09:00"), end: local("2026-01-12T09:00") };

function override(person: PersonId, from: string, to: string, instead?: PersonId): Override {
  const id = asId<"override">(`${person}/${from}/${instead ?? ""}`);
  const stretch = { start: local(from), end: local(to) };
  return { id, rotation: daily.id, person, ...stretch, ...(instead === undefined ? {} : { instead }) };
}
function leave(person: PersonId, from: string, to: string): Leave {
  return { id: asId(`${person}/${from}`), person, start: local(from), end: local(to) };
}

/** `Mon 09:00 alice`, one line for each final shift; `turn` is not said, other reasons are. */
function told(roster: Roster, interval = week): readonly string[] {
  return shiftsOf(daily, roster, interval).map(({ start, people, because, insteadOf }) => {
    const at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("Asia/Seoul");
    const day = at.toLocaleString("en", { weekday: "short" });
    const who = people.length === 0 ? "nobody" : people.join("+");
    const why = because === "turn" ? "" : ` ${because}`;
    const other = insteadOf.length === 0 ? "" : ` for ${insteadOf.join("+")}`;
    return `${day} ${at.toPlainTime().toString().slice(0, 5)} ${who}${why}${other}`;
  });
}

type Row = readonly [promise: string, facts: Partial<Roster>, shifts: readonly string[]];

/** Which of two rules counts. Each row is one pair of them (docs/schedule.md). */
const PRECEDENCE: readonly Row[] = [
  ["without changes each has their turn", {}, ["Mon 09:00 alice", "Tue 09:00 bob", "Wed 09:00 charlie"]],
  [
    "an override of the rotation hides the turns below it and leaves the rest of them where they were",
    { overrides: [override(dave, "2026-01-05T12:00", "2026-01-06T15:00")] },
    ["Mon 09:00 alice", "Mon 12:00 dave override for alice+bob", "Tue 15:00 bob", "Wed 09:00 charlie"],
  ],
  [
    "two overrides at once are on duty together",
    {
      overrides: [
        override(dave, "2026-01-05T09:00", "2026-01-06T09:00"),
        override(charlie, "2026-01-05T18:00", "2026-01-06T09:00"),
      ],
    },
    [
      "Mon 09:00 dave override for alice",
      "Mon 18:00 dave+charlie override for alice",
      "Tue 09:00 bob",
      "Wed 09:00 charlie",
    ],
  ],
  [
    "an override of one person counts only while it is that person's turn",
    { overrides: [override(dave, "2026-01-05T00:00", "2026-01-08T09:00", bob)] },
    ["Mon 09:00 alice", "Tue 09:00 dave override for bob", "Wed 09:00 charlie"],
  ],
  [
    "who covers may be covered: the last in the chain is on duty",
    {
      overrides: [
        override(charlie, "2026-01-06T09:00", "2026-01-07T09:00", bob),
        override(dave, "2026-01-06T18:00", "2026-01-07T09:00", charlie),
      ],
    },
    ["Mon 09:00 alice", "Tue 09:00 charlie override for bob", "Tue 18:00 dave override for bob", "Wed 09:00 charlie"],
  ],
  [
    "an exchange is two overrides, and covering each other ends",
    {
      overrides: [
        override(bob, "2026-01-05T09:00", "2026-01-06T09:00", alice),
        override(alice, "2026-01-06T09:00", "2026-01-07T09:00", bob),
      ],
    },
    ["Mon 09:00 bob override for alice", "Tue 09:00 alice override for bob", "Wed 09:00 charlie"],
  ],
  [
    "two who each stand for the other at the same time have each other's place",
    {
      overrides: [
        override(bob, "2026-01-05T09:00", "2026-01-07T09:00", alice),
        override(alice, "2026-01-05T09:00", "2026-01-07T09:00", bob),
      ],
    },
    ["Mon 09:00 alice override", "Tue 09:00 bob override", "Wed 09:00 charlie"],
  ],
  [
    "an override of one person reaches into an override of the rotation",
    {
      overrides: [
        override(dave, "2026-01-05T09:00", "2026-01-06T09:00"),
        override(bob, "2026-01-05T18:00", "2026-01-06T09:00", dave),
      ],
    },
    ["Mon 09:00 dave override for alice", "Mon 18:00 bob override for alice", "Tue 09:00 bob", "Wed 09:00 charlie"],
  ],
  [
    "while somebody is away the next in order stands in",
    { leaves: [leave(bob, "2026-01-06T12:00", "2026-01-07T00:00")] },
    ["Mon 09:00 alice", "Tue 09:00 bob", "Tue 12:00 charlie leave for bob", "Wed 00:00 bob", "Wed 09:00 charlie"],
  ],
  [
    "who is away stands in for nobody: the one after does",
    {
      leaves: [
        leave(bob, "2026-01-06T00:00", "2026-01-08T00:00"),
        leave(charlie, "2026-01-06T00:00", "2026-01-07T09:00"),
      ],
    },
    ["Mon 09:00 alice", "Tue 09:00 alice leave for bob", "Wed 09:00 charlie"],
  ],
  [
    "who stands in for somebody away can be covered like anybody on duty",
    {
      overrides: [override(dave, "2026-01-06T12:00", "2026-01-07T09:00", charlie)],
      leaves: [leave(bob, "2026-01-06T00:00", "2026-01-07T09:00")],
    },
    ["Mon 09:00 alice", "Tue 09:00 charlie leave for bob", "Tue 12:00 dave override for bob", "Wed 09:00 charlie"],
  ],
  [
    "where everybody is away nobody is on duty, and it is said",
    { leaves: [alice, bob, charlie].map((person) => leave(person, "2026-01-06T09:00", "2026-01-07T09:00")) },
    ["Mon 09:00 alice", "Tue 09:00 nobody leave for bob", "Wed 09:00 charlie"],
  ],
  [
    "an override that names somebody who is away was meant: it holds",
    {
      overrides: [override(dave, "2026-01-05T09:00", "2026-01-06T09:00")],
      leaves: [leave(dave, "2026-01-01T00:00", "2026-02-01T00:00")],
    },
    ["Mon 09:00 dave override for alice", "Tue 09:00 bob", "Wed 09:00 charlie"],
  ],
  [
    "who is covered and away besides is covered: nobody else stands in",
    {
      overrides: [override(dave, "2026-01-06T09:00", "2026-01-07T09:00", bob)],
      leaves: [leave(bob, "2026-01-01T00:00", "2026-02-01T00:00")],
    },
    ["Mon 09:00 alice", "Tue 09:00 dave override for bob", "Wed 09:00 charlie"],
  ],
];

test("docs/schedule.md lists every one of these rules, and no other", () => {
  assert.deepEqual(
    rulesInDoc("precedence"),
    PRECEDENCE.map(([promise]) => promise),
  );
});

describe("of two rules that meet, the one that product and docs name counts", () => {
  for (const [promise, facts, shifts] of PRECEDENCE) {
    test(promise, () => {
      const shown = told(rosterWith([daily], facts));
      assert.deepEqual(
        shown.filter((line) => !/^(Thu|Fri|Sat|Sun)/u.test(line)),
        shifts,
      );
    });
  }
});

test("a shift is told with its own bounds, whatever stretch was asked about", () => {
  const roster = rosterWith([daily], {
    overrides: [override(dave, "2026-01-05T12:00", "2026-01-08T15:00")],
    leaves: [leave(alice, "2026-01-08T20:00", "2026-01-09T00:00")],
  });
  const all = shiftsOf(daily, roster, week);
  for (let at = week.start; at < week.end; at += HOUR_MS) {
    const [shift, ...more] = shiftsOf(daily, roster, { start: at, end: at + 1 });
    assert.deepEqual(more, []);
    assert.deepEqual(
      shift,
      all.find(({ start, end }) => start <= at && at < end),
    );
  }
});

describe("of several rotations of a team", () => {
  const night = rotationOf({
    id: asId("nights"),
    participants: [[dave]],
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "22:00", to: "06:00" }],
    priority: 1,
  });

  test("the higher priority counts while it has somebody, and the lower before and after", () => {
    const roster = rosterWith([daily, night]);
    const duty = dutyIn(roster, "L1", { start: local("2026-01-05T12:00"), end: local("2026-01-06T12:00") });
    assert.deepEqual(
      duty.map(({ start, people }) => [new Date(start).toISOString().slice(11, 16), ...people]),
      [
        ["03:00", alice],
        ["13:00", dave],
        ["21:00", alice],
        ["00:00", bob],
      ],
    );
  });

  test("a rotation of a higher priority whose people are all away hides nothing", () => {
    const roster = rosterWith([daily, night], { leaves: [leave(dave, "2026-01-05T00:00", "2026-01-07T00:00")] });
    assert.deepEqual(onDuty(roster, "L1", local("2026-01-05T23:00")), [alice]);
  });

  test("equal ones are on duty together, once each", () => {
    const other = rotationOf({ id: asId("other"), participants: [[alice, dave]] });
    const roster = rosterWith([daily, other]);
    assert.deepEqual(onDuty(roster, "L1", local("2026-01-05T12:00")), [alice, dave]);
  });

  test("who learns is beside those on duty and never among them", () => {
    const learning = rotationOf({ id: asId("learning"), participants: [[charlie]], shadow: true, priority: 9 });
    const roster = rosterWith([daily, learning]);
    const noon = local("2026-01-05T12:00");
    assert.deepEqual(onDuty(roster, "L1", noon), [alice]);
    assert.deepEqual(shadowing(roster, "L1", noon), [charlie]);
    assert.deepEqual(
      finalShifts(roster, "L1", { start: noon, end: noon + 1 }).map(({ people, shadow }) => [...people, shadow]),
      [
        [alice, false],
        [charlie, true],
      ],
    );
  });

  test("a team with nothing but shadows takes no turns: all of it is on duty but who is away", () => {
    const learning = rotationOf({ shadow: true });
    const roster = rosterWith([learning], { leaves: [leave(bob, "2026-01-05T00:00", "2026-01-06T00:00")] });
    assert.deepEqual(onDuty(roster, "L1", local("2026-01-05T12:00")), [alice, charlie, dave]);
    assert.equal(onDutyUntil(roster, "L1", local("2026-01-05T12:00")), undefined);
  });

  test("until when: the end of the first shift that counts, or the beginning of the next where nobody is on duty", () => {
    assert.equal(onDutyUntil(rosterWith([daily]), "L1", local("2026-01-05T12:00")), local("2026-01-06T09:00"));
    assert.equal(onDutyUntil(rosterWith([daily, night]), "L1", local("2026-01-05T12:00")), local("2026-01-05T22:00"));
    assert.equal(onDutyUntil(rosterWith([night]), "L1", local("2026-01-05T12:00")), local("2026-01-05T22:00"));
  });
});
