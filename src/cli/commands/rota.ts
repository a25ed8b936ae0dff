import { parse } from "yaml";
import { Fault } from "../../fault/fault.ts";
import { rotaRequestIn } from "../../http/read-rota.ts";
import { shownRota } from "../../http/show/shown-rota.ts";
import type { ShownRotaAnswer } from "../../http/wire/rota.ts";
import { rotaSaid as said } from "../../locale/rota.ts";
import type { Locale } from "../../locale/said.ts";
import { exportRoster } from "../../roster/export-roster.ts";
import { readRoster } from "../../roster/read-roster.ts";
import type { Roster, Rotation } from "../../roster/roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import { sameName } from "../../roster/same-name.ts";
import { type RotaRequest, readRotaQuestion } from "../../rota/read-question.ts";
import { answerQuestion } from "../../solve/answer-question.ts";
import { highsSolver } from "../../solve/highs/highs-solver.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Call, Command } from "../command.ts";
import { diagnosticText, table } from "../print.ts";
import { readPolicyFile, readTextFile } from "../read-files.ts";

const TIME_SECONDS = 30;
const TIME_SECONDS_MAX = 3_600;

export const rotaCommand: Command = {
  name: "rota",
  summary: {
    ko: "조건을 모두 지키는 근무 편성을 찾거나, 없음을 증명하고 최소 인원을 말합니다",
    en: "a rota that keeps every limit, or the proof that there is none with the smallest head count that works",
  },
  usage: [
    "rota --people 2 [--shifts 12h] [--week-hours 52] [--rest 11]",
    'rota --team "L1 지원팀" [--roster FILE] [--from 2026-12-07] [--weeks 4] [--per-shift 2] [--yaml]',
    'rota --team "L1 지원팀" --people policy [--policy FILE]',
    "rota --question FILE",
  ],
  options: {
    team: { type: "string", summary: { ko: "팀: 명부의 구성원으로", en: "a team: its members in the roster" } },
    people: {
      type: "string",
      summary: {
        ko: "사람 수, 이름들(쉼표), 또는 policy(정책이 정한 인원)",
        en: "a number, names with commas, or policy (the head count that it states)",
      },
    },
    from: { type: "string", summary: { ko: "첫날 (기본 다음 월요일)", en: "the first day (the next Monday)" } },
    weeks: { type: "string", summary: { ko: "몇 주 (기본 4)", en: "how many weeks (4)" } },
    repeat: { type: "boolean", summary: { ko: "끝나면 처음부터 되풀이", en: "the same again and again" } },
    shifts: {
      type: "string",
      summary: {
        ko: "12h, 8h, 24h, 1d, 1w 또는 '월-금 09:00-18:00; …' (기본 12h)",
        en: "12h, 8h, 24h, 1d, 1w or 'mon-fri 09:00-18:00; …' (12h)",
      },
    },
    "starts-at": { type: "string", summary: { ko: "첫 근무 시작 (기본 08:00)", en: "when the first begins (08:00)" } },
    "per-shift": { type: "string", summary: { ko: "근무마다 몇 명 (기본 1)", en: "people on each shift (1)" } },
    "week-hours": {
      type: "string",
      summary: { ko: "주 근무 시간 상한 (기본 52, none)", en: "hours a week at most (52, none)" },
    },
    rest: { type: "string", summary: { ko: "근무 사이 휴식 시간 (기본 11, none)", en: "hours of rest (11, none)" } },
    nights: { type: "string", summary: { ko: "연속 야간 최대", en: "nights in a row at most" } },
    days: { type: "string", summary: { ko: "연속 근무일 최대", en: "days in a row at most" } },
    question: {
      type: "string",
      summary: { ko: "질문 파일(YAML, docs/rota.md)", en: "a file with the question (YAML)" },
    },
    time: {
      type: "string",
      summary: { ko: `솔버 시간 제한(초, 기본 ${TIME_SECONDS})`, en: `seconds for the solver (${TIME_SECONDS})` },
    },
    yaml: {
      type: "boolean",
      summary: { ko: "명부에 넣을 교대를 YAML로", en: "the rotations for the roster, as YAML" },
    },
    policy: { type: "string", summary: { ko: "정책 문서", en: "the policy document" } },
    roster: { type: "string", summary: { ko: "명부", en: "the roster" } },
  },
  async run(call) {
    const request = requestOf(call);
    const isAnonymous = typeof request.people === "number" && call.text("roster") === undefined;
    const roster = isAnonymous ? rosterOf([]) : rosterIn(call);
    const { team, ...rest } = request;
    const facts = { roster, at: systemClock.now(), zone: call.config.zone };
    const read = readRotaQuestion(isAnonymous ? rest : { ...rest, team }, facts);
    if ("problems" in read) {
      const lines = read.problems.map(({ field, message }) => `${field}: ${message[call.locale]}`);
      process.stderr.write(`${lines.join("\n")}\n`);
      throw new Fault("usage", { fields: read.problems.map(({ field }) => field) });
    }
    const subject = isAnonymous && team !== undefined ? { ...read, team } : read;
    const solver = highsSolver();
    const begun = systemClock.now();
    try {
      const timeSeconds = secondsIn(call);
      const answer = await answerQuestion(read.question, { solver, timeSeconds, now: () => systemClock.now() });
      const tookSeconds = (systemClock.now() - begun) / 1_000;
      const shown = shownRota(subject, answer, { locale: call.locale, tookSeconds });
      call.print(call.flag("yaml") && shown.is === "rota" ? yamlOf(shown) : textOf(shown, call.locale), shown);
      return { rota: 0, none: 1, unknown: 2 }[answer.is];
    } finally {
      await solver.close();
    }
  },
};

