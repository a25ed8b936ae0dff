import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { DESKTOP, PHONE, startBrowser, withoutBrowser } from "../test/peers/browser.ts";
import { startDemo } from "../test/peers/demo.ts";
import { atRest, pagesOfTheWeb, type Reading, reader, signInToDemo, type Visited, visit } from "../test/peers/web.ts";

/**
 * `npm run screenshots [-- words]`: every page of the web UI on the demo's data, in both languages and themes, on a phone
 * and on a desktop, as `screenshots/<page>-<language>-<theme>-<size>.png` with an index beside them. With words: the
 * pages whose name contains one of them. They are for looking at; nothing compares them.
 */
const FOLDER = "screenshots";
const AT_ONCE = 4;
const HEIGHT_MAX = 6_000;
const SIZES = { phone: PHONE, desktop: DESKTOP } as const;

type Shot = { readonly page: Visited; readonly reading: Reading; readonly size: keyof typeof SIZES };

if (withoutBrowser !== false) {
  console.log(withoutBrowser);
  process.exit(1);
}
const words = process.argv.slice(2);
const began = performance.now();
const [demo, browser, routes] = await Promise.all([startDemo(), startBrowser(), pagesOfTheWeb()]);
const cookies = await signInToDemo(browser, demo);
const pages = [...routes, ...(await moments())].filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
mkdirSync(FOLDER, { recursive: true });
if (words.length === 0) {
  rmSync(FOLDER, { recursive: true });
  mkdirSync(FOLDER);
}

const readings: readonly Reading[] = (["ko", "en"] as const).flatMap((locale) =>
  (["light", "dark"] as const).map((theme) => ({ locale, theme })),
);
const series = readings.flatMap((reading) =>
  (Object.keys(SIZES) as (keyof typeof SIZES)[]).map((size) => ({ reading, size })),
);
const failures: string[] = [];
const waiting = [...series];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await shoot(next);
  }),
);
writeFileSync(join(FOLDER, "index.html"), index(pages));
await browser.close();
await demo.stop();
for (const failure of failures) console.log(failure);
console.log(
  `${pages.length * series.length - failures.length} screenshots of ${pages.length} pages in ${FOLDER}/, ` +
    `${((performance.now() - began) / 1_000).toFixed(0)} s`,
);
process.exit(failures.length === 0 ? 0 : 1);

/** What the routes do not tell apart: the same page in states that look different, and the way in. */
async function moments(): Promise<readonly Visited[]> {
  const answer = await fetch(`${demo.url}/api/v1/incidents?limit=200`, {
    headers: { authorization: `Bearer ${demo.token}` },
  });
  type Listed = {
    readonly number: number;
    readonly alerts: number;
    readonly state: string;
    readonly grade: string;
    readonly service: string;
  };
  const { incidents } = (await answer.json()) as { readonly incidents: readonly Listed[] };
  const at = (name: string, is: (incident: Listed) => boolean): readonly Visited[] => {
    const found = incidents.find(is);
    return found === undefined ? [] : [{ name, path: `/incidents/${found.number}` }];
  };
  return [
    ...at("incident-ringing", ({ state, grade }) => state === "triggered" && grade === "Critical"),
    ...at("incident-held", ({ state, service }) => state === "acknowledged" && service === "데이터베이스"),
    ...at("incident-handed-over", ({ state, service }) => state === "acknowledged" && service === "네트워크"),
    ...at("incident-storm", ({ alerts }) => alerts > 100),
    { name: "sign-in", path: "/" },
  ];
}

async function shoot({ reading, size }: Omit<Shot, "page">): Promise<void> {
  const inside = await reader(browser, reading, { ...SIZES[size], cookies });
  const outside = await reader(browser, reading, SIZES[size]);
  const [page, stranger] = [await inside.newPage(), await outside.newPage()];
  for (const visited of pages) {
    const tab = visited.name === "sign-in" ? stranger : page;
    try {
      await visit(tab, `${demo.url}${visited.path}`);
      await whole(tab, SIZES[size].viewport);
      await tab.screenshot({ path: join(FOLDER, file({ page: visited, reading, size })) });
      await tab.setViewportSize(SIZES[size].viewport);
    } catch (error) {
      failures.push(`${file({ page: visited, reading, size })}: ${String(error).split("\n")[0]}`);
    }
  }
  await Promise.all([inside.close(), outside.close()]);
}

/** Makes the window as high as the page: what a list draws only when it is scrolled to is then drawn as well. */
async function whole(tab: Page, { width, height }: { readonly width: number; readonly height: number }): Promise<void> {
  const needed = (await tab.evaluate("document.documentElement.scrollHeight")) as number;
  if (needed <= height) return;
  await tab.setViewportSize({ width, height: Math.min(needed, HEIGHT_MAX) });
  await atRest(tab);
}

function file({ page, reading, size }: Shot): string {
  return `${page.name}-${reading.locale}-${reading.theme}-${size}.png`;
}

function index(all: readonly Visited[]): string {
  const shots = all.map(
    (page) =>
      `<h2>${page.name} <small>${page.path}</small></h2>\n<p>${series
        .map(({ reading, size }) => file({ page, reading, size }))
        .map((name) => `<a href="${name}"><img src="${name}" alt="${name}" loading="lazy"></a>`)
        .join("\n")}</p>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>screenshots</title>
<style>body { font: 16px sans-serif } p { display: flex; gap: 12px; overflow-x: auto } img { height: 480px; border: 1px solid #999 }</style>
${shots.join("\n")}
`;
}
