import { ruleOf } from "../escalation/levels.ts";
import { channelsOf, type Drivers, usable } from "../escalation/means.ts";
import { rotationSaid as said } from "../locale/rotations.ts";
import type { ClauseId, Policy } from "../policy/policy.ts";
import { holidaysKnownUntil } from "../roster/holidays.ts";
import { dutyIn, rotationsOf } from "../roster/on-duty.ts";
import { resolveRecipient } from "../roster/resolve-recipient.ts";
import type { Leave, Override, PersonId, Roster, RosterTeam, Rotation } from "../roster/roster.ts";
import { sameName } from "../roster/same-name.ts";
import { clipped, shiftsOf } from "../roster/shifts.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import { common, cutAt, type Interval, overlap } from "../time/interval.ts";
import { finding } from "./document-findings.ts";
import type { Finding } from "./finding.ts";

type Facts = { readonly drivers: Drivers; readonly at: Instant };

/** An end is told this long before, so that there is time to ask people. */
const ENDS_SOON_DAYS = 30;
/** Whether anything follows an end is looked for in the week after it. */
const AFTER_DAYS = 7;
/** Leave and overrides are looked at as far ahead as duty is proved. */
const AHEAD_DAYS = 366;

/** What is wrong with who takes turns, and with the exceptions from it; and what will be, while there is time. */
export function rotationFindings(policy: Policy, roster: Roster, facts: Facts): readonly Finding[] {
  const known = checkedPeople(policy, roster, facts.at);
  return [
    ...[...roster.rotations.values()].flatMap((rotation) => oneRotation(rotation, { policy, roster, facts, known })),
    ...roster.overrides.flatMap((override) => overrideFindings(override, policy, roster, facts.at)),
    ...roster.leaves.flatMap((leave) => leaveFindings(leave, policy, roster, facts.at)),
    ...roster.teams.flatMap((team) => zoneFindings(team, policy, roster, facts.at)),
  ];
}

function oneRotation(
  rotation: Rotation,
  context: {
    readonly policy: Policy;
    readonly roster: Roster;
    readonly facts: Facts;
    readonly known: ReadonlySet<PersonId>;
  },
): readonly Finding[] {
  const { policy, roster, facts, known } = context;
  const { id, name, participants, shadow } = rotation;
  const teams = roster.teams.filter(({ rotations }) => rotations.includes(id));
  const clause = clauseOf(policy, teams);
  if (clause === undefined) return [];
  if (teams.length === 0) return [finding("warning", "rotation-in-no-team", clause, said.inNoTeam({ rotation: name }))];
  const end = endOf(rotation);
  if (end !== undefined && end <= facts.at) {
    const isLast = !shadow && teams.some((team) => nobodyAfter(roster, team, facts.at));
    const level = isLast ? "warning" : "info";
    return [finding(level, "rotation-over", clause, said.isOver({ rotation: name, at: end, zone: rotation.zone }))];
  }
  const findings: Finding[] = [];
  const people = [...new Set(participants.flat())];
  const nameOf = (person: PersonId): string => roster.people.get(person)?.name ?? person;
  const members = new Set(teams.flatMap((team) => team.members.map(({ person }) => person)));
  const outside = shadow ? [] : people.filter((person) => !members.has(person));
  if (outside.length > 0) {
    const f = { rotation: name, teams: teams.map((team) => team.name), people: outside.map(nameOf), ids: outside };
    findings.push(finding("warning", "participant-outside-team", clause, said.outsideTeam(f)));
  }
  for (const person of shadow ? [] : people) {
    if (known.has(person) || isReachable(person, roster, facts.drivers)) continue;
    const f = { rotation: name, person: nameOf(person), id: person };
    findings.push(finding("error", "participant-unreachable", clause, said.unreachable(f)));
  }
  const last = teams.find((team) => end !== undefined && nobodyAfter(roster, team, end));
  if (!shadow && end !== undefined && last !== undefined && end <= facts.at + ENDS_SOON_DAYS * DAY_MS) {
    const f = { rotation: name, team: last.name, at: end, zone: rotation.zone };
    findings.push(finding("warning", "rotation-ends-soon", clause, said.endsSoon(f)));
  }
  return [...findings, ...holidayFindings(rotation, clause, roster, facts.at)];
}

function holidayFindings(rotation: Rotation, clause: ClauseId, roster: Roster, at: Instant): readonly Finding[] {
  const { name, zone, holidays } = rotation;
  if (holidays === "as-usual") return [];
  const until = holidaysKnownUntil(zone);
  // Where the company wrote holidays of its own it knows that it has to.
  if (until === undefined && roster.holidays.some(({ off }) => off)) return [];
  if (until !== undefined) {
    const end = instantAt(Temporal.PlainDate.from(until).add({ days: 1 }).toPlainDateTime(), zone);
    if (at + AHEAD_DAYS * DAY_MS <= end) return [];
  }
  const level = until === undefined ? "warning" : "info";
  return [finding(level, "holidays-unknown", clause, said.holidaysUnknown({ rotation: name, zone, until }))];
}