function requestOf(call: Call): RotaRequest {
  const file = call.text("question");
  const written = file === undefined ? {} : questionIn(file);
  const shifts = call.text("shifts");
  const flags: RotaRequest = {
    team: call.text("team"),
    people: peopleIn(call),
    from: call.text("from"),
    weeks: numberIn(call, "weeks"),
    ...(call.flag("repeat") ? { repeats: true } : {}),
    shifts: shifts?.includes(":") ? shifts.split(";").map((one) => one.trim()) : shifts,
    startsAt: call.text("starts-at"),
    perShift: numberIn(call, "per-shift"),
    weekHoursMax: limitIn(call, "week-hours"),
    restHoursMin: limitIn(call, "rest"),
    nightsInRowMax: limitIn(call, "nights"),
    daysInRowMax: limitIn(call, "days"),
  };
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  return { ...written, ...given };
}

/** The keys of a file are those of `POST /api/v1/rota`. */
function questionIn(file: string): RotaRequest {
  let value: unknown;
  try {
    value = parse(readTextFile(file));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("usage", { option: "--question", file, expected: "YAML" }, error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Fault("usage", { option: "--question", file, expected: "a mapping, as in docs/rota.md" });
  return rotaRequestIn(value as Readonly<Record<string, unknown>>);
}

function peopleIn(call: Call): RotaRequest["people"] {
  const text = call.text("people");
  if (text === undefined) return undefined;
  if (/^\d+$/u.test(text)) return Number(text);
  if (text !== "policy") return text.split(",").map((one) => one.trim());
  const { policy, diagnostics } = readPolicyFile(call.config.policy);
  if (policy === undefined) {
    process.stderr.write(`${diagnostics.map((one) => diagnosticText(one, call.locale)).join("\n")}\n`);
    throw new Fault("policy-refused", { file: call.config.policy });
  }
  const wanted = call.text("team") ?? "";
  const team = policy.teams.find(({ name }) => sameName(name, wanted));
  if (team === undefined) throw new Fault("not-found", { team: wanted, known: policy.teams.map(({ name }) => name) });
  const heads = team.staffing.reduce((sum, { count }) => sum + count, 0);
  if (heads === 0) throw new Fault("not-found", { team: wanted, because: "the policy states no head count" });
  return heads;
}

function rosterIn(call: Call): Roster {
  const file = call.config.roster;
  const read = readRoster({ file, text: readTextFile(file) });
  if (read.items !== undefined) return rosterOf(read.items);
  process.stderr.write(`${read.diagnostics.map((one) => diagnosticText(one, call.locale)).join("\n")}\n`);
  throw new Fault("roster-refused", { file });
}

function secondsIn(call: Call): number {
  const seconds = numberIn(call, "time") ?? TIME_SECONDS;
  if (seconds > 0 && seconds <= TIME_SECONDS_MAX) return seconds;
  throw new Fault("usage", { option: "--time", got: seconds, expected: `up to ${TIME_SECONDS_MAX} seconds` });
}

function numberIn(call: Call, option: string): number | undefined {
  const text = call.text(option);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new Fault("usage", { option: `--${option}`, got: text, expected: "a number" });
  return value;
}

function limitIn(call: Call, option: string): number | null | undefined {
  return call.text(option) === "none" ? null : numberIn(call, option);
}

function textOf(shown: ShownRotaAnswer, locale: Locale): string {
  switch (shown.is) {
    case "unknown":
      return shown.summary;
    case "none":
      return [
        shown.summary,
        shown.proof,
        ...shown.arguments.map(({ text }) => `  ${text}`),
        "",
        shown.smallest.text,
        ...shown.loosened.map(({ gives, text }) => `  ${MARKS[gives]} ${text}`),
        ...(shown.weekHoursNeeded === null ? [] : [shown.weekHoursNeeded.text]),
      ].join("\n");
    case "rota": {
      const nameOf = (id: string): string => shown.question.people.find((one) => one.id === id)?.name ?? id;
      const days = new Map<string, string[]>();
      for (const { dates, kind, people } of shown.shifts) {
        const [date = ""] = dates;
        const row = days.get(date) ?? shown.question.shifts.map(() => "");
        row[kind] = people.map(nameOf).join(", ");
        days.set(date, row);
      }
      const holidays = new Map(shown.question.holidays.map(({ date, name }) => [date, name]));
      const tallies = shown.tallies.map((tally) => [
        nameOf(tally.person),
        ...[tally.shifts, tally.hours, tally.weekHoursMost, tally.nights, tally.weekendHours].map(String),
        tally.holidays.map(({ name }) => name).join(", "),
      ]);
      return [
        shown.summary,
        shown.fairnessText,
        ...shown.spreads.map((text) => `  ${text}`),
        "",
        table([
          ["", ...shown.question.shifts.map(({ name }) => name)],
          ...[...days].map(([date, row]) => [dayText(date, locale), ...row, holidays.get(date) ?? ""]),
        ]),
        "",
        table([said.columns()[locale].split("|"), ...tallies]),
      ].join("\n");
    }
  }
}

const MARKS = { rota: "✓", none: "✗", unknown: "?" } as const;

function dayText(date: string, locale: Locale): string {
  const day = Temporal.PlainDate.from(date);
  return day.toLocaleString(locale === "ko" ? "ko-KR" : "en-GB", {
    month: "numeric",
    day: "numeric",
    weekday: "short",
  });
}

function yamlOf(shown: Extract<ShownRotaAnswer, { readonly is: "rota" }>): string {
  const rotations = shown.rotations.map(({ data }) => data as unknown as Rotation);
  return exportRoster({ ...rosterOf([]), rotations: new Map(rotations.map((one) => [one.id, one])) }).trimEnd();
}
