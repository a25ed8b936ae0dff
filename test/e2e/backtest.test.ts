import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";
import { POLICY } from "./policy.ts";

const ALERTS = [
  { at: "2026-03-02T03:12:00+09:00", title: "5xx 32%", service: "결제", severity: "critical", key: "pay" },
  { at: "2026-03-02T03:49:00+09:00", title: "5xx 32%", key: "pay", status: "resolved" },
  { at: "2026-03-03T14:05:00+09:00", title: "느림", service: "주문", severity: "minor", key: "slow" },
];
/** Minutes of work: it is stopped. */
const MANY = Array.from({ length: 20_000 }, (_, nth) => ({
  at: new Date(1_772_388_000_000 + nth * 60_000).toISOString(),
  title: "x",
  service: `s${nth}`,
  severity: "critical",
}));

const fileOf = (name: string, lines: readonly unknown[]) => ({
  name,
  mimeType: "application/x-ndjson",
  buffer: Buffer.from(lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n")),
});

describe("the back-test in a browser", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    house = await startWebHouse({ role: "manager", person: "boss" });
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  test("a history is uploaded, replayed under two policies, and what goes otherwise is opened", async (context) => {
    const admin = await house.bongsu.token("admin");
    const text = POLICY.replace("확인 기한: 4초", "확인 기한: 60초").replace("단계 간격: 3초", "단계 간격: 600초");
    const drafted = await house.call("/api/v1/policies/draft", {
      method: "PUT",
      token: admin,
      body: { text, file: "draft.md", revision: 0 },
    });
    assert.equal(drafted.status, 200, drafted.text);

    const page = await browser.page(context, house.signedIn);
    await page.goto(`${house.bongsu.url}/simulate`);
    await page.getByRole("link", { name: "되돌려 보기" }).click();
    await page.getByRole("heading", { level: 1, name: "되돌려 보기" }).waitFor();
    const run = page.getByRole("button", { name: /^(되돌려 보기|다시 실행)$/ });
    const file = page.getByLabel("이력 파일 (JSONL)");

    await page.getByRole("radio", { name: "경보 이력 파일" }).check();
    assert.ok(await run.isDisabled(), "nothing is chosen yet");
    await file.setInputFiles(fileOf("bad.jsonl", [ALERTS[0], '{"at":"2026-03-02T00:00:00Z"}']));
    await page.getByText("bad.jsonl: 2줄").waitFor();
    await run.click();
    await page.getByRole("alert").getByText("line: 2").waitFor();

    await file.setInputFiles(fileOf("many.jsonl", MANY));
    await page.getByText("many.jsonl: 20000줄").waitFor();
    await run.click();
    await page.getByRole("progressbar").waitFor();
    await page.getByRole("button", { name: "멈춤" }).click();
    await run.waitFor();

    await file.setInputFiles(fileOf("alerts.jsonl", ALERTS));
    await page.getByText("alerts.jsonl: 3줄").waitFor();
    await page.getByRole("checkbox", { name: "B와 비교" }).check();
    await page.getByRole("group", { name: "B" }).getByLabel("정책").selectOption("draft");
    // The one that was stopped may still be ending.
    const done = page.getByRole("heading", { name: "결과가 달라진 장애 (1)" });
    for (let tries = 0; !(await done.isVisible()); tries++) {
      assert.ok(tries < 20, "the back-test is let in once the one before has ended");
      await run.click();
      await done.or(page.getByRole("alert").getByText("another back-test is running")).first().waitFor();
    }
    await page.getByText("나빠짐 1 · 나아짐 0 · 달라짐 0 · 같음 1").waitFor();
    const incident = page.getByRole("listitem").filter({ hasText: "결제: 5xx 32%" });
    await incident.getByText("기한 초과").waitFor();
    await incident.locator("summary").click();
    await incident.getByRole("heading", { name: "A의 타임라인" }).waitFor();
    const other = incident.getByRole("region").or(incident.locator("section")).filter({ hasText: "B의 타임라인" });
    await other.getByText("대응시간 초과, 상위 호출", { exact: false }).first().waitFor();
    assert.equal(house.smtp.mails.length, 0);
  });
});
