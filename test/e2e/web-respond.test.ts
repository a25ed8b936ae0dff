import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Browser, DESKTOP, PHONE, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { pressHangul, startWebHouse, type WebHouse } from "../peers/web-house.ts";

describe("somebody is paged and opens the web UI", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    [house, browser] = await Promise.all([startWebHouse({ role: "responder", person: "boss" }), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await house.stop();
  });

  const state = (service: string, wanted: string): Promise<unknown> =>
    until(`the incident of ${service} is ${wanted}`, async () =>
      (await house.incident(service)).state === wanted ? true : undefined,
    );
  const notes = async (number: number): Promise<readonly string[]> => {
    const answer = await house.call(`/api/v1/incidents/${number}/timeline`, { token: house.token });
    const { events } = answer.json<{ events: { event: { type: string; text?: string } }[] }>();
    return events.flatMap(({ event }) => (event.type === "noted" ? [event.text ?? ""] : []));
  };

  for (const [size, device] of [
    ["phone", PHONE],
    ["desktop", DESKTOP],
  ] as const) {
    test(`on a ${size}: from the board to the incident, acknowledged, resolved and closed`, async (t) => {
      const service = `결제-${size}`;
      await house.opens(service);
      const page = await browser.page(t, { ...device, ...house.signedIn });
      await page.goto(house.bongsu.url);
      await page
        .getByRole("link", { name: new RegExp(`${service} 응답 없음`) })
        .first()
        .click();
      await page.getByRole("heading", { level: 1, name: `${service} 응답 없음` }).waitFor();
      const acknowledge = page.getByRole("button", { name: "확인", exact: true });
      const box = await acknowledge.boundingBox();
      assert.ok(
        box !== null && box.height >= 48 && box.width >= 48,
        `the main act is ${box?.width} × ${box?.height} px`,
      );
      if (size === "phone")
        assert.ok(box.y + box.height > PHONE.viewport.height / 2, "the main act lies under the thumb");
      await acknowledge.click();
      await state(service, "acknowledged");
      await page.getByRole("button", { name: "해결", exact: true }).click();
      await state(service, "resolved");
      await page.getByRole("button", { name: "종결", exact: true }).click();
      await state(service, "closed");
    });
  }

  test("with the keyboard alone: found in the palette, acknowledged, a note written, resolved", async (t) => {
    const number = await house.opens("주문");
    const page = await browser.page(t, house.signedIn);
    await page.goto(house.bongsu.url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+KeyK");
    await page
      .getByRole("dialog")
      .getByRole("combobox")
      .or(page.getByRole("dialog").getByRole("searchbox"))
      .first()
      .waitFor();
    await page.keyboard.type(String(number));
    await page
      .getByRole("option")
      .filter({ hasText: `INC-${number} 주문: 주문 응답 없음` })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "주문 응답 없음" }).waitFor();
    await page.keyboard.press("KeyA");
    await state("주문", "acknowledged");
    await page.keyboard.press("KeyN");
    await page.keyboard.type("look into it");
    await page.keyboard.press("Control+Enter");
    await until("the note is kept", async () => ((await notes(number)).length > 0 ? true : undefined));
    await page.keyboard.press("Escape");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("KeyR");
    await state("주문", "resolved");
    assert.deepEqual(await notes(number), ["look into it"]);
  });

  test("with a keyboard that writes Hangul the shortcuts are where they were", async (t) => {
    const number = await house.opens("검색");
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/incidents/${number}`);
    await page.getByRole("button", { name: "확인", exact: true }).waitFor();
    await pressHangul(page, "ㅁ", "KeyA");
    await state("검색", "acknowledged");
    await page.goto(`${house.bongsu.url}/incidents`);
    await page.getByRole("checkbox").nth(1).waitFor();
    await pressHangul(page, "ㅓ", "KeyJ");
    await page.locator('[id^="incident-"]:focus').waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/incidents\/\d+/);
    await pressHangul(page, "ㅎ", "KeyG");
    await pressHangul(page, "ㅜ", "KeyN");
    await page.waitForURL(`${house.bongsu.url}/`);
  });

  test("an Enter that ends a Hangul syllable sends nothing, and none is sent twice", async (t) => {
    const number = await house.opens("회원");
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/incidents/${number}`);
    const box = page.getByRole("textbox").first();
    await box.focus();
    const devtools = await page.context().newCDPSession(page);
    for (const text of ["ㅎ", "하", "한", "한ㄱ", "한그", "한글"])
      await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    // What a browser sends for the Enter with which the input method is told that the word is done.
    const composing = { key: "Process", code: "Enter", windowsVirtualKeyCode: 229, modifiers: 2 };
    await devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...composing });
    await devtools.send("Input.insertText", { text: "한글" });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...composing });
    assert.equal(await box.inputValue(), "한글");
    assert.deepEqual(await notes(number), []);
    await page.keyboard.press("Control+Enter");
    await until("the note is kept", async () => ((await notes(number)).length > 0 ? true : undefined));
    assert.deepEqual(await notes(number), ["한글"]);
  });
});
