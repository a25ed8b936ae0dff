import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { BulkResult, IncidentFacets, IncidentList } from "../../src/http/wire/incident-list.ts";
import { type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

describe("the list of incidents", () => {
  let house: House;
  let token: string;
  const list = async (query: string): Promise<IncidentList> => {
    const answer = await house.call(`/api/v1/incidents?${query}`, { token });
    assert.equal(answer.status, 200, answer.text);
    return answer.json<IncidentList>();
  };
  const numbers = async (query: string): Promise<readonly number[]> =>
    (await list(query)).incidents.map(({ number }) => number);
  const post = (path: string, body: unknown): ReturnType<House["call"]> =>
    house.call(path, { token, method: "POST", body });
  before(async () => {
    house = await startHouse();
    token = await house.bongsu.token("respond");
    for (const [title, service, grade, drill] of [
      ["결제서버 응답 지연", "결제", "Critical", false],
      ["주문 큐 적체", "주문", "Minor", false],
      ["훈련: DB 장애조치", "결제", "Minor", true],
    ])
      assert.equal((await post("/api/v1/incidents", { title, service, grade, drill })).status, 201);
  });
  after(() => house?.stop());

  test("finds two syllables inside a word, INC numbers, notes, and who acknowledged", async () => {
    await post("/api/v1/incidents/2/note", { text: "스토리지 팀에 문의함" });
    await post("/api/v1/incidents/2/acknowledge", {});
    await until(
      "the notes in the index",
      async () => (await numbers(`q=${encodeURIComponent("스토리지")}`)).length === 1,
    );
    assert.deepEqual(await numbers(`q=${encodeURIComponent("서버")}`), [1]);
    assert.deepEqual(await numbers(`q=${encodeURIComponent("장애 db")}`), [3]);
    assert.deepEqual(await numbers("q=inc-2"), [2]);
    assert.deepEqual(await numbers(`q=${encodeURIComponent("적")}`), [2]);
    assert.deepEqual(await numbers(`q=${encodeURIComponent("결제")}&grade=Minor`), [3]);
    assert.deepEqual(await numbers(`q=${encodeURIComponent("없는말")}`), []);
  });

  test("filters by state, several grades, service, time and drill, newest first, and tells how many", async () => {
    assert.deepEqual(await numbers("state=triggered"), [3, 1]);
    assert.deepEqual(await numbers("grade=Critical,Minor"), [3, 2, 1]);
    assert.deepEqual(await numbers(`service=${encodeURIComponent("결제")}&drill=false`), [1]);
    assert.deepEqual(await numbers("drill=true"), [3]);
    assert.deepEqual(await numbers("from=2100-01-01T00:00:00Z"), []);
    const first = await list("limit=2");
    assert.equal(first.total, 3);
    assert.deepEqual(await numbers(`limit=2&before=${first.before}`), [1]);
    const [newest] = first.incidents;
    assert.equal(newest?.gradeRank, 1);
    assert.equal(newest?.next === null || newest?.next?.due !== "", true);
    const wrong = await house.call("/api/v1/incidents?from=yesterday", { token });
    assert.match(wrong.text, /"field":"from"/);
  });

  test("what comes next stands in the row of one that is open", async () => {
    const { incidents } = await list("state=triggered&grade=Critical");
    assert.match(incidents[0]?.next?.what ?? "", /[가-힣]/);
    assert.ok(Date.parse(incidents[0]?.next?.due ?? "") > Date.parse(incidents[0]?.openedAt ?? ""));
  });

  test("says what can be filtered by", async () => {
    const facets = (await house.call("/api/v1/incidents/facets", { token })).json<IncidentFacets>();
    assert.deepEqual(facets.services, ["결제", "주문"]);
    assert.equal(facets.grades[0]?.name, "Critical");
    assert.ok(facets.people.some(({ name }) => name === "김팀장"));
  });

  test("one action on many: each says what became of it, and those that cannot do not stop the others", async () => {
    const bulk = (
      await post("/api/v1/incidents/bulk", { numbers: [1, 2, 3, 99], action: "resolve" })
    ).json<BulkResult>();
    assert.equal(bulk.done, 3);
    assert.deepEqual(bulk.results.at(-1), {
      number: 99,
      done: false,
      because: "no-such-incident",
      why: "그런 장애가 없습니다",
    });
    const again = (await post("/api/v1/incidents/bulk", { numbers: [1], action: "resolve" })).json<BulkResult>();
    assert.equal(again.results[0]?.because, "already-resolved");
    assert.deepEqual(await numbers("state=resolved"), [3, 2, 1]);
    for (const body of [
      { numbers: [], action: "resolve" },
      { numbers: ["1"], action: "resolve" },
      { numbers: [1], action: "hand-over" },
      { numbers: Array.from({ length: 501 }, (_, n) => n + 1), action: "resolve" },
    ])
      assert.equal((await post("/api/v1/incidents/bulk", body)).status, 400);
  });
});
