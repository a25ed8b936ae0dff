import { ruleOf } from "../escalation/levels.ts";
import { addressOf, channelsOf, type Drivers, usable } from "../escalation/means.ts";
import { proofSaid as said } from "../locale/proof.ts";
import type { Grade, Policy, Team } from "../policy/policy.ts";
import { resolveRecipient } from "../roster/resolve-recipient.ts";
import type { Person, PersonId, Roster } from "../roster/roster.ts";
import { sameName } from "../roster/same-name.ts";
import type { Instant } from "../time/instant.ts";
import { finding } from "./document-findings.ts";
import type { Finding } from "./finding.ts";
import { turnFindings } from "./turn-findings.ts";

type Facts = { readonly drivers: Drivers; readonly at: Instant };

/** The facts held against the obligations: is there, for every name in the document, somebody who can be reached? */
export function rosterFindings(policy: Policy, roster: Roster, facts: Facts): readonly Finding[] {
  return [
    ...policy.teams.flatMap((team) => teamFindings(team, roster)),
    ...policy.teams.flatMap((team) => turnFindings(team, roster, facts.at)),
    ...policy.grades.flatMap((grade) => recipientFindings(grade, policy, roster, facts)),
    ...channelFindings(policy, roster, facts),
    ...serviceFindings(policy, roster),
    ...adminFindings(policy, roster),
  ];
}

function teamFindings(team: Team, roster: Roster): readonly Finding[] {
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
  return findings;
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
