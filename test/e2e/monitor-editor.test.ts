import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { ShownMonitor } from "../../src/http/wire/monitors.ts";
import { asId } from "../../src/id/id.ts";
import { beginOf, HOUR_OF_MINUTES, PointBlock } from "../../src/metric/point-block.ts";
import { encodeBlock } from "../../src/metric/point-codec.ts";
import { type SeriesId, seriesKey } from "../../src/metric/sample.ts";
import { openStore } from "../../src/store/open-store.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/instant.ts";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

const CPU = { metric: "host_cpu_used_ratio", labels: { host: "db-01" } };
const SERIES: SeriesId = asId(
  createHash("sha256").update(seriesKey(CPU.metric, CPU.labels)).digest("hex").slice(0, 16),
);

/** The minutes that the store would have of a host that was busy twice in the last days, for an hour each. */
async function remember(data: string): Promise<void> {
  const store = await openStore(join(data, "bongsu.db"));
  try {
    const now = Date.now();
    await store.insertSeries([{ id: SERIES, ...CPU, lastAt: now - DAY_MS }]);
    for (const [days, busy] of [
      [3, 0.97],
      [2, 0.92],
    ] as const)
      for (const around of [-1, 0, 1]) {
        const block = new PointBlock(beginOf(now - days * DAY_MS, HOUR_MS) + around * HOUR_MS, HOUR_OF_MINUTES);
        for (let minute = 0; minute < 60; minute++)
          block.addSample(block.begin + minute * MINUTE_MS, around === 0 ? busy : 0.3);
        await store.putBlocks("minute", [{ series: SERIES, at: block.begin, data: encodeBlock(block) }]);
      }
  } finally {
    await store.close();
  }
}

describe("the rule editor in a browser", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    house = await startWebHouse({ role: "manager", person: "boss" });
    await remember(house.bongsu.data);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  const monitor = async (): Promise<ShownMonitor> =>
    (await house.call("/api/v1/monitors/cpu-high", { token: house.token })).json<ShownMonitor>();
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

  test("the CPU rule is changed with the keyboard alone: the preview follows, the page shows it, and the default comes back", async (context) => {
    const page = await browser.page(context, house.signedIn);
    await page.goto(`${house.bongsu.url}/monitors/cpu-high/edit`);
    await page.getByText("경보 2회", { exact: true }).waitFor();
    await page.getByText("CPU 사용률의 5분 평균이 90% 이상").waitFor();

    const first = page.getByRole("group", { name: "1번째 임계치" });
    const bound = first.getByLabel("임계치", { exact: true });
    await tabTo(page, bound);
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("98");
    await page.keyboard.press("Tab");
    await until("a bare number becomes a percentage", async () => (await bound.inputValue()) === "98%");
    await tabTo(page, page.getByRole("button", { name: "임계치 추가", exact: true }));
    await page.keyboard.press("Enter");
    const second = page.getByRole("group", { name: "2번째 임계치" });
    await second.waitFor();
    await tabTo(page, page.getByRole("button", { name: "2번째 임계치 삭제" }));
    await page.keyboard.press("Enter");
    await second.waitFor({ state: "detached" });
    await page.getByText("경보 없음", { exact: true }).waitFor();
    await page.getByText("지금 규칙으로는 2회입니다.").waitFor();

    // What cannot be read is said where it stands, and is not saved.
    await tabTo(page, first.getByLabel("지속 시간"));
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("이틀");
    await page.getByText("0분에서 24시간 사이로").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("20분");
    await tabTo(page, page.getByRole("button", { name: "저장", exact: true }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/monitors\/cpu-high$/);
    await page.getByText("98% 이상인 채 20분 이어지면").first().waitFor();
    const { from, rule } = await monitor();
    assert.deepEqual(
      [from, rule.thresholds.map(({ bound: line, hold }) => [line, hold])],
      ["people", [[0.98, 20 * MINUTE_MS]]],
    );

    await page.goto(`${house.bongsu.url}/monitors/cpu-high/edit`);
    await tabTo(page, page.getByRole("button", { name: "기본값으로 되돌리기" }));
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await tabTo(page, dialog.getByRole("button", { name: "기본값으로 되돌리기" }));
    await page.keyboard.press("Enter");
    await page.getByText("90% 이상").first().waitFor();
    assert.equal((await monitor()).from, "default");
  });

  test("a new monitor is made of a metric that is chosen by its title", async (context) => {
    const page = await browser.page(context, house.signedIn);
    await page.goto(`${house.bongsu.url}/monitors/new`);
    await page.getByRole("button", { name: "모니터 만들기" }).click();
    await page.getByText("메트릭을 고르십시오.").waitFor();
    await page.getByRole("button", { name: /메트릭 고르기/ }).click();
    await page.getByLabel("이름으로 찾기").fill("스왑");
    await page.getByRole("button", { name: /스왑 사용률/ }).click();
    await page.getByLabel("임계치", { exact: true }).fill("80%");
    assert.equal(await page.getByLabel("이름", { exact: true }).inputValue(), "스왑 사용률");
    await page.getByRole("button", { name: "모니터 만들기" }).click();
    await page.getByRole("heading", { level: 1, name: "스왑 사용률" }).waitFor();
    await page.waitForURL(/\/monitors\/host-swap-used-ratio$/);
  });

  test("who saves after somebody else did is shown what holds now, and chooses", async (context) => {
    const page = await browser.page(context, { ...house.signedIn, expected: [/409/u] });
    await page.goto(`${house.bongsu.url}/monitors/inodes-full/edit`);
    const bound = page.getByRole("group", { name: "1번째 임계치" }).getByLabel("임계치", { exact: true });
    await bound.fill("99%");
    await bound.press("Tab");
    const path = "/api/v1/monitors/inodes-full";
    const seen = (await house.call(path, { token: house.token })).json<ShownMonitor>();
    const thresholds = [{ grade: "Minor", when: "above", bound: 0.5, hold: 0 }];
    const body = { ...seen.rule, thresholds, revision: seen.revision };
    const token = await house.bongsu.token("admin");
    assert.equal((await house.call(path, { token, method: "PUT", body })).status, 200);
    await page.getByText("지금 저장된 규칙: inode 사용률의 마지막 값이 50% 초과이면 Minor").waitFor();
    assert.equal(await bound.inputValue(), "99%");
    assert.ok(await page.getByRole("button", { name: "저장", exact: true }).isDisabled());
    await page.getByRole("button", { name: "저장된 규칙 가져오기" }).click();
    await until("theirs is in the form", async () => (await bound.inputValue()) === "50%");
  });
});
