import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { type Browser, startBrowser, withoutBrowser } from "../peers/browser.ts";
import { type Demo, startDemo } from "../peers/demo.ts";
import { pagesOfTheWeb, reader, signInToDemo, type Visited, visit } from "../peers/web.ts";

/** WCAG 2.2 up to AA, as axe marks its rules. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The other theme is the same page in other colours. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];
const WIDTHS = [320, 768, 1280] as const;
const HEIGHT = 900;
const AT_ONCE = 3;
const SHOWN_MAX = 12;
const LOCALES = ["ko", "en"] as const;
const THEMES = ["light", "dark"] as const;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Locale = (typeof LOCALES)[number];
type Finding = { readonly where: string; readonly what: string };

describe("every page of the web UI, on the demo's data", { skip: withoutBrowser, concurrency: AT_ONCE }, async () => {
  const pages = withoutBrowser === false ? [...(await pagesOfTheWeb()), { name: "sign-in", path: "/" }] : [];
  let demo: Demo;
  let browser: Browser;
  let cookies: Awaited<ReturnType<typeof signInToDemo>>;
  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
    cookies = await signInToDemo(browser, demo);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  const open = async (locale: Locale, isStranger: boolean): Promise<Page> => {
    const context = await reader(browser, { locale, theme: "light" }, isStranger ? {} : { cookies });
    await context.addInitScript({ content: AXE });
    return context.newPage();
  };

  /**
   * Works in a tab of somebody who reads that language; in a stranger's for the way in. Tabs go from page to page, as
   * people's do: to open one takes the browser longer than to show the next page in it.
   */
  const idle: Record<Locale, Page[]> = { ko: [], en: [] };
  const inTab = async <T>(locale: Locale, visited: Visited, work: (page: Page) => Promise<T>): Promise<T> => {
    const isStranger = visited.name === "sign-in";
    const page = (isStranger ? undefined : idle[locale].pop()) ?? (await open(locale, isStranger));
    let isWell = false;
    try {
      const result = await work(page);
      isWell = !isStranger;
      return result;
    } finally {
      if (isWell) idle[locale].push(page);
      else await page.context().close();
    }
  };

  for (const visited of pages) {
    test(`${visited.name} breaks no rule of WCAG 2.2 AA and never scrolls sideways, in each language, theme and width`, async () => {
      const inLocale = (locale: Locale): Promise<readonly Finding[]> =>
        inTab(locale, visited, async (page) => {
          await visit(page, `${demo.url}${visited.path}`);
          const findings: Finding[] = [];
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: HEIGHT });
            for (const theme of THEMES) {
              const where = `${locale} ${theme} ${width}`;
              await page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
              await page.evaluate(NOTHING_MOVES);
              findings.push(...(await violations(page, where, theme === "light" ? TAGS : OF_COLOUR)));
              findings.push(...(await sideways(page, where)));
            }
          }
          return findings;
        });
      assert.deepEqual(summary((await Promise.all(LOCALES.map(inLocale))).flat()), []);
    });

    test(`${visited.name} cuts no word off when words are 40 % longer`, async () => {
      const findings: Finding[] = [];
      await inTab("en", visited, async (page) => {
        await visit(page, `${demo.url}${visited.path}?pseudo`);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: HEIGHT });
          await page.evaluate(NOTHING_MOVES);
          findings.push(...(await cutOff(page, String(width))), ...(await sideways(page, String(width))));
        }
      });
      assert.deepEqual(summary(findings), []);
    });
  }
});

async function violations(page: Page, where: string, runOnly: readonly string[]): Promise<readonly Finding[]> {
  const how = { runOnly, resultTypes: ["violations"] };
  const run = `axe.run(document, ${JSON.stringify(how)}).then(({ violations }) => violations)`;
  const found = (await page.evaluate(run)) as AxeResults["violations"];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({
      where,
      what: `${id}: ${target.join(" ")}: ${(failureSummary ?? "").split("\n").slice(1).join(" ").trim()}`,
    })),
  );
}

/** WCAG 1.4.10: at 320 px nothing but tables and the like, in frames of their own, scrolls in two directions. */
async function sideways(page: Page, where: string): Promise<readonly Finding[]> {
  const wide = (await page.evaluate(WIDER_THAN_THE_WINDOW)) as string;
  return wide === "" ? [] : [{ where, what: wide }];
}

/** Words of ours whose end cannot be seen; what senders and people wrote may be shortened. */
async function cutOff(page: Page, where: string): Promise<readonly Finding[]> {
  const texts = (await page.evaluate(CUT_OFF)) as readonly string[];
  return texts.map((what) => ({ where, what }));
}

// What runs inside the page is text: the types here are Node's, and know no document.

const NOTHING_MOVES = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  .then(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished))).then(() => true)`;

const WIDER_THAN_THE_WINDOW = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return "";
  const widest = [...document.querySelectorAll("body *")]
    .map((element) => ({ element, right: Math.round(element.getBoundingClientRect().right) }))
    .filter(({ element, right }) => right > clientWidth + 1 && element.children.length === 0)
    .slice(0, 3)
    .map(({ element, right }) =>
      "<" + element.tagName.toLowerCase() + " class=" + element.className + "> ends at " + right);
  return scrollWidth + " px wide: " + widest.join("; ");
})()`;

/** Of elements with words of their own, those that hide a part of them. What only screen readers see is a pixel large. */
const CUT_OFF = `[...document.querySelectorAll("body *")]
  .filter((element) => {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && /·{2}/.test(node.nodeValue));
    if (!own || element.clientWidth <= 1 || element.matches(".unseen, .unseen *")) return false;
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    return (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1);
  })
  .map((element) => "<" + element.tagName.toLowerCase() + " class=" + element.className + "> " + element.textContent)`;

/** Each finding once, with everywhere it was found. */
function summary(findings: readonly Finding[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const { where, what } of findings) places.set(what, [...(places.get(what) ?? []), where]);
  const all = [...places].map(([what, where]) => `${what} [${[...new Set(where)].join(", ")}]`);
  return all.length <= SHOWN_MAX ? all : [...all.slice(0, SHOWN_MAX), `and ${all.length - SHOWN_MAX} more`];
}
