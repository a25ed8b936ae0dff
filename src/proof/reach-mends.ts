import { addressOf, type Drivers, usable } from "../escalation/means.ts";
import { reachMend as said } from "../locale/reach-mends.ts";
import type { Said } from "../locale/said.ts";
import type { ChannelKind, Policy } from "../policy/policy.ts";
import { rotationsOf, teamNamed } from "../roster/on-duty.ts";
import type { ActiveHours, Person, PersonId, Roster, RosterTeam, Rotation } from "../roster/roster.ts";
import { hoursText } from "../roster/rotation-words.ts";
import { sameName } from "../roster/same-name.ts";
import { turnsIn } from "../roster/turns.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { Trouble } from "./prove-reach.ts";
import { patternsOf } from "./recurrence.ts";

/** What to change in the roster so that a hole in the reach is closed. */
export type RosterMend =
  /** The rotation with these hours in all. */
  | { readonly is: "hours"; readonly rotation: Rotation["id"]; readonly hours: readonly ActiveHours[] }
  | { readonly is: "holidays"; readonly rotation: Rotation["id"] }
  /** Local: it ends too early, it begins too late. */
  | { readonly is: "endless"; readonly rotation: Rotation["id"]; readonly end: string }
  | { readonly is: "earlier"; readonly rotation: Rotation["id"]; readonly start: string }
  /** The rotation with these participants in all. */
  | {
      readonly is: "participants";
      readonly rotation: Rotation["id"];
      readonly participants: readonly (readonly string[])[];
    }
  | {
      readonly is: "rotation";
      readonly team: string;
      readonly participants: readonly string[];
      readonly start: string;
      readonly zone: string;
    }
  | { readonly is: "members"; readonly team: string; readonly person: string }
  | { readonly is: "contact"; readonly person: string; readonly channel: ChannelKind }
  | { readonly is: "channel"; readonly channel: string }
  | { readonly is: "title"; readonly person: string; readonly title: string };

const MENDS_SAID = 2;
/** A rotation with more hours than these is better opened around the clock. */
const HOURS_MAX = 7;
const AROUND_THE_CLOCK: readonly ActiveHours[] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00" }];
/** Stands for somebody whom only the reader knows. */
const SOMEBODY: Said = { ko: "담당자id", en: "person-id" };

export type MendFacts = {
  readonly policy: Policy;
  readonly roster: Roster;
  readonly drivers: Drivers;
  readonly zone: string;
};

/** What would mend a grade's trouble: by the reasons why those who were asked for are passed over. */
export function mendsOfTrouble(grade: string, trouble: Trouble, facts: MendFacts): readonly RosterMend[] {
  const { policy, roster } = facts;
  const owner = policy.grades.find(({ name }) => name === grade)?.owner ?? "";
  const mends = trouble.example.skipped.flatMap(({ who, channel, because }): readonly RosterMend[] => {
    switch (because) {
      case "nobody-on-duty":
        return mendsOfGap(teamNamed(roster, who) === undefined ? owner : who, trouble.during, facts);
      case "no-contact": {
        const person = [...roster.people.values()].find(({ name }) => name === who);
        const kind = channel ?? roster.channels[0]?.kind;
        return person === undefined || kind === undefined ? [] : [{ is: "contact", person: person.id, channel: kind }];
      }
      case "not-configured":
        return channel === undefined ? [] : [{ is: "channel", channel }];
      case "no-such-recipient":
        return [{ is: "title", person: SOMEBODY.en, title: who }];
      default:
        return [];
    }
  });
  // Where somebody has to be on duty first, a channel more helps nobody.
  const onDuty = mends.filter(({ is }) => is !== "channel" && is !== "contact");
  return distinct(onDuty.length > 0 ? onDuty : mends).slice(0, MENDS_SAID);
}

/** A channel that can be used and for which the person has no address; the wanted one first. */
function contactFor(
  person: Person,
  wanted: ChannelKind | undefined,
  dead: readonly string[],
  { roster, drivers }: MendFacts,
): readonly RosterMend[] {
  const kinds = [...(wanted === undefined ? [] : [wanted]), ...roster.channels.map(({ kind }) => kind)];
  const channel = kinds.find(
    (kind) => !dead.includes(kind) && usable(kind, roster, drivers) === "yes" && addressOf(person, kind) === undefined,
  );
  return channel === undefined ? [] : [{ is: "contact", person: person.id, channel }];
}

