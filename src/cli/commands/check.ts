import { driversOf } from "../../engine/ports.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import { channels } from "../../notify/registry.ts";
import type { Diagnostic } from "../../policy/diagnostic.ts";
import type { Policy } from "../../policy/policy.ts";
import { defaultText } from "../../proof/defaults.ts";
import type { Finding } from "../../proof/finding.ts";
import { findingsOf } from "../../proof/findings.ts";
import { readRoster } from "../../roster/read-roster.ts";
import type { Roster } from "../../roster/roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Call, Command } from "../command.ts";
import { diagnosticText, LEVELS } from "../print.ts";
import { readPolicyFile, readTextFile } from "../program.ts";

export const checkCommand: Command = {
  name: "check",
  summary: { ko: "정책 문서를 점검합니다 (명부와 대조)", en: "check a policy document, held against a roster" },
  usage: ["check POLICY [--roster FILE] [--explain]"],
  options: {
    roster: { type: "string", summary: { ko: "대조할 명부", en: "the roster to hold it against" } },
    explain: {
      type: "boolean",
      summary: { ko: "문서가 비워 둔 값에 적용한 기본값", en: "the defaults applied where the document is silent" },
    },
  },
  async run(call) {
    const file = call.word(0, "POLICY");
    const { policy, diagnostics: ofPolicy } = readPolicyFile(file);
    const rosterFile = call.text("roster");
    const read =
      rosterFile === undefined ? undefined : readRoster({ file: rosterFile, text: readTextFile(rosterFile) });
    const diagnostics = [...ofPolicy, ...(read?.diagnostics ?? [])];
    const roster = read?.items === undefined ? undefined : rosterOf(read.items);
    const findings =
      policy === undefined ? [] : findingsOf(policy, roster, { drivers: driversOf(channels), at: systemClock.now() });
    const unreadable = diagnostics.some(({ level }) => level === "error");
    print(call, file, policy, { diagnostics, findings, roster });
    if (unreadable) return 2;
    return findings.some(({ level }) => level === "error") ? 1 : 0;
  },
};

function print(
  call: Call,
  file: string,
  policy: Policy | undefined,
  result: {
    readonly diagnostics: readonly Diagnostic[];
    readonly findings: readonly Finding[];
    readonly roster: Roster | undefined;
  },
): void {
  const { locale } = call;
  const { diagnostics, findings } = result;
  const defaults = call.flag("explain") && policy !== undefined ? policy.defaults : [];
  const counted = said.checked({
    file,
    errors: [...diagnostics, ...findings].filter(({ level }) => level === "error").length,
    warnings: [...diagnostics, ...findings].filter(({ level }) => level === "warning").length,
    clauses: policy?.clauses.size ?? 0,
  })[locale];
  const lines = [
    ...diagnostics.map((one) => diagnosticText(one, locale)),
    ...findings.flatMap((finding) => findingLines(finding, file, policy, call)),
    ...(defaults.length === 0 ? [] : ["", said.defaultsHead()[locale]]),
    ...defaults.map((one) => {
      const clause = policy?.clauses.get(one.clause);
      return `  ${defaultText(one)[locale]}  [${said.line({ line: clause?.line ?? 0 })[locale]} ${clause?.path.join(" › ") ?? ""}]`;
    }),
    "",
    ...(result.roster === undefined && policy !== undefined ? [said.withoutRoster()[locale]] : []),
    counted,
  ];
  call.print(lines.join("\n"), {
    diagnostics: diagnostics.map((one) => ({ ...one, message: one.message[locale], expected: one.expected[locale] })),
    findings: findings.map((one) => ({
      ...one,
      message: one.message[locale],
      why: one.why[locale],
      mend: one.mend[locale],
    })),
    ...(call.flag("explain") ? { defaults: defaults.map((one) => ({ ...one, text: defaultText(one)[locale] })) } : {}),
  });
}

function findingLines(finding: Finding, file: string, policy: Policy | undefined, { locale }: Call): string[] {
  const clause = policy?.clauses.get(finding.clause);
  const place = clause === undefined ? file : `${file}:${clause.line}:${clause.column}`;
  return [
    `${place}: ${LEVELS[finding.level][locale]} ${finding.code}: ${finding.message[locale]}`,
    `    ${said.why()[locale]}: ${finding.why[locale]}`,
    `    ${said.mend()[locale]}:`,
    ...finding.mend[locale].split("\n").map((line) => `      ${line}`),
  ];
}
