import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownMetrics, ShownMonitor, ShownTargets } from "../../src/http/wire/monitors.ts";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

/** What the document says is watched: of the second item nothing is sent here. */
const WATCHED = `모니터링 항목:
  시스템: [CPU 사용률]
  애플리케이션: [세션 상태]`;
const SOON_MS = 60_000;

describe("the pages of monitoring", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    [browser, house] = await Promise.all([
      startBrowser(),
      startWebHouse({ role: "admin", person: "boss" }, { policyMore: WATCHED }),
    ]);
    await send(house, { "web-1": 0.42, "web-2": 0.97 });
    await until(
      "both hosts are watched",
      async () => ((await monitor(house)).seriesCount === 2 ? true : undefined),
      SOON_MS,
    );
  });
  after(async () => {
    await house?.stop();
    await browser?.close();
  });

  test("each item of the document has its monitors with the worst value, and one that nothing watches is red", async (t) => {
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/monitors`);
    const cpu = page.getByRole("region", { name: "CPU 사용률" });
    await cpu.getByText("97%").waitFor();
    await cpu.getByText("web-2").waitFor();
    const sessions = page.getByRole("region", { name: "세션 상태" });
    await sessions.getByText("아무것도 지켜보지 않음").waitFor();
    await page.keyboard.press("Slash");
    await page.keyboard.type("web-1");
    await cpu.getByText("42%").waitFor();
    await page.goto(`${house.bongsu.url}/monitors/coverage`);
    await page.getByText("항목 2개 중 1개를 지켜보고 있습니다.").waitFor();
    // One press leads to where that is mended, with the form filled in.
    const bare = page.getByRole("region", { name: "지켜보지 않는 항목 1개" });
    await bare.getByText("세션 상태").waitFor();
    await bare.getByRole("link", { name: "애플리케이션 /metrics 추가" }).click();
    const dialog = page.getByRole("dialog", { name: "수집 대상 추가" });
    assert.equal(await dialog.getByLabel("수집기").inputValue(), "scrape");
  });

  test("the chart is drawn, and its table says what the API says", async (t) => {
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/monitors/cpu-high?range=1h`);
    const chart = page.getByRole("img", { name: /^CPU 사용률: .*부터 .*까지, 2개의 값/u });
    await chart.locator("canvas").waitFor();
    const path = "/api/v1/metrics/query?metric=host_cpu_used_ratio";
    const { series } = (await house.call(path, { token: house.token })).json<ShownMetrics>();
    assert.deepEqual(new Set(series.map(({ labels }) => labels["host"])), new Set(["web-1", "web-2"]));
    const table = page.getByRole("region", { name: "기간 전체" });
    for (const { labels, min, max } of series) {
      const row = table.getByRole("row", { name: new RegExp(`^${labels["host"]}`, "u") });
      const cells = await row.getByRole("cell").allTextContents();
      assert.equal(cells[0], percent(Math.min(...min.filter((value) => value !== null))));
      assert.equal(cells[2], percent(Math.max(...max.filter((value) => value !== null))));
    }
    await page.getByRole("button", { name: "확대" }).click();
    await page.getByText(/^고른 기간:/u).waitFor();
  });

  test("a target is tried before it is kept", async (t) => {
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/monitors/targets?add`);
    const dialog = page.getByRole("dialog", { name: "수집 대상 추가" });
    await dialog.getByLabel("이름").fill("봉수 자신");
    await dialog.getByLabel(/^주소/u).fill(`${house.bongsu.url}/-/healthy`);
    await dialog.getByRole("button", { name: "시험해 보기" }).click();
    await dialog.getByText(/만에 값 \d+개를 받았습니다/u).waitFor();
    await dialog.getByRole("rowheader", { name: /HTTP 응답시간/u }).waitFor();
    await dialog.getByRole("button", { name: "저장" }).click();
    await page.getByRole("rowheader", { name: "봉수 자신" }).waitFor();
    const { targets } = (await house.call("/api/v1/targets", { token: house.token })).json<ShownTargets>();
    const kept = targets.find(({ id }) => id === "봉수 자신");
    assert.deepEqual(kept?.settings, { url: `${house.bongsu.url}/-/healthy` });
  });
});

async function monitor(house: WebHouse): Promise<ShownMonitor> {
  return (await house.call("/api/v1/monitors/cpu-high", { token: house.token })).json<ShownMonitor>();
}

/** As an OpenTelemetry collector would. */
async function send(house: WebHouse, hosts: Readonly<Record<string, number>>): Promise<void> {
  const timeUnixNano = `${Date.now()}000000`;
  const body = {
    resourceMetrics: Object.entries(hosts).map(([host, asDouble]) => ({
      resource: { attributes: [{ key: "host.name", value: { stringValue: host } }] },
      scopeMetrics: [
        { metrics: [{ name: "host_cpu_used_ratio", gauge: { dataPoints: [{ timeUnixNano, asDouble }] } }] },
      ],
    })),
  };
  const answer = await house.call("/v1/metrics", { token: house.token, method: "POST", body });
  assert.equal(answer.status, 200, answer.text);
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(1))}%`;
}
