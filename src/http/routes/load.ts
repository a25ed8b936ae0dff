import type { FastifyInstance, FastifyRequest } from "fastify";
import { readLoadSources } from "../../engine/load-sources.ts";
import { Fault } from "../../fault/fault.ts";
import type { LoadPeriod } from "../../load/load.ts";
import { payrollCsv, payrollDays, payrollShifts } from "../../load/payroll.ts";
import { atTime } from "../../roster/day-parts.ts";
import { holidayCalendar } from "../../roster/holidays.ts";
import { teamNamed } from "../../roster/on-duty.ts";
import { toIso } from "../../time/instant.ts";
import { type HttpFacts, localeFor, may } from "../access.ts";
import { shownLoad } from "../show/shown-load.ts";
import type { ShownLoad } from "../wire/load.ts";

/** A quarter and a bit, as the calendar. */
const LOAD_DAYS_MAX = 100;

type Query = { readonly from?: string; readonly to?: string; readonly month?: string; readonly team?: string };
type Asked = { Querystring: Query };
type AskedCsv = { Querystring: Query & { readonly by?: string; readonly bom?: string; readonly locale?: string } };

/** What duty cost each person, for people to look at and for the payroll. */
export function loadRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, settings } = engine.ports;

  const read = async (query: Query) => {
    const dates = datesIn(query);
    const roster = await engine.knowledge.roster(store);
    if (query.team !== undefined && teamNamed(roster, query.team) === undefined)
      throw new Fault("not-found", { team: query.team, known: roster.teams.map(({ name }) => name) });
    const { zone } = settings;
    const period = {
      start: atTime(dates.first, "00:00", zone),
      end: atTime(dates.last.add({ days: 1 }), "00:00", zone),
    };
    const policy = await engine.knowledge.currentPolicy(store);
    const found = await readLoadSources(store, policy, { period, now: clock.now(), team: query.team });
    const load: LoadPeriod = { period, zone, holidays: holidayCalendar(zone, roster.holidays) };
    return { ...found, load, roster, dates };
  };

  server.get<Asked>("/api/v1/load", may(facts, "roster.read"), async (request): Promise<ShownLoad> => {
    const { sources, withoutTurns, isWhole, load, roster, dates } = await read(request.query);
    return {
      from: dates.first.toString(),
      to: dates.last.toString(),
      zone: load.zone,
      now: toIso(clock.now()),
      withoutTurns,
      isWhole,
      ...shownLoad(sources, load, { roster, locale: localeFor(request) }),
    };
  });

  server.get<AskedCsv>("/api/v1/load/csv", may(facts, "roster.read"), async (request, reply) => {
    const { by = "day", bom } = request.query;
    if (by !== "day" && by !== "shift") throw new Fault("bad-request", { field: "by", expected: "day or shift" });
    const { sources, load, roster, dates } = await read(request.query);
    const rows = by === "shift" ? payrollShifts(sources, load) : payrollDays(sources, load);
    const text = payrollCsv(rows, {
      locale: localeIn(request),
      nameOf: (person) => roster.people.get(person)?.name ?? person,
      byShift: by === "shift",
      bom: bom === "1" || bom === "true",
    });
    const file = `bongsu-load-${dates.first.toString()}-${dates.last.toString()}.csv`;
    return reply
      .header("content-disposition", `attachment; filename="${file}"`)
      .type("text/csv; charset=utf-8")
      .send(text);
  });
}

/** A link that is followed in a browser sends the browser's language: the page says its own. */
function localeIn(request: FastifyRequest): "ko" | "en" {
  const { locale } = request.query as { readonly locale?: string };
  return locale === "ko" || locale === "en" ? locale : localeFor(request);
}

function datesIn({ from, to, month }: Query): {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
} {
  if (month !== undefined) {
    const first = dateIn("month", `${month}-01`);
    return { first, last: first.add({ months: 1 }).subtract({ days: 1 }) };
  }
  const dates = { first: dateIn("from", from), last: dateIn("to", to) };
  const days = dates.first.until(dates.last).days + 1;
  if (days < 1 || days > LOAD_DAYS_MAX)
    throw new Fault("bad-request", { field: "to", expected: `from 0 to ${LOAD_DAYS_MAX - 1} days after from` });
  return dates;
}

function dateIn(field: string, text: string | undefined): Temporal.PlainDate {
  try {
    const date = Temporal.PlainDate.from(text ?? "");
    if (date.year >= 2000 && date.year < 2200) return date;
  } catch {
    // Told below.
  }
  const expected = field === "month" ? "2026-11" : "a local date, 2026-11-01; or month=2026-11 alone";
  throw new Fault("bad-request", { field, expected });
}
