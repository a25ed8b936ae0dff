import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DRIVERS, policyFrom, rosterFrom, T0 } from "../../test/fixtures/core.ts";
import { readRoster } from "../roster/read-roster.ts";
import type { Roster } from "../roster/roster.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import type { Finding } from "./finding.ts";
import { type ProofFacts, proveReach, type ReachProof } from "./prove-reach.ts";
import { reachFindings } from "./reach-findings.ts";
import { mendsOfGap, type RosterMend } from "./reach-mends.ts";
import { verdictOf } from "./situation.ts";

const ZONE = "Asia/Seoul";
const POLICY = policyFrom(`grades:
  Critical: { criteria: [a], respond within: immediate (24/7), owner: L2 }
  Minor: { criteria: [b], respond within: within 4 hours, owner: L1 }
teams:
  L1: { duties: [intake], staffing: [2 operators, 24/7 shifts] }
  L2: { duties: [repair], staffing: [2 engineers, 24/7 shifts] }
notifications:
  Critical: { via: [SMS], to: [L2] }
  Minor: { via: [Email], to: [operator on duty] }
`);
/** ann and ben have their weeks at L1; cho and dan are both at L2 around the clock. */
const ROSTER = `people:
  ann: { contacts: { email: ann@example.com, sms: 010-1000-0001 } }
  ben: { contacts: { email: ben@example.com, sms: 010-1000-0002 } }
  cho: { contacts: { email: cho@example.com, sms: 010-1000-0003 } }
  dan: { admin: yes, contacts: { email: dan@example.com, sms: 010-1000-0004 } }
teams:
  L1: { members: { operator: [ann, ben] }, rotations: [weeks] }
  L2: { members: { engineer: [cho, dan] } }
rotations:
  weeks: { participants: [ann, ben], turn: 1 week, start: 2026-01-05T09:00 }
channels: { email: { host: mail.example.com }, sms: { url: "https://sms.example.com/send" } }
`;

function proofOf(roster: Roster, facts: Partial<ProofFacts> = {}): ReachProof {
  const given = { policy: POLICY, roster, drivers: DRIVERS, from: T0, until: T0 + 364 * DAY_MS, withDeaths: false };
  return proveReach({ ...given, ...facts });
}

function found(text: string, facts: Partial<ProofFacts> = {}): readonly Finding[] {
  const roster = rosterFrom(text);
  return reachFindings(proofOf(roster, facts), { policy: POLICY, roster, drivers: DRIVERS, zone: ZONE });
}

function only(findings: readonly Finding[], code: string): Finding {
  const mine = findings.filter((one) => one.code === code);
  assert.equal(mine.length, 1, findings.map((one) => `${one.code} ${one.message.en}`).join("\n"));
  return mine[0] as Finding;
}

const weekdays = ROSTER.replace("2026-01-05T09:00 }", "2026-01-05T09:00, hours: [mon-fri 09:00-18:00] }");

describe("hours in which nobody is on duty", () => {
  test("are told as they recur, with the smallest counterexample and the hours that are missing", () => {
    const finding = only(found(weekdays), "falls-through");
    assert.equal(finding.level, "warning");
    assert.match(finding.message.en, /falls through to cho, dan: every Mon, Tue, Wed, Thu 18:00–next day 09:00/u);
    assert.match(
      finding.message.ko,
      /매주 월·화·수·목 18:00–다음 날 09:00 \(208회\), 매주 금 18:00–월 09:00 \(52회\)/u,
    );
    assert.match(finding.why.en, /For example Mon 2 Mar 2026 18:00: operator on duty: nobody on duty/u);
    assert.equal(
      finding.mend.en,
      'rotations:\n  weeks:\n    hours: ["mon-fri 09:00-18:00", "mon 00:00-09:00", "mon-thu 18:00-09:00", "fri 18:00-24:00", "sat,sun 00:00-24:00"]',
    );
    assert.equal(finding.during?.[0]?.start, T0 + 8 * HOUR_MS);
  });

  test("are an error where the document wants somebody there at every hour", () => {
    const gap = only(found(weekdays), "gap-in-duty");
    assert.deepEqual([gap.level, gap.clause], ["error", "teams/L1"]);
    const noL2 = weekdays.replace("[cho, dan] } }", "[cho, dan] }, rotations: [weeks] }");
    const critical = found(noL2).find(({ code, clause }) => code === "falls-through" && clause === "grades/Critical");
    assert.equal(critical?.level, "error");
  });

  const mended: readonly (readonly [what: string, roster: string])[] = [
    ["hours", weekdays],
    ["an end", ROSTER.replace("2026-01-05T09:00 }", "2026-01-05T09:00, end: 2026-06-01T09:00 }")],
    ["a beginning", ROSTER.replace("2026-01-05T09:00 }", "2026-06-01T09:00 }")],
    ["an empty turn", ROSTER.replace("participants: [ann, ben]", "participants: [ann, []]")],
    ["holidays off", ROSTER.replace("2026-01-05T09:00 }", "2026-01-05T09:00, on holidays: off }")],
    [
      "everybody's leave",
      `${ROSTER}leaves: [{ person: ann, from: 2026-05-01T00:00, to: 2026-05-10T00:00 }, { person: ben, from: 2026-05-02T00:00, to: 2026-05-09T00:00 }]\n`,
    ],
  ];
  for (const [what, text] of mended) {
    test(`by ${what}: doing what is proposed closes them`, () => {
      const roster = rosterFrom(text);
      const gaps = proofOf(roster).teams[0]?.gaps ?? [];
      assert.ok(gaps.length > 0);
      const [mend] = mendsOfGap("L1", gaps, { policy: POLICY, roster, drivers: DRIVERS, zone: ZONE });
      assert.ok(mend);
      assert.deepEqual(proofOf(changed(roster, mend)).teams[0]?.gaps, []);
    });
  }
});

