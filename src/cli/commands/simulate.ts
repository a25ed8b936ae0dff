import { driversOf } from "../../engine/ports.ts";
import { simulate, untilTheTop } from "../../escalation/simulate.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { reachText, skippedText } from "../../incident/tell.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import { timeText } from "../../locale/page.ts";
import { STEP_KINDS } from "../../locale/timeline.ts";
import { channels } from "../../notify/registry.ts";
import { readRoster } from "../../roster/read-roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import { fromIso, HOUR_MS, type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Command } from "../command.ts";
import { diagnosticText, offsetText } from "../print.ts";
import { readPolicyFile, readTextFile } from "../program.ts";

export const simulateCommand: Command = {
  name: "simulate",
  summary: {
    ko: "일어나지 않은 장애의 에스컬레이션 계획을 봅니다",
    en: "the escalation plan of an incident that has not happened",
  },
  usage: [
    "simulate --grade Critical [--service NAME] [--at 2026-12-25T03:00:00+09:00] [--hours 2] [--policy FILE] [--roster FILE]",
  ],
  options: {
    grade: { type: "string", summary: { ko: "장애 등급", en: "the grade" } },
    service: { type: "string", summary: { ko: "서비스", en: "the service" } },
    at: { type: "string", summary: { ko: "발생 시각 (RFC 3339, 기본 지금)", en: "when it happens (RFC 3339; now)" } },
    hours: {
      type: "string",
      summary: { ko: "몇 시간 앞까지 (기본: 최상위에 닿을 때까지)", en: "how far ahead in hours (until the top)" },
    },
    policy: { type: "string", summary: { ko: "정책 문서", en: "the policy document" } },
    roster: { type: "string", summary: { ko: "명부", en: "the roster" } },
  },
  async run(call) {
    const { config, locale } = call;
    const { policy, diagnostics } = readPolicyFile(config.policy);
    if (policy === undefined) {
      process.stderr.write(`${diagnostics.map((one) => diagnosticText(one, locale)).join("\n")}\n`);
      throw new Fault("policy-refused", { file: config.policy });
    }
    const read = readRoster({ file: config.roster, text: readTextFile(config.roster) });
    if (read.items === undefined) {
      process.stderr.write(`${read.diagnostics.map((one) => diagnosticText(one, locale)).join("\n")}\n`);
      throw new Fault("roster-refused", { file: config.roster });
    }
    const wanted = call.text("grade") ?? policy.grades[0]?.name ?? "";
    const grade = policy.grades.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (grade === undefined)
      throw new Fault("not-found", { grade: wanted, known: policy.grades.map(({ name }) => name) });
    const at = instantOf(call.text("at"));
    const roster = rosterOf(read.items);
    const hours = Number(call.text("hours") ?? untilTheTop(policy, grade.name) / HOUR_MS);
    if (!(hours > 0))
      throw new Fault("usage", { option: "--hours", got: call.text("hours"), expected: "a number of hours" });
    const service = call.text("service");
    const supposed = { grade: grade.name, at, ...(service === undefined ? {} : { service }) };
    const steps = simulate(supposed, { policy, roster, drivers: driversOf(channels) }, hours * HOUR_MS);
    const nameOf = (id: string): string => roster.people.get(asId(id))?.name ?? id;
    const lines = steps.flatMap((step) => {
      const clause = policy.clauses.get(step.clause);
      const because =
        clause === undefined ? "" : `  [${said.line({ line: clause.line })[locale]} ${clause.path.join(" › ")}]`;
      return [
        `${offsetText(step.due - at)}  ${STEP_KINDS[step.kind]?.[locale] ?? step.kind}${because}`,
        ...step.reach.map((reach) => `${INDENT}${reachText(reach, { nameOf })[locale]}`),
        ...step.skipped.map((one) => `${INDENT}✗ ${skippedText(one)[locale]}`),
      ];
    });
    const head = said.simulated({ grade: grade.name, at: timeText(at, config.zone, locale) })[locale];
    call.print([head, "", ...lines].join("\n"), {
      grade: grade.name,
      at: toIso(at),
      steps: steps.map((step) => ({ ...step, due: toIso(step.due), afterMinutes: (step.due - at) / MINUTE_MS })),
    });
    return 0;
  },
};

const INDENT = "          ";

function instantOf(text: string | undefined): Instant {
  if (text === undefined) return systemClock.now();
  const at = fromIso(text);
  if (at === undefined)
    throw new Fault("usage", { option: "--at", got: text, expected: "RFC 3339, such as 2026-12-25T03:00:00+09:00" });
  return at;
}