/** An exception that changes nothing: what was agreed and what happens may differ. */
function overrideFindings(override: Override, policy: Policy, roster: Roster, at: Instant): readonly Finding[] {
  const rotation = roster.rotations.get(override.rotation);
  const part = common(override, { start: at, end: at + AHEAD_DAYS * DAY_MS });
  const clause = clauseOf(policy, teamsOf(roster, override.rotation));
  if (rotation === undefined || part === undefined || clause === undefined) return [];
  const without = { ...roster, overrides: roster.overrides.filter(({ id }) => id !== override.id) };
  const cut = (facts: Roster) => clipped(shiftsOf(rotation, facts, part), part);
  const [present, absent] = [cut(roster), cut(without)];
  const edges = [...present, ...absent].flatMap(({ start, end }) => [start, end]);
  const onDuty = (shifts: typeof present, stretch: Interval): string =>
    [...new Set(shifts.filter((shift) => overlap(shift, stretch)).flatMap(({ people }) => people))].sort().join("\n");
  if (cutAt(part, edges).some((stretch) => onDuty(present, stretch) !== onDuty(absent, stretch))) return [];
  const person = roster.people.get(override.person)?.name ?? override.person;
  const f = { rotation: rotation.name, person, at: override.start, zone: rotation.zone };
  return [finding("warning", "override-without-effect", clause, said.overrideIdle(f))];
}

/** A leave in which a rotation has nobody left, and its team nobody else. */
function leaveFindings(leave: Leave, policy: Policy, roster: Roster, at: Instant): readonly Finding[] {
  const part = common(leave, { start: at, end: at + AHEAD_DAYS * DAY_MS });
  if (part === undefined) return [];
  const person = roster.people.get(leave.person)?.name ?? leave.person;
  return [...roster.rotations.values()].flatMap((rotation) => {
    const teams = teamsOf(roster, rotation.id);
    const clause = clauseOf(policy, teams);
    if (clause === undefined || rotation.shadow || !rotation.participants.flat().includes(leave.person)) return [];
    const empty = clipped(shiftsOf(rotation, roster, part), part).filter(
      ({ people, because, insteadOf }) =>
        people.length === 0 && because === "leave" && insteadOf.includes(leave.person),
    );
    const gap = empty.find((shift) =>
      teams.some(({ name }) => dutyIn(roster, name, shift).some(({ people }) => people.length === 0)),
    );
    if (gap === undefined) return [];
    const f = { rotation: rotation.name, person, at: gap.start, zone: rotation.zone };
    return [finding("warning", "leave-without-stand-in", clause, said.noStandIn(f))];
  });
}

function zoneFindings(team: RosterTeam, policy: Policy, roster: Roster, at: Instant): readonly Finding[] {
  const living = rotationsOf(roster, team).filter((rotation) => (endOf(rotation) ?? Number.POSITIVE_INFINITY) > at);
  const zones = [...new Set(living.map(({ zone }) => zone))];
  const clause = clauseOf(policy, [team]);
  if (zones.length < 2 || clause === undefined) return [];
  return [finding("info", "zones-differ", clause, said.zonesDiffer({ team: team.name, zones }))];
}

/** Those at whom the findings of grades look already. */
function checkedPeople(policy: Policy, roster: Roster, at: Instant): ReadonlySet<PersonId> {
  const people = policy.grades.flatMap(({ name, owner }) => [
    ...(roster.teams.find((team) => sameName(team.name, owner))?.members.map(({ person }) => person) ?? []),
    ...(ruleOf(policy, name)?.recipients.flatMap((one) => resolveRecipient(roster, policy, one, owner, at).people) ??
      []),
  ]);
  return new Set(people);
}

function isReachable(id: PersonId, roster: Roster, drivers: Drivers): boolean {
  const person = roster.people.get(id);
  return person !== undefined && channelsOf(person).some((channel) => usable(channel, roster, drivers) === "yes");
}

function nobodyAfter(roster: Roster, team: RosterTeam, at: Instant): boolean {
  const week = { start: at, end: at + AFTER_DAYS * DAY_MS };
  return dutyIn(roster, team.name, week).every(({ people }) => people.length === 0);
}

function teamsOf(roster: Roster, rotation: Rotation["id"]): readonly RosterTeam[] {
  return roster.teams.filter(({ rotations }) => rotations.includes(rotation));
}

/** What the document says of the team; of a team that it does not know, what it says of the first. */
function clauseOf(policy: Policy, teams: readonly RosterTeam[]): ClauseId | undefined {
  const known = policy.teams.find(({ name }) => teams.some((team) => sameName(team.name, name)));
  return (known ?? policy.teams[0])?.clause;
}

function endOf({ end, zone }: Rotation): Instant | undefined {
  return end === undefined ? undefined : instantAt(Temporal.PlainDateTime.from(end), zone);
}

function instantAt(local: Temporal.PlainDateTime, zone: string): Instant {
  return local.toZonedDateTime(zone).epochMilliseconds;
}
