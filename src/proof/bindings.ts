import { ruleOf } from "../escalation/levels.ts";
import { addressOf, type Drivers, type Usable, usable } from "../escalation/means.ts";
import { coverageOf, type Seen } from "../monitor/coverage.ts";
import type { Monitor, MonitorId } from "../monitor/monitor.ts";
import { monitorsOf } from "../monitor/monitors-of.ts";
import type { QuantityKind } from "../monitor/quantity.ts";
import { isAroundTheClock } from "../policy/phrases.ts";
import type {
  BlockKind,
  ChannelKind,
  ClauseId,
  Grade,
  GradeTiming,
  Policy,
  PolicyChannel,
  Team,
} from "../policy/policy.ts";
import { answeredBy } from "../report/field-meaning.ts";
import { templateOf } from "../report/template.ts";
import { onDuty, onDutyUntil } from "../roster/on-duty.ts";
import { resolveRecipient } from "../roster/resolve-recipient.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import { sameName } from "../roster/same-name.ts";
import type { Instant } from "../time/instant.ts";
import { firstGap } from "./prove-reach.ts";
import { needsAddress } from "./roster-findings.ts";

/** What a clause is held against today: who or what stands behind the words. */
export type Binding =
  | { readonly is: "deadline"; readonly timing: GradeTiming; readonly immediate: boolean }
  | { readonly is: "owner"; readonly team: string; readonly people: readonly PersonId[] }
  | {
      readonly is: "team";
      readonly members: readonly PersonId[];
      readonly people: readonly PersonId[];
      readonly until: Instant | undefined;
    }
  | {
      readonly is: "staffing";
      readonly role: string;
      readonly wanted: number;
      readonly people: readonly PersonId[];
    }
  | { readonly is: "shift"; readonly turns: number; readonly gap: Instant | undefined }
  | {
      readonly is: "recipient";
      readonly people: readonly PersonId[];
      readonly because: "no-such-recipient" | "nobody-on-duty" | undefined;
    }
  | {
      readonly is: "channel";
      readonly kind: ChannelKind;
      readonly usable: Usable;
      /** Those whom the rule may page and who have an address for it; undefined where it needs none. */
      readonly with: number | undefined;
      readonly of: number;
    }
  | { readonly is: "checklist" }
  /** A monitored item: by which monitors, and what they see; without series nothing is watched. */
  | {
      readonly is: "watched";
      readonly item: string;
      readonly quantity: QuantityKind | undefined;
      readonly monitors: readonly Monitor[];
      /** Those that would watch it, but are switched off. */
      readonly off: readonly Monitor[];
      readonly series: number;
      readonly lastAt: Instant | undefined;
    }
  /** A line of 임계치: the rules it became a part of. */
  | { readonly is: "threshold"; readonly monitors: readonly Monitor[] }
  | { readonly is: "service"; readonly labels: readonly string[] }
  /** A field of the incident report: who answers it. */
  | { readonly is: "report-field"; readonly answeredBy: ReturnType<typeof answeredBy> }
  /** Read and kept; nothing acts upon it in this version. */
  | { readonly is: "unwatched"; readonly block: BlockKind };

type Facts = {
  readonly roster: Roster;
  readonly drivers: Drivers;
  readonly at: Instant;
  /** What monitors see at this instant. */
  readonly seen: (monitor: MonitorId) => Seen;
};
type Bound = readonly (readonly [ClauseId, Binding])[];

/** For each clause what it is bound to at this instant. Pure; a clause that is bound to nothing is not in it. */
export function bindingsOf(policy: Policy, facts: Facts): ReadonlyMap<ClauseId, readonly Binding[]> {
  const found: Bound = [
    ...policy.grades.flatMap((grade) => gradeBindings(grade, policy, facts)),
    ...policy.teams.flatMap((team) => teamBindings(team, policy, facts)),
    ...policy.grades.flatMap((grade) => ruleBindings(grade, policy, facts)),
    ...procedureBindings(policy),
    ...monitoringBindings(policy, facts),
    ...policy.services.map(
      ({ clause, match }) =>
        [clause, { is: "service", labels: Object.entries(match).map(([name, value]) => `${name}=${value}`) }] as const,
    ),
    ...templateOf(policy).flatMap(({ fields }) =>
      fields.flatMap(
        ({ clause, meaning }): Bound =>
          clause === undefined ? [] : [[clause, { is: "report-field", answeredBy: answeredBy(meaning) }]],
      ),
    ),
    ...unwatched(policy),
  ];
  const byClause = new Map<ClauseId, Binding[]>();
  for (const [clause, binding] of found) byClause.set(clause, [...(byClause.get(clause) ?? []), binding]);
  return byClause;
}

