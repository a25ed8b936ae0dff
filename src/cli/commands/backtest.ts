import { existsSync } from "node:fs";
import { basename } from "node:path";
import { ANSWER_AFTER_MS, END_AFTER_MS } from "../../backtest/people-model.ts";
import { driversOf } from "../../engine/ports.ts";
import { Fault } from "../../fault/fault.ts";
import { type BacktestJob, doBacktest } from "../../http/backtest/job.ts";
import type { BacktestReport, BacktestSideRequest, WhichRoster } from "../../http/wire/backtest.ts";
import type { WhichPolicy } from "../../http/wire/simulate.ts";
import { channels } from "../../notify/registry.ts";
import { readDuration } from "../../policy/phrases.ts";
import { readRoster } from "../../roster/read-roster.ts";
import { MINUTE_MS, type Millis } from "../../time/instant.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { dayIn } from "../day-in.ts";
import { diagnosticText } from "../print.ts";
import { backtestText } from "../print-backtest.ts";
import { readPolicyFile, readTextFile } from "../read-files.ts";

/** As long as the server takes at most, and a little. */
const SERVER_SECONDS_MAX = 180;
/** A terminal can wait, and be interrupted. */
const LOCAL_SECONDS_MAX = 3_600;

export const backtestCommand: Command = {
  name: "backtest",
  summary: {
    ko: "지난 장애나 경보 이력을 다른 정책, 다른 명부로 되돌려 봅니다",
    en: "replays past incidents or an alert history through another policy or roster",
  },
  usage: [
    "backtest --history FILE.jsonl [--policy FILE] [--policy-b FILE] [--roster FILE] [--roster-b FILE]",
    "backtest --since 2026-09-01 [--until …] [--policy FILE|VERSION|draft] [--policy-b …] [--roster now|then|FILE] [--roster-b …]",
  ],
  options: {
    ...serverOptions,
    history: { type: "string", summary: { ko: "되돌려 볼 이력 (JSONL)", en: "the history to replay (JSONL)" } },
    since: {
      type: "string",
      summary: { ko: "서버에 기록된 장애를 이날부터", en: "the incidents that the server recorded, from this day on" },
    },
    until: { type: "string", summary: { ko: "이날 전까지 (기본 지금)", en: "until before this day (now)" } },
    policy: { type: "string", summary: { ko: "정책 A", en: "policy A" } },
    "policy-b": { type: "string", summary: { ko: "비교할 정책 B", en: "policy B, to compare with" } },
    roster: { type: "string", summary: { ko: "명부 A", en: "roster A" } },
    "roster-b": { type: "string", summary: { ko: "명부 B (기본: 명부 A)", en: "roster B (roster A)" } },
    "answer-after": {
      type: "string",
      summary: { ko: "기록에 없으면 이만큼 뒤에 확인 (기본 5m)", en: "acknowledged after, where no record tells (5m)" },
    },
    asleep: {
      type: "string",
      summary: { ko: "응답하지 않는 담당자 (쉼표로 여럿)", en: "people who answer nothing (with commas)" },
    },
    "end-after": {
      type: "string",
      summary: {
        ko: "복구 알림이 없는 경보가 끝났다고 볼 때 (기본 1h)",
        en: "an alert without an end ends after (1h)",
      },
    },
    timelines: {
      type: "boolean",
      summary: { ko: "장애마다 타임라인도 출력", en: "with the timeline of each incident" },
    },
  },
  async run(call) {
    const history = call.text("history");
    const since = call.text("since");
    if ((history === undefined) === (since === undefined))
      throw new Fault("usage", { missing: "--history or --since" });
    const report = history === undefined ? await onServer(call, since ?? "") : await here(call, history);
    call.print(backtestText(report, { locale: call.locale, timelines: call.flag("timelines") }), report);
    return (report.differences?.worse ?? 0) > 0 ? 1 : 0;
  },
};

