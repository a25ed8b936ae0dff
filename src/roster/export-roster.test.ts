import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ROSTER_TEXT, rosterFrom } from "../../test/fixtures/core.ts";
import { asId, type Id } from "../id/id.ts";
import { COLLECTOR_KINDS } from "../monitor/target.ts";
import { CHANNEL_KINDS } from "../policy/policy.ts";
import { openStore } from "../store/open-store.ts";
import { planChange, type StoredItem } from "./change-plan.ts";
import { exportRoster } from "./export-roster.ts";
import { type DeclaredItem, readRoster } from "./read-roster.ts";
import type { Roster } from "./roster.ts";
import { rosterOf } from "./roster-of.ts";

const FILE = "roster.yaml";

function itemsOf(text: string): readonly DeclaredItem[] {
  const { items, diagnostics } = readRoster({ file: FILE, text });
  assert.deepEqual(diagnostics, []);
  return items ?? [];
}

function stored(items: readonly DeclaredItem[], managedBy = FILE): readonly StoredItem[] {
  return items.map(({ kind, id, data }) => ({
    kind,
    id,
    data: JSON.parse(JSON.stringify(data)) as unknown,
    managedBy,
  }));
}

/** What applying the export of these items over themselves would do. */
function reapplied(items: readonly DeclaredItem[]) {
  const { create, update, remove, unchanged, refused } = planChange(
    stored(items),
    itemsOf(exportRoster(rosterOf(items))),
    FILE,
  );
  return { create, update, remove, refused, unchanged };
}

function nothing(unchanged: number) {
  return { create: [], update: [], remove: [], refused: [], unchanged };
}

const FULL = `${ROSTER_TEXT.replace(
  "zone: Asia/Seoul",
  "zone: America/New_York, overrides: [{ person: dave, from: 2026-03-02T10:30, to: 2026-03-02T11:00 }, { person: carol, from: 2026-07-02T10:30, to: 2026-07-03T11:00 }]",
)}services:
  payment: { match: { service: payment, "k8s.io/app": "yes" }, grade: Major, depends on: [database] }
  database: { match: { job: mariadb } }
targets:
  api: { collector: http, settings: { url: "https://api.example.com/health", expect: [200, 204] }, every: 15s, labels: { service: payment } }
  db1: { collector: mariadb, settings: { password: { env: DB1 }, host: db1, port: 3306, tls: true, slow: 0.5, zone: "0900" }, agent: db1 }
heartbeats:
  night backup: { cron: "0 3 * * 1-5", zone: Europe/Berlin, grace: 90m, grade: Minor, service: database }
  billing: { every: 1 hour, grace: 45s }
`.replace(
  "channels: { email: {}, slack: {}, sms: {} }",
  `channels:
  email: { host: smtp.example.com, port: 587, secure: false, user: "0587", note: null, to: [a, b], nested: { deep: [1, true, "true"] } }`,
);

describe("apply and export are inverse", () => {
  for (const [what, text] of [
    ["the cast of the tests", ROSTER_TEXT],
    ["a roster with overrides in another zone, services and settings of every kind", FULL],
    ["the example that ships", readFileSync("policies/example-roster.yaml", "utf8")],
    ["an empty roster", ""],
  ] as const) {
    test(`${what}, exported and applied again, changes nothing`, () => {
      const items = itemsOf(text);
      assert.deepEqual(reapplied(items), nothing(items.length));
    });
  }

  test("what was exported reads as the same roster", () => {
    const roster = rosterFrom(FULL);
    assert.deepEqual(rosterFrom(exportRoster(roster)), roster);
  });

  test("an export of an export is the same text", () => {
    const once = exportRoster(rosterFrom(FULL));
    assert.equal(exportRoster(rosterFrom(once)), once);
  });

  test("no line of it is folded, however long an address is", () => {
    const long = "https://example.com/".padEnd(400, "a b ");
    const text = exportRoster(rosterFrom(`people: { ann: { contacts: { webhook: "${long.trim()}" } } }`));
    assert.ok(text.includes(long.trim()));
  });
});

