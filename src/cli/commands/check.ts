import { writeFileSync } from "node:fs";
import { driversOf } from "../../engine/ports.ts";
import { Fault } from "../../fault/fault.ts";
import { certificateSaid } from "../../locale/certificate.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import type { Locale } from "../../locale/said.ts";
import { watchRulesOf } from "../../monitor/watched-by.ts";
import { channels } from "../../notify/registry.ts";
import type { Diagnostic } from "../../policy/diagnostic.ts";
import type { Policy } from "../../policy/policy.ts";
import { type Certificate, certificateOf } from "../../proof/certificate.ts";
import { certificateText } from "../../proof/certificate-text.ts";
import { defaultText } from "../../proof/defaults.ts";
import type { Finding } from "../../proof/finding.ts";
import { findingsOf } from "../../proof/findings.ts";
import { horizonOf, proveReach } from "../../proof/prove-reach.ts";
import { readRoster } from "../../roster/read-roster.ts";
import type { Roster } from "../../roster/roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import { readTurnLength } from "../../roster/rotation-words.ts";
import { DAY_MS, type Instant } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Call, Command } from "../command.ts";
import { diagnosticText, LEVELS } from "../print.ts";
import { readPolicyFile, readTextFile, sha256 } from "../read-files.ts";

export const checkCommand: Command = {
  name: "check",
  summary: { ko: "정책 문서를 점검합니다 (명부와 대조)", en: "check a policy document, held against a roster" },
  usage: ["check POLICY [--roster FILE] [--horizon '12 months'] [--certificate FILE] [--explain]"],
  options: {
    roster: { type: "string", summary: { ko: "대조할 명부", en: "the roster to hold it against" } },
    horizon: {
      type: "string",
      summary: { ko: "앞으로 얼마 동안을 증명할지 (기본 12개월)", en: "how far ahead reach is proved (12 months)" },
    },
    certificate: {
      type: "string",
      summary: {
        ko: "도달 증명서를 쓸 파일 (.json이면 JSON, 아니면 읽는 글)",
        en: "the file for the certificate of reach (JSON where it ends in .json, else text)",
      },
    },
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
    const at = systemClock.now();
    const drivers = driversOf(channels);
    const until = horizonIn(call, at);
    const { zone } = call.config;
    const proof =
      policy === undefined || roster === undefined
        ? undefined
        : proveReach({ policy, roster, drivers, from: at, until, withDeaths: true });
    const facts = { drivers, at, zone, ...(proof === undefined ? {} : { proof }) };
    const findings = policy === undefined ? [] : findingsOf(policy, roster, facts);
    const certificate =
      policy === undefined || roster === undefined || proof === undefined
        ? undefined
        : certificateOf(proof, {
            policy,
            roster,
            drivers,
            zone,
            revision: null,
            computedAt: at,
            contacts: "not-considered",
            sha256,
          });
    const written = call.text("certificate");
    if (written !== undefined) writeCertificate(written, certificate, call.locale);
    const unreadable = diagnostics.some(({ level }) => level === "error");
    print(call, file, policy, { diagnostics, findings, roster, certificate });
    if (unreadable) return 2;
    return findings.some(({ level }) => level === "error") ? 1 : 0;
  },
};

/** Until when reach is proved: the option as a length of the calendar, or the usual twelve months. */
function horizonIn(call: Call, at: Instant): Instant {
  const { zone } = call.config;
  const text = call.text("horizon");
  if (text === undefined) return horizonOf(at, zone);
  const length = readTurnLength(text);
  if (length === undefined || length.unit === "holidays")
    throw new Fault("usage", { option: "--horizon", got: text, expected: "'12 months', '90 days', '12개월', '90일'" });
  const from = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const until = from.add({ [length.unit]: length.count }).epochMilliseconds;
  if (until - at > HORIZON_MS_MAX)
    throw new Fault("usage", { option: "--horizon", got: text, expected: "at most 5 years" });
  return until;
}

/** Holidays are not enacted further ahead, and nobody plans a rota that far. */
const HORIZON_MS_MAX = 5 * 366 * DAY_MS;

function writeCertificate(file: string, certificate: Certificate | undefined, locale: Locale): void {
  if (certificate === undefined) throw new Fault("usage", { option: "--certificate", missing: "--roster" });
  const text = file.endsWith(".json") ? JSON.stringify(certificate, null, 2) : certificateText(certificate, locale);
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw new Fault("usage", { option: "--certificate", file, because: (error as Error).message }, error);
  }
}

function print(
  call: Call,
  file: string,
  policy: Policy | undefined,
  result: {
    readonly diagnostics: readonly Diagnostic[];
    readonly findings: readonly Finding[];
    readonly roster: Roster | undefined;
    readonly certificate: Certificate | undefined;
  },
): void {
  const { locale } = call;
  const { diagnostics, findings, certificate } = result;
  const explains = call.flag("explain") && policy !== undefined;
  const defaults = explains ? policy.defaults : [];
  const rules = explains ? watchRulesOf(policy) : [];
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
    ...(rules.length === 0 ? [] : ["", said.watchHead()[locale]]),
    ...rules.map(({ text }) => `  ${text[locale]}`),
    "",
    ...(result.roster === undefined && policy !== undefined ? [said.withoutRoster()[locale]] : []),
    ...(certificate === undefined ? [] : [certificateLine(certificate, locale)]),
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
    certificate: certificate ?? null,
    ...(call.flag("explain")
      ? {
          defaults: defaults.map((one) => ({ ...one, text: defaultText(one)[locale] })),
          monitors: rules.map(({ clause, monitor, text }) => ({ clause, text: text[locale], monitor })),
        }
      : {}),
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

function certificateLine({ holds, sha256: seal }: Certificate, locale: Locale): string {
  return certificateSaid.line({ holds, seal: seal.slice(0, 12) })[locale];
}
