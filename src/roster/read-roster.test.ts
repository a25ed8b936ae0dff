import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asId } from "../id/id.ts";
import { toIso } from "../time/instant.ts";
import { readRoster } from "./read-roster.ts";
import { rosterOf } from "./roster-of.ts";

const good = `people:
  alice:
    name: Alice
    title: [head of operations, deputy]
    language: en
    contacts: { email: alice@example.com, phone: 010-1234-5678, slack: UALICE }
    admin: yes
  bob: { name: Bob, contacts: { email: bob@example.com } }
groups:
  operations: [alice, Bob]
teams:
  L1:
    members: { operator: [alice, bob] }
    rotations: [turns]
rotations:
  turns:
    participants: [alice, [alice, bob]]
    turn: 12 hours
    start: 2026-01-05T09:00
    zone: Asia/Seoul
    overrides:
      - { person: bob, from: 2026-02-01T09:00, to: 2026-02-02T09:00 }
services:
  payment: { match: { service: payment }, grade: Major, depends on: [database] }
channels:
  email: { host: smtp.example.com, port: 587, secure: true, user: "0123" }
`;

const read = (text: string) => readRoster({ file: "roster.yaml", text });

function rosterFrom(text: string) {
  const { items, diagnostics } = read(text);
  assert.deepEqual(diagnostics, []);
  return rosterOf(items ?? []);
}

describe("a good roster", () => {
  const roster = rosterFrom(good);

  test("has its people with titles, language, contacts in their order, and who administers", () => {
    assert.deepEqual(roster.people.get(asId("alice")), {
      id: "alice",
      name: "Alice",
      titles: ["head of operations", "deputy"],
      locale: "en",
      contacts: [
        { channel: "email", address: "alice@example.com" },
        { channel: "phone", address: "+821012345678" },
        { channel: "slack", address: "UALICE" },
      ],
      admin: true,
    });
    assert.deepEqual([roster.people.get(asId("bob"))?.locale, roster.people.get(asId("bob"))?.admin], ["ko", false]);
  });

  test("names people by id or by name", () => {
    assert.deepEqual(roster.groups, [{ name: "operations", members: ["alice", "bob"] }]);
  });

  test("has its teams with roles, and rotations with turns of one or of several", () => {
    assert.deepEqual(roster.teams[0]?.members, [
      { person: "alice", role: "operator" },
      { person: "bob", role: "operator" },
    ]);
    const turns = roster.rotations.get(asId("turns"));
    assert.deepEqual(turns?.participants, [["alice"], ["alice", "bob"]]);
    assert.deepEqual(turns?.turns, [{ unit: "hours", count: 12 }]);
    assert.deepEqual([turns?.start, turns?.zone], ["2026-01-05T09:00", "Asia/Seoul"]);
  });

  test("places an override by the wall clock of its rotation's zone", () => {
    const [override] = roster.overrides;
    assert.deepEqual(
      [override?.rotation, override?.person, override?.start, override?.end],
      ["turns", "bob", Date.parse("2026-02-01T00:00:00Z"), Date.parse("2026-02-02T00:00:00Z")],
    );
  });

  test("has its services and its channels, whose settings are numbers and truths as YAML means them", () => {
    assert.deepEqual(roster.services, [
      { name: "payment", match: { service: "payment" }, dependsOn: ["database"], grade: "Major" },
    ]);
    assert.deepEqual(roster.channels, [
      { kind: "email", settings: { host: "smtp.example.com", port: 587, secure: true, user: "0123" } },
    ]);
  });
});

test("Korean words mean the same as English ones", () => {
  const korean = rosterFrom(`사람:
  kim: { 이름: 김하나, 직책: 운영팀장, 언어: ko, 연락처: { 이메일: kim@example.com, 전화: 010-0000-0001, 문자: 010-0000-0002, 슬랙: U1 }, 관리자: 예 }
그룹: { 운영팀: [김 하나] }
팀: { L1 지원팀: { 구성원: { 운영자: kim }, 교대: [낮 밤] } }
교대: { 낮밤: { 참여자: [kim], 교대 주기: 2주, 시작: 2026-01-05 09:00 } }
서비스: { 결제: { 조건: { service: payment }, 등급: Major, 의존: [DB] } }
채널: { 이메일: {}, 콘솔: {} }
`);
  const kim = korean.people.get(asId("kim"));
  assert.deepEqual(
    kim?.contacts.map(({ channel }) => channel),
    ["email", "phone", "sms", "slack"],
  );
  assert.deepEqual([kim?.admin, kim?.titles], [true, ["운영팀장"]]);
  assert.deepEqual(korean.groups[0]?.members, ["kim"]);
  assert.deepEqual(korean.teams[0]?.members, [{ person: "kim", role: "운영자" }]);
  assert.deepEqual(korean.rotations.get(asId("낮밤"))?.turns, [{ unit: "weeks", count: 2 }]);
  assert.equal(korean.rotations.get(asId("낮밤"))?.start, "2026-01-05T09:00");
  assert.deepEqual(
    korean.channels.map(({ kind }) => kind),
    ["email", "console"],
  );
});

