import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { createServer } from "vite";
import type { Browser } from "./browser.ts";
import type { Demo } from "./demo.ts";

/** A page of the web UI as a script visits it. */
export type Visited = { readonly name: string; readonly path: string };

type RouteLike = { readonly path: string; readonly name: string; readonly example?: string };

/**
 * Every page behind the sign-in, from the list that the web UI itself routes by (`web/src/app/routes.tsx`): a page that is
 * added there is visited, nobody has to think of it.
 */
export async function pagesOfTheWeb(): Promise<readonly Visited[]> {
  const vite = await createServer({
    configFile: join("web", "vite.config.ts"),
    appType: "custom",
    logLevel: "error",
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { routes } = (await vite.ssrLoadModule("/src/app/routes.tsx")) as { routes: readonly RouteLike[] };
    return routes.map(({ path, name, example }) => {
      if (path.includes(":") && example === undefined) throw new Error(`the page ${name} (${path}) has no example`);
      return { name, path: example ?? path };
    });
  } finally {
    await vite.close();
  }
}

/** How somebody reads: put into the browser as one that was used that way before. */
export type Reading = { readonly locale: "ko" | "en"; readonly theme: "light" | "dark" };

/** The cookies of a browser in which the demo's account has signed in, through the form as a person does. */
export async function signInToDemo(
  browser: Browser,
  demo: Demo,
): Promise<Awaited<ReturnType<BrowserContext["cookies"]>>> {
  const context = await browser.context();
  const page = await context.newPage();
  await page.goto(demo.url);
  await page.locator('input[name="login"]').fill(demo.login);
  await page.locator('input[name="password"]').fill(demo.password);
  await page.locator('input[name="password"]').press("Enter");
  await page.locator("nav").first().waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/** A context that reads so, signed in where it is given cookies. */
export async function reader(
  browser: Browser,
  reading: Reading,
  options: BrowserContextOptions & { readonly cookies?: Awaited<ReturnType<BrowserContext["cookies"]>> } = {},
): Promise<BrowserContext> {
  const { cookies, ...rest } = options;
  const context = await browser.context({ reducedMotion: "reduce", ...rest });
  if (cookies !== undefined) await context.addCookies([...cookies]);
  const kept = Object.entries(reading).map(([name, value]) => `localStorage.setItem("bongsu.${name}", "${value}");`);
  await context.addInitScript({ content: kept.join("\n") });
  return context;
}

/** Goes there and waits until nothing on the page is still being fetched. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await atRest(page);
}

/** Waits until the page has its heading, nothing says that it is loading, and the letters are there. */
export async function atRest(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor({ timeout: 15_000 });
  await page.locator(LOADING).first().waitFor({ state: "detached", timeout: 15_000 });
  await page.evaluate(LETTERS_ARE_THERE);
}

const LOADING = '[class*="loading"], [aria-busy="true"]';
/** What runs inside the page is text: the types here are Node's, and know no document. */
const LETTERS_ARE_THERE = `document.fonts.ready.then(
  () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))))`;