function gradeBindings(grade: Grade, policy: Policy, { roster, at }: Facts): Bound {
  const timing = policy.timing.get(grade.name);
  return [
    ...(timing === undefined
      ? []
      : [[grade.deadlineClause, { is: "deadline", timing, immediate: grade.deadline.kind === "immediate" }] as const]),
    [grade.ownerClause, { is: "owner", team: grade.owner, people: onDuty(roster, grade.owner, at) }],
  ];
}

function teamBindings(team: Team, policy: Policy, { roster, at }: Facts): Bound {
  const found = roster.teams.find(({ name }) => sameName(name, team.name));
  const members = found?.members ?? [];
  const shifts = [...policy.clauses.values()].filter(
    ({ block, path, text }) =>
      block === "teams" && path.length === 3 && path[0] === team.name && isAroundTheClock(text),
  );
  return [
    [
      team.clause,
      {
        is: "team",
        members: distinct(members.map(({ person }) => person)),
        people: onDuty(roster, team.name, at),
        until: onDutyUntil(roster, team.name, at),
      },
    ],
    ...team.staffing.map(({ clause, role, count }) => {
      const people = distinct(members.filter((member) => sameName(member.role, role)).map(({ person }) => person));
      return [clause, { is: "staffing", role, wanted: count, people }] as const;
    }),
    ...shifts.map(({ id }) => {
      const gap = firstGap(roster, team.name, at);
      return [id, { is: "shift", turns: found?.rotations.length ?? 0, gap }] as const;
    }),
  ];
}

function ruleBindings(grade: Grade, policy: Policy, facts: Facts): Bound {
  const rule = ruleOf(policy, grade.name);
  if (rule === undefined) return [];
  const { roster, at } = facts;
  const recipients = rule.recipients.map((recipient) => {
    const { people, reason } = resolveRecipient(roster, policy, recipient, grade.owner, at);
    return [recipient.clause, { is: "recipient", people, because: reason }] as const;
  });
  const owners = roster.teams.find(({ name }) => sameName(name, grade.owner))?.members ?? [];
  const people = distinct([...recipients.flatMap(([, one]) => one.people), ...owners.map(({ person }) => person)]);
  return [...recipients, ...rule.channels.map((channel) => channelBinding(channel, people, facts))];
}

function channelBinding(
  { kind, clause }: PolicyChannel,
  people: readonly PersonId[],
  { roster, drivers }: Facts,
): Bound[number] {
  const addressed = people.filter((id) => {
    const person = roster.people.get(id);
    return person !== undefined && addressOf(person, kind) !== undefined;
  });
  return [
    clause,
    {
      is: "channel",
      kind,
      usable: usable(kind, roster, drivers),
      with: needsAddress(kind) ? addressed.length : undefined,
      of: people.length,
    },
  ];
}

function procedureBindings(policy: Policy): Bound {
  return policy.procedures.map(({ clause }) => [clause, { is: "checklist" }]);
}

function monitoringBindings(policy: Policy, { roster, seen }: Facts): Bound {
  const monitors = monitorsOf(policy, roster.monitors);
  return [
    ...coverageOf(policy, monitors, seen).map(({ item, quantity, monitors: about, off, series, lastAt }) => {
      const binding = {
        is: "watched",
        item: item.name,
        quantity: quantity?.kind,
        monitors: about.filter(({ id }) => seen(id).series > 0),
        off,
        series,
        lastAt,
      } as const;
      return [item.clause, binding] as const;
    }),
    ...policy.thresholds.map(({ clause }) => {
      const held = monitors.filter(({ thresholds, baseline }) =>
        [...thresholds, ...(baseline === undefined ? [] : [baseline])].some((line) => line.clause === clause),
      );
      return [clause, { is: "threshold", monitors: held }] as const;
    }),
  ];
}

const UNWATCHED: readonly BlockKind[] = ["legal-clocks", "improvement"];

function unwatched(policy: Policy): Bound {
  return [...policy.clauses.values()]
    .filter(({ block, path }) => path.length === 0 && UNWATCHED.includes(block))
    .map(({ id, block }) => [id, { is: "unwatched", block }] as const);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
