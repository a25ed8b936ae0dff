import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { ShownRoster, ShownRotation } from "../../src/http/wire/roster.ts";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

const NAME = "주간: 낮/밤 없이".replace("/", "·");

describe("the schedule editor in a browser", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  let admin: string;
  before(async () => {
    house = await startWebHouse({ role: "manager", person: "boss" });
    admin = await house.bongsu.token("admin");
    // As if people had made the teams here: what a file manages is only looked at.
    house.tamper("update roster_item set managed_by = null where kind = 'team'");
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  const open = async (context: TestContext, path: string): Promise<Page> => {
    const page = await browser.page(context, house.signedIn);
    await page.goto(`${house.bongsu.url}${path}`);
    return page;
  };
  const rotation = async (): Promise<ShownRotation | undefined> => {
    const { rotations } = (await house.call("/api/v1/roster", { token: admin })).json<ShownRoster>();
    return rotations.find(({ id }) => id === NAME);
  };
  const hasFocus = (target: Locator): Promise<boolean> =>
    target.evaluate((element) => element.ownerDocument.activeElement === element);

  /** As somebody without a mouse comes there. */
  async function tabTo(page: Page, target: Locator): Promise<void> {
    await target.waitFor();
    for (let press = 0; press < 80; press++) {
      if (await hasFocus(target)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`no Tab leads to ${String(target)}`);
  }
  /** Presses until it has happened: a slow machine may not have drawn what the key is for. */
  async function pressFor(page: Page, key: string, happened: () => Promise<boolean>): Promise<void> {
    await page.keyboard.press(key);
    await until(`${key} does what it is for`, happened);
  }

  test("a rotation is made with the keyboard alone: the preview shows a gap, then none, and the board who is on duty", async (context) => {
    const page = await open(context, "/schedule/rotations");
    const team = page.locator("section", { has: page.getByRole("heading", { name: "L1 지원팀" }) });
    const make = team.getByRole("link", { name: "교대 만들기" });
    await tabTo(page, make);
    await page.keyboard.press("Enter");
    await page.waitForURL(/rotations\/new/);

    await tabTo(page, page.getByLabel("이름", { exact: true }));
    await page.keyboard.insertText(NAME);
    await until(
      "what was typed stands there",
      async () => (await page.getByLabel("이름", { exact: true }).inputValue()) === NAME,
    );
    assert.ok(await page.getByRole("checkbox", { name: "L1 지원팀" }).isChecked());
    await tabTo(page, page.getByRole("radio", { name: "매주" }));
    await pressFor(page, "ArrowRight", () => page.getByRole("radio", { name: "매일" }).isChecked());
    await page.getByText("1일마다 09:00에 넘겨받습니다.").waitFor();

    const first = page.getByLabel("1번째 차례, 1번째 사람");
    await tabTo(page, first);
    await pressFor(page, "ArrowDown", async () => (await first.inputValue()) === "l1");
    await page.getByText("이 기간에 빈 시간이 없습니다.").waitFor();

    await tabTo(page, page.getByRole("radio", { name: "하루 종일" }));
    await pressFor(page, "ArrowRight", () => page.getByRole("radio", { name: "정한 시간만" }).isChecked());
    await page.getByText(/당번이 없는 시간 \(\d+\)/).waitFor();
    await page.getByText("새로 걸리는 것").waitFor();
    await pressFor(page, "ArrowLeft", () => page.getByRole("radio", { name: "하루 종일" }).isChecked());
    await page.getByText("이 기간에 빈 시간이 없습니다.").waitFor();

    await tabTo(page, page.getByRole("button", { name: "교대 만들기" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: NAME }).waitFor();
    const made = await rotation();
    assert.deepEqual([made?.participants, made?.turns, made?.hours], [[["l1"]], [{ unit: "days", count: 1 }], []]);

    await page.goto(`${house.bongsu.url}/`);
    const board = page.locator("dl > div", { hasText: "L1 지원팀" });
    await board.getByText("이접수").waitFor();
    await board.getByText("까지").waitFor();
  });

  test("what is not saved survives another's change and a walk to another page, and both can be compared", async (context) => {
    const page = await open(context, `/schedule/rotations/${encodeURIComponent(NAME)}`);
    const time = page.getByLabel("인수인계 시각");
    await time.fill("10:30");
    // Halfway through a name of a zone the page stands, and so does the last good preview.
    await page.getByLabel("시간대").fill("Asia/Seou");
    await page.getByText("마지막으로 맞았던 미리 보기입니다").waitFor();
    await page.getByText("Asia/Seoul처럼 아는 시간대를 적으십시오.").waitFor();
    await page.getByText("이 기간에 빈 시간이 없습니다.").waitFor();
    await page.getByLabel("시간대").fill("Asia/Seoul");
    const known = (await rotation()) as ShownRotation;
    const { revision, ...theirs } = { ...known, start: `${known.start.slice(0, 10)}T08:00` };
    const path = `/api/v1/roster/rotations/${encodeURIComponent(NAME)}`;
    const changed = await house.call(path, {
      token: admin,
      method: "PUT",
      body: { data: theirs, revision, confirm: true },
    });
    assert.equal(changed.status, 200, changed.text);

    await page.getByText("그 사이 다른 사람이 이 교대를 바꿨습니다.").waitFor();
    const row = page.getByRole("row", { name: /첫 교대 날짜/ });
    await row.getByText("08:00").waitFor();
    await row.getByText("10:30").waitFor();
    assert.equal(await time.inputValue(), "10:30");

    await page.getByRole("link", { name: "교대", exact: true }).click();
    await page.getByRole("heading", { name: "저장하지 않은 변경이 있습니다" }).waitFor();
    await page.getByRole("button", { name: "나가기" }).click();
    await page.getByRole("heading", { level: 1, name: "교대" }).waitFor();
    await page.getByRole("link", { name: NAME, exact: true }).first().click();
    await page.getByText("저장하지 않은 변경을 되살렸습니다.").waitFor();
    assert.equal(await time.inputValue(), "10:30");

    await page.getByRole("button", { name: "내가 쓴 것으로 계속" }).click();
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await until("it is saved", async () => (await rotation())?.start.endsWith("T10:30"));
  });
});