test("a team finds its rotation however the name is spaced and cased", () => {
  const roster = rosterFrom(good.replace("rotations: [turns]", "rotations: [T urns]"));
  assert.deepEqual(roster.teams[0]?.rotations, ["turns"]);
});

test("line ends, a byte order mark and an empty file change nothing", () => {
  assert.deepEqual(read(good.replaceAll("\n", "\r\n")).items, read(good).items);
  assert.deepEqual(read(`\uFEFF${good}`).items, read(good).items);
  assert.deepEqual(read("").items, []);
  assert.deepEqual(read("# nobody yet\n").items, []);
});

const TURNS: readonly (readonly [text: string, turn: unknown])[] = [
  ["1주", [{ unit: "weeks", count: 1 }]],
  ["2 weeks", [{ unit: "weeks", count: 2 }]],
  ["1 Day", [{ unit: "days", count: 1 }]],
  ["8시간", [{ unit: "hours", count: 8 }]],
  ["1000 hours", [{ unit: "hours", count: 1000 }]],
  ["1개월", [{ unit: "months", count: 1 }]],
  ["2 holidays", [{ unit: "holidays", count: 2 }]],
  [
    "[5일, 2 days]",
    [
      { unit: "days", count: 5 },
      { unit: "days", count: 2 },
    ],
  ],
];
for (const [text, turn] of TURNS) {
  test(`a turn of ${text} is read`, () => {
    assert.deepEqual(rosterFrom(good.replace("12 hours", text)).rotations.get(asId("turns"))?.turns, turn);
  });
}

const HOURS: readonly (readonly [text: string, days: readonly number[], from: string, to: string])[] = [
  ["월-금 09:00-18:00", [1, 2, 3, 4, 5], "09:00", "18:00"],
  ["매일 22:00-06:00", [1, 2, 3, 4, 5, 6, 7], "22:00", "06:00"],
  ["sat,sun 0:00-24:00", [6, 7], "00:00", "00:00"],
  ["fri-mon 18:00 – 09:00", [1, 5, 6, 7], "18:00", "09:00"],
  ["평일 18:00~09:00", [1, 2, 3, 4, 5], "18:00", "09:00"],
  ["토·일 09:00-21:00", [6, 7], "09:00", "21:00"],
];
for (const [text, days, from, to] of HOURS) {
  test(`hours of ${text} are read`, () => {
    const file = good.replace("    turn: 12 hours", `    turn: 12 hours\n    hours: ["${text}"]`);
    assert.deepEqual(rosterFrom(file).rotations.get(asId("turns"))?.hours, [{ days, from, to }]);
  });
}

test("an end, a priority, what holidays do and that somebody learns are read", () => {
  const more = "    end: 2027-01-01\n    priority: 2\n    on holidays: off\n    shadow: yes\n";
  const rotation = rosterFrom(good.replace("    turn: 12 hours\n", `    turn: 12 hours\n${more}`)).rotations.get(
    asId("turns"),
  );
  assert.deepEqual(
    [rotation?.end, rotation?.priority, rotation?.holidays, rotation?.shadow],
    ["2027-01-01T00:00", 2, "off", true],
  );
});

test("leave by whole days ends with the last of them, and by the hour where it says so", () => {
  const roster = rosterFrom(
    `${good}leaves:\n  - { person: alice, from: 2026-12-24, to: 2026-12-26, note: skiing }\n` +
      "  - { person: bob, from: 2026-12-24 13:00, to: 2026-12-24 18:00, zone: Europe/London }\n",
  );
  assert.deepEqual(
    roster.leaves.map(({ person, start, end, note }) => [person, toIso(start), toIso(end), note]),
    [
      ["alice", "2026-12-23T15:00:00.000Z", "2026-12-26T15:00:00.000Z", "skiing"],
      ["bob", "2026-12-24T13:00:00.000Z", "2026-12-24T18:00:00.000Z", undefined],
    ],
  );
});

