import { asId } from "../id/id.ts";
import { rotaSaid as said } from "../locale/rota.ts";
import type { Said } from "../locale/said.ts";
import { atTime } from "../roster/day-parts.ts";
import { teamNamed } from "../roster/on-duty.ts";
import type { ActiveHours, PersonId, Roster } from "../roster/roster.ts";
import { readHours } from "../roster/rotation-words.ts";
import { sameName } from "../roster/same-name.ts";
import type { Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { RotaLimits, RotaPerson, RotaQuestion, ShiftPattern } from "./question.ts";
import { longDays, slotsOf } from "./slots.ts";

/** A question as a form, a file or the command line writes it. What is left out has the value that is named here. */
export type RotaRequest = {
  /** Its members are the people, where none are named. */
  readonly team?: string | undefined;
  /** Names or ids of the roster, each with more leave and wishes if need be; or how many people nobody knows yet. */
  readonly people?: number | readonly (string | RotaRequestPerson)[] | undefined;
  /** The first day, `2026-12-07`: the next Monday. */
  readonly from?: string | undefined;
  /** 4. */
  readonly weeks?: number | undefined;
  readonly repeats?: boolean | undefined;
  /** `12h` (two a day), `8h` (three), `24h`, `1d`, `1w`, or the hours of each shift, `월-금 09:00-18:00`: `12h`. */
  readonly shifts?: string | readonly string[] | undefined;
  /** When the first shift of a day begins: 08:00. */
  readonly startsAt?: string | undefined;
  /** 1. */
  readonly perShift?: number | undefined;
  /** 52, and of shifts longer than a day none; null is none. */
  readonly weekHoursMax?: number | null | undefined;
  /** 11, and of shifts longer than a day none; null is none. */
  readonly restHoursMin?: number | null | undefined;
  readonly nightsInRowMax?: number | null | undefined;
  readonly daysInRowMax?: number | null | undefined;
  /** IANA name. */
  readonly zone?: string | undefined;
};
export type RotaRequestPerson = {
  readonly person: string;
  readonly away?: readonly RotaDays[];
  readonly wishes?: readonly RotaDays[];
};
/** Local dates, both of them in it. */
export type RotaDays = { readonly from: string; readonly to: string };

export type ReadRotaQuestion =
  | { readonly question: RotaQuestion; readonly names: ReadonlyMap<PersonId, string>; readonly team?: string }
  | { readonly problems: readonly RotaProblem[] };
export type RotaProblem = { readonly field: string; readonly message: Said };

/** The statutory week with overtime, and a night's rest: what is asked for where nothing is said. */
export const ROTA_WEEK_HOURS_MAX = 52;
export const ROTA_REST_HOURS_MIN = 11;
const WEEKS_MAX = 12;
const PEOPLE_MAX = 60;
/** A solver of one thread has to read it: about 20 people over 12 weeks of three shifts a day. */
const CHOICES_MAX = 6_000;

/** Reads a request against the roster: leave and holidays are its. What is wrong is told by field, all of it at once. */
export function readRotaQuestion(
  request: RotaRequest,
  { roster, at, zone }: { readonly roster: Roster; readonly at: Instant; readonly zone: string },
): ReadRotaQuestion {
  const reading = new Reading(roster);
  const inZone = reading.zone(request.zone, zone);
  const { people, names, team } = reading.people(request, inZone);
  const pattern = reading.pattern(request);
  const isLong = pattern.kind === "long";
  const limits: RotaLimits = {
    ...reading.limit("weekHoursMax", request.weekHoursMax, isLong ? null : ROTA_WEEK_HOURS_MAX, [1, 168]),
    ...reading.limit("restHoursMin", request.restHoursMin, isLong ? null : ROTA_REST_HOURS_MIN, [0, 168]),
    ...reading.limit("nightsInRowMax", request.nightsInRowMax, null, [1, 31]),
    ...reading.limit("daysInRowMax", request.daysInRowMax, null, [1, 31]),
  };
  const question: RotaQuestion = {
    zone: inZone,
    from: reading.date("from", request.from) ?? nextMonday(at, inZone),
    weeks: reading.whole("weeks", request.weeks ?? 4, [1, WEEKS_MAX]),
    repeats: request.repeats === true,
    pattern,
    people,
    perShift: reading.whole("perShift", request.perShift ?? 1, [1, 20]),
    limits,
    holidays: roster.holidays,
  };
  if (reading.problems.length === 0) reading.together(question);
  if (reading.problems.length > 0) return { problems: reading.problems };
  return { question, names, ...(team === undefined ? {} : { team }) };
}

class Reading {
  readonly problems: RotaProblem[] = [];
  readonly #roster: Roster;

  constructor(roster: Roster) {
    this.#roster = roster;
  }

  say(field: string, message: Said): void {
    this.problems.push({ field, message });
  }

  zone(given: string | undefined, usual: string): string {
    const zone = given ?? usual;
    try {
      return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
    } catch {
      this.say("zone", said.badZone({ text: zone }));
      return "Etc/UTC";
    }
  }

  date(field: string, text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    try {
      const date = Temporal.PlainDate.from(text);
      if (date.toString() === text && date.year >= 2000 && date.year < 2200) return text;
    } catch {
      // Told below.
    }
    this.say(field, said.badDate({ text }));
    return undefined;
  }

  whole(field: string, value: number, [min, max]: readonly [number, number]): number {
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    this.say(field, said.badNumber({ text: String(value), min, max }));
    return min;
  }

  limit(
    field: keyof RotaLimits,
    value: number | null | undefined,
    usual: number | null,
    [min, max]: readonly [number, number],
  ): RotaLimits {
    const limit = value === undefined ? usual : value;
    if (limit === null) return {};
    if (Number.isFinite(limit) && limit >= min && limit <= max) return { [field]: limit };
    this.say(field, said.badNumber({ text: String(limit), min, max }));
    return {};
  }

  people(
    request: RotaRequest,
    zone: string,
  ): { readonly people: readonly RotaPerson[]; readonly names: ReadonlyMap<PersonId, string>; readonly team?: string } {
    const names = new Map<PersonId, string>();
    const team = request.team === undefined ? undefined : teamNamed(this.#roster, request.team);
    if (request.team !== undefined && team === undefined)
      this.say("team", said.noTeam({ team: request.team, known: this.#roster.teams.map(({ name }) => name) }));
    if (typeof request.people === "number") {
      const count = this.whole("people", request.people, [1, PEOPLE_MAX]);
      const people = Array.from({ length: count }, (_, nth): RotaPerson => {
        const id = asId<"person">(`#${nth + 1}`);
        names.set(id, `#${nth + 1}`);
        return { id, away: [], wishes: [] };
      });
      return { people, names, ...(team === undefined ? {} : { team: team.name }) };
    }
    const wanted: readonly (string | RotaRequestPerson)[] = request.people ?? [
      ...new Set(team?.members.map(({ person }) => person) ?? []),
    ];
    const people = wanted.flatMap((one): RotaPerson[] => {
      const { person, away = [], wishes = [] } = typeof one === "string" ? { person: one } : one;
      const id = this.#person(person);
      if (id === undefined) return [];
      if (names.has(id)) {
        this.say("people", said.twice({ name: person }));
        return [];
      }
      names.set(id, this.#roster.people.get(id)?.name ?? id);
      const leaves = this.#roster.leaves
        .filter((leave) => leave.person === id)
        .map(({ start, end }) => ({ start, end }));
      return [{ id, away: [...leaves, ...this.#days(away, zone)], wishes: this.#days(wishes, zone) }];
    });
    if (people.length === 0 && this.problems.length === 0) this.say("people", said.noPeople());
    if (people.length > PEOPLE_MAX)
      this.say("people", said.badNumber({ text: String(people.length), min: 1, max: PEOPLE_MAX }));
    return { people, names, ...(team === undefined ? {} : { team: team.name }) };
  }

  pattern({ shifts = "12h", startsAt = "08:00" }: RotaRequest): ShiftPattern {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/u.test(startsAt)) this.say("startsAt", said.badTime({ text: startsAt }));
    if (typeof shifts !== "string") {
      const read = shifts.map((text) => readHours(text));
      const bad = shifts.find((_, nth) => read[nth] === undefined);
      if (bad !== undefined) this.say("shifts", said.badHours({ text: bad }));
      const hours = read.filter((one) => one !== undefined);
      if (hours.length === 0 && bad === undefined) this.say("shifts", said.badShifts({ text: "" }));
      return { kind: "daily", shifts: hours };
    }
    const found = /^(\d+)\s*(h|d|w|시간|일|주)$/u.exec(shifts.trim());
    const count = Number(found?.[1]);
    const unit = UNITS[found?.[2] ?? ""];
    if (unit === "hours" && count >= 1 && 24 % count === 0)
      return { kind: "daily", shifts: aroundTheClock(count, startsAt) };
    if ((unit === "days" || unit === "weeks") && count >= 1 && count <= 28)
      return { kind: "long", length: { unit, count }, at: startsAt };
    this.say("shifts", said.badShifts({ text: shifts }));
    return { kind: "daily", shifts: [] };
  }

  /** What no field says alone. */
  together(question: RotaQuestion): void {
    const { pattern, weeks, repeats, people } = question;
    if (pattern.kind === "long" && repeats && (weeks * 7) % longDays(pattern.length) !== 0) {
      this.say("weeks", said.noWholeRound({ weeks }));
      return;
    }
    const slots = slotsOf(question).length;
    if (slots === 0) this.say("weeks", said.noShifts());
    if (slots * people.length > CHOICES_MAX)
      this.say("weeks", said.tooLarge({ people: people.length, shifts: slots, max: CHOICES_MAX }));
  }

  #person(text: string): PersonId | undefined {
    const { people } = this.#roster;
    const id = asId<"person">(text);
    if (people.has(id)) return id;
    const named = [...people.values()].filter(({ name }) => sameName(name, text));
    if (named.length === 1) return named[0]?.id;
    this.say("people", named.length === 0 ? said.noPerson({ name: text }) : said.severalPeople({ name: text }));
    return undefined;
  }

  #days(days: readonly RotaDays[], zone: string): readonly Interval[] {
    return days.flatMap((one) => {
      const from = this.date("people", one.from);
      const to = this.date("people", one.to);
      if (from === undefined || to === undefined) return [];
      const start = atTime(Temporal.PlainDate.from(from), "00:00", zone);
      const end = atTime(Temporal.PlainDate.from(to).add({ days: 1 }), "00:00", zone);
      if (start < end) return [{ start, end }];
      this.say("people", said.badDate({ text: `${from} – ${to}` }));
      return [];
    });
  }
}

const UNITS: Readonly<Record<string, "hours" | "days" | "weeks">> = {
  h: "hours",
  시간: "hours",
  d: "days",
  일: "days",
  w: "weeks",
  주: "weeks",
};

/** Shifts of one length through the day, from a time on. */
function aroundTheClock(hours: number, startsAt: string): readonly ActiveHours[] {
  const first = Temporal.PlainTime.from(startsAt);
  const at = (nth: number): string => first.add({ hours: nth * hours }).toString({ smallestUnit: "minute" });
  return Array.from({ length: 24 / hours }, (_, nth) => ({
    days: [1, 2, 3, 4, 5, 6, 7],
    from: at(nth),
    to: at(nth + 1),
  }));
}

function nextMonday(at: Instant, zone: string): string {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return today.add({ days: 8 - today.dayOfWeek }).toString();
}
