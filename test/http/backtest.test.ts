import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { BacktestLine, BacktestReport } from "../../src/http/wire/backtest.ts";
import { POLICY } from "../e2e/policy.ts";
import { type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

const ALERTS = [
  { at: "2026-03-02T03:12:00+09:00", title: "5xx 32%", service: "결제", severity: "critical", key: "pay" },
  { at: "2026-03-02T03:12:30+09:00", title: "응답 없음", service: "결제", severity: "critical", key: "pay-2" },
  { at: "2026-03-02T03:49:00+09:00", title: "5xx 32%", key: "pay", status: "resolved" },
  { at: "2026-03-02T03:50:00+09:00", title: "응답 없음", key: "pay-2", status: "resolved" },
  { at: "2026-03-03T14:05:00+09:00", title: "느림", service: "주문", severity: "error", key: "slow" },
];
const HISTORY = ALERTS.map((line) => JSON.stringify(line)).join("\n");

/** The house's policy with a deadline for Critical that nobody keeps who takes five minutes. */
const HASTY = POLICY.replace("확인 기한: 4초", "확인 기한: 60초").replace("단계 간격: 3초", "단계 간격: 600초");

/** Minutes of work: nobody waits for its end. */
const LONG = Array.from({ length: 20_000 }, (_, nth) =>
  JSON.stringify({
    at: new Date(1_772_388_000_000 + nth * 60_000).toISOString(),
    title: "x",
    service: `s${nth}`,
    severity: "critical",
  }),
).join("\n");

describe("a back-test over HTTP", () => {
  let house: House;
  let read: string;
  let respond: string;
  before(async () => {
    house = await startHouse();
    read = await house.bongsu.token("read");
    respond = await house.bongsu.token("respond");
  });
  after(() => house?.stop());

  const ask = async <T = BacktestReport>(body: object, status = 200): Promise<T> => {
    const answer = await house.call("/api/v1/backtest", { method: "POST", token: read, body });
    assert.equal(answer.status, status, answer.text);
    return answer.json<T>();
  };
  const refused = (
    body: object,
    status: number,
  ): Promise<{ error: { code: string; facts: Record<string, unknown> } }> => ask(body, status);

  test("an alert history goes through triage and plan, and nobody outside hears of it", async () => {
    const { a, b, incidents, history, model } = await ask({ history: HISTORY });
    assert.deepEqual([history.alerts, history.incidents, history.supposedEnds, b], [5, 0, 1, null]);
    assert.deepEqual([a.figures.incidents, a.figures.alerts, a.figures.reachedNobody], [2, 3, 0]);
    assert.deepEqual(
      incidents.map(({ key, a: one }) => [key, one?.grade, one?.deadline]),
      [
        ["1", "Critical", "met"],
        ["5", "Minor", "met"],
      ],
    );
    assert.ok(a.figures.pages.night > 0 && a.figures.pages.night < a.figures.pages.wake);
    assert.equal(incidents[0]?.a?.acknowledged?.after, 5 * 60_000);
    assert.ok(model.some((sentence) => sentence.includes("아무에게도 보내지 않습니다")));
    assert.equal(house.smtp.mails.length, 0);
    assert.equal(house.slack.received.length, 0);
    const { incidents: real } = (await house.call("/api/v1/incidents", { token: read })).json<{ incidents: [] }>();
    assert.deepEqual(real, []);
  });

  test("two sides: a policy as a text, and people who answer nothing", async () => {
    const report = await ask({ history: HISTORY, b: { policy: { text: HASTY, file: "hasty.md" } } });
    assert.equal(report.b?.policy.stored, false);
    assert.deepEqual(report.differences, { worse: 1, better: 0, other: 0, same: 1 });
    assert.deepEqual(
      report.incidents.map(({ key, a, b }) => [key, a?.deadline, b?.deadline]),
      [["1", "met", "missed"]],
    );
    const asleep = await ask({ history: HISTORY, asleep: ["l2", "김팀장", "최구조"] });
    assert.deepEqual(
      asleep.incidents.map(({ a }) => [a?.first, a?.deadline]),
      [
        [null, "missed"],
        [{ person: { id: "l1", name: "이접수" }, after: 0 }, "met"],
      ],
    );
  });

  test("what was recorded is replayed, and exported it is the same history elsewhere", async () => {
    const opened = await house.call("/api/v1/incidents", {
      method: "POST",
      token: respond,
      body: { title: "화면 오류", service: "화면", grade: "Critical" },
    });
    const { number } = opened.json<{ number: number }>();
    for (const deed of ["acknowledge", "resolve"])
      await house.call(`/api/v1/incidents/${number}/${deed}`, { method: "POST", token: respond, body: {} });
    const recorded = await ask({ a: { roster: "then" } });
    assert.equal(recorded.history.incidents, 1);
    assert.deepEqual([recorded.incidents[0]?.key, recorded.incidents[0]?.a?.grade], [`INC-${number}`, "Critical"]);
    const exported = await house.call("/api/v1/incidents/export", { token: read });
    assert.match(exported.headers.get("content-type") ?? "", /x-ndjson/);
    assert.equal(exported.text.trim().split("\n").length, 1);
    assert.doesNotMatch(exported.text, /@example\.com/);
    const elsewhere = await ask({ history: exported.text, a: { roster: "now" } });
    assert.deepEqual(elsewhere.incidents, recorded.incidents);
    assert.deepEqual(elsewhere.a.figures, recorded.a.figures);
    const { stdout } = await house.bongsu.cli("incident", "export", "--since", "2020-01-01");
    assert.equal(stdout, exported.text);
    const none = await house.call("/api/v1/incidents/export?to=2020-01-01T00:00:00Z", { token: read });
    assert.deepEqual([none.status, none.text], [200, ""]);
  });

  test("what cannot be read refuses all of it and says where", async () => {
    const bad = await refused({ history: `${HISTORY}\n{"at":"2026-03-02T00:00:00Z"}` }, 422);
    assert.deepEqual(
      [bad.error.code, bad.error.facts],
      ["history-refused", { line: 6, because: "no-title", why: "'title'이 없습니다" }],
    );
    const policy = await refused({ history: HISTORY, b: { policy: { text: "# 빈 문서" } } }, 422);
    assert.equal(policy.error.code, "policy-refused");
    const roster = await refused({ history: HISTORY, a: { roster: { text: "사람: [", file: "r.yaml" } } }, 422);
    assert.deepEqual([roster.error.code, roster.error.facts.file], ["roster-refused", "r.yaml"]);
    assert.equal((await refused({ history: HISTORY, a: { policy: "p0000" } }, 404)).error.code, "not-found");
    assert.deepEqual((await refused({ history: HISTORY, asleep: ["누구"] }, 404)).error.facts, { person: "누구" });
    assert.equal((await refused({ history: HISTORY, a: { roster: "soon" } }, 400)).error.facts.field, "roster");
    assert.equal((await refused({ from: "yesterday" }, 400)).error.facts.field, "from");
    assert.equal(
      (await refused({ to: "2020-01-01T00:00:00Z", from: "2019-01-01T00:00:00Z" }, 422)).error.facts.because,
      "nothing-to-replay",
    );
  });

  test("it says how far it is, one at a time, and ends when whoever asked goes away", async () => {
    const leaving = new AbortController();
    const answer = await streamed(LONG, leaving.signal);
    assert.deepEqual(await firstLine(answer), { progress: 0 });
    const busy = await refused({ history: HISTORY }, 503);
    assert.equal(busy.error.code, "overloaded");
    leaving.abort();
    const report = await until("the next one is let in", async () => {
      const next = await house.call("/api/v1/backtest", { method: "POST", token: read, body: { history: HISTORY } });
      return next.status === 200 && next.json<BacktestReport>();
    });
    assert.equal(report.a.figures.incidents, 2);
    const lines = (await (await streamed(HISTORY)).text()).trim().split("\n");
    const last = JSON.parse(lines.at(-1) ?? "") as BacktestLine;
    assert.ok("report" in last && last.report.a.figures.incidents === 2);
    const failed = (await (await streamed("{")).text()).trim().split("\n");
    const told = JSON.parse(failed.at(-1) ?? "") as BacktestLine;
    assert.ok("error" in told && told.error.code === "history-refused" && told.error.facts.line === 1);
  });

  const streamed = (history: string, signal?: AbortSignal): Promise<Response> =>
    fetch(`${house.bongsu.url}/api/v1/backtest`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${read}`,
        accept: "application/x-ndjson",
        "content-type": "application/json",
      },
      body: JSON.stringify({ history }),
      ...(signal === undefined ? {} : { signal }),
    });
});

/** Leaves the stream open. */
async function firstLine({ body }: Response): Promise<BacktestLine> {
  const reader = body?.getReader();
  let text = "";
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) throw new Error("the stream ended without a line");
    text += new TextDecoder().decode(chunk.value);
    const end = text.indexOf("\n");
    if (end >= 0) return JSON.parse(text.slice(0, end)) as BacktestLine;
  }
}
