import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import type { PolicyDocument, PolicyVersions } from "../../src/http/wire/policy.ts";
import { type Browser, PHONE, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { type House, startHouse } from "../peers/house.ts";
import { join, type SignedInPerson, setUpAdmin } from "../peers/people.ts";

const EXAMPLE = readFileSync("policies/example-policy.ko.md", "utf8");

describe("the policy's pages in a browser", { skip: withoutBrowser }, () => {
  let house: House;
  let browser: Browser;
  let admin: SignedInPerson;
  let manager: SignedInPerson;
  let viewer: SignedInPerson;
  before(async () => {
    house = await startHouse();
    browser = await startBrowser();
    admin = await setUpAdmin(house);
    manager = await join(house, admin, { login: "manager", role: "manager" });
    viewer = await join(house, admin, { login: "viewer", role: "viewer" });
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function open(
    context: TestContext,
    person: SignedInPerson,
    path: string,
    options: Parameters<Browser["page"]>[1] = {},
  ): Promise<Page> {
    const page = await browser.page(context, options);
    const [name = "", value = ""] = person.cookie.split(/=(.*)/s);
    await page.context().addCookies([
      {
        name,
        value,
        url: house.bongsu.url.replace("http:", "https:"),
        secure: true,
        httpOnly: true,
        sameSite: "Lax",
      },
    ]);
    await page.goto(`${house.bongsu.url}${path}`);
    return page;
  }
  const inForce = async (): Promise<PolicyDocument> => (await admin.call("/api/v1/policy")).json<PolicyDocument>();
  const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

  test("a link to a clause opens its line, marked and explained, and the keyboard goes on from there", async (context) => {
    const clause = "notifications/Critical/channels/전화";
    const page = await open(context, viewer, `/policy#${encodeURIComponent(clause)}`);
    await page.getByRole("heading", { level: 1, name: "시험 정책" }).waitFor();
    await page.getByText("전화: 이 버전에서 보낼 수 없음", { exact: false }).waitFor();
    const focused = page.locator("*:focus");
    assert.match((await focused.textContent()) ?? "", /전화/);
    await page.keyboard.press("Tab");
    assert.equal(await focused.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Enter");
    assert.equal(await focused.getAttribute("aria-expanded"), "false");
  });

  test("whoever may not change the policy is not offered to, and is told why at its address", async (context) => {
    const page = await open(context, viewer, "/policy");
    await page.getByRole("link", { name: "버전" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "정책 편집" }).count(), 0);
    await page.goto(`${house.bongsu.url}/policy/edit`);
    await page.getByText("역할이 필요합니다", { exact: false }).waitFor();
    assert.equal(await page.getByRole("textbox").count(), 0);
  });

  test("a document is pasted, its findings answered, saved, accepted and in force, and can be taken back", async (context) => {
    const before = await inForce();
    const page = await open(context, admin, "/policy/edit", { expected: [/409/] });
    const text = page.getByLabel("정책 문서");
    await text.fill(EXAMPLE);
    await button(page, "적을 수 있는 답 모두 적기").click();
    await page.getByText(/답 \d+개를 본문에 적었습니다/).waitFor();
    assert.match(await text.inputValue(), /## 7\. 문서가 비워 두었던 기준/);
    await button(page, "초안 저장").click();
    await page.getByText("admin님이 저장한 초안").waitFor();

    await button(page, "적용…").click();
    const dialog = page.getByRole("dialog");
    const submit = dialog.getByRole("button", { name: "적용" });
    assert.equal(await submit.isDisabled(), true);
    for (const tick of await dialog.getByRole("checkbox").all()) await tick.check();
    await submit.click();
    await page.getByRole("heading", { level: 1, name: "장애 대응 정책 (예시)" }).waitFor();
    assert.notEqual((await inForce()).id, before.id);

    // A word that the document explains is explained where it stands first.
    await button(page, "장애 뜻 보기").click();
    const meaning = page.locator(":popover-open");
    assert.match((await meaning.textContent()) ?? "", /서비스를 정상적으로 쓸 수 없는 모든 상황/);
    await page.keyboard.press("Escape");
    assert.equal(await meaning.count(), 0);

    await page.getByRole("link", { name: "버전" }).click();
    await button(page, "이 버전으로 되돌리기").click();
    const back = page.getByRole("dialog");
    await back.waitFor();
    for (const tick of await back.getByRole("checkbox").all()) await tick.check();
    await back.getByRole("button", { name: "적용" }).click();
    await page.getByRole("heading", { level: 1, name: "시험 정책" }).waitFor();
    assert.equal((await inForce()).id, before.id);
  });

  test("of two who edit at once the second is told, keeps their text, and decides", async (context) => {
    const one = await open(context, admin, "/policy/edit");
    const other = await open(context, manager, "/policy/edit", { expected: [/409/] });
    const fill = async (page: Page, more: string): Promise<void> => {
      const text = page.getByLabel("정책 문서");
      await text.fill(`${await text.inputValue()}\n\n${more}`);
      await button(page, "초안 저장").click();
    };
    await fill(one, "첫째 글.");
    await one.getByText("admin님이 저장한 초안").waitFor();
    await fill(other, "둘째 글.");
    await other.getByText("그사이 admin님이 초안을 저장했습니다.").waitFor();
    assert.match(await other.getByLabel("정책 문서").inputValue(), /둘째 글/);
    await button(other, "저장된 초안 불러오기").click();
    await other.getByText("admin님이 저장한 초안").waitFor();
    assert.match(await other.getByLabel("정책 문서").inputValue(), /첫째 글/);
    await button(other, "초안 버리기").click();
    await other.getByRole("dialog").getByRole("button", { name: "초안 버리기" }).click();
    await other.getByText("적용 중인 정책에서 시작합니다.").waitFor();
  });

  test("what cannot be read is told with its line while one writes, and cannot be activated", async (context) => {
    const page = await open(context, admin, "/policy/edit");
    const text = page.getByLabel("정책 문서");
    await text.fill((await text.inputValue()).replace("담당: L2 지원팀", "담당: L9 지원팀"));
    await page.getByText("'대응 조직'에 정의되지 않은 팀입니다: L9 지원팀").waitFor();
    assert.equal(await button(page, "적용…").isDisabled(), true);
    await button(page, /행으로/)
      .first()
      .click();
    const chosen = await page.evaluate<string>("getSelection().toString()");
    assert.match(chosen, /L9 지원팀/);
  });

  test("a version that is activated elsewhere shows within a second where somebody reads", async (context) => {
    const page = await open(context, viewer, "/policy");
    await page.getByRole("heading", { level: 1, name: "시험 정책" }).waitFor();
    const { policies } = (await admin.call("/api/v1/policies")).json<PolicyVersions>();
    const other = policies.find(({ current }) => !current);
    assert.ok(other);
    const path = `/api/v1/policies/${other.id}/activate`;
    const refused = await admin.call(path, { method: "POST", body: {} });
    const { codes } = refused.json<{ error: { facts: { codes: string[] } } }>().error.facts;
    assert.equal((await admin.call(path, { method: "POST", body: { accept: codes } })).status, 200);
    await page.getByRole("heading", { level: 1, name: "장애 대응 정책 (예시)" }).waitFor({ timeout: 2_000 });
  });

  test("an incident at night is tried out on a phone, with a channel that is out of reach", async (context) => {
    const page = await open(context, viewer, "/simulate", PHONE);
    await page.getByText("발생 즉시 깨우는 사람").waitFor();
    await page.getByText("다음 새벽 3시").click();
    await page.getByText("닿지 않는다고 가정").click();
    await page.getByRole("checkbox", { name: "이메일" }).check();
    await page.getByRole("checkbox", { name: "Slack" }).check();
    await page.getByText("이 시간 안에 아무도 깨우지 못합니다.").waitFor();
    assert.match(page.url(), /when=tonight/);
    assert.match(decodeURIComponent(page.url()), /channels=email,slack/);
    const wider = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assert.equal(wider, false);
  });

  test("two versions are compared in text and in what happens, down to the axis of time", async (context) => {
    const page = await open(context, viewer, "/policy/versions");
    await page.getByRole("link", { name: "지금과 비교" }).first().click();
    await page.getByRole("heading", { name: "동작의 차이" }).waitFor();
    await page.getByRole("heading", { name: "글의 차이" }).waitFor();
    assert.ok((await page.locator("ins").count()) > 0);
    await page.getByRole("link", { name: "시간 축으로 보기" }).first().click();
    await page.getByRole("heading", { name: "나란히 보기" }).waitFor();
    await page.getByText("다름").first().waitFor();
  });
});