test("holidays of the company are read, and public ones on which it works", () => {
  const { holidays } = rosterFrom(
    `${good}holidays:\n  2026-12-24: Founders' day\n  2026-12-25: { name: open, off: no }\n`,
  );
  assert.deepEqual(holidays, [
    { date: "2026-12-24", name: "Founders' day", off: true },
    { date: "2026-12-25", name: "open", off: false },
  ]);
});

type Bad = readonly [what: string, from: string, to: string, code: string, line: number, column: number, found: string];
const BAD: readonly Bad[] = [
  ["a block that nobody knows", "groups:", "gruops:", "unknown-key", 9, 1, "gruops"],
  ["a field that nobody knows", "    admin: yes", "    adnim: yes", "unknown-key", 7, 5, "adnim"],
  [
    "a field that is there in both languages",
    "    admin: yes",
    "    admin: yes\n    관리자: 예",
    "duplicate-key",
    8,
    5,
    "관리자",
  ],
  ["a key that is there twice", "groups:", "people:", "broken-yaml", 9, 1, "people"],
  ["broken YAML", "  bob: {", "  bob: {{", "broken-yaml", 9, 1, "groups:"],
  ["a channel that nobody knows", "slack: UALICE", "slakc: UALICE", "unknown-channel", 6, 65, "slakc"],
  ["a number that nobody answers", "010-1234-5678", "112", "bad-phone", 6, 50, "112"],
  ["a person whom nobody knows", "[alice, Bob]", "[alice, mallory]", "unknown-person", 10, 23, "mallory"],
  [
    "an operator whom nobody knows",
    "[alice, bob] }\n    rot",
    "[alice, mallory] }\n    rot",
    "unknown-person",
    13,
    34,
    "mallory",
  ],
  ["a name that several have", "name: Bob", "name: Alice", "unknown-person", 0, 0, ""],
  ["a rotation that is not defined", "rotations: [turns]", "rotations: [tunrs]", "unknown-rotation", 14, 17, "tunrs"],
  [
    "a year that no calendar has to reach",
    "2026-01-05T09:00",
    "9999-01-05T09:00",
    "bad-time",
    19,
    12,
    "9999-01-05T09:00",
  ],
  ["a turn of no length", "12 hours", "0 hours", "bad-turn", 18, 11, "0 hours"],
  ["a turn in words", "12 hours", "a while", "bad-turn", 18, 11, "a while"],
  ["holidays among other lengths", "12 hours", "[1 holiday, 1 day]", "bad-turn", 18, 11, "1 holiday, 1 day"],
  ["hours that are none", "turn: 12 hours", "hours: morning", "bad-hours", 18, 12, "morning"],
  [
    "a day that there is not",
    "turn: 12 hours",
    "hours: someday 09:00-18:00",
    "bad-hours",
    18,
    12,
    "someday 09:00-18:00",
  ],
  ["a priority below nothing", "turn: 12 hours", "priority: -1", "bad-number", 18, 15, "-1"],
  ["an end before the beginning", "turn: 12 hours", "end: 2020-01-01", "bad-interval", 18, 10, "2020-01-01T00:00"],
  ["a beginning that is no time", "2026-01-05T09:00", "tomorrow", "bad-time", 19, 12, "tomorrow"],
  ["a day that does not exist", "2026-01-05T09:00", "2026-02-30T09:00", "bad-time", 19, 12, "2026-02-30T09:00"],
  ["a beginning that is missing", "    start: 2026-01-05T09:00\n", "", "bad-time", 16, 3, ""],
  ["a zone that does not exist", "Asia/Seoul", "Asia/Seuol", "bad-zone", 20, 11, "Asia/Seuol"],
  [
    "an override that ends before it begins",
    "to: 2026-02-02T09:00",
    "to: 2026-01-02T09:00",
    "bad-interval",
    22,
    9,
    "2026-01-02T09:00",
  ],
  ["an override without an end", ", to: 2026-02-02T09:00", "", "bad-time", 21, 5, ""],
  ["an override for nobody", "person: bob", "person: mallory", "unknown-person", 22, 19, "mallory"],
  ["people as a list", good.slice(0, good.indexOf("groups:")), "people: [alice]\n", "wrong-shape", 1, 9, "사람"],
  [
    "contacts as a text",
    "contacts: { email: bob@example.com }",
    "contacts: bob@example.com",
    "wrong-shape",
    8,
    31,
    "연락처",
  ],
  ["an address that is a list", "email: bob@example.com", "email: [bob@example.com]", "wrong-shape", 8, 40, "email"],
  ["members that are a mapping of mappings", "operator: [alice, bob]", "operator: { a: b }", "wrong-shape", 13, 26, ""],
  ["a whole file that is a list", good, "- alice\n", "wrong-shape", 1, 1, "명부"],
  ["a channel to set up that nobody knows", "  email: { host", "  emial: { host", "unknown-channel", 26, 3, "emial"],
];

