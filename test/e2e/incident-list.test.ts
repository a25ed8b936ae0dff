import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import type { IncidentList } from "../../src/http/wire/incident-list.ts";
import { type Browser, PHONE, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { type House, startHouse } from "../peers/house.ts";
import { join, type SignedInPerson, setUpAdmin } from "../peers/people.ts";
import { until } from "../peers/until.ts";

describe("incidents, alerts, silences and maintenance in a browser", { skip: withoutBrowser }, () => {
  let house: House;
  let browser: Browser;
  let admin: SignedInPerson;
  let viewer: SignedInPerson;
  let ingest: string;
  before(async () => {
    house = await startHouse();
    browser = await startBrowser();
    admin = await setUpAdmin(house);
    viewer = await join(house, admin, { login: "viewer", role: "viewer" });
    ingest = await house.bongsu.token("ingest");
    for (const [key, title, service] of [
      ["a", "결제서버 응답 지연", "결제"],
      ["b", "주문 큐 적체", "주문"],
      ["c", "회원 DB 복제 지연", "회원"],
    ])
      await fire({ key, title, service, severity: "critical", labels: { host: `${key}-01`, alertname: "Slow" } });
    await until("all in the index", async () => {
      const found = await admin.call(`/api/v1/incidents?q=${encodeURIComponent("지연")}`);
      return found.json<IncidentList>().incidents.length === 2;
    });
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function fire(body: object): Promise<void> {
    const answer = await house.call("/api/v1/signals", { method: "POST", token: ingest, body });
    assert.equal(answer.status, 202, answer.text);
  }
  async function open(
    context: TestContext,
    person: SignedInPerson,
    path: string,
    options: Parameters<Browser["page"]>[1] = {},
  ): Promise<Page> {
    const page = await browser.page(context, options);
    const [name = "", value = ""] = person.cookie.split(/=(.*)/s);
    const url = house.bongsu.url.replace("http:", "https:");
    await page.context().addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: "Lax" }]);
    await page.goto(`${house.bongsu.url}${path}`);
    return page;
  }
  const titles = (page: Page): Promise<string[]> => page.locator("li[data-index] a").allTextContents();
  const shows = (page: Page, wanted: readonly string[]): Promise<boolean> =>
    until(`the list shows ${wanted.join(", ")}`, async () => {
      const shown = await titles(page);
      return shown.length === wanted.length && wanted.every((title, nth) => shown[nth] === title);
    });
  const ALL = ["회원 DB 복제 지연", "주문 큐 적체", "결제서버 응답 지연"];

  test("what is typed filters as it is typed, stands in the address, and can be kept as a view", async (context) => {
    const page = await open(context, admin, "/incidents");
    await shows(page, ALL);
    const search = page.getByRole("searchbox");
    await page.keyboard.press("Slash");
    await until("the search has the focus", () =>
      search.evaluate((input) => input.ownerDocument.activeElement === input),
    );
    await page.keyboard.insertText("결제");
    await until("what was typed stands there", async () => (await search.inputValue()) === "결제");
    await shows(page, ["결제서버 응답 지연"]);
    await page.waitForURL(/q=/);
    await page.getByRole("button", { name: "이 보기 저장" }).click();
    await page.getByLabel("보기 이름").fill("결제만");
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await page.getByRole("link", { name: "결제만" }).waitFor();
    await page.getByRole("link", { name: "전체" }).click();
    await shows(page, ALL);
    await page.reload();
    await page.getByRole("link", { name: "결제만" }).click();
    await shows(page, ["결제서버 응답 지연"]);
    assert.equal(await page.getByRole("searchbox").inputValue(), "결제");
    await page.getByRole("button", { name: /결제만/ }).click();
    await page.getByText("보기를 삭제했습니다").waitFor();
  });

  test("with the keyboard alone: down, select, down, select, acknowledge both, on a Hangul keyboard too", async (context) => {
    const page = await open(context, admin, "/incidents?state=triggered");
    await shows(page, ALL);
    // The place of the key counts, not what it writes.
    const press = (code: string, key: string): Promise<void> =>
      page.evaluate(
        `(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { code: "${code}", key: "${key}", bubbles: true, cancelable: true }))`,
      );
    const isAt = (number: number): Promise<boolean> =>
      until(`the focus on ${number}`, () => page.evaluate(`document.activeElement?.id === "incident-${number}"`));
    await press("KeyJ", "ㅓ");
    await isAt(3);
    await press("KeyX", "ㅌ");
    await press("KeyJ", "ㅓ");
    await isAt(2);
    await press("KeyX", "ㅌ");
    await page.getByText("2건 선택").waitFor();
    await press("KeyA", "ㅁ");
    await page.getByRole("dialog").getByRole("button", { name: "확인", exact: true }).click();
    await page.getByText("2건을 처리했습니다").waitFor();
    await shows(page, ["결제서버 응답 지연"]);
    await press("KeyJ", "ㅓ");
    await isAt(1);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/incidents\/1$/);
  });

  test("what could not be done is said for each", async (context) => {
    const page = await open(context, admin, "/incidents?state=acknowledged");
    await page.getByLabel(/모두 선택/).check();
    await page.getByRole("button", { name: "종결" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "종결" }).click();
    await page.getByText("2건은 하지 못했습니다").waitFor();
    await page.getByText("INC-2: 해결되지 않아 종결할 수 없습니다").waitFor();
  });

  test("another browser's change shows in the list by itself", async (context) => {
    const page = await open(context, viewer, "/incidents?state=resolved");
    await page.getByText("조건에 맞는 장애가 없습니다.").waitFor();
    assert.equal(await page.getByRole("checkbox").count(), 0);
    await admin.call("/api/v1/incidents/2/resolve", { method: "POST", body: {} });
    await shows(page, ["주문 큐 적체"]);
  });

  test("from an alert to its silence: what it would hold back is shown before it is made", async (context) => {
    const page = await open(context, admin, "/alerts?q=host%3Da-01", PHONE);
    await page.getByRole("button", { name: "결제서버 응답 지연", exact: true }).click();
    await page.getByText("마지막으로 받은 원문").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "무음" }).click();
    const dialog = page.getByRole("dialog", { name: "무음 만들기" });
    await dialog.getByText("지금 경보 1건에 해당합니다.").waitFor();
    await dialog.getByText("INC-1 결제서버 응답 지연").waitFor();
    await dialog.getByLabel("7일").check();
    await dialog.getByText("누구에게도 호출되지 않습니다", { exact: false }).waitFor();
    const make = dialog.getByRole("button", { name: "무음 만들기" });
    assert.equal(await make.isDisabled(), true);
    await dialog.getByLabel("의도한 것입니다").check();
    await dialog.getByLabel("이유").fill("결제사 점검");
    await make.click();
    await page.getByText("무음을 시작했습니다").waitFor();
    await page.goto(`${house.bongsu.url}/silences`);
    await page.getByRole("heading", { name: "결제사 점검" }).waitFor();
    await page.getByRole("button", { name: "지금 끝내기" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "지금 끝내기" }).click();
    await page.getByText("지금 진행 중인 무음이 없습니다.", { exact: false }).waitFor();
  });

  test("a maintenance window is written in words and mutes what it says", async (context) => {
    const page = await open(context, admin, "/maintenance");
    await page.getByRole("button", { name: "점검 추가" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("이름").fill("색인 재구축");
    await dialog.getByLabel("서비스").fill("검색");
    const start = Temporal.Now.zonedDateTimeISO("Asia/Seoul").subtract({ minutes: 10 });
    await dialog.getByLabel("처음 시작").fill(start.toPlainDateTime().toString({ smallestUnit: "minute" }));
    await dialog.getByLabel("반복").selectOption("daily");
    await dialog.getByText(/^매일 \d\d:\d\d부터 2시간 \(Asia\/Seoul\)$/).waitFor();
    await until("the next times", async () => (await dialog.getByRole("listitem").count()) === 5);
    await dialog.getByRole("button", { name: "점검 추가" }).click();
    await page.getByText("점검 중", { exact: true }).waitFor();
    await fire({ key: "s", title: "검색 노드 응답 없음", service: "검색", severity: "critical" });
    await page.goto(`${house.bongsu.url}/alerts?muted=maintenance`);
    await page.getByText("점검: 색인 재구축").waitFor();
  });

  test("whoever may only look is offered nothing to change", async (context) => {
    const page = await open(context, viewer, "/maintenance");
    await page.getByRole("heading", { name: "색인 재구축" }).waitFor();
    assert.equal(await page.getByRole("main").getByRole("button").count(), 0);
    await page.goto(`${house.bongsu.url}/alerts`);
    await page.getByRole("button", { name: "회원 DB 복제 지연", exact: true }).waitFor();
    assert.equal(await page.getByRole("button", { name: /무음/ }).count(), 0);
  });
});