const AWKWARD = [
  "yes",
  "null",
  "~",
  "true",
  "123",
  "0123",
  "1e3",
  "0x10",
  "1.50",
  "a: b",
  "a #b",
  "- c",
  "O'Neil",
  'say "hi"',
  "[x]",
  "{y}",
  "*z",
  "&w",
  "!t",
  "%d",
  "@at",
  "`tick`",
  "back\\slash",
  "tab\there",
  "two\nlines",
  "<<",
  "=",
  "?",
  "김 하나",
  "2026-01-05",
  "constructor",
  "toString",
  "__proto__x",
  "🔥",
  "é",
  "a,b",
  "...",
  "---",
];
const text = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .map((raw) => raw.trim())
    .filter((raw) => raw !== "" && raw.isWellFormed()),
);
const setting = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.boolean(),
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
      .map((number) => (number === 0 ? 0 : number)),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(text, tie("value"), { maxKeys: 2 }),
  ),
})).value;
const ids = ["p1", "p2", "p3"].map((id) => asId<"person">(id));
const rosters: fc.Arbitrary<Roster> = fc
  .record({
    names: fc.array(text, { minLength: 3, maxLength: 3 }),
    titles: fc.array(text, { maxLength: 2 }),
    admin: fc.boolean(),
    kinds: fc.uniqueArray(fc.constantFrom(...CHANNEL_KINDS.filter((kind) => kind !== "phone" && kind !== "sms"))),
    address: text,
    keys: fc.uniqueArray(text, { maxLength: 3 }),
    members: fc.subarray(ids),
    zone: fc.constantFrom("Asia/Seoul", "America/New_York", "Australia/Lord_Howe"),
    turns: fc.array(
      fc.record({
        unit: fc.constantFrom("hours" as const, "days" as const, "weeks" as const, "months" as const),
        count: fc.integer({ min: 1, max: 1000 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    shape: fc.record(
      {
        end: fc.constant("2030-01-01T00:00"),
        priority: fc.integer({ min: 0, max: 100 }),
        hours: fc.array(
          fc.record({
            days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
            from: fc.constantFrom("00:00", "09:30"),
            to: fc.constantFrom("00:00", "06:00", "18:00"),
          }),
          { maxLength: 2 },
        ),
        holidays: fc.constantFrom("as-usual" as const, "off" as const, "only" as const),
        shadow: fc.boolean(),
      },
      { requiredKeys: ["priority", "hours", "holidays", "shadow"] },
    ),
    stretches: fc.uniqueArray(
      fc.record(
        {
          person: fc.constantFrom(...ids),
          // In the hour that comes twice in two of the zones, too.
          minute: fc.constantFrom(29_800_000, 29_889_030, 29_700_000, 29_593_200 + 15),
          minutes: fc.integer({ min: 1, max: 5_000 }),
          note: text,
        },
        { requiredKeys: ["person", "minute", "minutes"] },
      ),
      { maxLength: 3, selector: ({ person, minute }) => `${person}${minute}` },
    ),
    days: fc.uniqueArray(
      fc.record({ date: fc.constantFrom("2026-12-24", "2027-02-08"), name: text, off: fc.boolean() }),
      { selector: ({ date }) => date },
    ),
    participants: fc.array(fc.subarray(ids, { minLength: 1 }), { minLength: 1, maxLength: 3 }),
    match: fc.dictionary(text, text, { maxKeys: 3 }),
    targets: fc.array(
      fc.record(
        {
          collector: fc.constantFrom(...COLLECTOR_KINDS),
          settings: fc.dictionary(text, setting, { maxKeys: 3 }),
          every: fc.integer({ min: 5, max: 3_600 }).map((seconds) => seconds * 1_000),
          agent: text,
          labels: fc.dictionary(text, text, { maxKeys: 2 }),
        },
        { requiredKeys: ["collector", "settings", "every", "labels"] },
      ),
      { maxLength: 2 },
    ),
    heartbeats: fc.array(
      fc.record(
        {
          schedule: fc.oneof(
            fc
              .integer({ min: 10, max: 100_000 })
              .map((seconds) => ({ kind: "every" as const, every: seconds * 1_000 })),
            fc.constantFrom("0 3 * * *", "*/5 9-18 * * MON-FRI", "@daily").map((cron) => ({
              kind: "cron" as const,
              cron,
              zone: "America/New_York",
            })),
          ),
          grace: fc.integer({ min: 1, max: 100_000 }).map((seconds) => seconds * 1_000),
          grade: text,
          service: text,
        },
        { requiredKeys: ["schedule", "grace"] },
      ),
      { maxLength: 2 },
    ),
  })
  .map(
    ({
      names,
      titles,
      admin,
      kinds,
      address,
      keys,
      members,
      zone,
      turns,
      shape,
      stretches,
      days,
      participants,
      match,
      targets,
      heartbeats,
    }) => ({
      people: new Map(
        ids.map((id, index) => [
          id,
          {
            id,
            // Two people of one name would have to be told apart by their ids, which the names here must not be.
            name: `${names[index] ?? ""} (${index})`,
            titles,
            locale: index === 0 ? "en" : "ko",
            contacts: kinds.map((channel) => ({ channel, address })),
            admin,
          } as const,
        ]),
      ),
      groups: keys.map((name) => ({ name, members })),
      teams: keys.map((name, index) => ({
        name,
        members: members.map((person) => ({ person, role: `r${index}` })),
        rotations: [asId<"rotation">("turns")],
      })),
      rotations: new Map([
        [
          asId<"rotation">("turns"),
          {
            id: asId<"rotation">("turns"),
            name: admin ? "turns" : `${names[0] ?? ""} (turns)`,
            zone,
            participants,
            turns,
            start: "2026-01-05T09:00",
            ...shape,
          },
        ],
      ]),
      overrides: stretches.map(({ person, minute, minutes, note }) => ({
        id: asId<"override">(""),
        rotation: asId<"rotation">("turns"),
        person,
        ...(person === ids[0] ? { instead: ids[1] as Id<"person"> } : {}),
        start: minute * 60_000,
        end: (minute + minutes) * 60_000,
        ...(note === undefined ? {} : { note }),
      })),
      leaves: stretches.map(({ person, minute, minutes }) => ({
        id: asId<"leave">(""),
        person,
        start: minute * 60_000,
        end: (minute + minutes) * 60_000,
      })),
      holidays: days,
      services: keys.map((name) => ({ name, match, dependsOn: titles, ...(titles[0] ? { grade: titles[0] } : {}) })),
      channels: kinds.map((kind) => ({ kind, settings: { ...match } })),
      monitors: [],
      targets: targets.map(({ agent, ...rest }, index) => ({
        ...rest,
        id: asId<"target">(`${names[index % 3] ?? ""} [${index}]`),
        ...(agent === undefined ? {} : { agent }),
      })),
      heartbeats: heartbeats.map((one, index) => ({
        ...one,
        id: asId<"heartbeat">(`hb ${names[index % 3] ?? ""} [${index}]`),
      })),
    }),
  );

/** Without the order of the items, and without what no row knows: whether an object has a prototype. */
function comparable(roster: Roster): unknown {
  const { people, rotations, groups, teams, services, channels, overrides, leaves, holidays, targets, heartbeats } =
    roster;
  const unnamed = (items: readonly object[]): readonly string[] =>
    items.map((item) => JSON.stringify({ ...item, id: "" })).sort();
  const byName = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
    items.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const value = {
    people: [...people],
    rotations: [...rotations],
    groups: byName(groups),
    teams: byName(teams),
    services: byName(services),
    channels,
    overrides: unnamed(overrides),
    leaves: unnamed(leaves),
    holidays: holidays.map((day) => JSON.stringify(day)).sort(),
    targets,
    heartbeats,
  };
  return JSON.parse(JSON.stringify(value));
}

test("services are exported in their order, whatever they are called", () => {
  const roster = rosterFrom("services:\n  zeta: { match: { a: b } }\n  1: { match: { a: b } }\n");
  assert.deepEqual(rosterFrom(exportRoster(roster)).services, roster.services);
});

test("whatever names, titles and addresses people have, the export reads as the same roster", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      const again = rosterOf(itemsOf(exportRoster(roster)));
      assert.deepEqual(comparable(again), comparable(roster));
      const items = itemsOf(exportRoster(again));
      assert.deepEqual(reapplied(items), nothing(items.length));
      assert.deepEqual(exportRoster(again), exportRoster(rosterOf(items)));
    }),
    { numRuns: 150 },
  );
});

test("a role that has the name of something built in is exported", () => {
  for (const role of ["constructor", "toString", "__proto__"]) {
    const items = itemsOf(`people: { ann: {} }\nteams: { L1: { members: { ${role}: [ann] } } }\n`);
    assert.deepEqual(reapplied(items), nothing(items.length));
  }
});

describe("through the store", () => {
  /** The roster as it comes back from the rows that applying it wrote. */
  async function kept(text: string): Promise<Roster> {
    const store = await openStore(":memory:", { turn: "microtask" });
    try {
      const updatedAt = 0;
      await store.changeRoster(
        itemsOf(text).map((item) => ({ ...item, managedBy: FILE, updatedAt })),
        [],
        updatedAt,
      );
      return rosterOf(await store.rosterItems());
    } finally {
      await store.close();
    }
  }

  test("what was applied, exported and applied again changes nothing", async () => {
    const items = itemsOf(FULL);
    const again = itemsOf(exportRoster(await kept(FULL)));
    const { create, update, remove, unchanged } = planChange(stored(items), again, FILE);
    assert.deepEqual(
      { create, update, remove, unchanged },
      { create: [], update: [], remove: [], unchanged: items.length },
    );
  });

  test("overrides that a file does not list by time, exported and applied again, change nothing", async () => {
    const unordered = FULL.replace(
      /overrides: \[(\{[^}]*\}), (\{[^}]*\})\]/u,
      (_, first: string, second: string) => `overrides: [${second}, ${first}]`,
    );
    assert.notEqual(unordered, FULL);
    const { create, remove } = planChange(
      stored(itemsOf(unordered)),
      itemsOf(exportRoster(await kept(unordered))),
      FILE,
    );
    assert.deepEqual([create, remove], [[], []]);
  });
});
