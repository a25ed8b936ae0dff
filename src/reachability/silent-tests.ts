import { addressOf, channelsOf, type Drivers, usable } from "../escalation/means.ts";
import type { ChannelKind } from "../policy/policy.ts";
import { holidayCalendar } from "../roster/holidays.ts";
import type { Person, PersonId, Roster } from "../roster/roster.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import type { ContactProof } from "./contact-proof.ts";
import type { ReachSettings } from "./reach-settings.ts";

export type SilentTest = { readonly person: PersonId; readonly channel: ChannelKind };

export type SilentTestFacts = {
  readonly roster: Roster;
  readonly drivers: Drivers;
  readonly settings: ReachSettings;
  readonly proofs: ReadonlyMap<string, ContactProof>;
  /** Where nothing tells a person's own. */
  readonly zone: string;
  readonly at: Instant;
};

/** Local hours in which a quiet message disturbs nobody's sleep nor the way to work. */
const FROM_HOUR = 10;
const UNTIL_HOUR = 17;
/** The last slot of a day leaves an hour in which it is made up for after a pause. */
const SLOT_MINUTES = (UNTIL_HOUR - FROM_HOUR - 1) * 60;
/** A contact that has just been entered is tried by whoever entered it. */
const KNOWN_FOR_MS = DAY_MS;
/** Who answered a page this lately need not be asked again. */
const PROVEN_LATELY_MS = 6 * DAY_MS;

/**
 * The quiet tests that are due: once a week for each contact, spread over the working days of its week by the person's
 * name, at most one for a person and day, in local working hours. What was missed is made up for later in the week.
 * `proofs` holds every contact with since when it is known: none is tested on its first day.
 * Rooms are left out: a test there is read by everybody in it.
 */
export function silentTestsDue(facts: SilentTestFacts): readonly SilentTest[] {
  const { roster, settings, at } = facts;
  if (!settings.silentTests) return [];
  const zones = zonesOf(roster);
  const weeks = new Map<string, Week>();
  const weekIn = (zone: string): Week => {
    const week = weeks.get(zone) ?? weekOf(at, zone, roster);
    weeks.set(zone, week);
    return week;
  };
  const due: SilentTest[] = [];
  for (const person of roster.people.values()) {
    const week = weekIn(zones.get(person.id) ?? facts.zone);
    if (!week.isWorkingTime) continue;
    const channels = testable(person, facts);
    const proofs = channels.map((channel) => facts.proofs.get(proofKey(person.id, channel)));
    if (proofs.some((proof) => (proof?.testedAt ?? Number.NEGATIVE_INFINITY) >= week.dayStart)) continue;
    const first = channels.findIndex((channel, place) => {
      const proof = proofs[place];
      if (proof === undefined || at - proof.since < KNOWN_FOR_MS) return false;
      if ((proof.testedAt ?? Number.NEGATIVE_INFINITY) >= week.start) return false;
      if (at - (proof.proven?.at ?? Number.NEGATIVE_INFINITY) < PROVEN_LATELY_MS) return false;
      return slotOf(person.id, channel, place, week) <= at;
    });
    const channel = channels[first];
    if (channel !== undefined) due.push({ person: person.id, channel });
  }
  return due;
}

export function proofKey(person: PersonId, channel: ChannelKind): string {
  return `${channel}/${person}`;
}

function testable(person: Person, { roster, drivers, settings }: SilentTestFacts): readonly ChannelKind[] {
  return channelsOf(person).filter(
    (kind) =>
      settings.channels.includes(kind) &&
      drivers.get(kind) === "people" &&
      usable(kind, roster, drivers) === "yes" &&
      addressOf(person, kind) !== undefined,
  );
}

type Week = {
  readonly start: Instant;
  readonly name: string;
  /** When working hours begin on each of its working days. */
  readonly days: readonly Instant[];
  readonly dayStart: Instant;
  readonly isWorkingTime: boolean;
};

function weekOf(at: Instant, zone: string, roster: Roster): Week {
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const monday = now.toPlainDate().subtract({ days: now.dayOfWeek - 1 });
  const holidays = holidayCalendar(zone, roster.holidays);
  const working = [0, 1, 2, 3, 4].map((days) => monday.add({ days })).filter((date) => !holidays.has(date.toString()));
  const instantOf = (date: Temporal.PlainDate, hour: number): Instant =>
    date.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds;
  const isWorkingDay = working.some((date) => date.equals(now.toPlainDate()));
  return {
    start: instantOf(monday, 0),
    name: monday.toString(),
    days: working.map((date) => instantOf(date, FROM_HOUR)),
    dayStart: instantOf(now.toPlainDate(), 0),
    isWorkingTime: isWorkingDay && now.hour >= FROM_HOUR && now.hour < UNTIL_HOUR,
  };
}

/** Never, where the week has fewer working days than the person has contacts: the others have their turn then. */
function slotOf(person: PersonId, channel: ChannelKind, place: number, { days, name }: Week): Instant {
  if (days.length === 0) return Number.POSITIVE_INFINITY;
  const day = (Math.floor(spread(`${person} ${name}`) * days.length) + place) % days.length;
  const minutes = Math.floor(spread(`${person} ${channel} ${name}`) * SLOT_MINUTES);
  return (days[day] ?? Number.POSITIVE_INFINITY) + minutes * 60_000;
}

/** A number in [0, 1) that a text determines, evenly spread (FNV-1a with the mixing of mulberry32). */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  let mixed = Math.imul(hash ^ (hash >>> 15), hash | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/** Where people live, as far as the rotations that they take turns in tell. */
function zonesOf(roster: Roster): ReadonlyMap<PersonId, string> {
  const zones = new Map<PersonId, string>();
  for (const { participants, zone } of roster.rotations.values())
    for (const person of participants.flat()) if (!zones.has(person)) zones.set(person, zone);
  return zones;
}
