import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { policyFrom, ROSTER_TEXT, rosterFrom, T0 } from "../../test/fixtures/core.ts";
import type { Drivers } from "../escalation/means.ts";
import { asId } from "../id/id.ts";
import type { ChannelKind } from "../policy/policy.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { readRoster } from "../roster/read-roster.ts";
import type { Finding } from "./finding.ts";
import { findingsOf } from "./findings.ts";

/** A document and a roster in which there is nothing to find. */
const SOUND_POLICY = `grades:
  Critical:
    criteria: [everything is down]
    respond within: immediate (24/7)
    owner: L2
  Minor:
    criteria: [a nuisance]
    respond within: within 4 hours
    owner: L1
teams:
  L1:
    staffing: [4 operators, 24/7 shifts]
  L2:
    staffing: [4 engineers, 24/7 shifts]
notifications:
  Critical:
    channels: [Email, Slack (@channel)]
    recipients: [head of operations, L2]
  Minor:
    channels: [Slack (@channel), Email]
    recipients: [operator on duty]
monitoring:
  System: [CPU usage]
initial response:
  Stage 1: Look
    - find the cause
escalation:
  Critical: { acknowledge within: 5 minutes, page again every: 5 minutes, next level every: 5 minutes }
  Minor: { next level every: 1 hour }
thresholds:
  CPU usage: { Minor: 90% for 5 minutes }
`;
const NAMES = ["ann", "ben", "cho", "dan", "eve", "fay", "gil", "han"];
const SOUND_ROSTER = `people:
${NAMES.map((name) => `  ${name}: { contacts: { email: ${name}@example.com, slack: U${name.toUpperCase()} } }`).join("\n")}
  ivy: { title: head of operations, admin: yes, contacts: { email: ivy@example.com, slack: UIVY } }
teams:
  L1: { members: { operator: [ann, ben, cho, dan] }, rotations: [intake] }
  L2: { members: { engineer: [eve, fay, gil, han] }, rotations: [repair] }
rotations:
  intake: { participants: [ann, ben, cho, dan], turn: 8 hours, start: 2026-01-05T09:00 }
  repair: { participants: [eve, fay, gil, han], turn: 1 week, start: 2026-01-05T09:00 }
services:
  payment: { match: { service: payment }, grade: Minor }
channels:
  email: { host: smtp.example.com }
  slack: { room: C0 }
`;
const HAS: readonly ChannelKind[] = ["email", "slack", "webhook"];

function drivers(...kinds: readonly ChannelKind[]): Drivers {
  return new Map(kinds.map((kind) => [kind, kind === "slack" ? "rooms" : "people"]));
}

function findings(policy: string, roster?: string): readonly Finding[] {
  return findingsOf(policyFrom(policy), roster === undefined ? undefined : rosterFrom(roster), {
    drivers: drivers(...HAS),
    at: T0,
  });
}

const codes = (found: readonly Finding[]): readonly string[] => [...new Set(found.map(({ code }) => code))].sort();

type Edit = readonly [from: string | RegExp, to: string];
type Row = {
  readonly code: string;
  readonly level: Finding["level"];
  /** What is wrong with the sound document or roster, the clause where it is found, and what else that entails. */
  readonly in: "policy" | "roster";
  readonly broken: Edit;
  readonly clause: string;
  readonly alongWith?: readonly string[];
  /** What somebody writes on reading it. `says`: the lines of it that the finding itself proposes. */
  readonly mended: Edit;
  readonly says: readonly string[];
};