/** With files alone: no server is asked. */
async function here(call: Call, file: string): Promise<BacktestReport> {
  const { config, locale } = call;
  const text = readTextFile(file);
  const [policyB, rosterB] = [call.text("policy-b"), call.text("roster-b")];
  const roster = rosterFile(config.roster, locale);
  const a = sideOf(policyFile(config.policy, locale), roster);
  const isCompared = policyB !== undefined || rosterB !== undefined;
  const b = isCompared
    ? sideOf(policyFile(policyB ?? config.policy, locale), rosterB === undefined ? roster : rosterFile(rosterB, locale))
    : undefined;
  const endAfter = durationIn(call, "end-after") ?? END_AFTER_MS;
  const model = { answerAfter: durationIn(call, "answer-after") ?? ANSWER_AFTER_MS, asleep: asleepIn(call) };
  const { zone } = config;
  const job: BacktestJob = {
    input: {
      history: { is: "text", text, endAfter },
      a: a.input,
      ...(b === undefined ? {} : { b: b.input }),
      model,
      drivers: driversOf(channels),
      zone,
    },
    show: { locale, zone, endAfter, a: a.name, b: b?.name },
    secondsMax: LOCAL_SECONDS_MAX,
  };
  try {
    return await doBacktest(job, showProgress);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "history-refused") throw error;
    process.stderr.write(`${refusedText(file, error)}\n`);
    const { line, because } = error.facts;
    throw new Fault("history-refused", { file, line, because });
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }
}

/** `file:line: why: what`, as an editor jumps from. */
function refusedText(file: string, { facts }: Fault): string {
  const { line, because: _, why, ...rest } = facts;
  const place = typeof line === "number" ? `${file}:${line}` : file;
  return [place, why, ...Object.values(rest)].map(String).join(": ");
}

function showProgress(share: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${Math.floor(share * 100)} %`);
}

type FileSide = { readonly input: BacktestJob["input"]["a"]; readonly name: BacktestJob["show"]["a"] };

function sideOf(policy: BacktestJob["input"]["a"]["policy"], roster: ReturnType<typeof rosterFile>): FileSide {
  return {
    input: { policy, roster: roster.facts },
    name: { policy: { id: policy.id, file: policy.file, stored: false }, roster: roster.name },
  };
}

function policyFile(file: string, locale: Call["locale"]): FileSide["input"]["policy"] {
  const { text, policy, diagnostics } = readPolicyFile(file);
  if (policy === undefined) {
    process.stderr.write(`${diagnostics.map((one) => diagnosticText(one, locale)).join("\n")}\n`);
    throw new Fault("policy-refused", { file });
  }
  return { id: policy.id, file: basename(file), text };
}

function rosterFile(
  file: string,
  locale: Call["locale"],
): { readonly name: string; readonly facts: FileSide["input"]["roster"] } {
  const { items, diagnostics } = readRoster({ file, text: readTextFile(file) });
  if (items === undefined) {
    process.stderr.write(`${diagnostics.map((one) => diagnosticText(one, locale)).join("\n")}\n`);
    throw new Fault("roster-refused", { file });
  }
  return { name: basename(file), facts: { is: "fixed", facts: items } };
}

/** The server replays what it recorded; documents that are files here are sent along. */
async function onServer(call: Call, since: string): Promise<BacktestReport> {
  const until = call.text("until");
  const a: BacktestSideRequest = {
    ...whichPolicy(call.text("policy")),
    ...whichRoster(call.text("roster")),
  };
  const [policyB, rosterB] = [call.text("policy-b"), call.text("roster-b")];
  const b =
    policyB === undefined && rosterB === undefined ? null : { ...a, ...whichPolicy(policyB), ...whichRoster(rosterB) };
  const answerAfter = durationIn(call, "answer-after");
  return clientOf(call).post<BacktestReport>(
    "/api/v1/backtest",
    {
      from: dayIn("--since", since, call.config.zone),
      ...(until === undefined ? {} : { to: dayIn("--until", until, call.config.zone) }),
      a,
      b,
      asleep: asleepIn(call),
      ...(answerAfter === undefined ? {} : { answerAfterMinutes: answerAfter / MINUTE_MS }),
    },
    SERVER_SECONDS_MAX,
  );
}

function whichPolicy(given: string | undefined): { readonly policy?: WhichPolicy } {
  if (given === undefined) return {};
  if (!existsSync(given)) return { policy: given };
  return { policy: { text: readTextFile(given), file: basename(given) } };
}

function whichRoster(given: string | undefined): { readonly roster?: WhichRoster } {
  if (given === undefined) return {};
  if (given === "now" || given === "then") return { roster: given };
  return { roster: { text: readTextFile(given), file: basename(given) } };
}

function durationIn(call: Call, option: string): Millis | undefined {
  const text = call.text(option);
  if (text === undefined) return undefined;
  const length = readDuration(text);
  if (length === undefined)
    throw new Fault("usage", { option: `--${option}`, got: text, expected: "5m, 90s, 1h, 5분" });
  return length;
}

function asleepIn(call: Call): readonly string[] {
  return (call.text("asleep") ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
