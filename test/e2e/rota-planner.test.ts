import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownRoster } from "../../src/http/wire/roster.ts";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { until } from "../peers/until.ts";
import { startWebHouse, type WebHouse } from "../peers/web-house.ts";

describe("the rota planner in a browser", { skip: withoutBrowser }, () => {
  let house: WebHouse;
  let browser: Browser;
  let admin: string;
  before(async () => {
    house = await startWebHouse({ role: "manager", person: "boss" });
    admin = await house.bongsu.token("admin");
    const members = ["boss", "l1", "l2", "l3"].map((person) => ({ person, role: "운영자" }));
    const body = { data: { name: "교대팀", members, rotations: [] } };
    const made = await house.call("/api/v1/roster/teams", { method: "POST", token: admin, body });
    assert.equal(made.status, 201, made.text);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  test("two people are too few, and why; four are enough; the answer goes into the roster, by keyboard", async (context) => {
    const page = await browser.page(context, house.signedIn);
    await page.goto(`${house.bongsu.url}/schedule/rota`);
    await page.getByLabel("팀", { exact: true }).selectOption("교대팀");
    await page.getByRole("radio", { name: "인원 수로" }).check();
    await page.getByLabel("인원", { exact: true }).fill("2");
    await page.getByLabel("첫날").fill("2027-02-01");
    await page.getByLabel("몇 주").fill("1");
    await page.getByRole("button", { name: "편성 찾기" }).press("Enter");
    await page.getByRole("heading", { name: "이 조건을 모두 지키는 편성은 없습니다." }).waitFor();
    // A week that begins on Monday at 08:00 has 160 hours.
    await page.getByText("2명으로 한 주 160시간은 한 사람에 주 80시간입니다.", { exact: false }).waitFor();
    await page.getByText("최소 4명", { exact: true }).waitFor();

    await page.getByRole("radio", { name: "팀 구성원으로" }).check();
    await page.getByText("조건을 바꿨습니다", { exact: false }).waitFor();
    await page.getByRole("button", { name: "편성 찾기" }).press("Enter");
    await page.getByRole("heading", { name: "4명이 근무 14개를 모든 조건 안에서 맡는 편성입니다." }).waitFor();
    const grid = page.getByRole("region", { name: "근무표: 좌우로 움직여 봅니다" });
    assert.equal(await grid.getByRole("row").count(), 5);
    assert.equal(await grid.getByText("야", { exact: true }).count(), 7);
    assert.equal(await grid.getByText("주", { exact: true }).count(), 7);

    await page.getByRole("button", { name: "명부에 반영" }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("교대팀에 교대 2개를 더합니다.", { exact: false }).waitFor();
    await dialog.getByRole("button", { name: "명부에 반영" }).press("Enter");
    await page.getByText("명부에 반영했습니다").waitFor();
    const rotations = await until("the rotations are the team's", async () => {
      const roster = (await house.call("/api/v1/roster", { token: admin })).json<ShownRoster>();
      const team = roster.teams.find(({ name }) => name === "교대팀");
      const mine = roster.rotations.filter(({ id }) => team?.rotations.includes(id));
      return mine.length === 2 ? mine : undefined;
    });
    assert.deepEqual(
      rotations.map(({ start, end }) => [start, end]),
      [
        ["2027-02-01T08:00", "2027-02-08T08:00"],
        ["2027-02-01T20:00", "2027-02-08T20:00"],
      ],
    );

    await page.getByRole("link", { name: "근무 부담" }).first().press("Enter");
    await page.getByRole("heading", { level: 1, name: "근무 부담" }).waitFor();
  });
});
