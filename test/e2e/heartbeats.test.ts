import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import type { MadeHeartbeat, ShownHeartbeat } from "../../src/http/wire/monitors.ts";
import { pingSnippets } from "../../web/src/pages/heartbeats/ping-snippets.ts";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
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

  test("is made, imported, listed, paused and removed by the command line, which also notes what was deployed", async (t) => {
    const { bongsu } = house;
    const service = "결제 게이트웨이";
    const file = join(bongsu.data, "opsgenie.json");
    const watched = [
      { name: "etl hourly", interval: 1, intervalUnit: "hours", enabled: true, alertPriority: "P1" },
      { name: "weekly report", interval: 7, intervalUnit: "days", enabled: false },
    ];
    writeFileSync(file, JSON.stringify({ data: { heartbeats: watched }, took: 0.1, requestId: "r" }));
    const [made, marked, nobody, imported] = await Promise.all([
      bongsu.cli("heartbeat", "add", "report", "--every", "1h", "--grace", "10m"),
      bongsu.cli("mark", "gateway 2.0", "--service", service),
      bongsu.cli("heartbeat", "pause", "nobody"),
      bongsu.cli("heartbeat", "import", "--opsgenie", file),
    ]);
    assert.deepEqual([made.code, marked.code, nobody.code, imported.code], [0, 0, 2, 0], made.stderr + imported.stderr);
    assert.match(imported.stdout, /etl hourly +만듦 +1시간마다, Critical\nweekly report +만듦 +7일마다, 멈춤/);
    assert.equal((await fetch(made.stdout.trim())).status, 200);
    assert.equal((await bongsu.cli("heartbeat", "pause", "report")).code, 0);
    const list = await bongsu.cli("heartbeat", "list", "--locale", "en");
    assert.match(list.stdout, /report +paused +every 1 h/);
    assert.match(list.stdout, /etl hourly +never heard from +every 1 h +1 min/);
    assert.equal((await bongsu.cli("heartbeat", "remove", "report")).code, 0);
    assert.equal((await fetch(made.stdout.trim())).status, 404);

    const number = await house.opens(service);
    const page = await browser.page(t, house.signedIn);
    await page.goto(`${house.bongsu.url}/incidents/${number}`);
    const panel = page.locator("section", { has: page.getByRole("heading", { name: "시작되기 전 2시간의 변경" }) });
    await panel.getByText("gateway 2.0").waitFor();
  });

  test("is pinged by the lines that the page offers, as they stand", async (t) => {
    const made = await house.call("/api/v1/heartbeats", {
      token: await house.bongsu.token("admin"),
      method: "POST",
      body: { id: "lines", schedule: { everySeconds: 3_600 }, graceSeconds: 600 },
    });
    const { address } = made.json<MadeHeartbeat>();
    const lines = pingSnippets(address, { job: "false", edit: "", failed: "" });
    const inShell = (line: string) => run("/bin/sh", ["-c", line]);
    for (const [kind, program] of [
      ["curl", "curl"],
      ["wget", "wget"],
      ["python", "python3"],
      ["node", "node"],
    ] as const) {
      const isThere = await inShell(`command -v ${program}`).then(
        () => true,
        () => false,
      );
      if (!isThere) {
        t.diagnostic(`${program} is not installed`);
        continue;
      }
      await inShell(lines[kind]);
      await assert.rejects(inShell(lines[kind].replaceAll("/ping/", "/ping/x")), `${kind} says that it failed`);
    }
    // The job fails, and cron's shell says so, with its exit code.
    if (!(await inShell("command -v curl").catch(() => undefined))) return;
    await inShell(lines.cronExit.replace("0 3 * * * ", ""));
    const answer = await house.call("/api/v1/heartbeats/lines", { token: house.token });
    const [end, start, ...before] = answer.json<ShownHeartbeat>().pings;
    assert.deepEqual([end?.kind, end?.exitCode, start?.kind], ["fail", 1, "start"]);
    assert.ok(before.every(({ kind }) => kind === "success"));
  });
});
