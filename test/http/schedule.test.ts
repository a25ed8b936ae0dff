import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownSchedule } from "../../src/http/wire/schedule.ts";
import { asId } from "../../src/id/id.ts";
import type { Rotation } from "../../src/roster/roster.ts";
import { DAY_MS, HOUR_MS, type Instant, toIso } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

const between = (from: Instant, to: Instant, more = ""): string =>
  `/api/v1/schedule?from=${toIso(from)}&to=${toIso(to)}${more}`;

describe("the schedule over HTTP", () => {
  let served: Served;
  let reader: Asker;
  let carol: Asker;
  let admin: Asker;
  before(async () => {
    const roster = ROSTER_TEXT.replace(
      "channels:",
      `leaves: [{ person: carol, from: 2026-03-05, to: 2026-03-05, note: the dentist }]
holidays: { 2026-03-04: our birthday, 2026-03-02: { name: a working day, off: no } }
channels:`,
    );
    served = await startServed({ policy: "```yaml\n" + POLICY_TEXT + "```\n", roster, start: T0 });
    reader = await served.as("read");
    carol = await served.as("respond", "carol");
    admin = await served.as("admin");
  });
  after(() => served?.stop());

  const schedule = async (ask: Asker, from: Instant, to: Instant, more = ""): Promise<ShownSchedule> => {
    const { status, body } = await ask<ShownSchedule>("GET", between(from, to, more));
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };

  test("with layers each rotation says whose turn it is by itself, leave or not; without asking nothing is said of it", async () => {
    const from = T0 + 3 * DAY_MS;
    const [plain] = (await schedule(carol, from, from + DAY_MS)).teams;
    assert.equal(plain?.layers, undefined);
    const [l1] = (await schedule(carol, from, from + DAY_MS / 2, "&layers=yes")).teams;
    assert.deepEqual(l1?.layers, [
      {
        rotation: "halves",
        turns: [
          { start: "2026-03-05T00:00:00.000Z", end: "2026-03-05T12:00:00.000Z", people: ["carol"] },
          { start: "2026-03-05T12:00:00.000Z", end: "2026-03-06T00:00:00.000Z", people: ["dave"] },
        ],
      },
    ]);
  });

  test("shows every team's shifts with their true beginnings and ends, whoever stands in, and the caller", async () => {
    const shown = await schedule(carol, T0, T0 + 7 * DAY_MS);
    assert.deepEqual(
      shown.teams.map(({ name, takesTurns, aroundTheClock }) => [name, takesTurns, aroundTheClock]),
      [
        ["L1", true, true],
        ["L2", false, false],
        ["L3", false, false],
      ],
    );
    const [l1] = shown.teams;
    assert.deepEqual(l1?.shifts[0], {
      start: "2026-03-02T00:00:00.000Z",
      end: "2026-03-02T12:00:00.000Z",
      rotation: "halves",
      people: ["carol"],
      because: "turn",
      insteadOf: [],
      turn: { start: "2026-03-02T00:00:00.000Z", end: "2026-03-02T12:00:00.000Z" },
      overrides: [],
      shadow: false,
    });
    const covered = l1?.shifts.filter(({ because }) => because === "leave");
    assert.deepEqual(
      covered?.map(({ people, insteadOf }) => [people, insteadOf]),
      [[["dave"], ["carol"]]],
    );
    assert.deepEqual(
      shown.teams.flatMap(({ gaps }) => gaps),
      [],
    );
    assert.deepEqual(
      shown.people.filter(({ mine }) => mine).map(({ id }) => id),
      ["carol"],
    );
    assert.deepEqual(shown.holidays, [
      { date: "2026-03-02", name: "a working day", public: true, off: false, managedBy: null },
      { date: "2026-03-04", name: "our birthday", public: false, off: true, managedBy: null },
    ]);
  });

  test("what somebody is away for is shown to them and to those who plan, and to nobody else", async () => {
    const noteFor = async (ask: Asker): Promise<string | null | undefined> =>
      (await schedule(ask, T0, T0 + 7 * DAY_MS)).leaves[0]?.note;
    assert.deepEqual(
      [await noteFor(reader), await noteFor(carol), await noteFor(admin)],
      [null, "the dentist", "the dentist"],
    );
  });

  test("one team alone, and a team that is not there", async () => {
    assert.deepEqual(
      (await schedule(reader, T0, T0 + DAY_MS, "&team=l2")).teams.map(({ name, members }) => [name, members]),
      [["L2", ["erin", "frank"]]],
    );
    assert.equal((await reader("GET", between(T0, T0 + DAY_MS, "&team=L9"))).code, "not-found");
  });

  test("a stretch without an end, of no length, or of more than a hundred days is refused by name", async () => {
    for (const path of [
      "/api/v1/schedule",
      `/api/v1/schedule?from=${toIso(T0)}`,
      "/api/v1/schedule?from=yesterday&to=today",
      between(T0, T0),
      between(T0, T0 + 100 * DAY_MS + 1),
    ])
      assert.equal((await reader("GET", path)).code, "bad-request", path);
    assert.equal((await reader("GET", between(T0, T0 + 100 * DAY_MS))).status, 200);
  });

  test("what is changed today leaves yesterday as it was, and gaps are looked for from now on", async () => {
    await served.world.advance(30 * HOUR_MS);
    const now = served.world.clock.now();
    const before = await schedule(reader, T0, T0 + 3 * DAY_MS, "&team=L1");
    const items = await served.world.store.rosterItems();
    const rotation = items.find(({ kind }) => kind === "rotation")?.data as Rotation;
    const emptied: Rotation = { ...rotation, participants: [[asId("dave")]], end: "2026-03-04T09:00" };
    await served.world.store.changeRoster([{ kind: "rotation", id: "halves", data: emptied, updatedAt: now }], [], now);
    const shown = await schedule(reader, T0, T0 + 3 * DAY_MS, "&team=L1");
    const past = (one: ShownSchedule): readonly unknown[] =>
      one.teams[0]?.shifts.filter(({ end }) => Date.parse(end) < now) ?? [];
    assert.ok(past(shown).length > 1);
    assert.deepEqual(past(shown), past(before));
    const [l1] = shown.teams;
    assert.ok(l1?.shifts.filter(({ start }) => Date.parse(start) >= now).every(({ people }) => people[0] === "dave"));
    // Who was on duty is told as it was too: carol in her turn, which is dave's now.
    const onDuty = async (at: Instant): Promise<readonly string[] | undefined> => {
      type OnCall = { readonly teams: readonly { readonly onDuty: readonly { readonly id: string }[] }[] };
      const { body } = await reader<OnCall>("GET", `/api/v1/oncall?at=${toIso(at)}`);
      return body.teams[0]?.onDuty.map(({ id }) => id);
    };
    assert.deepEqual([await onDuty(T0 + HOUR_MS), await onDuty(now + HOUR_MS)], [["carol"], ["dave"]]);
    assert.deepEqual(l1?.gaps, [{ start: "2026-03-04T00:00:00.000Z", end: toIso(T0 + 3 * DAY_MS) }]);
  });
});