const ROWS: readonly Row[] = [
  {
    code: "owner-not-told",
    level: "warning",
    in: "policy",
    broken: ["[head of operations, L2]", "[head of operations]"],
    clause: "grades/Critical/owner",
    mended: ["recipients: [head of operations]", "recipients:\n      - head of operations\n      - L2"],
    says: ["      - head of operations\n      - L2"],
  },
  {
    code: "around-the-clock-without-shift",
    level: "error",
    in: "policy",
    broken: ["[4 engineers, 24/7 shifts]", "[4 engineers]"],
    clause: "grades/Critical/respond-within",
    mended: ["staffing: [4 engineers]", "staffing:\n      - 4 engineers\n      - 24/7 shifts"],
    says: ["      - 24/7 shifts"],
  },
  {
    code: "immediate-without-number",
    level: "warning",
    in: "policy",
    broken: ["acknowledge within: 5 minutes, ", ""],
    clause: "grades/Critical/respond-within",
    mended: ["  Critical: { page", "  Critical: { acknowledge within: 5 minutes, page"],
    says: ["acknowledge within: 5 minutes"],
  },
  {
    code: "shift-too-thin",
    level: "warning",
    in: "policy",
    broken: ["4 operators", "3 operators"],
    clause: "teams/L1/staffing/3 operators",
    mended: ["3 operators", "4 operators"],
    says: [],
  },
  {
    code: "channel-without-driver",
    level: "info",
    in: "policy",
    broken: ["channels: [Email, Slack", "channels: [phone, Email, Slack"],
    clause: "notifications/Critical/channels/phone",
    alongWith: ["contact-missing"],
    mended: ["[phone, Email", "[Email"],
    says: [],
  },
  {
    code: "here-misses-the-absent",
    level: "warning",
    in: "policy",
    broken: ["[Email, Slack (@channel)]", "[Email, Slack (@here)]"],
    clause: "notifications/Critical/channels/Slack (@here)",
    mended: ["Slack (@here)", "Slack (@channel)"],
    says: ["Slack (@channel)"],
  },
  {
    code: "nobody-watches-at-night",
    level: "warning",
    in: "policy",
    broken: ["[Slack (@channel), Email]", "[Slack, Email]"],
    clause: "notifications/Minor",
    mended: ["[Slack, Email]", "\n      - Slack\n      - Email\n      - SMS"],
    says: ["      - Slack\n      - Email\n      - SMS"],
  },
  {
    code: "no-escalation-interval",
    level: "warning",
    in: "policy",
    broken: ["  Minor: { next level every: 1 hour }\n", ""],
    clause: "grades/Minor/respond-within",
    mended: ["thresholds:", "  Minor:\n    acknowledge within: 4 h\n    next level every: 2 h\nthresholds:"],
    says: ["  Minor:\n    acknowledge within: 4 h\n    next level every: 2 h"],
  },
  {
    code: "step-without-channel",
    level: "warning",
    in: "policy",
    broken: ["- find the cause", "- tell the customers"],
    clause: "initial-response/Stage 1/tell the customers",
    mended: ["- tell the customers", "- find the cause"],
    says: [],
  },
  {
    code: "item-without-threshold",
    level: "warning",
    in: "policy",
    broken: ["  CPU usage: { Minor: 90% for 5 minutes }", "  host_load_per_core: { Minor: 5 }"],
    clause: "monitoring/System/CPU usage",
    mended: ["  host_load_per_core: {", "  CPU usage:\n    Minor: at least 90 % for 15 min\n  host_load_per_core: {"],
    says: ["  CPU usage:\n    Minor: at least 90 % for 15 min"],
  },
  {
    code: "item-unknown",
    level: "warning",
    in: "policy",
    broken: ["  System: [CPU usage]", "  System: [CPU usage, vibes]"],
    clause: "monitoring/System/vibes",
    mended: ["vibes", "memory usage"],
    says: ["CPU use", "query performance"],
  },
  {
    code: "reaches-nobody",
    level: "error",
    in: "roster",
    broken: ["  email: { host: smtp.example.com }\n  slack: { room: C0 }", "  webhook: {}"],
    clause: "grades/Critical",
    alongWith: ["channel-not-set-up", "person-unreachable"],
    mended: ["  webhook: {}", "  email: { host: smtp.example.com, from: bongsu@example.com }"],
    says: ["channels:\n  email: { host: smtp.example.com, from: bongsu@example.com }"],
  },
  {
    code: "team-without-members",
    level: "error",
    in: "roster",
    broken: [/ {2}L2: .*\n/u, ""],
    clause: "teams/L2",
    alongWith: ["rotation-in-no-team"],
    mended: ["rotations:\n", "  L2:\n    members:\n      operator: [eve]\nrotations:\n"],
    says: ["  L2:\n    members:\n      operator: ["],
  },
  {
    code: "too-few-people",
    level: "error",
    in: "roster",
    broken: ["engineer: [eve, fay, gil, han]", "engineer: [eve, fay, gil]"],
    clause: "teams/L2/staffing/4 engineers",
    alongWith: ["participant-outside-team"],
    mended: ["engineer: [eve, fay, gil]", "engineer: [eve, fay, gil, han]"],
    says: ["engineer: ["],
  },
  {
    code: "gap-in-duty",
    level: "error",
    in: "roster",
    broken: ["[ann, ben, cho, dan], turn: 8 hours", "[ann, [], cho, dan], turn: 8 hours"],
    clause: "teams/L1",
    alongWith: ["falls-through"],
    mended: ["[ann, [], cho, dan]", "[ann, ben, cho, dan]"],
    says: ["    participants: ["],
  },
  {
    code: "turns-too-thin",
    level: "warning",
    in: "roster",
    broken: ["[ann, ben, cho, dan], turn: 8 hours", "[ann, ben, cho], turn: 8 hours"],
    clause: "teams/L1/staffing/4 operators",
    mended: ["[ann, ben, cho], turn", "[ann, ben, cho, dan], turn"],
    says: ["    participants: [ann, ben, cho, "],
  },
  {
    code: "unknown-recipient",
    level: "error",
    in: "roster",
    broken: ["title: head of operations, ", ""],
    clause: "notifications/Critical/recipients/head of operations",
    mended: ["ivy: {", "ivy: { title: head of operations,"],
    says: ["title: head of operations"],
  },
  {
    code: "person-unreachable",
    level: "error",
    in: "roster",
    broken: ["email: eve@example.com, slack: UEVE", "phone: 010-1000-0001"],
    clause: "notifications/Critical/recipients/L2",
    mended: ["phone: 010-1000-0001", "email: eve@example.com, slack: UEVE"],
    says: ["email: ", "slack: U"],
  },
  {
    code: "contact-missing",
    level: "error",
    in: "roster",
    broken: ["email: ann@example.com, slack: UANN", "email: ann@example.com"],
    clause: "notifications/Minor/recipients/operator on duty",
    mended: ["email: ann@example.com", "email: ann@example.com, slack: UANN"],
    says: ["slack: "],
  },
  {
    code: "channel-not-set-up",
    level: "error",
    in: "roster",
    broken: ["  slack: { room: C0 }\n", ""],
    clause: "notifications/Critical/channels/Slack (@channel)",
    mended: ["channels:\n", "channels:\n  slack: { token: { env: BONGSU_SLACK_TOKEN }, room: C0123456789 }\n"],
    says: ["channels:\n  slack: { token: { env: BONGSU_SLACK_TOKEN }, room: C0123456789 }"],
  },
  {
    code: "service-grade-unknown",
    level: "error",
    in: "roster",
    broken: ["grade: Minor", "grade: Huge"],
    clause: "grades/Critical",
    mended: ["grade: Huge", "grade: Critical"],
    says: ["grade: Critical | Minor"],
  },
  {
    code: "no-admin",
    level: "warning",
    in: "roster",
    broken: ["admin: yes, ", ""],
    clause: "teams/L1",
    mended: ["ivy: {", "ivy: { admin: true,"],
    says: ["admin: true"],
  },
  {
    code: "rotation-in-no-team",
    level: "warning",
    in: "roster",
    broken: ["rotations:\n  intake", "rotations:\n  spare: { participants: [ann], start: 2026-01-05T09:00 }\n  intake"],
    clause: "teams/L1",
    mended: ["rotations: [repair] }", "rotations: [repair, spare] }"],
    says: ['rotations: ["spare"]'],
  },
  {
    code: "participant-outside-team",
    level: "warning",
    in: "roster",
    broken: ["[ann, ben, cho, dan], turn", "[ann, ben, cho, dan, eve], turn"],
    clause: "teams/L1",
    mended: ["operator: [ann, ben, cho, dan]", "operator: [ann, ben, cho, dan, eve]"],
    says: ["operator: [eve]"],
  },
  {
    code: "participant-unreachable",
    level: "error",
    in: "roster",
    broken: [/^people:\n([^]*)cho, dan\], turn/u, "people:\n  jay: {}\n$1cho, dan, jay], turn"],
    clause: "teams/L1",
    alongWith: ["falls-through", "participant-outside-team"],
    mended: ["jay: {}", "jay: { contacts: { email: jay@example.com } }"],
    says: ["  jay:\n    contacts: { email: …"],
  },
  {
    code: "override-without-effect",
    level: "warning",
    in: "roster",
    broken: [
      "turn: 1 week, start: 2026-01-05T09:00 }",
      "turn: 1 week, start: 2026-01-05T09:00, overrides: [{ person: eve, instead: fay, from: 2026-03-03, to: 2026-03-03 }] }",
    ],
    clause: "teams/L2",
    mended: ["person: eve, instead: fay", "person: fay, instead: eve"],
    says: [],
  },
  {
    code: "leave-without-stand-in",
    level: "warning",
    in: "roster",
    broken: [
      "services:",
      `leaves: [${["eve", "fay", "gil", "han"].map((who) => `{ person: ${who}, from: 2026-03-10, to: 2026-03-10 }`).join(", ")}]\nservices:`,
    ],
    clause: "teams/L2",
    alongWith: ["gap-in-duty"],
    mended: [
      "{ person: gil, from: 2026-03-10",
      "{ person: gil, from: 2026-03-09, to: 2026-03-09 }, { person: ann, from: 2026-03-10",
    ],
    says: ["      - { person: …, from: …, to: … }"],
  },
  {
    code: "rotation-ends-soon",
    level: "warning",
    in: "roster",
    broken: ["turn: 1 week, start: 2026-01-05T09:00", "turn: 1 week, start: 2026-01-05T09:00, end: 2026-03-25"],
    clause: "teams/L2",
    alongWith: ["gap-in-duty"],
    mended: ["end: 2026-03-25", "end: 2026-05-25"],
    says: ["start: 2026-03-25T00:00"],
  },
  {
    code: "rotation-over",
    level: "info",
    in: "roster",
    broken: [
      "rotations: [repair] }\nrotations:",
      "rotations: [repair, former] }\nrotations:\n  former: { participants: [eve], start: 2025-01-06T09:00, end: 2026-02-02 }",
    ],
    clause: "teams/L2",
    mended: [", end: 2026-02-02", ""],
    says: ["start: 2026-02-02T00:00"],
  },
  {
    code: "holidays-unknown",
    level: "warning",
    in: "roster",
    broken: [
      "rotations: [repair] }\nrotations:",
      "rotations: [repair, more] }\nrotations:\n  more: { participants: [eve], start: 2026-01-05T09:00, zone: Europe/Berlin, hours: mon 09:00-10:00, on holidays: off, priority: 1 }",
    ],
    clause: "teams/L2",
    alongWith: ["zones-differ"],
    mended: ["services:", "holidays: { 2026-12-24: Christmas Eve }\nservices:"],
    says: ["holidays:\n  20"],
  },
  {
    code: "zones-differ",
    level: "info",
    in: "roster",
    broken: [
      "rotations: [repair] }\nrotations:",
      "rotations: [repair, more] }\nrotations:\n  more: { participants: [eve], start: 2026-01-05T09:00, zone: Europe/Berlin, hours: mon 09:00-10:00 }",
    ],
    clause: "teams/L2",
    mended: ["zone: Europe/Berlin", "zone: Asia/Seoul"],
    says: ["zone: Asia/Seoul"],
  },
];

