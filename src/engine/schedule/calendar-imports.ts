import { Fault } from "../../fault/fault.ts";
import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import { timeText } from "../../locale/page.ts";
import type { Locale, Said } from "../../locale/said.ts";
import { importFailureSaid, scheduleSaid as said } from "../../locale/schedule.ts";
import type { CalendarEntry, CalendarImport, ImportFailure } from "../../roster/calendars.ts";
import { changesOfEdit, type DutyChange, newGaps } from "../../roster/duty-changes.ts";
import { IMPORT_AHEAD_MS, importEdit, managerOf } from "../../roster/imported-facts.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import { changeRoster } from "../change-roster.ts";
import { tellQuietly } from "../notices.ts";
import type { Ports } from "../ports.ts";
import type { RosterEngine } from "../roster-findings.ts";

const EVERY_MS = HOUR_MS;
/** After a failure sooner, then later and later. */
const AGAIN_MS = 10 * MINUTE_MS;
const AGAIN_MS_MAX = 6 * HOUR_MS;
/** Unchanged texts too are read anew so often: series go on into days that were too far ahead. */
const ANEW_MS = DAY_MS;
/** More is no set-up of one company. */
const IMPORTS_MAX = 500;

export type ImportWish = Pick<CalendarImport, "name" | "of" | "person" | "url" | "match"> & { readonly text?: string };

export type ImportedBy = { readonly by: string; readonly locale: Locale; readonly confirmed: boolean };

/**
 * Reads a calendar for the first time, from its address or as it was given, and takes its entries over. Fault
 * `calendar-unreadable` where that fails, and those of a change of the roster: a gap that arises asks first.
 */
export async function importCalendar(
  engine: RosterEngine,
  { text: given, ...wish }: ImportWish,
  who: ImportedBy,
): Promise<{ readonly calendar: CalendarImport; readonly changes: readonly DutyChange[] }> {
  const { ports } = engine;
  const at = ports.clock.now();
  const calendar: CalendarImport = {
    ...wish,
    id: asId(`i${randomText(ports.chance, 10)}`),
    createdAt: at,
    by: who.by,
    entries: 0,
    ...(wish.url === undefined ? {} : { dueAt: at + EVERY_MS }),
  };
  if ((await ports.store.calendarImports()).length >= IMPORTS_MAX)
    throw new Fault("conflict", { because: "too-many", most: IMPORTS_MAX });
  const read = await readAt(ports, calendar, given, at);
  if (read.is === "failed") throw unreadable(read.because, who.locale);
  if (read.is === "unchanged") throw unreadable("refused", who.locale);
  return takeOver(engine, { ...calendar, readAt: at, ...read.etag }, read.entries, {
    ...who,
    action: "schedule.calendar-imported",
    write: (queries, one) => queries.putCalendarImport(one),
  });
}

function unreadable(because: ImportFailure, locale: Locale): Fault {
  return new Fault("calendar-unreadable", { because, why: importFailureSaid(because)[locale] });
}

/** Takes away a calendar with all that came from it. What was stays as it was. */
export async function endImport(engine: RosterEngine, calendar: CalendarImport, who: ImportedBy): Promise<void> {
  await takeOver(engine, calendar, [], {
    ...who,
    action: "schedule.calendar-ended",
    isEnd: true,
    write: async (queries) => {
      if (!(await queries.removeCalendarImport(calendar.id))) throw new Fault("not-found", { calendar: calendar.id });
    },
  });
}

/** Reads those whose time has come. One that cannot be read keeps what was read last. */
export async function refreshImports(
  engine: RosterEngine,
  at: Instant,
): Promise<{ readonly read: number; readonly failed: number; readonly next?: Instant }> {
  const { ports } = engine;
  const calendars = await ports.store.calendarImports();
  let [read, failed] = [0, 0];
  for (const calendar of calendars.filter(({ dueAt = Number.POSITIVE_INFINITY }) => dueAt <= at)) {
    const because = await refresh(engine, calendar, at);
    if (because === undefined) read++;
    else {
      failed++;
      const times = (calendar.failure?.times ?? 0) + 1;
      const failure = { because, since: calendar.failure?.since ?? at, times };
      const dueAt = at + Math.min(AGAIN_MS * 2 ** (times - 1), AGAIN_MS_MAX);
      await ports.store.updateCalendarImport({ ...calendar, failure, dueAt });
      ports.log("warn", "calendar.unreadable", { calendar: calendar.id, because, times });
    }
  }
  const dues = (await ports.store.calendarImports()).flatMap(({ dueAt }) => (dueAt === undefined ? [] : [dueAt]));
  return { read, failed, ...(dues.length === 0 ? {} : { next: Math.min(...dues) }) };
}

