import { Fault } from "../../fault/fault.ts";
import type { ShownLoad } from "../../http/wire/load.ts";
import { loadSaid as said } from "../../locale/load.ts";
import { systemClock } from "../../time/system-clock.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { table } from "../print.ts";

export const loadCommand: Command = {
  name: "load",
  summary: {
    ko: "당번 부담: 대기·야간·휴일·깨움·대응 시간, 급여용 CSV",
    en: "what duty costs each person, with a CSV for the payroll",
  },
  usage: [
    'load [--month 2026-11] [--team "L1 지원팀"]',
    "load --from 2026-11-01 --to 2026-11-15",
    "load --month 2026-11 --csv [--by shift] [--bom] > load.csv",
  ],
  options: {
    ...serverOptions,
    month: { type: "string", summary: { ko: "달 (기본 이번 달)", en: "the month (this one)" } },
    from: { type: "string", summary: { ko: "첫날", en: "the first day" } },
    to: { type: "string", summary: { ko: "마지막 날", en: "the last day" } },
    team: { type: "string", summary: { ko: "한 팀만", en: "one team" } },
    csv: { type: "boolean", summary: { ko: "급여용 CSV", en: "a CSV for the payroll" } },
    by: { type: "string", summary: { ko: "CSV의 행: day 또는 shift (기본 day)", en: "rows: day or shift (day)" } },
    bom: {
      type: "boolean",
      summary: { ko: "Excel이 UTF-8로 읽게 하는 표시", en: "the mark by which Excel reads UTF-8" },
    },
  },
  async run(call) {
    const { locale } = call;
    const query = queryOf(call);
    if (call.flag("csv")) {
      query.set("by", call.text("by") ?? "day");
      query.set("locale", locale);
      if (call.flag("bom")) query.set("bom", "1");
      process.stdout.write(await clientOf(call).getText(`/api/v1/load/csv?${query.toString()}`));
      return 0;
    }
    const load = await clientOf(call).get<ShownLoad>(`/api/v1/load?${query.toString()}`);
    const rows = load.people.map((person) => [
      person.name,
      hours(person.standby),
      hours(person.night),
      String(person.nights),
      String(person.weekendDays),
      person.holidayDays.length === 0
        ? "0"
        : `${person.holidayDays.length} (${person.holidayDays.map(({ name }) => name).join(", ")})`,
      String(person.wakings),
      hours(person.worked),
      hours(person.longestStretch),
      person.shortestRest === null ? "-" : hours(person.shortestRest),
    ]);
    const warnings = load.people.flatMap(({ name, warnings: own }) => own.map(({ text }) => `  ${name}: ${text}`));
    const text = [
      `${load.from} – ${load.to} (${load.zone})`,
      rows.length === 0 ? said.none()[locale] : table([said.columns()[locale].split("|"), ...rows]),
      ...(warnings.length === 0 ? [] : ["", ...warnings]),
      "",
      load.counted,
      ...(load.withoutTurns.length === 0 ? [] : [said.withoutTurns({ teams: load.withoutTurns })[locale]]),
    ];
    call.print(text.join("\n"), load);
    return 0;
  },
};

function queryOf(call: Call): URLSearchParams {
  const query = new URLSearchParams();
  const [from, to, month, team] = ["from", "to", "month", "team"].map((name) => call.text(name));
  if (month !== undefined && (from !== undefined || to !== undefined))
    throw new Fault("usage", { expected: "--month, or --from and --to" });
  if (from === undefined && to === undefined) query.set("month", month ?? thisMonth(call.config.zone));
  if (from !== undefined) query.set("from", from);
  if (to !== undefined) query.set("to", to);
  if (team !== undefined) query.set("team", team);
  return query;
}

function thisMonth(zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(systemClock.now())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toPlainYearMonth()
    .toString();
}

function hours(minutes: number): string {
  return String(Math.round(minutes / 6) / 10);
}