function edited(text: string, [from, to]: Edit): string {
  const changed = text.replace(from, to);
  assert.notEqual(changed, text, `nothing to change: ${String(from)}`);
  return changed;
}

/** The policy and the roster of a row, broken, and mended again where that is asked for. */
function textsOf(row: Row, isMended: boolean): readonly [policy: string, roster: string] {
  const change = (text: string): string => {
    const broken = edited(text, row.broken);
    return isMended ? edited(broken, row.mended) : broken;
  };
  return row.in === "policy" ? [change(SOUND_POLICY), SOUND_ROSTER] : [SOUND_POLICY, change(SOUND_ROSTER)];
}

test("a sound document with a sound roster has nothing to be found", () => {
  assert.deepEqual(findings(SOUND_POLICY, SOUND_ROSTER), []);
  assert.deepEqual(findings(SOUND_POLICY), []);
});

for (const row of ROWS) {
  describe(row.code, () => {
    test("is found where it is, as bad as it is, and nothing else is", () => {
      const [policy, roster] = textsOf(row, false);
      const found = findings(policy, roster);
      assert.deepEqual(codes(found), [row.code, ...(row.alongWith ?? [])].sort());
      const [first] = found.filter(({ code }) => code === row.code);
      assert.deepEqual([first?.level, first?.clause], [row.level, row.clause]);
    });

    test("vanishes once it is mended", () => {
      assert.ok(!codes(findings(...textsOf(row, true))).includes(row.code));
    });

    test("says what it is, why it matters and what to write, in both languages", () => {
      const [policy, roster] = textsOf(row, false);
      const found = findings(policy, roster).find(({ code }) => code === row.code);
      assert.ok(found);
      for (const { ko, en } of [found.message, found.why, found.mend]) {
        assert.match(ko, /[가-힣]/u);
        assert.doesNotMatch(en, /[가-힣]/u);
        assert.notEqual(en, "");
        for (const text of [ko, en]) assert.doesNotMatch(text, /undefined|NaN/u);
      }
      for (const line of row.says) assert.ok(found.mend.en.includes(line), found.mend.en);
    });
  });
}

