import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

/** From the act of one to the screen of another. */
const WITHIN_MS = 1_000;
/** One press may fall into a moment in which the machine does something else. */
const TRIES = 3;
/** What a browser says of requests to a server that is gone. */
// The last: the browser looks for a newer service worker by itself.
const GONE = [
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_SOCKET_NOT_CONNECTED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/,
  /occurred when fetching the script/,
];

describe("two people look at the same incident", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    [house, browser] = await Promise.all([startWebHouse({ role: "responder", person: "boss" }), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await house.stop();
  });

  test("what one does is on the other's screen within a second, without a reload", async (t) => {
    const number = await house.opens("결제");
    const [one, other] = await Promise.all([browser.page(t, house.signedIn), browser.page(t, house.signedIn)]);
    const take = (page: Page): Locator => page.getByRole("button", { name: "확인", exact: true });
    const giveBack = (page: Page): Locator => page.getByRole("button", { name: "확인 취소" });
    for (const page of [one, other]) {
      await page.goto(`${house.bongsu.url}/incidents/${number}`);
      await take(page).waitFor();
    }
    const took: number[] = [];
    for (let nth = 0; nth < TRIES; nth++) {
      const began = performance.now();
      await take(one).click();
      await giveBack(other).waitFor();
      took.push(performance.now() - began);
      await giveBack(other).click();
      await take(one).waitFor();
    }
    t.diagnostic(`from the press to the other screen: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    assert.ok(Math.min(...took) < WITHIN_MS, `${took.join(", ")} ms`);
  });

  test("a board shows a new incident within a second of its signal", async (t) => {
    const page = await browser.page(t, house.signedIn);
    await page.goto(house.bongsu.url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("결제 응답 없음").first().waitFor();
    const took: number[] = [];
    for (const service of ["배송", "쿠폰", "포인트"]) {
      const began = performance.now();
      await house.opens(service);
      await page.getByText(`${service} 응답 없음`).first().waitFor();
      took.push(performance.now() - began);
    }
    t.diagnostic(`from the signal to the board: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    assert.ok(Math.min(...took) < WITHIN_MS, `${took.join(", ")} ms`);
  });

  test("a lost connection is said loudly, and what was missed is caught up with", async (t) => {
    const page = await browser.page(t, { ...house.signedIn, expected: GONE });
    await page.goto(house.bongsu.url);
    await page.getByText("결제 응답 없음").first().waitFor();
    await house.bongsu.kill();
    await page.getByRole("alert").filter({ hasText: "연결 끊김" }).waitFor();
    // What was shown stays.
    await page.getByText("결제 응답 없음").first().waitFor();
    await house.bongsu.start();
    await house.opens("재고");
    await page.getByText("재고 응답 없음").first().waitFor();
    await page.getByRole("alert").filter({ hasText: "연결 끊김" }).waitFor({ state: "detached" });
  });
});
