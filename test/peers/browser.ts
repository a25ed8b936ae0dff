import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { CHROMIUM, KOREAN_FONT, missingPeer } from "../runner/debian.ts";

/** Why suites that need a browser have to be skipped; false where they need not. */
export const withoutBrowser: string | false = missingPeer(CHROMIUM, KOREAN_FONT) ?? false;

/** Root in a container has no sandbox; and nothing of the browser's own calls home in a test. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-features=MediaRouter,OptimizationHints,Translate,AutofillServerCommunication",
  "--disable-sync",
  "--metrics-recording-only",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
];

/** What people hold in their hands: the sizes that the screens are judged at. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;

export type Browser = {
  /**
   * A page in a context of its own, closed with the test. The test fails where the page writes an error to the console,
   * breaks the content security policy or throws, unless one of `expected` matches what it says.
   */
  page(test: TestContext, options?: BrowserContextOptions & { readonly expected?: readonly RegExp[] }): Promise<Page>;
  /** A context without a watch over what it complains of: for scripts. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
};

/** One browser for a test file. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  const context = (options: BrowserContextOptions = {}): Promise<BrowserContext> =>
    browser.newContext({ locale: "ko-KR", timezoneId: "Asia/Seoul", ...DESKTOP, ...options });
  return {
    async page(test, { expected = [], ...options } = {}) {
      const own = await context(options);
      const page = await own.newPage();
      const complaints = complaintsOf(page);
      test.after(async () => {
        await own.close();
        assert.deepEqual(
          complaints.filter((text) => !expected.some((pattern) => pattern.test(text))),
          [],
          "the page has nothing to complain of",
        );
      });
      return page;
    },
    context,
    close: () => browser.close(),
  };
}

/** Grows with whatever the page complains of: the browser tells violations of the security policy as console errors. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`thrown: ${error.stack ?? error.message}`));
  return complaints;
}