/** Those that depend on what else is known or supposed: reach-findings.test.ts. */
const ELSEWHERE = ["contacts-unproven", "falls-through", "reached-late", "single-point-of-failure"];

test("every finding that the proof can make is one of the above", () => {
  const sources = globSync("src/proof/*-findings.ts").map((file) => readFileSync(file, "utf8"));
  const made = sources.flatMap((text) =>
    [...text.matchAll(/finding\(\s*(?:"(?:error|warning|info)"|level),\s*"([a-z-]+)"/gu)].map(([, code]) => code ?? ""),
  );
  assert.deepEqual([...new Set(made)].sort(), [...ROWS.map(({ code }) => code), ...ELSEWHERE].sort());
});

/** Findings whose text cannot be taken as it is written. */
const NOT_YET: Readonly<Record<string, string>> = {
  "shift-too-thin en": "'operator 4' is no head count that the reader knows",
  "step-without-channel ko": "a colon within a folded step is broken YAML",
  "step-without-channel en": "a colon within a folded step is broken YAML",
};

describe("what a finding proposes can be written as it stands", () => {
  for (const row of ROWS) {
    for (const locale of ["ko", "en"] as const) {
      const todo = NOT_YET[`${row.code} ${locale}`] ?? false;
      test(`${row.code} in ${locale}: the reader knows every word of it`, { todo }, () => {
        const [policy, roster] = textsOf(row, false);
        const mend = findings(policy, roster).find(({ code }) => code === row.code)?.mend[locale] ?? "";
        const { diagnostics } =
          row.in === "policy"
            ? readPolicy({ file: "mend.yaml", text: mend, id: asId("mend") })
            : readRoster({ file: "mend.yaml", text: mend });
        // A fragment lacks the blocks around it, and its placeholders name nobody: only its form is judged.
        const form = /^(broken-yaml|unknown-key|wrong-shape|no-blocks|unknown-channel|unreadable-.*)$/u;
        const wrong = diagnostics.filter(({ code, found }) => form.test(code) && !found.includes("…"));
        assert.deepEqual(
          wrong.map(({ code, found }) => `${code}: ${found}`),
          [],
        );
      });
    }
  }
});

describe("the document alone", () => {
  test("a step that names its channel and its recipients, as the finding proposes, is not found again", () => {
    const named = SOUND_POLICY.replace("- find the cause", "- tell the customers (by email, the customers' list)");
    assert.deepEqual(codes(findings(named)), []);
  });

  test("a rule that names a channel with a driver beside the one without, as the finding proposes, is only told of", () => {
    const beside = SOUND_POLICY.replace("channels: [Email, Slack", "channels: [phone, Email, Slack");
    assert.deepEqual(
      findings(beside).map(({ level, code }) => [level, code]),
      [["info", "channel-without-driver"]],
    );
  });

  test("a rule for the owner team or the operator on duty tells the owner", () => {
    for (const name of ["L2", "l 2", "operator on duty"]) {
      const told = SOUND_POLICY.replace("[head of operations, L2]", `[head of operations, ${name}]`);
      assert.ok(!codes(findings(told)).includes("owner-not-told"), name);
    }
  });

  test("a procedure that speaks of escalating is where a missing interval is found", () => {
    const spoken = SOUND_POLICY.replace("  Minor: { next level every: 1 hour }\n", "").replace(
      "Stage 1: Look",
      "Stage 1: Escalation",
    );
    const found = findings(spoken).find(({ code }) => code === "no-escalation-interval");
    assert.equal(found?.clause, "initial-response/Stage 1");
  });

  test("a channel is no longer without a driver where there is one", () => {
    const phoned = policyFrom(SOUND_POLICY.replace("channels: [Email, Slack", "channels: [phone, Email, Slack"));
    const found = findingsOf(phoned, undefined, { drivers: drivers(...HAS, "phone"), at: T0 });
    assert.deepEqual(found, []);
  });

  test("four people or more can take nights in turn", () => {
    const thin = (heads: number): boolean =>
      codes(findings(SOUND_POLICY.replace("4 operators", `${heads} operators`))).includes("shift-too-thin");
    assert.deepEqual([1, 2, 3, 4, 5].map(thin), [true, true, true, false, false]);
  });
});

describe("the roster", () => {
  test("a gap is looked for twelve months ahead", () => {
    // An empty turn is a day without anybody.
    const gapAfter = (days: number): boolean => {
      const turns = [...Array<string>(days).fill("ann"), "[]", ...Array<string>(400).fill("ann")].join(", ");
      const rota = `intake: { participants: [${turns}], turn: 1 day, start: 2026-03-02T10:00 }`;
      const roster = SOUND_ROSTER.replace(/ {2}intake: .*/u, `  ${rota}`);
      return codes(findings(SOUND_POLICY, roster)).includes("gap-in-duty");
    };
    assert.deepEqual([0, 14, 364, 365].map(gapAfter), [true, true, true, false]);
  });

  test("a team that nobody promises to be there around the clock may have gaps", () => {
    const day = SOUND_POLICY.replace("[4 operators, 24/7 shifts]", "[4 operators]");
    const roster = SOUND_ROSTER.replace("[ann, ben, cho, dan], turn", "[ann, [], cho, dan], turn");
    assert.ok(!codes(findings(day, roster)).includes("gap-in-duty"));
  });

  test("a recipient team that has nobody on duty just now is not said to be missing from the roster", () => {
    const roster = SOUND_ROSTER.replace(
      "repair: { participants: [eve, fay, gil, han], turn: 1 week, start: 2026-01",
      "repair: { participants: [eve, fay, gil, han], turn: 1 week, start: 2026-04",
    );
    assert.deepEqual(codes(findings(SOUND_POLICY, roster)), ["gap-in-duty"]);
  });

  test("one person is reported once for each grade, whatever names them", () => {
    const roster = SOUND_ROSTER.replace("email: eve@example.com, slack: UEVE", "phone: 010-1000-0001");
    const found = findings(SOUND_POLICY, roster).filter(({ code }) => code === "person-unreachable");
    assert.equal(found.length, 1);
  });

  test("the worst comes first, then the order of the document", () => {
    const found = findings(
      SOUND_POLICY.replace("[Slack (@channel), Email]", "[Slack, Email]").replace("4 operators", "3 operators"),
      SOUND_ROSTER.replace("title: head of operations, ", ""),
    );
    assert.deepEqual(
      found.map(({ code }) => code),
      ["unknown-recipient", "shift-too-thin", "nobody-watches-at-night"],
    );
  });

  test("the scenarios' cast has exactly the weaknesses that it was given", () => {
    const roster = rosterFrom(ROSTER_TEXT);
    const found = findingsOf(policyFrom(SOUND_POLICY), roster, { drivers: drivers("email", "slack", "sms"), at: T0 });
    assert.deepEqual(codes(found), ["too-few-people"]);
  });
});

const FIRST_USERS = "../shared/policy/incident-policy.ko.md";

describe("the first user's document", { skip: existsSync(FIRST_USERS) ? false : "the document is not here" }, () => {
  const read = () => {
    const text = readFileSync(FIRST_USERS, "utf8");
    const policy = policyFrom(text, FIRST_USERS);
    return { text, policy, found: findingsOf(policy, undefined, { drivers: drivers("email", "slack"), at: T0 }) };
  };

  const DEFECTS: readonly (readonly [what: string, code: string, clause: string])[] = [
    ["Critical pages three heads and none of the team that owns it", "owner-not-told", "grades/Critical/owner"],
    ["Major pages two groups and not the team that owns it", "owner-not-told", "grades/Major/owner"],
    [
      "Critical is around the clock and its team has no shift",
      "around-the-clock-without-shift",
      "grades/Critical/respond-within",
    ],
    ["at once has no number", "immediate-without-number", "grades/Critical/respond-within"],
    ["two operators cannot keep a shift around the clock", "shift-too-thin", "teams/L1 지원팀/staffing/운영자 2명"],
    ["when to escalate is nowhere", "no-escalation-interval", "initial-response/3단계"],
    ["here misses who is offline", "here-misses-the-absent", "notifications/Major/channels/Slack (@here)"],
    ["Minor has nobody who watches at night", "nobody-watches-at-night", "notifications/Minor"],
    ["telling the departments has no channel", "step-without-channel", "initial-response/3단계/유관 부서 통보"],
    ["telling the customers has no channel", "step-without-channel", "initial-response/3단계/고객 안내"],
    ["what is watched has no threshold", "item-without-threshold", "monitoring/시스템/CPU/메모리/디스크 사용률"],
  ];

  for (const [what, code, clause] of DEFECTS) {
    test(what, () => {
      const { found, text, policy } = read();
      const finding = found.find((one) => one.code === code && one.clause === clause);
      assert.ok(finding, codes(found).join());
      const line = policy.clauses.get(finding.clause)?.line ?? 0;
      assert.ok(text.split("\n")[line - 1]?.trim(), "it points at a line that says something");
    });
  }

  test("with every defect mended there is nothing left but the channels that this version cannot send through", () => {
    const { text } = read();
    const mended = text
      .replace("      - 운영팀장", "      - L3 지원팀\n      - 운영팀장")
      .replace("      - 운영팀\n", "      - L2 지원팀\n      - 운영팀\n")
      .replace("운영자 2명", "운영자 4명")
      .replace("      - 시니어 개발자 1명", "      - 시니어 개발자 3명\n      - 24/7 교대 근무")
      .replace("@here", "@channel")
      .replace("      - Slack\n", "      - Slack (@channel)\n")
      .replace("    - 유관 부서 통보\n    - 고객 안내\n", "")
      .concat(
        "\n```yaml\n에스컬레이션:\n  Critical: { 확인 기한: 5분, 단계 간격: 5분 }\n  Major: { 단계 간격: 1시간 }\n  Minor: { 단계 간격: 2시간 }\n임계치:\n",
        policyFrom(text, FIRST_USERS)
          .monitoring.map(({ name }) => `  ${name}: { Minor: 평소와 다름 15분 }\n`)
          .join(""),
        "```\n",
      );
    const found = findingsOf(policyFrom(mended, FIRST_USERS), undefined, {
      drivers: drivers("email", "slack"),
      at: T0,
    });
    assert.deepEqual(codes(found), ["channel-without-driver"]);
  });
});
