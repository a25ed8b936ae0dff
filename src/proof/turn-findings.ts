import { proofSaid as said } from "../locale/proof.ts";
import type { Team } from "../policy/policy.ts";
import { dutyIn, rotationsOf, teamNamed } from "../roster/on-duty.ts";
import type { Roster } from "../roster/roster.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../time/instant.ts";
import { finding, NIGHT_TURN_PEOPLE_MIN, WORK_WEEK_HOURS_MAX } from "./document-findings.ts";
import type { Finding } from "./finding.ts";

/** So far ahead the turns are added up. */
const WEEKS = 4;

/**
 * The turns that people really take, where the document states enough of them: a rotation of three for a team of four
 * gives each more hours than the week has. That the document states too few, or the roster has too few, is found already.
 */
export function turnFindings(team: Team, roster: Roster, at: Instant): readonly Finding[] {
  const heads = team.staffing.reduce((sum, { count }) => sum + count, 0);
  const found = teamNamed(roster, team.name);
  const members = new Set(found?.members.map(({ person }) => person)).size;
  const isSaidAlready = members < heads || (heads > 0 && heads < NIGHT_TURN_PEOPLE_MIN);
  const [first] = rotationsOf(roster, found).filter(({ shadow }) => !shadow);
  if (!team.aroundTheClock || isSaidAlready || first === undefined) return [];
  const duty = dutyIn(roster, team.name, { start: at, end: at + WEEKS * 7 * DAY_MS });
  const people = new Set(duty.flatMap((stretch) => stretch.people));
  const hours = duty.reduce((sum, { start, end, people: on }) => sum + (on.length * (end - start)) / HOUR_MS, 0);
  const hoursEach = Math.round(hours / WEEKS / people.size);
  if (people.size === 0 || hoursEach <= WORK_WEEK_HOURS_MAX) return [];
  const names = [...people].map((person) => roster.people.get(person)?.id ?? person);
  const needed = Math.ceil(hours / WEEKS / WORK_WEEK_HOURS_MAX);
  const f = { team: team.name, rotation: first.name, people: names, hours: hoursEach, needed };
  return [finding("warning", "turns-too-thin", team.staffing[0]?.clause ?? team.clause, said.turnsTooThin(f))];
}
