import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownLoad } from "../../src/http/wire/load.ts";
import { type House, startHouse } from "../peers/house.ts";

const ROTATION = {
  zone: "Asia/Seoul",
  turns: [{ unit: "days", count: 1 }],
  start: "2027-02-01T20:00",
  end: "2027-03-01T20:00",
  hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "20:00", to: "08:00" }],
  holidays: "as-usual",
  shadow: false,
};

describe("the load of duty over HTTP", () => {
  let house: House;
  let admin: string;
  let people: readonly string[];
  before(async () => {
    house = await startHouse();
    admin = await house.bongsu.token("admin");
    const roster = (await house.call("/api/v1/roster", { token: admin })).json<{ people: { id: string }[] }>();
    people = roster.people.map(({ id }) => id).slice(0, 2);
    const post = async (path: string, body: unknown, status: number): Promise<void> => {
      const answer = await house.call(path, { method: "POST", token: admin, body });
      assert.equal(answer.status, status, answer.text);
    };
    await post("/api/v1/roster/teams", { data: { name: "야간팀", members: [], rotations: [] } }, 201);
    const rotations = [{ name: "야간", data: { ...ROTATION, participants: people.map((person) => [person]) } }];
    await post("/api/v1/rota/apply", { team: "야간팀", rotations, confirm: true }, 200);
  });
  after(() => house?.stop());

  const get = async (path: string): Promise<ShownLoad> => {
    const answer = await house.call(path, { token: admin, headers: { "accept-language": "ko" } });
    assert.equal(answer.status, 200, answer.text);
    return answer.json<ShownLoad>();
  };

  test("hours, nights and holidays of each person, and how far a team's people are apart", async () => {
    const load = await get("/api/v1/load?month=2027-02&team=야간팀");
    assert.deepEqual([load.from, load.to], ["2027-02-01", "2027-02-28"]);
    assert.deepEqual(load.people.map(({ id }) => id).sort(), [...people].sort());
    const [one, other] = load.people;
    // 28 nights in turn; the last one goes on into March.
    assert.equal((one?.standby ?? 0) + (other?.standby ?? 0), 28 * 12 * 60 - 8 * 60);
    // Of the last night less than three hours are in February: it is a night of March.
    assert.deepEqual([one?.nights, other?.nights], [14, 13]);
    const holidays = new Set(load.people.flatMap(({ holidayDays }) => holidayDays.map(({ name }) => name)));
    assert.ok(holidays.has("설날"));
    assert.deepEqual(load.teams[0]?.standby.most, Math.max(one?.standby ?? 0, other?.standby ?? 0));
    assert.ok(load.people.every(({ shortestRest }) => shortestRest === 36 * 60));
  });

  test("a page that was sent and an incident that was held are there, whoever was on duty", async () => {
    await house.call("/api/v1/signals", {
      method: "POST",
      token: await house.bongsu.token("ingest"),
      body: { key: "db/down", title: "응답 없음", service: "db", severity: "critical" },
    });
    const { number } = await house.incident("db");
    const made = await house.bongsu.cli("token", "create", "--scopes", "respond", "--person", "boss");
    const boss = made.stdout.trim();
    for (const action of ["acknowledge", "resolve"]) {
      const done = await house.call(`/api/v1/incidents/${number}/${action}`, { method: "POST", token: boss, body: {} });
      assert.equal(done.status, 200, done.text);
    }
    const today = Temporal.Now.zonedDateTimeISO("Asia/Seoul").toPlainDate();
    const days = `from=${today.subtract({ days: 1 }).toString()}&to=${today.toString()}`;
    const load = await get(`/api/v1/load?${days}`);
    // A minute has not passed: that it is told at all is the promise, and who was paged besides is in it too.
    assert.ok(load.people.some(({ id }) => id === "boss"));
    assert.equal(load.isWhole, true);
  });

  test("the table for the payroll is a file that a spreadsheet opens", async () => {
    const answer = await house.call("/api/v1/load/csv?month=2027-02&team=야간팀&by=shift&bom=1&locale=ko", {
      token: admin,
    });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/csv/u);
    assert.match(answer.headers.get("content-disposition") ?? "", /bongsu-load-2027-02-01-2027-02-28\.csv/u);
    const [head, ...rows] = answer.text.replace("\uFEFF", "").trimEnd().split("\r\n");
    assert.match(head ?? "", /^날짜,담당자 ID,이름,팀,시작,끝,대기\(분\)/u);
    assert.equal(rows.length, 28);
  });

  test("what is wrong is told with what would be right", async () => {
    for (const [query, status] of [
      ["", 400],
      ["from=2027-02-01&to=2027-01-01", 400],
      ["from=2027-01-01&to=2027-12-31", 400],
      ["month=2027-13", 400],
      ["month=2027-02&team=없는 팀", 404],
    ] as const)
      assert.equal((await house.call(`/api/v1/load?${query}`, { token: admin })).status, status, query);
    assert.equal((await house.call("/api/v1/load/csv?month=2027-02&by=week", { token: admin })).status, 400);
  });
});
