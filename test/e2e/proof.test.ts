import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { LastProof } from "../../src/http/wire/proof.ts";
import { type Certificate, isSealed } from "../../src/proof/certificate.ts";
import { type Browser, PHONE, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";
import { sha256 } from "../world/world.ts";

/** L1 is there by day on weekdays, although the policy wants it around the clock. */
const BY_DAY = `팀:
  L1 지원팀: { 구성원: { 운영자: [l1] }, 교대: [낮 근무] }
  L2 지원팀: { 구성원: { 엔지니어: [l2] } }
  L3 지원팀: { 구성원: { 아키텍트: [l3] } }
교대:
  낮 근무: { 참여자: [l1], 교대 주기: 1주, 시작: 2026-01-05T09:00, 시간대: Asia/Seoul, 근무 시간: ["월-금 09:00-18:00"] }`;
const SOON_MS = 90_000;

describe("the page of the proof of reach", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
    house = await startWebHouse({ role: "manager", person: "boss" }, { teams: BY_DAY });
    const proof = async () => (await house.call("/api/v1/proof", { token: house.token })).json<LastProof>().proof;
    await until("the first proof", async () => (await proof()) ?? undefined, SOON_MS);
  });
  after(async () => {
    await house?.stop();
    await browser?.close();
  });

  test("tells on a phone when whom nobody reaches, what closes it, and hands the certificate out", async (t) => {
    const page = await browser.page(t, { ...PHONE, ...house.signedIn });
    await page.goto(`${house.bongsu.url}/schedule/proof`);
    await page.getByRole("heading", { level: 1, name: "도달 증명" }).waitFor();
    await page.getByText("닿지 않는 시간 있음").waitFor();
    await page.getByRole("img", { name: /다른 사람에게 넘어감 \d+일/u }).waitFor();
    await page
      .getByText(/매주 금 18:00–월 09:00/u)
      .first()
      .waitFor();
    await page.getByText("고치는 글 (명부)").first().click();
    await page
      .getByText(/근무 시간: \["월-금 09:00-18:00", "월 00:00-09:00", "월-목 18:00-09:00"/u)
      .first()
      .waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download", { timeout: SOON_MS }),
      page.getByRole("link", { name: "증명서 (JSON)" }).click(),
    ]);
    const certificate = JSON.parse(readFileSync(await download.path(), "utf8")) as Certificate;
    assert.ok(isSealed(certificate, sha256));
    assert.match(download.suggestedFilename(), new RegExp(certificate.sha256.slice(0, 12), "u"));
  });

  test("the policy page has it in short, with the way to it", async (t) => {
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/policy`);
    await page.getByRole("link", { name: "증명 전체 보기" }).click();
    await page.getByRole("heading", { level: 1, name: "도달 증명" }).waitFor();
    await page.getByRole("link", { name: "이 순간을 모의 실행" }).first().click();
    await page.getByRole("heading", { level: 1, name: "모의 실행" }).waitFor();
    assert.match(page.url(), /when=date&date=\d{4}-\d\d-\d\dT/u);
  });
});
