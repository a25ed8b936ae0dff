import { driversOf } from "../../engine/ports.ts";
import { nightOf, supposedOnDuty } from "../../escalation/night.ts";
import { simulate, untilTheTop } from "../../escalation/simulate.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { reachText, skippedText } from "../../incident/tell.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import { timeText } from "../../locale/page.ts";
import { STEP_KINDS } from "../../locale/timeline.ts";
import { channels } from "../../notify/registry.ts";
import { readRoster } from "../../roster/read-roster.ts";
import type { Person, Roster } from "../../roster/roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import { sameName } from "../../roster/same-name.ts";
import { fromIso, HOUR_MS, type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Command } from "../command.ts";
import { diagnosticText, offsetText } from "../print.ts";
import { readPolicyFile, readTextFile } from "../read-files.ts";

export const simulateCommand: Command = {
  name: "simulate",
  summary: {
    ko: "일어나지 않은 장애의 에스컬레이션 계획을 봅니다",
    en: "the escalation plan of an incident that has not happened",
  },
  usage: [
    "simulate --grade Critical [--service NAME] [--at 2026-12-25T03:00:00+09:00] [--hours 2] [--policy FILE] [--roster FILE]",
    "simulate --grade Critical --person ID [--as-it-stands] [--at …]",
  ],
  options: {
    grade: { type: "string", summary: { ko: "장애 등급", en: "the grade" } },
    service: { type: "string", summary: { ko: "서비스", en: "the service" } },
    at: { type: "string", summary: { ko: "발생 시각 (RFC 3339, 기본 지금)", en: "when it happens (RFC 3339; now)" } },
    hours: {
      type: "string",
      summary: { ko: "몇 시간 앞까지 (기본: 최상위에 닿을 때까지)", en: "how far ahead in hours (until the top)" },
    },
    person: {
      type: "string",
      summary: { ko: "이 사람을 깨우는 단계만, 당번이라고 보고", en: "only what reaches this person, as if on duty" },
    },
    "as-it-stands": {
      type: "boolean",
      summary: { ko: "--person: 명부대로 (당번이라고 보지 않음)", en: "--person: as the roster really stands" },
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
    const facts = { policy, roster, drivers: driversOf(channels) };
    const person = personNamed(call.text("person"), roster);
    const asked =
      person === undefined || call.flag("as-it-stands")
        ? facts
        : { ...facts, roster: supposedOnDuty(person.id, policy, roster) };
    const steps =
      person === undefined
        ? simulate(supposed, facts, hours * HOUR_MS)
        : nightOf(person.id, supposed, asked, hours * HOUR_MS).map((step) => ({
            ...step,
            skipped: step.skipped.filter(({ who }) => who === person.name),
          }));
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
    const whom = person === undefined ? [] : [said.simulatedFor({ name: person.name, duty: asked !== facts })[locale]];
    const nothing = steps.length === 0 ? [said.neverCalled()[locale]] : lines;
    call.print([head, ...whom, "", ...nothing].join("\n"), {
      grade: grade.name,
      ...(person === undefined ? {} : { person: person.id, supposedOnDuty: asked !== facts }),
      at: toIso(at),
      steps: steps.map((step) => ({ ...step, due: toIso(step.due), afterMinutes: (step.due - at) / MINUTE_MS })),
    });
    return 0;
  },
};

function personNamed(wanted: string | undefined, roster: Roster): Person | undefined {
  if (wanted === undefined) return undefined;
  const people = [...roster.people.values()];
  const found = roster.people.get(asId(wanted)) ?? people.find(({ name }) => sameName(name, wanted));
  if (found === undefined) throw new Fault("not-found", { person: wanted, known: people.map(({ id }) => id) });
  return found;
}

const INDENT = "          ";

function instantOf(text: string | undefined): Instant {
  if (text === undefined) return systemClock.now();
  const at = fromIso(text);
  if (at === undefined)
    throw new Fault("usage", { option: "--at", got: text, expected: "RFC 3339, such as 2026-12-25T03:00:00+09:00" });
  return at;
}