async function refresh(
  engine: RosterEngine,
  calendar: CalendarImport,
  at: Instant,
): Promise<ImportFailure | undefined> {
  const { ports, knowledge } = engine;
  const { people } = await knowledge.roster(ports.store);
  if (calendar.person !== undefined && !people.has(calendar.person)) {
    await endImport(engine, calendar, { by: "bongsu", locale: "ko", confirmed: true });
    return undefined;
  }
  const read = await readAt(ports, calendar, undefined, at);
  if (read.is === "failed") return read.because;
  const { failure: _, ...healthy } = calendar;
  const next: CalendarImport = { ...healthy, dueAt: at + EVERY_MS };
  if (read.is === "unchanged") {
    await ports.store.updateCalendarImport(next);
    return undefined;
  }
  try {
    await takeOver(engine, { ...next, readAt: at, ...read.etag }, read.entries, {
      by: "bongsu",
      locale: "ko",
      // Nobody is there to ask: those concerned are told of a gap instead.
      confirmed: true,
      action: "schedule.calendar-refreshed",
      write: async (queries, one) => void (await queries.updateCalendarImport(one)),
    });
    return undefined;
  } catch (error) {
    if (error instanceof Fault && error.code === "roster-refused") return "roster-refused";
    throw error;
  }
}

type Read =
  | { readonly is: "read"; readonly entries: readonly CalendarEntry[]; readonly etag: { readonly etag?: string } }
  | { readonly is: "unchanged" }
  | { readonly is: "failed"; readonly because: ImportFailure };

async function readAt(
  { calendars, settings }: Ports,
  { url, etag, readAt }: CalendarImport,
  given: string | undefined,
  at: Instant,
): Promise<Read> {
  if (calendars === undefined) return { is: "failed", because: "no-network" };
  const isFresh = readAt !== undefined && at - readAt < ANEW_MS;
  const fetched =
    url === undefined
      ? ({ is: "fetched", text: given ?? "" } as const)
      : await calendars.fetch(url, isFresh ? etag : undefined);
  if (fetched.is !== "fetched") return fetched;
  const interval = { start: at - DAY_MS, end: at + IMPORT_AHEAD_MS };
  const read = await calendars.read(fetched.text, { interval, zone: settings.zone });
  if (read.is === "failed") return read;
  return { ...read, etag: fetched.etag === undefined ? {} : { etag: fetched.etag } };
}

type Taking = ImportedBy & {
  readonly action: string;
  readonly isEnd?: boolean;
  readonly write: (queries: Queries, calendar: CalendarImport) => Promise<void>;
};

async function takeOver(
  engine: RosterEngine,
  calendar: CalendarImport,
  entries: readonly CalendarEntry[],
  { by, locale, confirmed, action, isEnd = false, write }: Taking,
): Promise<{ readonly calendar: CalendarImport; readonly changes: readonly DutyChange[] }> {
  const { ports } = engine;
  const at = ports.clock.now();
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ports.settings.zone).toPlainDate();
  const felt: Interval = { start: at, end: at + IMPORT_AHEAD_MS };
  const facts = { id: calendar.id, name: calendar.name, of: calendar.of, person: calendar.person ?? null };
  let changes: readonly DutyChange[] = [];
  let taken = calendar;
  let isWritten = false;
  const together = async (queries: Queries): Promise<void> => {
    await write(queries, taken);
    isWritten = true;
    const gaps = confirmed && by === "bongsu" ? newGaps(changes) : [];
    if (gaps.length > 0) await tellOfGaps(queries, ports, calendar, gaps, at);
  };
  await changeRoster(engine, {
    edit(items) {
      isWritten = false;
      const { edit, count } = importEdit(calendar, entries, items, {
        now: at,
        today: today.toString(),
        digest: ports.sha256,
      });
      taken = { ...calendar, entries: count };
      const all = isEnd
        ? items.filter(({ managedBy }) => managedBy === managerOf(calendar)).map(({ kind, id }) => ({ kind, id }))
        : edit.remove;
      const whole = { put: edit.put, remove: all };
      changes = whole.put.length + all.length === 0 ? [] : changesOfEdit(items, whole, felt);
      return whole;
    },
    felt: () => felt,
    together,
    by,
    locale,
    confirmed,
    managedBy: managerOf(calendar),
    action,
    facts,
  });
  // Where no entry changes anything the roster is not written, and the calendar is all the same.
  if (!isWritten) await ports.store.transaction(together);
  return { calendar: taken, changes };
}

/** Nobody confirmed what a calendar brought: its person and the administrators hear of a gap it tears. */
async function tellOfGaps(
  queries: Queries,
  ports: Ports,
  calendar: CalendarImport,
  gaps: readonly (Interval & { readonly team: string })[],
  at: Instant,
): Promise<void> {
  const roster = rosterOf(await queries.rosterItems());
  const admins = [...roster.people.values()].filter(({ admin }) => admin).map(({ id }) => id);
  const people = [...new Set([...(calendar.person === undefined ? [] : [calendar.person]), ...admins])];
  const line = (locale: Locale): string =>
    gaps
      .slice(0, GAPS_TOLD_MAX)
      .map(({ team, start, end }) => {
        const time = (one: Instant): string => timeText(one, ports.settings.zone, locale);
        return said.gap({ team, from: time(start), to: time(end) })[locale];
      })
      .concat(`${ports.settings.publicUrl}/schedule`)
      .join("\n");
  const description: Said = { ko: line("ko"), en: line("en") };
  const first = gaps[0]?.start ?? at;
  await tellQuietly(queries, ports, roster, people, {
    key: `${calendar.id}.${at}`,
    title: said.importedGap({ name: calendar.name }),
    description,
    at,
    until: Math.max(first, at + DAY_MS),
  });
}

const GAPS_TOLD_MAX = 5;
