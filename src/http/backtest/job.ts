import { type BacktestInput, backtest } from "../../backtest/backtest.ts";
import { Fault } from "../../fault/fault.ts";
import { LINE_PROBLEMS } from "../../locale/backtest.ts";
import type { Locale } from "../../locale/said.ts";
import { type Millis, SECOND_MS } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import { type ShowFacts, shownBacktest } from "../show/show-backtest.ts";
import type { BacktestReport } from "../wire/backtest.ts";

/** A back-test as plain values: for the thread that serves pages to hand to another one. */
export type BacktestJob = {
  readonly input: BacktestInput;
  readonly show: ShowFacts;
  /** Stopped with Fault `backtest-too-long` after so long. */
  readonly secondsMax: number;
};

/** How often it tells how far it is. */
const PROGRESS_EVERY_MS: Millis = 200;

/** Does it here and now; `onProgress` hears the done share a few times each second. */
export async function doBacktest(
  { input, show, secondsMax }: BacktestJob,
  onProgress: (share: number) => void,
): Promise<BacktestReport> {
  const began = systemClock.monotonic();
  let told = began;
  const result = await backtest(input, (share) => {
    const now = systemClock.monotonic();
    if (now - began > secondsMax * SECOND_MS)
      throw new Fault("backtest-too-long", { secondsMax, percentDone: Math.floor(share * 100) });
    if (now - told < PROGRESS_EVERY_MS) return;
    told = now;
    onProgress(share);
  }).catch((error: unknown) => {
    throw inWords(error, show.locale);
  });
  return shownBacktest(result, show);
}

/** Why a line is refused, in the reader's language, among the facts. */
function inWords(error: unknown, locale: Locale): unknown {
  if (!(error instanceof Fault) || error.code !== "history-refused") return error;
  const { because } = error.facts;
  const why = LINE_PROBLEMS[typeof because === "string" ? because : ""]?.[locale];
  return why === undefined ? error : new Fault(error.code, { ...error.facts, why }, error);
}
