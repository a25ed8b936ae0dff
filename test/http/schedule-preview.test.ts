import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { RotationPut, ShownRoster } from "../../src/http/wire/roster.ts";
import type { SchedulePreview, SchedulePreviewRequest, ShownSchedule } from "../../src/http/wire/schedule.ts";
import { DAY_MS, HOUR_MS, toIso } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

const HALVES: RotationPut = {
  name: "halves",
  zone: "Asia/Seoul",
  participants: [["carol"], ["dave"]],
  turns: [{ unit: "hours", count: 12 }],
  start: "2026-01-05T09:00",
  priority: 0,
  hours: [],
  holidays: "as-usual",
  shadow: false,
};
const ON_WORKDAYS: RotationPut = { ...HALVES, hours: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" }] };

describe("the schedule before it is saved", () => {
  let served: Served;
  let reader: Asker;
  let admin: Asker;
  before(async () => {
    served = await startServed({ policy: "```yaml\n" + POLICY_TEXT + "```\n", roster: ROSTER_TEXT, start: T0 });
    reader = await served.as("read");
    admin = await served.as("admin");
  });
  after(() => served?.stop());

  const WEEK = { start: toIso(T0), end: toIso(T0 + 7 * DAY_MS) };
  const preview = async (wish: Partial<SchedulePreviewRequest>): Promise<SchedulePreview> => {
    const { status, body } = await reader<SchedulePreview>("POST", "/api/v1/schedule/preview", {
      ...WEEK,
      put: [],
      remove: [],
      ...wish,
    });
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const rotationPut = (data: RotationPut, id = "halves") => ({ kind: "rotation", id, data: { ...data } });
  const peopleOf = ([team]: SchedulePreview["after"], at: number): readonly string[] =>
    team?.shifts
      .filter(({ start, end }) => Date.parse(start) <= at && at < Date.parse(end))
      .flatMap(({ people }) => people) ?? [];

  test("shows the teams that it touches before and after, the gaps that it tears, and what check would say of them", async () => {
    const { before: now, after: then, found, mended } = await preview({ put: [rotationPut(ON_WORKDAYS)] });
    assert.deepEqual([now.map(({ name }) => name), then.map(({ name }) => name)], [["L1"], ["L1"]]);
    assert.deepEqual(now[0]?.gaps, []);
    assert.deepEqual(then[0]?.gaps[0], { start: "2026-03-02T09:00:00.000Z", end: "2026-03-03T00:00:00.000Z" });
    assert.ok(
      found.some(({ level, message }) => level === "error" && message.includes("L1")),
      JSON.stringify(found),
    );
    assert.ok(found.every(({ why, mend }) => why !== "" && mend !== ""));
    assert.deepEqual(mended, []);
  });

  test("the schedule alone, where what check finds is asked for later", async () => {
    const { after: then, found } = await preview({ put: [rotationPut(ON_WORKDAYS)], findings: false });
    assert.deepEqual([then[0]?.gaps.length === 0, found], [false, []]);
  });

  test("writes nothing", async () => {
    const revision = await served.world.store.rosterRevision();
    await preview({ put: [rotationPut(ON_WORKDAYS)] });
    await preview({ remove: [{ kind: "rotation", id: "halves" }] });
    assert.equal(await served.world.store.rosterRevision(), revision);
  });

  test("a rotation that there is not yet, put into a team by the way", async () => {
    const nights = { ...ON_WORKDAYS, name: "nights", participants: [["frank"]], teams: ["L2"] };
    const { before: now, after: then } = await preview({ put: [rotationPut(nights, "nights")] });
    assert.deepEqual([now[0]?.takesTurns, then[0]?.name, then[0]?.rotations], [false, "L2", ["nights"]]);
    assert.deepEqual(peopleOf(then, T0), ["frank"]);
  });

  test("one that goes leaves its team without turns: everybody is on duty", async () => {
    const { before: now, after: then } = await preview({ remove: [{ kind: "rotation", id: "halves" }] });
    assert.deepEqual([now[0]?.takesTurns, then[0]?.takesTurns, then[0]?.gaps], [true, false, []]);
  });

  test("an override, a leave and a company holiday as well", async () => {
    const stretch = { start: toIso(T0), end: toIso(T0 + HOUR_MS) };
    const override = { kind: "override", id: "o-1", data: { rotation: "halves", person: "alice", ...stretch } };
    assert.deepEqual(peopleOf((await preview({ put: [override] })).after, T0), ["alice"]);
    const leave = { kind: "leave", id: "l-1", data: { person: "carol", ...stretch } };
    assert.deepEqual(peopleOf((await preview({ put: [leave] })).after, T0), ["dave"]);
    const holiday = { kind: "holiday", id: "2026-03-04", data: { name: "our birthday" } };
    const put = [holiday, rotationPut({ ...HALVES, holidays: "off" })];
    const l1 = (await preview({ put })).after.find(({ name }) => name === "L1");
    assert.deepEqual(l1?.gaps.at(-1), { start: "2026-03-03T15:00:00.000Z", end: "2026-03-04T15:00:00.000Z" });
  });

  test("what would be refused is refused, and what it is asked of has a limit", async () => {
    const refused: readonly (readonly [Partial<SchedulePreviewRequest>, string])[] = [
      [{ put: [rotationPut({ ...HALVES, participants: [["nobody"]] })] }, "roster-refused"],
      [{ put: [{ kind: "person", id: "carol", data: {} }] }, "bad-request"],
      [{ remove: [{ kind: "channel", id: "email" }] }, "bad-request"],
      [{ end: toIso(T0 + 101 * DAY_MS) }, "bad-request"],
      [{ start: toIso(T0 - 2 * DAY_MS), end: toIso(T0 - DAY_MS) }, "bad-request"],
      [{ put: Array.from({ length: 51 }, () => rotationPut(HALVES)) }, "bad-request"],
    ];
    for (const [wish, code] of refused) {
      const body = { ...WEEK, put: [], remove: [], ...wish };
      assert.equal((await reader("POST", "/api/v1/schedule/preview", body)).code, code, JSON.stringify(wish));
    }
  });

  test("what is saved is what was shown, and yesterday stays as it was", async () => {
    await served.world.advance(30 * HOUR_MS);
    const now = served.world.clock.now();
    const schedule = async (): Promise<ShownSchedule["teams"]> => {
      const path = `/api/v1/schedule?from=${toIso(T0)}&to=${toIso(T0 + 7 * DAY_MS)}&team=L1`;
      return (await reader<ShownSchedule>("GET", path)).body.teams;
    };
    const change = { ...HALVES, name: "quarters", participants: [["dave"], ["carol"]] };
    const promised = await preview({ put: [rotationPut(change)] });
    const was = await schedule();
    const { revision } = (await admin<ShownRoster>("GET", "/api/v1/roster")).body.rotations[0] as { revision: number };
    const saved = await admin("PUT", "/api/v1/roster/rotations/halves", { data: change, revision });
    assert.equal(saved.status, 200, JSON.stringify(saved.body));
    const is = await schedule();
    for (let at = T0; at < T0 + 7 * DAY_MS; at += HOUR_MS) {
      const wanted = at < now ? was : promised.after;
      if (at < now || at >= now + HOUR_MS) assert.deepEqual(peopleOf(is, at), peopleOf(wanted, at), toIso(at));
    }
    assert.deepEqual([peopleOf(is, T0), peopleOf(is, T0 + 48 * HOUR_MS)], [["carol"], ["dave"]]);
    // Its shifts of yesterday and of tomorrow are those of one rotation, by whatever name.
    assert.deepEqual([...new Set(is[0]?.shifts.map(({ rotation }) => rotation))], ["halves"]);
    const path = `/api/v1/schedule?from=${toIso(T0)}&to=${toIso(T0 + DAY_MS)}`;
    assert.deepEqual((await reader<ShownSchedule>("GET", path)).body.rotations, [{ id: "halves", name: "quarters" }]);
  });
});