/** What would mend the hours in which nobody of a team is on duty. */
export function mendsOfGap(
  team: string,
  gaps: readonly Interval[],
  { roster, zone }: MendFacts,
): readonly RosterMend[] {
  const [gap] = gaps;
  const found = teamNamed(roster, team);
  if (gap === undefined) return [];
  if (found === undefined || found.members.length === 0) return [{ is: "members", team, person: SOMEBODY.en }];
  const rotations = rotationsOf(roster, found).filter(({ shadow }) => !shadow);
  const mends = rotations.flatMap((rotation) => mendOfRotation(rotation, found, gaps, roster) ?? []);
  const best = mends.toSorted((one, other) => ORDER.indexOf(one.is) - ORDER.indexOf(other.is))[0];
  if (best !== undefined) return [best];
  const participants = found.members.map(({ person }) => person);
  const start = localText(gap.start, zone);
  return [{ is: "rotation", team, participants: [...new Set([...participants, SOMEBODY.en])], start, zone }];
}

/** Which of several rotations is changed: the one where the change is smallest. */
const ORDER: readonly RosterMend["is"][] = ["hours", "participants", "holidays", "endless", "earlier"];

/** Why a rotation has nobody at the beginning of the first gap, as a change of it. */
function mendOfRotation(
  rotation: Rotation,
  team: RosterTeam,
  gaps: readonly Interval[],
  roster: Roster,
): RosterMend | undefined {
  const at = gaps[0]?.start ?? 0;
  const { id, zone } = rotation;
  const now = { start: at, end: at + 1 };
  const [turn] = turnsIn(rotation, roster.holidays, now);
  if (turn === undefined) {
    if (rotation.participants.length === 0)
      return { is: "participants", rotation: id, participants: [[substitute(rotation, team)]] };
    const ended = rotation.end !== undefined && rotation.end <= localText(at, zone);
    const last = gaps.at(-1)?.end ?? at;
    if (ended) return { is: "endless", rotation: id, end: localText(last, zone) };
    return rotation.start > localText(at, zone)
      ? { is: "earlier", rotation: id, start: localText(at, zone) }
      : undefined;
  }
  const isThere = (changed: Rotation): boolean =>
    turnsIn(changed, roster.holidays, now).some(({ parts }) => parts.some(({ start, end }) => start <= at && at < end));
  if (!isThere(rotation)) {
    if (rotation.holidays === "off" && isThere({ ...rotation, holidays: "as-usual" }))
      return { is: "holidays", rotation: id };
    if (rotation.hours.length === 0 || rotation.holidays === "only") return undefined;
    return { is: "hours", rotation: id, hours: withMissing(rotation, gaps) };
  }
  // An empty turn gets somebody; where everybody is away one more takes turns.
  const empty = turn.people.length === 0;
  const more = substitute(rotation, team);
  const filled = rotation.participants.map((people) => (people.length === 0 ? [more] : people));
  return { is: "participants", rotation: id, participants: empty ? filled : [...filled, [more]] };
}

/** The rotation's hours with what the gaps lack, as hours of days. */
function withMissing(rotation: Rotation, gaps: readonly Interval[]): readonly ActiveHours[] {
  const patterns = patternsOf(gaps, rotation.zone);
  const regular = patterns.flatMap((pattern) => (pattern.is === "weekly" ? [pattern] : []));
  const missing = new Map<string, ActiveHours>();
  const add = (day: number, from: string, to: string): void => {
    if (from === to && from !== "00:00") return;
    const known = missing.get(`${from}-${to}`);
    const days = [...new Set([...(known?.days ?? []), day])].sort((one, other) => one - other);
    missing.set(`${from}-${to}`, { days, from, to });
  };
  const addStretch = (day: number, from: string, toDay: number, to: string): void => {
    if (toDay === 0 || (toDay === 1 && to <= from)) return add(day, from, to);
    add(day, from, "00:00");
    for (let more = 1; more < toDay; more++) add(dayAfter(day, more), "00:00", "00:00");
    if (to !== "00:00") add(dayAfter(day, toDay), "00:00", to);
  };
  if (regular.length === 0) {
    const [gap] = gaps;
    if (gap !== undefined && gap.end - gap.start < 7 * DAY_MS) {
      const [start, end] = [zonedAt(gap.start, rotation.zone), zonedAt(gap.end, rotation.zone)];
      const toDay = start.toPlainDate().until(end.toPlainDate(), { largestUnit: "days" }).days;
      addStretch(start.dayOfWeek, clockText(start), toDay, clockText(end));
    }
  }
  for (const { days, from, to, toDay } of regular) for (const day of days) addStretch(day, from, toDay, to);
  const more = [...missing.values()].sort(
    (one, other) => (one.days[0] ?? 0) - (other.days[0] ?? 0) || (one.from < other.from ? -1 : 1),
  );
  const hours = [...rotation.hours, ...more];
  return missing.size === 0 || hours.length > HOURS_MAX ? AROUND_THE_CLOCK : hours;
}

