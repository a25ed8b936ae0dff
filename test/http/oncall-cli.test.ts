import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ImportMade, RequestMade, ShownSchedule } from "../../src/http/wire/schedule.ts";
import { DAY_MS, toIso } from "../../src/time/instant.ts";
import { POLICY } from "../e2e/policy.ts";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";

describe("the schedule on the command line", () => {
  let bongsu: Bongsu;
  let kim: string;
  let lee: string;
  before(async () => {
    bongsu = await startBongsu({
      policy: POLICY,
      roster: `사람:
  kim: { 이름: 김하나, 연락처: { console: kim } }
  lee: { 이름: 이두리, 연락처: { console: lee } }
팀:
  L1 지원팀: { 구성원: { 운영자: [kim, lee] }, 교대: [주간] }
  L2 지원팀: { 구성원: { 엔지니어: [kim] } }
  L3 지원팀: { 구성원: { 아키텍트: [lee] } }
교대:
  주간: { 참여자: [kim, lee], 교대 주기: 1일, 시작: "2026-01-05T09:00" }
채널:
  console: {}
`,
    });
    const token = async (person: string): Promise<string> =>
      (await bongsu.cli("token", "create", "--scopes", "respond", "--person", person)).stdout.trim();
    kim = await token("kim");
    lee = await token("lee");
  });
  after(() => bongsu?.stop());

  const oncall = (...args: readonly string[]): ReturnType<Bongsu["cli"]> => bongsu.cli("oncall", ...args);

  test("shifts of some days, of one team, and who it is now", async () => {
    const now = await oncall("--team", "L1 지원팀");
    assert.equal(now.code, 0, now.stderr);
    assert.match(now.stdout, /^L1 지원팀 +(김하나|이두리) +\d{4}\. .*까지\n$/);
    const days = await oncall("--from", "2027-03-01", "--to", "2027-03-03T09:00", "--team", "L1 지원팀");
    assert.equal(days.code, 0, days.stderr);
    const lines = days.stdout.trim().split("\n");
    assert.equal(lines.length, 3, days.stdout);
    assert.match(lines[1] ?? "", /^L1 지원팀 +2027\. 3\. 1\.\(월\) 09:00 ~ 2027\. 3\. 2\.\(화\) 09:00 +\S+ +주간$/);
    const wrong = await oncall("--from", "2027-03-01");
    assert.deepEqual([wrong.code, wrong.stderr.split(" ")[1]], [2, "usage"]);
  });

  test("a cover is asked, answered and on duty; the calendar address reads it", async () => {
    const from = Date.now() + 10 * DAY_MS;
    const query = `from=${toIso(from)}&to=${toIso(from + 2 * DAY_MS)}&team=${encodeURIComponent("L1 지원팀")}`;
    const shown = await fetch(`${bongsu.url}/api/v1/schedule?${query}`, {
      headers: { authorization: `Bearer ${kim}` },
    });
    const { teams } = (await shown.json()) as ShownSchedule;
    const mine = teams[0]?.shifts.find(({ people }) => people.includes("kim"));
    assert.ok(mine !== undefined);

    const stretch = ["--from", mine.start, "--to", mine.end];
    const asked = await oncall("cover", "주간", ...stretch, "--person", "lee", "--token", kim, "--json");
    assert.equal(asked.code, 0, asked.stderr);
    const { request, told } = JSON.parse(asked.stdout) as RequestMade;
    assert.deepEqual([request.from, request.to, told], ["kim", "lee", ["lee"]]);
    assert.match((await oncall("requests", "--token", lee)).stdout, /답을 기다림 +kim → lee +주간 .* accept\|decline/);
    const accepted = await oncall("answer", request.id, "accept", "--token", lee);
    assert.deepEqual([accepted.code, accepted.stdout.trim()], [0, "맡음"]);
    const again = await oncall("answer", request.id, "accept", "--token", lee);
    assert.match(again.stderr, /schedule-refused .*because=already-answered/);

    const feed = await oncall("feed", "person", "lee", "--token", lee);
    const text = await (await fetch(feed.stdout.trim())).text();
    const file = join(bongsu.data, "mine.ics");
    writeFileSync(file, text);
    const taken = ["import", "leave", "남의 것", "--file", file, "--match", "김하나 대신", "--confirm"];
    const other = await oncall(...taken, "--token", kim, "--json");
    assert.equal(other.code, 0, other.stderr);
    assert.equal((JSON.parse(other.stdout) as ImportMade).calendar.entries, 1);
    assert.match((await oncall("imports", "--token", kim)).stdout, / 남의 것 +kim +- +1 /);
    assert.match(text.replace(/\r\n /g, ""), /SUMMARY:L1 지원팀 당번 \(주간\) \[김하나 대신\]/);
  });
});
