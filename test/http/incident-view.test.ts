import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { IncidentOverview, ToldTimeline } from "../../src/http/wire/incident.ts";
import type { NowBoard } from "../../src/http/wire/now.ts";
import type { ReportDraft } from "../../src/http/wire/report.ts";
import { type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

describe("what the incident page and the board show", () => {
  let house: House;
  let token: string;
  let number: number;
  const ko = { "accept-language": "ko" };
  const get = async <T>(path: string, headers: Record<string, string> = ko): Promise<T> =>
    (await house.call(path, { token, headers })).json<T>();
  const post = (path: string, body: unknown = {}) =>
    house.call(`/api/v1/incidents/${number}/${path}`, { token, method: "POST", body });
  before(async () => {
    house = await startHouse();
    token = await house.bongsu.token("respond");
    const body = { title: "결제 실패", service: "결제", grade: "Critical" };
    number = (await house.call("/api/v1/incidents", { token, method: "POST", body })).json<{ number: number }>().number;
  });
  after(() => house?.stop());

  test("the next step that is shown is the first step of the plan", async () => {
    const overview = await get<IncidentOverview>(`/api/v1/incidents/${number}/overview`);
    const { steps } = await get<{ steps: { due: string; kind: string }[] }>(`/api/v1/incidents/${number}/plan`);
    assert.equal(overview.steps[0]?.kind, steps[0]?.kind);
    const board = await get<NowBoard>("/api/v1/now");
    const mine = board.incidents.find((one) => one.number === number);
    const reaching = overview.steps.find(({ reach }) => reach.length > 0);
    assert.deepEqual([mine?.next?.kind, mine?.next?.due], [reaching?.kind, reaching?.due]);
    assert.equal(mine?.respondBy, overview.respondBy);
  });

  test("each step and each page says which line of the policy demands it", async () => {
    const { rows } = await until("the first page", async () => {
      const told = await get<ToldTimeline>(`/api/v1/incidents/${number}/told`);
      return told.rows.some(({ type }) => type === "delivery-accepted") ? told : undefined;
    });
    const step = rows.find(({ type }) => type === "step-taken");
    assert.ok((step?.clause?.line ?? 0) > 0);
    assert.ok(step?.reach.every(({ delivery }) => delivery !== null));
  });

  test("the timeline is told from after what is known, in the language that is asked for", async () => {
    const all = await get<ToldTimeline>(`/api/v1/incidents/${number}/told`);
    const after = all.rows[1]?.seq ?? 0;
    const rest = await get<ToldTimeline>(`/api/v1/incidents/${number}/told?after=${after}`);
    assert.deepEqual(
      rest.rows.slice(0, all.rows.length - 2).map(({ seq }) => seq),
      all.rows.slice(2).map(({ seq }) => seq),
    );
    const english = await get<ToldTimeline>(`/api/v1/incidents/${number}/told`, { "accept-language": "en" });
    assert.match(english.rows[0]?.what ?? "", /opened as Critical/);
    assert.match(all.rows[0]?.what ?? "", /장애가 열렸습니다/);
  });

  test("what is ticked, who holds it, and who is told by a note are there at once", async () => {
    const before = await get<IncidentOverview>(`/api/v1/incidents/${number}/overview`);
    const criterion = before.grades[0]?.criteria[0];
    assert.ok(criterion);
    assert.equal((await post("acknowledge")).status, 200);
    assert.equal((await post("tick", { clause: criterion.id })).status, 200);
    assert.equal((await post("note", { text: "확인 중입니다 @최구조" })).status, 200);
    const overview = await get<IncidentOverview>(`/api/v1/incidents/${number}/overview`);
    assert.equal(overview.state, "acknowledged");
    assert.equal(overview.respondBy, null);
    assert.equal(overview.grades[0]?.criteria[0]?.ticked, true);
    const { rows } = await get<ToldTimeline>(`/api/v1/incidents/${number}/told`);
    const note = rows.findLast(({ type }) => type === "noted");
    assert.deepEqual(
      note?.reach.map(({ who, urgency }) => [who[0]?.name, urgency]),
      [["최구조", "tell"]],
    );
    await until("the mail about the note", () =>
      house.smtp.mails.find((mail) => mail.to === "l3@example.com" && mail.parsed.text?.includes("확인 중입니다")),
    );
  });

  test("the report is drafted in the fields of the document, from what was recorded, in the reader's language", async () => {
    const draft = await get<ReportDraft>(`/api/v1/incidents/${number}/report`);
    const fields = draft.sections.flatMap((section) => section.fields);
    const done = fields.find(({ title }) => title === "What was done" || title === "조치 내용");
    assert.ok(done?.lines.some(({ text }) => text.includes("메모: 확인 중입니다")));
    assert.ok(fields.some(({ toWrite }) => toWrite !== null));
    assert.match(draft.markdown, /^# 장애 보고서 초안: INC-\d+ 결제 실패$/mu);
    const english = await get<ReportDraft>(`/api/v1/incidents/${number}/report`, { "accept-language": "en" });
    assert.match(english.markdown, /^# Incident report, draft: INC-\d+/mu);
  });

  test("the board tells of a team in which nobody is on duty", async () => {
    const board = await get<NowBoard>("/api/v1/now");
    assert.deepEqual(
      board.teams.map(({ people }) => people.length),
      [1, 1, 1],
    );
    assert.equal(board.health.duties.length > 0, true);
  });

  test("an incident that is not there is told by its number", async () => {
    assert.equal((await house.call("/api/v1/incidents/9999/overview", { token })).status, 404);
  });
});
