import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

describe("one's own contact, from unknown to proven", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    house = await startWebHouse({ role: "responder", person: "han" });
    const token = await house.bongsu.token("admin");
    const data = { id: "han", name: "한신규", contacts: [{ channel: "email", address: "old@example.com" }] };
    const made = await house.call("/api/v1/roster/people", { token, method: "POST", body: { data } });
    assert.equal(made.status, 201, made.text);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  test("a changed address is verified by the code of a real mail, and another address begins anew", async (t) => {
    // A wrong code is answered with 422, of which the browser complains.
    const page = await browser.page(t, { ...house.signedIn, expected: [/422/] });
    const contact = page.locator('[data-channel="email"]');
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const change = async (address: string): Promise<void> => {
      await button("연락처·순서 바꾸기").click();
      await page.getByRole("textbox", { name: "이메일: 주소" }).fill(address);
      await button("저장").click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await contact.getByText(address).waitFor();
    };
    await page.goto(`${house.bongsu.url}/my`);
    await page.getByText("입증된 연락처가 하나도 없습니다", { exact: false }).waitFor();
    await change("han@example.com");
    await contact.getByText("시험 전").waitFor();

    await contact.getByRole("button", { name: "코드로 확인" }).click();
    await contact.getByText("이메일로 6자리 코드를 보냈습니다", { exact: false }).waitFor();
    const code = await until("the mail with the code", () => {
      const mail = house.smtp.mails.findLast(({ to }) => to === "han@example.com");
      return /\b(\d{6})\b/.exec(mail?.parsed.text ?? "")?.[1];
    });
    const typed = contact.getByLabel("받은 코드");
    await typed.fill(String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
    await typed.press("Enter");
    await contact.getByText("코드가 맞지 않습니다. 4번 더 입력할 수 있습니다.").waitFor();
    await typed.fill(code);
    await typed.press("Enter");
    await contact.getByText("입증됨").waitFor();
    await contact.getByText("코드 입력").waitFor();
    await page.getByText("입증된 연락처가 하나도 없습니다", { exact: false }).waitFor({ state: "detached" });

    await change("other@example.com");
    await contact.getByText("시험 전").waitFor();
    assert.equal(await contact.getByText("입증됨").count(), 0);
  });
});
