import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { IncidentId } from "../src/incident/incident.ts";
import { openStore } from "../src/store/open-store.ts";
import { type Browser, startBrowser, withoutBrowser } from "../test/peers/browser.ts";
import { until } from "../test/peers/until.ts";
import { startWebHouse, type WebHouse } from "../test/peers/web-house.ts";
import { writeSection } from "./sections.ts";
import { otherBytesMax, startBytes } from "./web-size.ts";

/** `npm run bench -- web [--write]`: the budgets of the web UI, on Debian's Chromium and the real server. */
const SLOWDOWN = 4;
const LOADS = 5;
const NOTES = 5_000;
const INCIDENTS = 10_000;
const SCROLL_MS = 4_000;

type Interaction = { readonly name: string; readonly duration: number };
type Line = readonly [what: string, measured: string, budget: string, holds: boolean];

export async function benchWeb(write: boolean): Promise<boolean> {
  if (withoutBrowser !== false) {
    console.log(withoutBrowser);
    return false;
  }
  const lines: Line[] = [];
  const tell = (line: Line): void => {
    lines.push(line);
    console.log(`${line[3] ? "ok  " : "OVER"} ${line[0]}: ${line[1]} (budget ${line[2]})`);
  };
  const kb = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} KB`;
  const [start, other] = [startBytes(), otherBytesMax()];
  tell(["script of the first page, gzip", kb(start), "120 KB", start <= 120_000]);
  tell([
    `script of any other page beyond that, gzip (most: ${other.name})`,
    kb(other.bytes),
    "60 KB",
    other.bytes <= 60_000,
  ]);

  const [house, browser] = await Promise.all([startWebHouse({ role: "responder", person: "boss" }), startBrowser()]);
  try {
    const number = await house.opens("결제");
    for (const [name, path] of [
      ["the board", "/"],
      ["an incident", `/incidents/${number}`],
      ["the list of incidents", "/incidents"],
    ] as const) {
      const lcp = await largestPaint(browser, house, path);
      tell([
        `largest paint of ${name}, nothing cached, ${SLOWDOWN}× slower`,
        `${lcp.toFixed(0)} ms`,
        "1,500 ms",
        lcp <= 1_500,
      ]);
    }
    await manyIncidents(house, number);
    const inp = await slowestInteraction(browser, house, number);
    tell([
      `slowest of 12 interactions (${inp.name}), ${SLOWDOWN}× slower`,
      `${inp.duration} ms`,
      "100 ms",
      inp.duration <= 100,
    ]);
    const filter = await filterTime(browser, house);
    tell([
      `filtering ${INCIDENTS.toLocaleString("en")} incidents, from the press to the new count, median`,
      `${filter.toFixed(0)} ms`,
      "100 ms",
      filter <= 100,
    ]);
    await manyNotes(house, number);
    const fps = await framesWhileScrolling(browser, house, number);
    tell([`scrolling ${NOTES.toLocaleString("en")} rows of a timeline`, `${fps.toFixed(1)} fps`, "55 fps", fps >= 55]);
  } finally {
    await browser.close();
    await house.stop();
  }
  if (write) writeLines(lines);
  return lines.every(([, , , holds]) => holds);
}

async function slowed(context: BrowserContext): Promise<readonly [Page, CDPSession]> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  return [page, devtools];
}

async function largestPaint(browser: Browser, house: WebHouse, path: string): Promise<number> {
  const paints: number[] = [];
  for (let nth = 0; nth < LOADS; nth++) {
    const context = await browser.context(house.signedIn);
    const [page] = await slowed(context);
    await page.goto(house.bongsu.url + path);
    await page.getByText("결제 응답 없음").first().waitFor();
    // An entry comes a moment after its paint; nothing larger is painted any more.
    paints.push((await page.evaluate(LARGEST_PAINT)) as number);
    await context.close();
  }
  return median(paints);
}

const LARGEST_PAINT = `new Promise((resolve) => {
  let last = 0;
  new PerformanceObserver((list) => { last = list.getEntries().at(-1).startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => resolve(last), 700);
})`;

/** The longest from an input to the next frame, over what people do on the list and on an incident. */
async function slowestInteraction(browser: Browser, house: WebHouse, number: number): Promise<Interaction> {
  const context = await browser.context(house.signedIn);
  const [page] = await slowed(context);
  await context.addInitScript({ content: WATCH_INTERACTIONS });
  await page.goto(`${house.bongsu.url}/incidents`);
  await page.getByRole("checkbox").nth(2).waitFor();
  await page.waitForTimeout(SETTLES_MS);
  const grade = page.getByRole("button", { name: "Minor" }).first();
  for (let nth = 0; nth < 4; nth++) await page.waitForTimeout(400).then(() => grade.click());
  for (const key of ["KeyJ", "KeyJ", "KeyK"]) await page.waitForTimeout(200).then(() => page.keyboard.press(key));
  await page.getByRole("checkbox").nth(1).click();
  const onList = (await page.evaluate(SLOWEST)) as Interaction;
  await page.goto(`${house.bongsu.url}/incidents/${number}`);
  await page.getByRole("button", { name: "확인", exact: true }).waitFor();
  await page.waitForTimeout(SETTLES_MS);
  await page.getByRole("button", { name: "확인", exact: true }).click();
  await page.waitForTimeout(SETTLES_MS);
  await page.getByRole("button", { name: "등급 변경" }).click();
  await page.waitForTimeout(600);
  await page.keyboard.press("Escape");
  await page.getByRole("textbox").first().fill("");
  await page.getByRole("textbox").first().press("KeyA");
  const onIncident = (await page.evaluate(SLOWEST)) as Interaction;
  await context.close();
  return onList.duration > onIncident.duration
    ? { ...onList, name: `${onList.name} on the list` }
    : { ...onIncident, name: `${onIncident.name} on an incident` };
}

const WATCH_INTERACTIONS = `globalThis.interactions = [];
new PerformanceObserver((list) => {
  for (const { interactionId, name, duration } of list.getEntries()) if (interactionId > 0) interactions.push({ name, duration });
}).observe({ type: "event", durationThreshold: 16, buffered: true });`;
const SLOWEST = `new Promise((resolve) => setTimeout(() =>
  resolve(interactions.reduce((most, one) => (one.duration > most.duration ? one : most), { name: "", duration: 16 })), 700))`;
const SETTLES_MS = 1_500;

/** From the press of a filter to the list of it, server and all. */
async function filterTime(browser: Browser, house: WebHouse): Promise<number> {
  const context = await browser.context(house.signedIn);
  const page = await context.newPage();
  await page.goto(`${house.bongsu.url}/incidents`);
  await page.getByRole("checkbox").nth(2).waitFor();
  const times: number[] = [];
  for (let nth = 0; nth < 8; nth++) {
    await page.waitForTimeout(300);
    times.push((await page.evaluate(FILTER)) as number);
  }
  await context.close();
  return median(times);
}

const FILTER = `new Promise((resolve) => {
  const count = document.querySelector("[aria-live=polite]");
  const before = document.querySelector("h1").parentElement.textContent;
  const began = performance.now();
  document.querySelector("fieldset button").click();
  const look = () => document.querySelector("h1").parentElement.textContent !== before
    ? resolve(performance.now() - began) : requestAnimationFrame(look);
  look();
})`;

async function framesWhileScrolling(browser: Browser, house: WebHouse, number: number): Promise<number> {
  const context = await browser.context(house.signedIn);
  const page = await context.newPage();
  await page.goto(`${house.bongsu.url}/incidents/${number}`);
  await page.getByText("기록 4999").first().waitFor();
  await page.waitForTimeout(500);
  const fps = (await page.evaluate(`new Promise((resolve) => {
    let frames = 0;
    const began = performance.now();
    const next = () => {
      const passed = performance.now() - began;
      if (passed >= ${SCROLL_MS}) return resolve(frames * 1000 / passed);
      frames++;
      scrollBy(0, 60);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  })`)) as number;
  await context.close();
  return fps;
}

/** Rows as they would be after a year, copied from one that went its way. */
async function manyIncidents(house: WebHouse, number: number): Promise<void> {
  const store = await openStore(join(house.bongsu.data, "bongsu.db"));
  try {
    const one = await store.incidentByNumber(number);
    if (one === undefined) throw new Error("the incident is gone");
    const closed = { ...one, state: "closed", resolvedAt: one.openedAt, firing: 0 } as const;
    const grades = ["Minor", "Minor", "Major", one.grade];
    await store.transaction(async (queries) => {
      for (let nth = 0; nth < INCIDENTS; nth++) {
        const id = `bench-${nth}` as IncidentId;
        const copy = { ...closed, id, number: await queries.nextNumber("incident"), grade: grades[nth % 4] ?? "Minor" };
        await queries.insertIncident({ ...copy, title: `장애 ${nth}`, service: `서비스 ${nth % 40}` }, null);
      }
    });
  } finally {
    await store.close();
  }
}

async function manyNotes(house: WebHouse, number: number): Promise<void> {
  const token = await house.bongsu.token("respond");
  for (let nth = 0; nth < NOTES; nth++) {
    const body = { text: `기록 ${nth}: 복제 지연이 줄어드는지 지켜보고 있습니다.` };
    await house.call(`/api/v1/incidents/${number}/note`, { token, method: "POST", body });
  }
  await until("the notes are kept", async () => {
    const { rows } = (await house.call(`/api/v1/incidents/${number}/told`, { token })).json<{
      rows: readonly unknown[];
    }>();
    return rows.length >= NOTES ? true : undefined;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function writeLines(lines: readonly Line[]): void {
  const date = new Date().toISOString().slice(0, 10);
  const section = [
    "## The web UI",
    "",
    `Measured ${date} by \`npm run bench -- web --write\` on ${availableParallelism()} cores (${cpus()[0]?.model ?? ""}), in`,
    `Debian's Chromium, headless, with the server on the same machine. Slower means that the browser's processor is made`,
    `${SLOWDOWN} times slower; the network is loopback. Medians of ${LOADS} loads. \`test/project/web-size.test.ts\` holds the sizes.`,
    "",
    "| | measured | budget | |",
    "| --- | ---: | ---: | --- |",
    ...lines.map(([what, measured, budget, holds]) => `| ${what} | ${measured} | ${budget} | ${holds ? "" : "over"} |`),
    "",
  ].join("\n");
  writeSection(section);
}