function dayAfter(day: number, count: number): number {
  return ((day - 1 + count) % 7) + 1;
}

/** Somebody of the team who takes no turn in the rotation yet. */
function substitute(rotation: Rotation, team: RosterTeam): string {
  const turning = new Set<PersonId>(rotation.participants.flat());
  return team.members.find(({ person }) => !turning.has(person))?.person ?? SOMEBODY.en;
}

/** What would keep one person's silence from costing the reach: somebody beside them. */
export function mendsOfSilence(person: PersonId, grade: string, { policy, roster }: MendFacts): readonly RosterMend[] {
  const owner = policy.grades.find(({ name }) => name === grade)?.owner ?? "";
  const teams = [...roster.teams].sort(
    (one, other) => Number(sameName(other.name, owner)) - Number(sameName(one.name, owner)),
  );
  for (const team of teams) {
    const rotation = rotationsOf(roster, team).find(
      ({ shadow, participants }) => !shadow && participants.some((turn) => turn.length === 1 && turn[0] === person),
    );
    if (rotation === undefined) continue;
    const { participants } = rotation;
    const more = substitute(rotation, team);
    const paired = participants.map((turn, index): readonly string[] => {
      const next = participants[(index + 1) % participants.length]?.[0];
      if (turn.length !== 1) return turn;
      return [...turn, more !== SOMEBODY.en || next === undefined || next === turn[0] ? more : next];
    });
    return [{ is: "participants", rotation: rotation.id, participants: paired }];
  }
  const title = roster.people.get(person)?.titles[0];
  if (title !== undefined) return [{ is: "title", person: SOMEBODY.en, title }];
  const team = teams.find(({ members }) => members.some((member) => member.person === person));
  return team === undefined ? [] : [{ is: "members", team: team.name, person: SOMEBODY.en }];
}

/** What would keep a channel's silence from costing the reach: another contact for those who have none, or another channel. */
export function mendsOfSilentChannels(
  dead: readonly string[],
  trouble: Trouble,
  facts: MendFacts,
): readonly RosterMend[] {
  const { roster, drivers } = facts;
  const lost = new Set(trouble.example.skipped.flatMap(({ who, because }) => (because === "no-contact" ? [who] : [])));
  const people = [...roster.people.values()].filter(({ name }) => lost.has(name));
  const contacts = people.flatMap((person) => contactFor(person, undefined, dead, facts));
  if (contacts.length > 0) return contacts.slice(0, MENDS_SAID);
  const missing = ANOTHER.find((kind) => !dead.includes(kind) && usable(kind, roster, drivers) === "not-configured");
  return missing === undefined ? [] : [{ is: "channel", channel: missing }];
}

/** What to set up beside what there is. */
const ANOTHER: readonly ChannelKind[] = ["sms", "phone", "email", "slack", "webhook"];

/** The mends as one piece of roster text: those of one block stand in it together. */
export function mendText(mends: readonly RosterMend[]): Said {
  const texts = mends.map(textOf);
  return {
    ko: inBlocks(texts.map(({ ko }) => ko)).replaceAll(SOMEBODY.en, SOMEBODY.ko),
    en: inBlocks(texts.map(({ en }) => en)),
  };
}

function inBlocks(texts: readonly string[]): string {
  const blocks = new Map<string, string[]>();
  for (const text of texts) {
    const [head = "", ...lines] = text.split("\n");
    blocks.set(head, [...(blocks.get(head) ?? []), ...lines]);
  }
  return [...blocks].map(([head, lines]) => [head, ...lines].join("\n")).join("\n");
}

function textOf(mend: RosterMend): Said {
  switch (mend.is) {
    case "hours": {
      const { rotation, hours } = mend;
      return said.hours({
        rotation,
        ko: hours.map((one) => hoursText(one, "ko")),
        en: hours.map((one) => hoursText(one, "en")),
      });
    }
    case "holidays":
      return said.holidays(mend);
    case "endless":
      return said.endless(mend);
    case "earlier":
      return said.earlier(mend);
    case "participants":
      return said.participants(mend);
    case "rotation":
      return said.rotation(mend);
    case "members":
      return said.members(mend);
    case "contact":
      return said.contact(mend);
    case "channel":
      return said.channel(mend);
    case "title":
      return said.title(mend);
  }
}

function distinct(mends: readonly RosterMend[]): readonly RosterMend[] {
  return [...new Map(mends.map((mend) => [JSON.stringify(mend), mend])).values()];
}

function localText(at: Instant, zone: string): string {
  return zonedAt(at, zone).toPlainDateTime().toString({ smallestUnit: "minute" });
}

function clockText(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: "minute" });
}

function zonedAt(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
