import { ruleOf } from "../escalation/levels.ts";
import { addressOf, channelsOf, type Drivers, usable } from "../escalation/means.ts";
import { plan } from "../escalation/plan.ts";
import { supposedIncident } from "../escalation/simulate.ts";
import { proofSaid as said } from "../locale/proof.ts";
import type { Grade, Policy, Team } from "../policy/policy.ts";
import { onDuty } from "../roster/on-duty.ts";
import { resolveRecipient } from "../roster/resolve-recipient.ts";
import type { Person, PersonId, Roster } from "../roster/roster.ts";
import { sameName } from "../roster/same-name.ts";
import { HOUR_MS, type Instant } from "../time/instant.ts";
import { finding } from "./document-findings.ts";
import type { Finding } from "./finding.ts";

type Facts = { readonly drivers: Drivers; readonly at: Instant };

/** How far ahead a team that has to be there around the clock is looked at, hour by hour. */
const AHEAD_DAYS = 14;

/** The facts held against the obligations: is there, for every name in the document, somebody who can be reached? */
export function rosterFindings(policy: Policy, roster: Roster, facts: Facts): readonly Finding[] {
  return [
    ...policy.grades.flatMap((grade) => reachFindings(grade, policy, roster, facts)),
    ...policy.teams.flatMap((team) => teamFindings(team, policy, roster, facts)),
    ...policy.grades.flatMap((grade) => recipientFindings(grade, policy, roster, facts)),
    ...channelFindings(policy, roster, facts),
    ...serviceFindings(policy, roster),
    ...adminFindings(policy, roster),
  ];
}

/** The plan itself is asked whom its first page would reach. */
function reachFindings(grade: Grade, policy: Policy, roster: Roster, { drivers, at }: Facts): readonly Finding[] {
  const incident = supposedIncident(policy, { grade: grade.name, service: "check", at });
  const [first] = plan(incident, { policy, roster, drivers, at, until: at });
  if (first === undefined || first.reach.some(({ people }) => people.length > 0)) return [];
  return [finding("error", "reaches-nobody", grade.clause, said.reachesNobody({ grade: grade.name }))];
}

function teamFindings(team: Team, policy: Policy, roster: Roster, { at }: Facts): readonly Finding[] {
  const found = roster.teams.find(({ name }) => sameName(name, team.name));
  const people = new Set(found?.members.map(({ person }) => person));
  if (found === undefined || people.size === 0) {
    return [finding("error", "team-without-members", team.clause, said.noMembers({ team: team.name }))];
  }
  const findings = team.staffing.flatMap(({ role, count, clause }) => {
    const have = new Set(found.members.filter((member) => sameName(member.role, role)).map(({ person }) => person))
      .size;
    if (have >= count) return [];
    return [finding("error", "too-few-people", clause, said.tooFew({ team: team.name, role, count, have }))];
  });
  const owns = policy.grades.filter(({ owner, aroundTheClock }) => owner === team.name && aroundTheClock);
  if (!team.aroundTheClock && owns.length === 0) return findings;
  const gap = firstGap(roster, team.name, at);
  if (gap === undefined) return findings;
  return [...findings, finding("error", "gap-in-duty", team.clause, said.gap({ team: team.name, at: gap }))];
}

/** The first hour of the next days in which nobody of the team is on duty. */
export function firstGap(roster: Roster, team: string, at: Instant): Instant | undefined {
  for (let hour = 0; hour < AHEAD_DAYS * 24; hour++) {
    const when = at + hour * HOUR_MS;
    if (onDuty(roster, team, when).length === 0) return when;
  }
  return undefined;
}

function recipientFindings(grade: Grade, policy: Policy, roster: Roster, facts: Facts): readonly Finding[] {
  const rule = ruleOf(policy, grade.name);
  const channels = rule?.channels ?? [];
  const findings: Finding[] = [];
  const looked = new Set<PersonId>();
  for (const recipient of rule?.recipients ?? []) {
    // The operator on duty changes with the hour; whoever may be on duty is looked at through the team below.
    const { people, reason } = resolveRecipient(roster, policy, recipient, grade.owner, facts.at);
    if (reason === "no-such-recipient" && recipient.kind === "named") {
      const f = { grade: grade.name, name: recipient.name };
      findings.push(finding("error", "unknown-recipient", recipient.clause, said.unknownRecipient(f)));
    }
    for (const id of people) {
      const person = roster.people.get(id);
      if (person === undefined || looked.has(id)) continue;
      looked.add(id);
      findings.push(...personFindings(person, grade, recipient.clause, { policy, roster, channels, facts }));
    }
  }
  const team = roster.teams.find(({ name }) => sameName(name, grade.owner));
  for (const { person: id } of team?.members ?? []) {
    const person = roster.people.get(id);
    if (person === undefined || looked.has(id)) continue;
    looked.add(id);
    findings.push(...personFindings(person, grade, grade.ownerClause, { policy, roster, channels, facts }));
  }
  return findings;
}

function personFindings(
  person: Person,
  grade: Grade,
  clause: Finding["clause"],
  context: {
    readonly policy: Policy;
    readonly roster: Roster;
    readonly channels: readonly { readonly kind: Parameters<typeof addressOf>[1] }[];
    readonly facts: Facts;
  },
): readonly Finding[] {
  const { roster, channels, facts } = context;
  const reachable = channelsOf(person).some((channel) => usable(channel, roster, facts.drivers) === "yes");
  if (!reachable) {
    const f = { person: person.name, id: person.id, grade: grade.name };
    return [finding("error", "person-unreachable", clause, said.unreachable(f))];
  }
  const missing = channels
    .map(({ kind }) => kind)
    .filter((kind) => needsAddress(kind) && addressOf(person, kind) === undefined);
  if (missing.length === 0) return [];
  const f = { person: person.name, id: person.id, grade: grade.name, channels: missing };
  return [finding("error", "contact-missing", clause, said.contactMissing(f))];
}

/** A webhook and the console have one address for all. */
export function needsAddress(kind: string): boolean {
  return kind === "phone" || kind === "sms" || kind === "email" || kind === "slack" || kind === "push";
}

function channelFindings(policy: Policy, roster: Roster, { drivers }: Facts): readonly Finding[] {
  const seen = new Set<string>();
  return policy.notifications.flatMap((rule) =>
    rule.channels.flatMap(({ kind, clause }) => {
      if (seen.has(kind) || usable(kind, roster, drivers) !== "not-configured") return [];
      seen.add(kind);
      return [finding("error", "channel-not-set-up", clause, said.notSetUp({ channel: kind }))];
    }),
  );
}

function serviceFindings(policy: Policy, roster: Roster): readonly Finding[] {
  const [first] = policy.grades;
  if (first === undefined) return [];
  return roster.services.flatMap(({ name, grade }) =>
    grade === undefined || policy.grades.some((one) => one.name === grade)
      ? []
      : [
          finding(
            "error",
            "service-grade-unknown",
            first.clause,
            said.serviceGrade({ service: name, grade, known: policy.grades.map((one) => one.name) }),
          ),
        ],
  );
}

function adminFindings(policy: Policy, roster: Roster): readonly Finding[] {
  const [first] = policy.teams;
  const admins = [...roster.people.values()].filter(({ admin }) => admin);
  if (admins.length > 0 || first === undefined) return [];
  return [finding("warning", "no-admin", first.clause, said.noAdmin())];
}