/** The roster with a proposed change; whoever is not known yet is somebody new. */
function changed(roster: Roster, mend: RosterMend): Roster {
  if (!("rotation" in mend)) return assert.fail(mend.is);
  const rotation = roster.rotations.get(mend.rotation);
  assert.ok(rotation);
  const { hours, participants, start, end, ...rest } = rotation;
  const next = {
    ...rest,
    hours: mend.is === "hours" ? mend.hours : hours,
    start: mend.is === "earlier" ? mend.start : start,
    participants: mend.is === "participants" ? (mend.participants as typeof participants) : participants,
    ...(mend.is === "endless" || end === undefined ? {} : { end }),
    ...(mend.is === "holidays" ? { holidays: "as-usual" as const } : {}),
  };
  return { ...roster, rotations: new Map([...roster.rotations, [rotation.id, next]]) };
}

describe("one who is enough to lose it", () => {
  test("a person alone on duty is told as a note where somebody else is woken in time", () => {
    const finding = only(found(ROSTER, { withDeaths: true }), "single-point-of-failure");
    assert.equal(finding.level, "info");
    assert.match(
      finding.message.en,
      /a Minor incident wakes nobody whom the policy names and falls through to cho, dan/u,
    );
    assert.match(finding.mend.en, /participants: \[\[ann, ben\], \[ben, ann\]\]/u);
  });

  test("the only channel is a warning, and another one is proposed", () => {
    const one = found(ROSTER.replace(', sms: { url: "https://sms.example.com/send" }', ""), { withDeaths: true });
    const channel = one.filter(({ code, level }) => code === "single-point-of-failure" && level === "warning");
    assert.deepEqual(
      channel.map(({ clause }) => clause),
      ["grades/Critical", "grades/Minor"],
    );
    assert.match(channel[0]?.message.en ?? "", /reaches nobody: the channel email \(throughout\)/u);
    assert.match(channel[0]?.mend.en ?? "", /channels:\n {2}sms: /u);
  });

  test("two channels of one provider fall silent together", () => {
    const both = ROSTER.replace("mail.example.com", "gate.example.com").replace(
      "sms.example.com/send",
      "gate.example.com",
    );
    const { deaths } = proofOf(rosterFrom(both), { withDeaths: true });
    const provider = deaths.find(({ is }) => is === "provider");
    assert.equal(provider?.who, "gate.example.com");
    assert.deepEqual(
      provider?.grades.map(({ grade, troubles }) => [grade, troubles[0]?.verdict]),
      [
        ["Critical", "nobody"],
        ["Minor", "nobody"],
      ],
    );
    assert.ok(!proofOf(rosterFrom(ROSTER), { withDeaths: true }).deaths.some(({ is }) => is === "provider"));
  });
});

test("of those woken nobody has a contact that was proven: a warning where facts about contacts are given", () => {
  const proven = found(ROSTER, { verified: () => true });
  assert.deepEqual(proven, []);
  const verified: ProofFacts["verified"] = (person) => person !== "ann";
  const finding = only(found(ROSTER, { verified }), "contacts-unproven");
  assert.deepEqual([finding.level, finding.clause], ["warning", "grades/Minor"]);
  assert.equal(finding.during?.length, 27);
});

test("a human who is woken after the deadline only is late; before it, whoever is woken counts", () => {
  const ann = { person: rosterFrom(ROSTER).people.keys().next().value as never, channels: ["sms" as const] };
  const facts = { deadline: 5 * MINUTE_MS, meant: new Set([ann.person]) };
  assert.equal(verdictOf({ after: 5 * MINUTE_MS, woken: [ann] }, facts), "reached");
  assert.equal(verdictOf({ after: 5 * MINUTE_MS + 1, woken: [ann] }, facts), "late");
  assert.equal(verdictOf({ after: 0, woken: [ann] }, { ...facts, meant: new Set() }), "fallen-through");
  assert.equal(verdictOf(undefined, facts), "nobody");
});

test("every proposal is read by the reader of roster files", () => {
  const rosters = [weekdays, ROSTER.replace("participants: [ann, ben]", "participants: [ann, []]"), `${ROSTER}`];
  for (const text of rosters) {
    for (const { mend } of found(text, { withDeaths: true })) {
      for (const written of [mend.ko, mend.en]) {
        const { diagnostics } = readRoster({ file: "mend.yaml", text: written });
        // A fragment lacks what stands around it: only its form is judged.
        const form = /^(broken-yaml|unknown-key|wrong-shape|unknown-channel|bad-hours|unreadable-.*)$/u;
        const wrong = diagnostics.filter(({ code }) => form.test(code));
        assert.deepEqual(wrong, [], written);
      }
    }
  }
});
