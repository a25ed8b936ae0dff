import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { ShownSchedule } from "../../src/http/wire/schedule.ts";
import { type Browser, PHONE, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

const ZONE = "Asia/Seoul";
const today = Temporal.Now.plainDateISO(ZONE);
const on = (days: number, clock = "00:00"): string => `${today.add({ days }).toString()}T${clock}`;
const instant = (local: string): string =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).toInstant().toString();

/** L1 changes at midnight, in this order from today on, and ends in six days at noon: from then on nobody is on duty. */
const TEAMS = `팀:
  L1 지원팀: { 구성원: { 운영자: [l1, boss, l2] }, 교대: [L1 교대] }
  L2 지원팀: { 구성원: { 엔지니어: [l2] } }
  L3 지원팀: { 구성원: { 아키텍트: [l3] } }
교대:
  L1 교대: { 참여자: [l1, boss, l2], 교대 주기: 1일, 시작: "${on(0)}", 종료: "${on(6, "12:00")}", 시간대: ${ZONE} }`;

describe("the calendar", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    [house, browser] = await Promise.all([
      startWebHouse({ role: "manager", person: "boss" }, { teams: TEAMS }),
      startBrowser(),
    ]);
  });
  after(async () => {
    await browser.close();
    await house.stop();
  });

  /** What the server says: the calendar must say the same. */
  const schedule = async (): Promise<ShownSchedule> => {
    const asked = new URLSearchParams({ from: instant(on(0)), to: instant(on(14)) }).toString();
    return (await house.call(`/api/v1/schedule?${asked}`, { token: house.token })).json<ShownSchedule>();
  };
  const override = (person: string, from: string, to: string): Promise<unknown> =>
    until(`${person} is on duty from ${from} to ${to}`, async () =>
      (await schedule()).teams[0]?.shifts.some(
        (one) =>
          one.people.join() === person &&
          Date.parse(one.start) === Date.parse(instant(from)) &&
          Date.parse(one.end) === Date.parse(instant(to)),
      ),
    );
  const open = async (page: Page, path = "/schedule"): Promise<Locator> => {
    await page.goto(`${house.bongsu.url}${path}`);
    const calendar = page.getByRole("group", { name: "근무 달력" });
    await calendar.waitFor();
    return calendar;
  };
  const dayText = (days: number): string => {
    const { month, day } = today.add({ days });
    return `${month}월 ${day}일`;
  };
  const shift = (calendar: Locator, name: string, days: number): Locator =>
    calendar.getByRole("button", { name: new RegExp(`^${name}, L1 지원팀, ${dayText(days)} `) }).first();

  test("shows who is on duty, my own shifts apart from the others', and hatched where nobody is", async (t) => {
    const page = await browser.page(t, house.signedIn);
    const calendar = await open(page);
    await shift(calendar, "이접수", 0).waitFor();
    const mine = shift(calendar, "김팀장", 1);
    assert.match((await mine.textContent()) ?? "", /내 근무/);
    // By what the style sheet calls them: filled, and hatched.
    const look = async (one: Locator): Promise<string> => (await one.getAttribute("class")) ?? "";
    assert.match(await look(mine), /_mine_/);
    assert.doesNotMatch(await look(shift(calendar, "Jamie Fixer", 2)), /_mine_/);
    assert.match(await look(calendar.getByRole("button", { name: /^당번 없음, L1 지원팀/ }).first()), /_gap_.*_bad_/);
    await page.getByRole("alert").filter({ hasText: "당번이 없는 시간" }).waitFor();
  });

  test("an override is made by the form, which shows before and after first", async (t) => {
    const page = await browser.page(t, house.signedIn);
    const calendar = await open(page);
    await page.getByRole("button", { name: "대체 근무", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "대체 근무 넣기" });
    await dialog.getByLabel("설 사람").selectOption({ label: "최구조" });
    await dialog.getByLabel("시작").fill(on(1, "09:00"));
    await dialog.getByLabel("끝", { exact: true }).fill(on(1, "18:00"));
    await dialog.getByText("김팀장 → 최구조").waitFor();
    await dialog.getByRole("button", { name: "대체 근무 넣기" }).click();
    await dialog.waitFor({ state: "detached" });
    await override("l3", on(1, "09:00"), on(1, "18:00"));
    await shift(calendar, "최구조", 1).waitFor();
  });

  test("with the keyboard alone: arrows to a shift, n, the person, Enter", async (t) => {
    const page = await browser.page(t, house.signedIn);
    const calendar = await open(page);
    await calendar.locator('[data-cell][tabindex="0"]').focus();
    await calendar.locator("[data-now]:focus").waitFor();
    const wanted = shift(calendar, "Jamie Fixer", 2);
    for (let press = 0; press < 9 && (await wanted.and(page.locator(":focus")).count()) === 0; press++) {
      const before = await page.locator(":focus").textContent();
      await page.keyboard.press("ArrowRight");
      await until("the focus has moved", async () => (await page.locator(":focus").textContent()) !== before);
    }
    await page.keyboard.press("KeyN");
    const dialog = page.getByRole("dialog", { name: "대체 근무 넣기" });
    await dialog.waitFor();
    const person = dialog.getByLabel("설 사람");
    await until("the first field has the focus", async () => (await person.and(page.locator(":focus")).count()) === 1);
    assert.equal(await dialog.getByLabel("시작").inputValue(), on(2));
    assert.equal(await dialog.getByLabel("끝", { exact: true }).inputValue(), on(3));
    await page.keyboard.press("ArrowDown");
    await until("somebody is chosen", async () => (await person.inputValue()) !== "");
    assert.equal(await person.inputValue(), "l1");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await override("l1", on(2), on(3));
    await dialog.waitFor({ state: "detached" });
    const title = page.locator("h2[aria-live]");
    const now = await title.textContent();
    await page.keyboard.press("BracketRight");
    await until("two weeks later", async () => (await title.textContent()) !== now);
    await page.keyboard.press("KeyT");
    await until("today again", async () => (await title.textContent()) === now);
  });

  test("by drawing over a row: the form has that time, to the quarter of an hour", async (t) => {
    const page = await browser.page(t, house.signedIn);
    const calendar = await open(page, `/schedule?view=day&on=${today.add({ days: 4 }).toString()}`);
    const track = calendar.locator("[data-draws=true]").first();
    const box = await track.boundingBox();
    assert.ok(box !== null);
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.3, y, { steps: 3 });
    await page.mouse.move(box.x + box.width * 0.5, y, { steps: 3 });
    await page.mouse.up();
    const dialog = page.getByRole("dialog", { name: "대체 근무 넣기" });
    assert.equal(await dialog.getByLabel("시작").inputValue(), on(4, "06:00"));
    assert.equal(await dialog.getByLabel("끝", { exact: true }).inputValue(), on(4, "12:00"));
    await dialog.getByLabel("설 사람").selectOption({ label: "Jamie Fixer" });
    await dialog.getByRole("button", { name: "대체 근무 넣기" }).click();
    await override("l2", on(4, "06:00"), on(4, "12:00"));
  });

  test("a shift is given away in three clicks; the other accepts, and both calendars show it at once", async (t) => {
    const receiver = await browser.page(t, await house.signIn({ role: "responder", person: "l1" }));
    const theirs = await open(receiver);
    const page = await browser.page(t, house.signedIn);
    const calendar = await open(page, `/schedule?on=${today.add({ days: 4 }).toString()}`);
    let clicks = 0;
    const click = async (what: Locator): Promise<void> => {
      clicks++;
      await what.click();
    };
    const mine = calendar.getByRole("button", { name: new RegExp(`^김팀장, L1 지원팀, ${dayText(4)} \\(.\\) 12:00`) });
    await click(mine);
    await click(page.getByRole("dialog").getByRole("radio", { name: "이접수", exact: true }));
    await click(page.getByRole("dialog").getByRole("button", { name: "부탁 보내기" }));
    await page.getByRole("heading", { name: "내가 보낸 부탁" }).waitFor();
    assert.ok(clicks <= 3, `${clicks} clicks`);
    await receiver.getByRole("heading", { name: "나를 기다리는 부탁 1건" }).waitFor();
    await receiver.getByText("김팀장 님이 대신 서 달라고 부탁합니다.").waitFor();
    await receiver.getByRole("button", { name: "수락" }).click();
    await override("l1", on(4, "12:00"), on(5));
    await receiver.getByRole("heading", { name: "나를 기다리는 부탁 1건" }).waitFor({ state: "detached" });
    for (const [one, who] of [
      [calendar, page],
      [theirs, receiver],
    ] as const) {
      await who.getByRole("radio", { name: "두 주" }).waitFor();
      await one.getByRole("button", { name: new RegExp(`^이접수, L1 지원팀, ${dayText(4)} \\(.\\) 12:00`) }).waitFor();
    }
    await page.getByRole("heading", { name: "내가 보낸 부탁" }).waitFor({ state: "detached" });
  });

  test("so is a swap; what was asked can be taken back, and an old link says that it is over", async (t) => {
    const page = await browser.page(t, await house.signIn({ role: "responder", person: "l1" }));
    const calendar = await open(page, `/schedule?on=${today.add({ days: 3 }).toString()}`);
    const mine = calendar.getByRole("button", { name: new RegExp(`^이접수, L1 지원팀, ${dayText(3)} `) }).first();
    await mine.click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByRole("group", { name: "맞바꾸기" })
      .getByRole("radio", { name: /^Jamie Fixer/ })
      .first()
      .click();
    await dialog.getByRole("button", { name: "부탁 보내기" }).click();
    const asked = page.locator("section").filter({ has: page.getByRole("heading", { name: "내가 보낸 부탁" }) });
    await asked.getByText("Jamie Fixer와(과) 맞바꾸기").waitFor();
    await asked.getByRole("button", { name: "거두기" }).click();
    await asked.waitFor({ state: "detached" });
    await page.goto(`${house.bongsu.url}/schedule?request=r0000000000`);
    await page.getByText("그 부탁은 이미 답했거나 때가 지났습니다.").waitFor();
  });

  test("what somebody writes opens the shift that they mean", async (t) => {
    const page = await browser.page(t, house.signedIn);
    await open(page);
    const { month, day } = today.add({ days: 1 });
    await page.getByLabel("내 근무 찾기").fill(`${month}월 ${day}일 밤 바꿔줘`);
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog", { name: "L1 지원팀: 김팀장" })
      .getByRole("button", { name: "부탁 보내기" })
      .waitFor();
  });

  test("on a phone it is a list by day, my shifts first", async (t) => {
    const page = await browser.page(t, { ...PHONE, ...house.signedIn });
    await page.goto(`${house.bongsu.url}/schedule`);
    const agenda = page.getByRole("region", { name: "날짜별 근무" });
    await agenda.waitFor();
    const tomorrow = agenda.locator("section").filter({ has: page.getByRole("heading", { name: dayText(1) }) });
    assert.match((await tomorrow.getByRole("button").first().textContent()) ?? "", /김팀장.*내 근무/);
    assert.match((await tomorrow.textContent()) ?? "", /최구조/);
    await agenda
      .getByRole("button", { name: /당번 없음/ })
      .first()
      .waitFor();
    await tomorrow.getByRole("button").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "부탁 보내기" }).waitFor();
  });
});
