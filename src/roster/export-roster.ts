import { stringify } from "yaml";
import type { PersonId, Roster, RosterTeam, Rotation } from "./roster.ts";

/** The roster as the YAML that `bongsu apply` reads: applying it again changes nothing. */
export function exportRoster(roster: Roster): string {
  const byRole = (team: RosterTeam): ReadonlyMap<string, readonly PersonId[]> => {
    const roles = new Map<string, PersonId[]>();
    for (const { person, role } of team.members) roles.set(role, [...(roles.get(role) ?? []), person]);
    return roles;
  };
  const document = {
    ...section(
      "사람",
      [...roster.people.values()].map((person) => [
        person.id,
        {
          이름: person.name,
          ...(person.titles.length > 0 ? { 직책: person.titles } : {}),
          ...(person.locale === "en" ? { 언어: "en" } : {}),
          연락처: Object.fromEntries(person.contacts.map(({ channel, address }) => [channel, address])),
          ...(person.admin ? { 관리자: true } : {}),
        },
      ]),
    ),
    ...section(
      "그룹",
      roster.groups.map(({ name, members }) => [name, members]),
    ),
    ...section(
      "팀",
      roster.teams.map((team) => [
        team.name,
        { 구성원: byRole(team), ...(team.rotations.length > 0 ? { 교대: team.rotations } : {}) },
      ]),
    ),
    ...section(
      "교대",
      [...roster.rotations.values()].map((rotation) => [rotation.id, rotationOf(rotation, roster)]),
    ),
    ...section(
      "서비스",
      roster.services.map(({ name, match, grade, dependsOn }) => [
        name,
        {
          조건: match,
          ...(grade === undefined ? {} : { 등급: grade }),
          ...(dependsOn.length > 0 ? { 의존: dependsOn } : {}),
        },
      ]),
    ),
    ...section(
      "채널",
      roster.channels.map(({ kind, settings }) => [kind, settings]),
    ),
  };
  return stringify(document, { lineWidth: 0 });
}

const UNITS = { hours: "시간", days: "일", weeks: "주" } as const;

function rotationOf(rotation: Rotation, roster: Roster): object {
  const local = (at: number): string =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(rotation.zone)
      .toPlainDateTime()
      .toString({ smallestUnit: "minute" });
  const overrides = roster.overrides.filter((one) => one.rotation === rotation.id);
  return {
    참여자: rotation.participants.map((turn) => (turn.length === 1 ? turn[0] : turn)),
    "교대 주기": `${rotation.turn.count}${UNITS[rotation.turn.unit]}`,
    시작: rotation.start,
    시간대: rotation.zone,
    ...(overrides.length === 0
      ? {}
      : {
          "대체 근무": overrides.map(({ person, start, end }) => ({
            담당자: person,
            부터: local(start),
            까지: local(end),
          })),
        }),
  };
}

function section(name: string, entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return entries.length === 0 ? {} : { [name]: new Map(entries) };
}
