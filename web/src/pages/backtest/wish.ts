import type { BacktestRequest, BacktestSideRequest } from "../../../../src/http/wire/backtest.ts";
import { instantOf } from "../simulate/zoned.ts";

export type SideWish = {
  /** A version, `draft`, or nothing: what is in force. */
  readonly policy: string;
  readonly roster: "now" | "then";
};

export type BacktestWish = {
  readonly source: "recorded" | "file";
  readonly period: "30" | "90" | "dates";
  /** Local dates; only where `period` is `dates`. */
  readonly from: string;
  readonly to: string;
  readonly file: { readonly name: string; readonly text: string; readonly lines: number } | undefined;
  readonly a: SideWish;
  readonly b: SideWish | undefined;
  readonly answerAfter: string;
  readonly endAfter: string;
  readonly asleep: readonly string[];
};

export const FIRST_WISH: BacktestWish = {
  source: "recorded",
  period: "90",
  from: "",
  to: "",
  file: undefined,
  a: { policy: "", roster: "then" },
  b: undefined,
  answerAfter: "5",
  endAfter: "60",
  asleep: [],
};

/** What is wished for at first; two versions of the policy can stand in the address, as `a` and `b`. */
export function wishFrom(search: URLSearchParams): BacktestWish {
  const [a, b] = [search.get("a") ?? "", search.get("b")];
  const sideOf = (policy: string): SideWish => ({ ...FIRST_WISH.a, policy });
  return { ...FIRST_WISH, a: sideOf(a), b: b === null ? undefined : sideOf(b) };
}

const DAY_MS = 86_400_000;

/** What the server is asked; undefined while the wish is not complete. */
export function requestOf(wish: BacktestWish, zone: string, now: number): BacktestRequest | undefined {
  const history = historyOf(wish, zone, now);
  const [answerAfterMinutes, endAfterMinutes] = [minutesOf(wish.answerAfter), minutesOf(wish.endAfter)];
  if (history === undefined || answerAfterMinutes === undefined || endAfterMinutes === undefined) return undefined;
  return {
    ...history,
    a: sideOf(wish.a),
    b: wish.b === undefined ? null : sideOf(wish.b),
    answerAfterMinutes,
    endAfterMinutes,
    asleep: wish.asleep,
  };
}

function historyOf(
  { source, period, from, to, file }: BacktestWish,
  zone: string,
  now: number,
): Pick<BacktestRequest, "history" | "from" | "to"> | undefined {
  if (source === "file") return file === undefined ? undefined : { history: file.text };
  if (period !== "dates") return { from: new Date(now - Number(period) * DAY_MS).toISOString() };
  const begin = instantOf(`${from}T00:00`, zone);
  const last = instantOf(`${to}T00:00`, zone);
  if (begin === undefined || last === undefined || last < begin) return undefined;
  return { from: new Date(begin).toISOString(), to: new Date(last + DAY_MS).toISOString() };
}

function sideOf({ policy, roster }: SideWish): BacktestSideRequest {
  return { ...(policy === "" ? {} : { policy }), roster };
}

function minutesOf(text: string): number | undefined {
  const minutes = text.trim() === "" ? Number.NaN : Number(text);
  return minutes >= 0 && minutes <= 10_080 ? minutes : undefined;
}
