import { assert } from "../fault/fault.ts";
import type { Grade, NotificationRule, Policy, Team } from "../policy/policy.ts";

/**
 * The ladder of an incident: level 0 is its owner team and its grade's rule; each level above is the next team up and
 * the rule of the next higher grade, as far as there are such.
 */
export type Level = { readonly team: Team | undefined; readonly rule: NotificationRule | undefined };

export function gradeNamed(policy: Policy, name: string): Grade {
  const grade = policy.grades.find((candidate) => candidate.name === name);
  assert(grade !== undefined, `a pinned policy has the grade of its incident (${name})`);
  return grade;
}

/** How many levels there are above the owner. */
export function topLevel(policy: Policy, grade: Grade): number {
  const owner = teamPlace(policy, grade.owner);
  return Math.max(policy.teams.length - 1 - owner, grade.rank, 0);
}

export function levelAt(policy: Policy, grade: Grade, level: number): Level {
  const owner = teamPlace(policy, grade.owner);
  // Where the teams (or the grades) are fewer than the levels, the last of them answers again.
  const team = policy.teams[Math.min(owner + level, policy.teams.length - 1)];
  const rank = Math.max(grade.rank - level, 0);
  return { team, rule: ruleOf(policy, policy.grades[rank]?.name ?? grade.name) };
}

export function ruleOf(policy: Policy, grade: string): NotificationRule | undefined {
  return policy.notifications.find((rule) => rule.grade === grade);
}

export function teamPlace(policy: Policy, name: string): number {
  const place = policy.teams.findIndex((team) => team.name === name);
  assert(place >= 0, `a policy in force defines the teams that its grades name (${name})`);
  return place;
}

/** The next team up, or the top one itself. */
export function teamAbove(policy: Policy, name: string): Team | undefined {
  return policy.teams[Math.min(teamPlace(policy, name) + 1, policy.teams.length - 1)];
}
