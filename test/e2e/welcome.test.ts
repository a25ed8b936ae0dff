import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { PASSWORD } from "../peers/people.ts";
import { type Smtp, startSmtp } from "../peers/smtp.ts";
import { until } from "../peers/until.ts";

const TABLE = `이름,팀,역할,그룹,직책,전화,메일
김하나,,,운영팀,운영팀장,010-1234-5678,kim@example.com
이두리,L2 지원팀,개발자,개발팀,개발팀장,010-2345-6789,lee@example.com
박세찬,L3 지원팀,아키텍트,,인프라팀장,010-3456-7890,park@example.com
최네온,L1 지원팀,운영자,운영팀,,010-4567-8901,choi@example.com
없는번호,L1 지원팀,운영자,,,1588-0000,`;

describe("the first ten minutes", { skip: withoutBrowser }, () => {
  let bongsu: Bongsu;
  let smtp: Smtp;
  let browser: Browser;
  before(async () => {
    [smtp, browser, bongsu] = await Promise.all([
      startSmtp(),
      startBrowser(),
      startBongsu({
        policy: "",
        roster: "",
        environment: {
          BONGSU_POLICY: "policies/example-policy.ko.md",
          BONGSU_ROSTER: "policies/example-roster.yaml",
        },
      }),
    ]);
  });
  after(async () => {
    await browser?.close();
    await bongsu?.stop();
    await smtp?.stop();
  });

  test("lead from the link that the server prints to a page that somebody acknowledged and a signal that came", async (t) => {
    const page = await browser.page(t);
    const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
    const link = [...bongsu.output().matchAll(/\/setup#[0-9a-z]{26}/g)].at(-1)?.[0] ?? "";

    await page.goto(`${bongsu.url}${link}`);
    await page.locator('input[name="name"]').fill("김하나");
    await page.locator('input[name="login"]').fill("kim");
    await page.locator('input[type="password"]').first().fill(PASSWORD);
    await page.locator('input[type="password"]').first().press("Enter");
    await page.getByRole("heading", { name: /^2\. 정책/ }).waitFor();

    // The document as the organisation has it.
    await page
      .getByLabel(/정책 문서/)
      .fill(`${readFileSync("policies/example-policy.ko.md", "utf8")}\n우리 회사의 문서.\n`);
    await button("읽어 보기").click();
    await button("이 정책 적용").click();
    await page.getByText(/^지금 적용된 정책/).waitFor();
    await goOn(page, /^3\. 빠진 것/);

    // One answer is written into the document, the others are left as they are.
    await page
      .getByRole("radio", { name: /^정책에 적기/ })
      .first()
      .check();
    await button("모두 그대로 두기").click();
    await button(/정책에 적고 적용/).click();
    await page.getByText("답을 저장했습니다.").waitFor();
    await goOn(page, /^4\. 담당자/);

    await page.getByLabel("붙여 넣을 표").fill(TABLE);
    await button("미리 보기").click();
    await page.getByText("새로 4명 · 변경 0명 · 그대로 0명 · 제외 1명").waitFor();
    await page.getByText(/대표번호는 휴대전화가 아니어서/).waitFor();
    await button("4명 넣기").click();
    await page.getByText("담당자 4명이 있습니다.").waitFor();
    await goOn(page, /^5\. 채널/);

    await page.getByRole("radio", { name: /이메일/ }).check();
    await page.getByLabel(/^SMTP 서버/).fill("127.0.0.1");
    await page.getByLabel(/^포트/).fill(String(smtp.port));
    await page.getByLabel(/^STARTTLS/).uncheck();
    await page.getByLabel(/^보내는 사람/).fill("봉수 <bongsu@example.com>");
    await button("저장").click();
    await button("시험 호출").click();
    await until("the mail", () => smtp.mails.at(-1));
    await goOn(page, /^6\. 시험 호출/);

    await page.getByLabel("받을 사람").selectOption({ label: "최네온" });
    await button("시험 호출").click();
    const mail = await until("the mail to choi", () => smtp.mails.find(({ to }) => to === "choi@example.com"));
    await page.getByText(/확인 버튼을 누르기를 기다리는 중/).waitFor();
    const url = /http:\/\/127\.0\.0\.1:\d+\/a\/[a-z0-9]+/.exec(mail.parsed.text ?? "")?.[0] ?? "";
    assert.equal((await fetch(url, { method: "POST" })).status, 200);
    await page.getByText("호출이 실제로 닿았습니다").waitFor();
    await goOn(page, /^7\. 첫 연동/);

    await button("토큰 만들기").click();
    const snippet = page.locator("pre", { hasText: "/api/v1/signals" });
    const command = (await snippet.textContent()) ?? "";
    const token = /Bearer (bgs_\w+)/.exec(command)?.[1] ?? "";
    await page.getByText("첫 신호를 기다리는 중…").waitFor();
    const body = /-d '(.*)'/s.exec(command)?.[1] ?? "";
    const sent = await fetch(`${bongsu.url}/api/v1/signals`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body,
    });
    assert.equal(sent.status, 202);
    await page.getByText("첫 신호를 받았습니다").waitFor();
    await goOn(page, "모두 끝났습니다");
    await page.getByText("7단계 가운데 7단계를 마쳤습니다.").waitFor();
  });
});

async function goOn(page: Page, to: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: "다음", exact: true }).click();
  await page.getByRole("heading", { name: to }).waitFor();
}
