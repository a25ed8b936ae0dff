import { accessSync, constants, statfsSync } from "node:fs";
import { Fault } from "../../fault/fault.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import type { Said } from "../../locale/said.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Command } from "../command.ts";
import { table } from "../print.ts";

type DutiesAnswer = {
  readonly now: string;
  readonly violations: Readonly<Record<string, number>>;
  readonly duties: readonly {
    readonly name: string;
    readonly promise: Said;
    readonly everyMs: number;
    readonly last: { readonly endedAt: string; readonly outcome: string; readonly status: unknown } | null;
  }[];
};

type Check = { readonly what: string; readonly ok: boolean; readonly detail: string };

/** Free space below which a store that must never stop writing is in danger. */
const FREE_BYTES_MIN = 500_000_000;

export const doctorCommand: Command = {
  name: "doctor",
  summary: {
    ko: "서버와 엔진의 각 임무가 제대로 도는지 봅니다",
    en: "see whether the server and each of its duties is well",
  },
  usage: ["doctor"],
  options: serverOptions,
  async run(call) {
    const { locale, config } = call;
    const checks: Check[] = [dataFolder(config.data), freeSpace(config.data)];
    let answer: DutiesAnswer | undefined;
    try {
      const client = clientOf(call);
      answer = await client.get<DutiesAnswer>("/api/v1/duties");
      checks.push({ what: said.serverAnswers()[locale], ok: true, detail: answer.now });
      const violated = Object.entries(answer.violations);
      checks.push({
        what: said.promisesHold()[locale],
        ok: violated.length === 0,
        detail: violated.map(([name, count]) => `${name}×${count}`).join(", "),
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      checks.push({
        what: said.serverAnswers()[locale],
        ok: false,
        detail: `${error.code} ${JSON.stringify(error.facts)}`,
      });
    }
    const duties = (answer?.duties ?? []).map(({ name, promise, last }) => [
      last?.outcome === "ok" ? "✓" : "✗",
      name,
      last === null ? said.notRun()[locale] : said.ranAt({ at: last.endedAt.slice(11, 19) })[locale],
      promise[locale],
      last === null ? "" : JSON.stringify(last.status),
    ]);
    const ok = checks.every((check) => check.ok) && duties.every(([mark]) => mark === "✓");
    const lines = [
      ...checks.map(
        (check) => `${check.ok ? "✓" : "✗"} ${check.what}${check.detail === "" ? "" : `  ${check.detail}`}`,
      ),
      "",
      table(duties),
      "",
      ok ? said.allWell()[locale] : said.notWell()[locale],
    ];
    call.print(lines.join("\n"), { ok, checks, duties: answer?.duties ?? [] });
    return ok ? 0 : 1;
  },
};

function dataFolder(folder: string): Check {
  try {
    accessSync(folder, constants.W_OK);
    return { what: folder, ok: true, detail: "" };
  } catch (error) {
    return { what: folder, ok: false, detail: String(error) };
  }
}

function freeSpace(folder: string): Check {
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    return { what: "disk", ok: free > FREE_BYTES_MIN, detail: `${Math.round(free / 1_000_000)} MB free` };
  } catch (error) {
    return { what: "disk", ok: false, detail: String(error) };
  }
}
