import { Worker } from "node:worker_threads";
import { checkedFetch, RefusedAddress } from "../net/checked-fetch.ts";
import type { Network } from "../net/networks.ts";
import type { CalendarEntry, ImportFailure } from "../roster/calendars.ts";
import type { Interval } from "../time/interval.ts";
import type { ReadEntries } from "./read-entries.ts";

/** What an answer may hold: ten years of a busy calendar. */
export const CALENDAR_BYTES_MAX = 4 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 10_000;
const READ_TIMEOUT_MS = 5_000;
const HEAP_MB_MAX = 256;

type Failed = { readonly is: "failed"; readonly because: ImportFailure };
export type FetchedCalendar =
  | { readonly is: "fetched"; readonly text: string; readonly etag?: string }
  | { readonly is: "unchanged" }
  | Failed;

/** Calendars of others: fetched where they are, and read. Never throws. */
export type Calendars = {
  fetch(url: string, etag: string | undefined): Promise<FetchedCalendar>;
  read(
    text: string,
    facts: { readonly interval: Interval; readonly zone: string },
  ): Promise<{ readonly is: "read"; readonly entries: readonly CalendarEntry[] } | Failed>;
};

/** `allow` names private networks that may be asked; public addresses always may. */
export function calendarsOver(allow: readonly Network[]): Calendars {
  return {
    async fetch(url, etag) {
      const headers = { accept: "text/calendar", ...(etag === undefined ? {} : { "if-none-match": etag }) };
      try {
        const {
          status,
          body,
          isCut,
          etag: tag,
        } = await checkedFetch(url.replace(/^webcal:/iu, "https:"), {
          method: "GET",
          headers,
          bytesMax: CALENDAR_BYTES_MAX,
          timeout: FETCH_TIMEOUT_MS,
          allow,
        });
        if (status === 304) return { is: "unchanged" };
        if (status >= 300 && status < 400) return failed("redirected");
        if (status !== 200) return failed("refused");
        if (isCut) return failed("too-large");
        return { is: "fetched", text: body, ...(tag === null ? {} : { etag: tag }) };
      } catch (error) {
        return failed(error instanceof RefusedAddress ? "refused-address" : "not-reached");
      }
    },
    read: (text, facts) =>
      new Promise((resolve) => {
        const worker = new Worker(WORKER, {
          workerData: { text, facts },
          resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
        });
        const settle = (answer: ReadEntries | Failed): void => {
          clearTimeout(timer);
          void worker.terminate();
          resolve(answer.is === "refused" ? failed(answer.because) : answer);
        };
        const timer = setTimeout(() => settle(failed("takes-too-long")), READ_TIMEOUT_MS);
        worker
          .on("message", (answer: ReadEntries) => settle(answer))
          .on("error", () => settle(failed("takes-too-long")))
          .on("exit", () => settle(failed("takes-too-long")));
      }),
  };
}

function failed(because: ImportFailure): Failed {
  return { is: "failed", because };
}

/** The file beside this one: `.ts` as it stands, `.js` where it was compiled. */
const WORKER = new URL(import.meta.url.replace(/calendars(\.[jt]s)$/u, "read-worker$1"));
