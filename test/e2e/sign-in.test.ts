import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import type { OwnPasskeys } from "../../src/http/wire/session.ts";
import { type Browser, PHONE, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { type House, startHouse } from "../peers/house.ts";
import { join, PASSWORD, type SignedInPerson, setUpLink, signIn, useLink } from "../peers/people.ts";
import { until } from "../peers/until.ts";

/** The browser tells of refusals as errors of the console. */
const REFUSED = [/status of (401|403|410|422|429)/];

describe("the way in, in a browser", { skip: withoutBrowser }, () => {
  let house: House;
  let browser: Browser;
  let admin: SignedInPerson;
  before(async () => {
    [house, browser] = await Promise.all([startHouse(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  /** At `localhost`, where passkeys work; `127.0.0.1` where that is what is tested. */
  const at = (path: string, host = "localhost"): string => `http://${host}:${house.bongsu.port}${path}`;
  const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

  /** A page with an authenticator that always says yes, as a thumb on a sensor would. */
  async function withThumb(context: TestContext, options: Parameters<Browser["page"]>[1] = {}): Promise<Page> {
    const page = await browser.page(context, { expected: REFUSED, ...options });
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return page;
  }
  async function signInBy(page: Page, login: string): Promise<void> {
    await page.getByLabel("아이디").fill(login);
    await page.getByLabel("비밀번호", { exact: true }).fill(PASSWORD);
    await button(page, "로그인").click();
  }

  test("without an account it says where the link is; the link makes the first one, by passkey alone", async (context) => {
    const page = await withThumb(context);
    await page.goto(at("/"));
    await page.getByText("첫 관리자 만들기", { exact: false }).waitFor();
    await page.goto(at(setUpLink(house)));
    await heading(page, "첫 관리자 만들기");
    await page.getByLabel("아이디").fill("first");
    await page.getByLabel("이름").fill("김 관리자");
    await button(page, "비밀번호 대신 패스키 만들기").click();
    await page.waitForURL(at("/welcome"));

    await page.context().clearCookies();
    await page.goto(at("/account"));
    await button(page, "패스키로 로그인").click();
    await heading(page, "내 계정");
    await page.getByText("지금은 패스키로만 로그인합니다", { exact: false }).waitFor();
  });

  test("a Secure cookie with the __Host- prefix is kept at 127.0.0.1 and localhost over plain http", async (context) => {
    const rescue = await house.bongsu.cli("user", "invite", "admin", "--role", "admin", "--json");
    const { link } = JSON.parse(rescue.stdout) as { link: string };
    admin = await useLink(house, link, { login: "admin" });
    for (const host of ["127.0.0.1", "localhost"]) {
      const page = await browser.page(context, { expected: REFUSED });
      await page.goto(at("/account", host));
      await signInBy(page, "admin");
      await heading(page, "내 계정");
      await page.reload();
      await heading(page, "내 계정");
      const [cookie] = await page.context().cookies();
      assert.deepEqual(
        [cookie?.name, cookie?.secure, cookie?.httpOnly, cookie?.sameSite, cookie?.path],
        ["__Host-bongsu", true, true, "Lax", "/"],
      );
      assert.equal(await page.evaluate("document.cookie"), "");
    }
  });

  test("what is wrong is said plainly, and what was typed stays", async (context) => {
    const page = await browser.page(context, { expected: REFUSED, ...PHONE });
    await page.goto(at("/"));
    await page.getByLabel("아이디").fill("admin");
    await page.getByLabel("비밀번호", { exact: true }).fill("틀린 비밀번호입니다");
    await page.keyboard.press("Enter");
    await page.getByText("아이디나 비밀번호가 맞지 않습니다", { exact: false }).waitFor();
    assert.equal(await page.getByLabel("아이디").inputValue(), "admin");
    // The first waits are of seconds, and a slow machine lets them pass between two presses: then they grow.
    const refused = page.getByText(/여러 번 실패하여 잠시 받지 않습니다. \d+초 뒤에/);
    await until("too many tries are refused", async () => {
      const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/session"));
      await button(page, "로그인").click();
      await (await answered).finished();
      return refused.isVisible();
    });
  });

  test("an account is made, joins by its link on a phone, and its link is dead afterwards", async (context) => {
    const page = await browser.page(context, { expected: REFUSED });
    await page.goto(at("/settings/accounts"));
    await signInBy(page, "admin");
    await button(page, "계정 만들기").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("아이디").fill("lee");
    await dialog.getByLabel("이름").fill("이접수");
    await dialog.getByLabel("담당자").selectOption("l1");
    await dialog.getByRole("button", { name: "계정 만들기" }).click();
    const link = await dialog.getByLabel("초대 링크").inputValue();
    const path = link.slice(link.indexOf("/invite"));

    const phone = await browser.page(context, { expected: REFUSED, ...PHONE });
    await phone.goto(at(path));
    await phone.getByText("아이디는 lee입니다", { exact: false }).waitFor();
    await phone.getByLabel("비밀번호", { exact: true }).fill("1234567890");
    await button(phone, "시작하기").click();
    await phone.getByText("널리 쓰이는 비밀번호", { exact: false }).waitFor();
    await phone.getByLabel("비밀번호", { exact: true }).fill(PASSWORD);
    await button(phone, "시작하기").click();
    await phone.waitForURL(at("/"));
    await phone.goto(at("/account"));
    await phone.getByText("이접수 — 장애 화면에서", { exact: false }).waitFor();
    await phone.context().clearCookies();
    await phone.goto(at(path));
    await phone.reload();
    await heading(phone, "이 링크는 쓸 수 없습니다");
  });

  test("a passkey is added, signs in by itself, and cannot be replayed or used by others once removed", async (context) => {
    const park = await join(house, admin, { login: "park", role: "responder" });
    const page = await withThumb(context);
    await page.goto(at("/account"));
    await signInBy(page, "park");
    await button(page, "패스키 추가").click();
    await page.getByText("패스키를 추가했습니다", { exact: false }).waitFor();
    assert.equal((await park.call("/api/v1/incidents")).status, 401, "other sessions end");

    let posted = "";
    page.on("request", (request) => {
      if (request.url().endsWith("/api/v1/session/passkey")) posted = request.postData() ?? "";
    });
    await page.context().clearCookies();
    await page.reload();
    await button(page, "패스키로 로그인").click();
    await heading(page, "내 계정");
    const replayed = await house.call("/api/v1/session/passkey", {
      method: "POST",
      body: posted,
      headers: { host: `localhost:${house.bongsu.port}` },
    });
    assert.notEqual(replayed.status, 204);

    await page.getByRole("button", { name: /이름 바꾸기$/ }).click();
    await page.getByLabel("패스키 이름").fill("회사 노트북");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /이름 바꾸기$/ })
      .click();
    await page.getByText("회사 노트북").first().waitFor();
    await page.getByRole("button", { name: "회사 노트북 삭제" }).click();
    await page.getByText("패스키가 없습니다.").waitFor();
    const me = await page.evaluate<OwnPasskeys>("fetch('/api/v1/me/passkeys').then((answer) => answer.json())");
    assert.deepEqual(me, { passkeys: [] });
    await page.context().clearCookies();
    await page.reload();
    await button(page, "패스키로 로그인").click();
    await page.getByText("패스키를 확인하지 못했습니다", { exact: false }).waitFor();
  });

  test("a session that ends in the middle of work is taken up again, and what was written is still there", async (context) => {
    const page = await browser.page(context, { expected: REFUSED });
    await page.goto(at("/account"));
    await signInBy(page, "admin");
    await page.getByLabel("새 비밀번호").fill("아직 보내지 않은 글");
    await page.getByLabel("지금 비밀번호").fill(PASSWORD);
    await page.context().clearCookies();
    await button(page, "비밀번호 바꾸기").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: /다시 로그인하면 하던 일로 돌아갑니다/ }).waitFor();
    assert.equal(await dialog.getByLabel("아이디").inputValue(), "admin");
    await dialog.getByLabel("비밀번호", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "로그인", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("새 비밀번호").inputValue(), "아직 보내지 않은 글");
    await page.getByLabel("새 비밀번호").fill(PASSWORD);
    await button(page, "비밀번호 바꾸기").click();
    await page.getByText("비밀번호를 바꾸었습니다", { exact: false }).waitFor();
  });

  test("language, brightness and zone are kept with the account, on every device", async (context) => {
    await join(house, await signIn(house, "admin"), { login: "choi", role: "viewer" });
    const desk = await browser.page(context);
    await desk.goto(at("/account"));
    await signInBy(desk, "choi");
    await desk.getByLabel("시간대").selectOption("Europe/Berlin");
    await desk.getByText("저장했습니다.").first().waitFor();
    await desk.getByLabel("언어").selectOption("en");
    await heading(desk, "My account");
    const phone = await browser.page(context, { ...PHONE });
    await phone.goto(at("/account"));
    await signInBy(phone, "choi");
    await heading(phone, "My account");
    assert.equal(await phone.getByLabel("Time zone").inputValue(), "Europe/Berlin");
  });
});
