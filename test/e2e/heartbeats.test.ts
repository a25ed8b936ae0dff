import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import type { ShownHeartbeat, ShownMarks } from "../../src/http/wire/monitors.ts";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

const run = promisify(execFile);

describe("a heartbeat, from the form to the incident", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  before(async () => {
    [house, browser] = await Promise.all([startWebHouse({ role: "manager", person: "boss" }), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await house.stop();
  });

  test("is made, pinged by a real request, seen to be up, and opens an incident when a run does not end in time", async (t) => {
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/monitors/heartbeats`);
    await page.getByText("아직 하트비트가 없습니다").waitFor();
    await page.getByRole("button", { name: "하트비트 추가" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("button", { name: "하트비트 추가" }).click();
    await form.getByText("이름을 적으십시오.").waitFor();

    await form.getByLabel("이름").fill("야간 백업");
    await form.getByLabel("크론 식으로").check();
    await form.getByLabel("크론 식", { exact: true }).fill("0 3 * * 1-5");
    await form.getByLabel("시간대").fill("Asia/Seoul");
    // The next five times, before anything is saved: none of them at a weekend.
    await form.locator("ol li", { hasText: "03:00" }).nth(4).waitFor();
    const times = await form.locator("ol li").allTextContents();
    assert.equal(times.length, 5);
    for (const time of times) assert.match(time, /\((월|화|수|목|금)\) 03:00$/);
    await form.getByLabel("유예", { exact: true }).fill("2");
    await form.getByLabel("유예의 단위").selectOption("seconds");
    await form.getByLabel("장애 등급").selectOption("Minor");
    await form.getByRole("button", { name: "하트비트 추가" }).click();

    await form.getByText("첫 신호를 기다리는 중").waitFor();
    const address = ((await form.locator("pre").first().textContent()) ?? "").trim();
    const shown = await fetch(address, { method: "HEAD" });
    assert.equal(shown.status, 200);
    await form.getByText("‘야간 백업’에서 신호가 왔습니다.").waitFor();
    await form.getByRole("link", { name: "하트비트 보기" }).click();
    await page.getByRole("heading", { name: "야간 백업" }).waitFor();
    await page.getByText("제때 오고 있습니다.").waitFor();

    // As the snippet for cron has it: a start, and no end within the two seconds of grace.
    await run("curl", ["-fsS", "-m", "10", "--retry", "5", "-o", "/dev/null", `${address}/start`]).catch(
      async (error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
        await fetch(`${address}/start`);
      },
    );
    const incident = await house.incident("야간 백업");
    assert.deepEqual([incident.grade, incident.state], ["Minor", "triggered"]);
    assert.match(incident.title, /야간 백업: 시작한 뒤 2초 안에 끝나지 않았습니다/);
    await page.getByText("시작한 뒤 유예 안에 끝났다는 소식이 없습니다.").waitFor();
    await page.getByRole("link", { name: `장애 INC-${incident.number}` }).waitFor();

    // It ends late, and all is well again.
    assert.equal((await fetch(address, { method: "POST", body: "done" })).status, 200);
    await house.incident("야간 백업", ({ state }) => state === "resolved");
    await page.getByText("제때 오고 있습니다.").waitFor();
    await page.getByText("내용 보기").click();
    await page.locator("pre", { hasText: "done" }).waitFor();
  });

  test("is made, listed, paused and removed by the command line, which also notes what was deployed", async (t) => {
    const { bongsu } = house;
    const made = await bongsu.cli("heartbeat", "add", "report", "--every", "1h", "--grace", "10m");
    assert.equal(made.code, 0, made.stderr);
    assert.equal((await fetch(made.stdout.trim())).status, 200);
    const list = await bongsu.cli("heartbeat", "list", "--json");
    const { heartbeats } = JSON.parse(list.stdout) as { heartbeats: readonly ShownHeartbeat[] };
    assert.equal(heartbeats.find(({ id }) => id === "report")?.state, "up");
    assert.equal((await bongsu.cli("heartbeat", "pause", "report")).code, 0);
    assert.match((await bongsu.cli("heartbeat", "list", "--locale", "en")).stdout, /report +paused +every 1 h/);
    assert.equal((await bongsu.cli("heartbeat", "remove", "report")).code, 0);
    assert.equal((await bongsu.cli("heartbeat", "pause", "report")).code, 2);

    const service = "결제 게이트웨이";
    assert.equal((await bongsu.cli("mark", "gateway 2.0", "--service", service)).code, 0);
    const marks = await until("the mark is there", async () => {
      const answer = await house.call("/api/v1/marks", { token: house.token });
      return answer.json<ShownMarks>().marks.find(({ title }) => title === "gateway 2.0");
    });
    assert.equal(marks.labels.service, service);
    const number = await house.opens(service);
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/incidents/${number}`);
    const panel = page.locator("section", { has: page.getByRole("heading", { name: "시작되기 전 2시간의 변경" }) });
    await panel.getByText("gateway 2.0").waitFor();
  });
});
