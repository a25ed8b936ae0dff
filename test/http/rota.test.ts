import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownRoster } from "../../src/http/wire/roster.ts";
import type { RotaApplied, ShownRotaAnswer } from "../../src/http/wire/rota.ts";
import { type House, startHouse } from "../peers/house.ts";

describe("rotas over HTTP", () => {
  let house: House;
  let admin: string;
  before(async () => {
    house = await startHouse();
    admin = await house.bongsu.token("admin");
  });
  after(() => house?.stop());

  const post = async <T>(path: string, body: unknown, status = 200): Promise<T> => {
    const answer = await house.call(path, {
      method: "POST",
      token: admin,
      body,
      headers: { "accept-language": "ko" },
    });
    assert.equal(answer.status, status, answer.text);
    return answer.json<T>();
  };
  const roster = async (): Promise<ShownRoster> =>
    (await house.call("/api/v1/roster", { token: admin })).json<ShownRoster>();

  test("two operators around the clock: none, why in words, and the head count that works", async () => {
    const shown = await post<ShownRotaAnswer>("/api/v1/rota", { people: 2, from: "2026-12-07" });
    assert.ok(shown.is === "none");
    assert.equal(shown.summary, "이 조건을 모두 지키는 편성은 없습니다.");
    assert.equal(shown.arguments[0]?.text, "2명으로 24시간 365일은 한 사람에 주 84시간입니다. 상한은 52시간입니다.");
    assert.equal(shown.smallest.heads, 4);
    assert.deepEqual([shown.question.weekHoursMax, shown.question.restHoursMin], [52, 11]);
  });

  test("what is not understood is told by field, all of it at once", async () => {
    const asked = { team: "없는 팀", weeks: 0, shifts: "7h", zone: "Asia/Nowhere" };
    const answer = await house.call("/api/v1/rota", { method: "POST", token: admin, body: asked });
    assert.equal(answer.status, 400);
    const { error } = answer.json<{ error: { facts: { problems: { field: string }[] } } }>();
    assert.deepEqual(error.facts.problems.map(({ field }) => field).sort(), ["shifts", "team", "weeks", "zone"]);
    for (const shape of [
      { people: "two" },
      { people: [1] },
      { weeks: "4" },
      { perShfit: 2 },
      { people: [{ away: [] }] },
    ])
      await post("/api/v1/rota", shape, 400);
    await post("/api/v1/rota", { people: 2, timeSeconds: 1_000 }, 400);
  });

  test("a rota becomes rotations of its team, above those it had, in one change", async () => {
    const people = (await roster()).people.map(({ id }) => id);
    const asked = { people: people.slice(0, 4), from: "2027-01-04", weeks: 1, weekHoursMax: 60 };
    const shown = await post<ShownRotaAnswer>("/api/v1/rota", asked);
    assert.ok(shown.is === "rota", shown.summary);
    assert.equal(shown.shifts.length, 14);
    assert.equal(
      shown.tallies.reduce((sum, { hours }) => sum + hours, 0),
      168,
    );
    await post("/api/v1/roster/teams", { data: { name: "교대팀", members: [], rotations: [] } }, 201);
    const apply = { team: "교대팀", rotations: shown.rotations, confirm: true };
    const first = await post<RotaApplied>("/api/v1/rota/apply", apply);
    const second = await post<RotaApplied>("/api/v1/rota/apply", apply);
    const now = await roster();
    const team = now.teams.find(({ name }) => name === "교대팀");
    assert.deepEqual(team?.rotations, [...first.rotations, ...second.rotations]);
    const priorities = [...first.rotations, ...second.rotations].map(
      (id) => now.rotations.find((one) => one.id === id)?.priority,
    );
    assert.deepEqual(priorities, [0, 0, 1, 1]);
  });

  test("a rota for a team that a file manages is refused, and so is one for none", async () => {
    const rotations = [{ name: "x", data: { participants: [["l1"]], turns: [], hours: [] } }];
    const managed = (await roster()).teams.find(({ managedBy }) => managedBy !== null);
    await post("/api/v1/rota/apply", { team: managed?.name, rotations }, 409);
    await post("/api/v1/rota/apply", { team: "없는 팀", rotations }, 404);
    await post("/api/v1/rota/apply", { team: "교대팀", rotations: [] }, 400);
  });
});