describe("a bad roster is refused whole, and the diagnostic says where and what", () => {
  for (const [what, from, to, code, line, column, found] of BAD) {
    test(what, () => {
      const text = good.replace(from, to);
      assert.notEqual(text, good);
      const { items, diagnostics } = read(text);
      assert.equal(items, undefined);
      const first = diagnostics.find((diagnostic) => diagnostic.code === code);
      assert.ok(first, JSON.stringify(diagnostics));
      if (line > 0) assert.equal(first.line, line, JSON.stringify(first));
      if (column > 0) assert.equal(first.column, column, JSON.stringify(first));
      if (found !== "") assert.equal(first.found, found);
      assert.equal(first.file, "roster.yaml");
      for (const said of [first.message, first.expected]) assert.ok(said.ko !== "" && said.en !== "");
    });
  }
});

test("a misspelt word is answered with the one that was meant", () => {
  const meant = (from: string, to: string): string => read(good.replace(from, to)).diagnostics[0]?.expected.en ?? "";
  assert.match(meant("groups:", "gruops:"), /did you mean 'groups'/u);
  assert.match(meant("slack: UALICE", "slakc: UALICE"), /did you mean 'slack'/u);
  assert.match(meant("[alice, Bob]", "[alcie, Bob]"), /did you mean 'alice'/u);
});

const IGNORED: readonly (readonly [what: string, from: string, to: string])[] = [
  ["overrides that are no list", "      - { person: bob, from", "      { person: bob, from"],
  ["a language that there is not", "language: en", "language: fr"],
  ["an admin that is neither yes nor no", "admin: yes", "admin: perhaps"],
  ["a name that is a list", "name: Alice", "name: [Alice]"],
  ["a zone that is a mapping", "zone: Asia/Seoul", "zone: { a: b }"],
  ["a grade that is a list", "grade: Major", "grade: [Major]"],
  [
    "settings that are a text",
    'email: { host: smtp.example.com, port: 587, secure: true, user: "0123" }',
    "email: smtp",
  ],
  ["a rotation without participants", "    participants: [alice, [alice, bob]]\n", ""],
  ["a label to match that is a list", "{ service: payment }", "{ service: [payment] }"],
];

describe("what cannot be read is told and not passed over", () => {
  for (const [what, from, to] of IGNORED) {
    test(what, () => {
      const text = good.replace(from, to);
      assert.notEqual(text, good);
      assert.ok(read(text).diagnostics.length > 0);
    });
  }
});

test("whatever is done to a roster, the reader answers with items or with diagnostics, and never with both", () => {
  const lines = good.split("\n");
  const edit = fc.record({ at: fc.nat(lines.length - 1), how: fc.nat(3), text: fc.string({ unit: "grapheme" }) });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 5 }), (edits) => {
      const changed = [...lines];
      for (const { at, how, text } of edits) {
        if (how === 0) changed.splice(at, 1);
        else if (how === 1) changed.splice(at, 0, changed[at] ?? "");
        else changed[at] = how === 2 ? text : `${changed[at]}${text}`;
      }
      const { items, diagnostics } = read(changed.join("\n"));
      assert.equal(items === undefined, diagnostics.length > 0);
    }),
    { numRuns: 300 },
  );
});

test("a rotation may be called otherwise than by its key, by which it is named", () => {
  const named = rosterFrom(good.replace("turn: 12 hours", "name: day and night\n    turn: 12 hours"));
  const [rotation] = named.rotations.values();
  assert.deepEqual([rotation?.id, rotation?.name], ["turns", "day and night"]);
  assert.deepEqual(named.teams.find(({ rotations }) => rotations.length > 0)?.rotations, ["turns"]);
});

test("a roster of five thousand people is read quickly", () => {
  const people = Array.from(
    { length: 5_000 },
    (_, index) => `  p${index}: { contacts: { email: p${index}@example.com } }`,
  );
  const begun = performance.now();
  assert.equal(rosterFrom(`people:\n${people.join("\n")}\n`).people.size, 5_000);
  assert.ok(performance.now() - begun < 3_000, `${performance.now() - begun} ms`);
});
