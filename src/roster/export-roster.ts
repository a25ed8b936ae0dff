import { stringify } from "yaml";
import { heartbeatText } from "./read-heartbeats.ts";
import { monitorText } from "./read-monitors.ts";
import { targetText } from "./read-targets.ts";
import type { PersonId, Roster, RosterTeam, Rotation } from "./roster.ts";
import { hoursText, turnLengthText } from "./rotation-words.ts";

/** Leave is kept as instants; its zone in the file is this one, where no local time comes twice. */
const LEAVE_ZONE = "Etc/UTC";

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
    ...(roster.leaves.length === 0
      ? {}
      : {
          휴가: roster.leaves.map(({ person, start, end, note }) => ({
            담당자: person,
            부터: local(start, LEAVE_ZONE),
            까지: local(end, LEAVE_ZONE),
            시간대: LEAVE_ZONE,
            ...(note === undefined ? {} : { 메모: note }),
          })),
        }),
    ...section(
      "휴일",
      roster.holidays.map(({ date, name, off }) => [date, off ? name : { 이름: name, "쉬는 날": false }]),
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
    ...section(
      "대상",
      roster.targets.map((target) => [target.id, targetText(target)]),
    ),
    ...section(
      "하트비트",
      roster.heartbeats.map((heartbeat) => [heartbeat.id, heartbeatText(heartbeat)]),
    ),
    ...section(
      "모니터",
      roster.monitors.map((monitor) => [monitor.id, monitorText(monitor)]),
    ),
  };
  return stringify(document, { lineWidth: 0 });
}

const ON_HOLIDAYS = { off: "쉼", only: "휴일만" } as const;

function rotationOf(rotation: Rotation, roster: Roster): object {
  const lengths = rotation.turns.map(turnLengthText);
  const overrides = roster.overrides.filter((one) => one.rotation === rotation.id);
  return {
    ...(rotation.name === rotation.id ? {} : { 이름: rotation.name }),
    참여자: rotation.participants.map((turn) => (turn.length === 1 ? turn[0] : turn)),
    "교대 주기": rotation.turns.length === 1 ? lengths[0] : lengths,
    시작: rotation.start,
    ...(rotation.end === undefined ? {} : { 종료: rotation.end }),
    시간대: rotation.zone,
    ...(rotation.priority === 0 ? {} : { 우선순위: rotation.priority }),
    ...(rotation.hours.length === 0 ? {} : { "근무 시간": rotation.hours.map((hours) => hoursText(hours)) }),
    ...(rotation.holidays === "as-usual" ? {} : { 휴일에는: ON_HOLIDAYS[rotation.holidays] }),
    ...(rotation.shadow ? { 참관: true } : {}),
    ...(overrides.length === 0
      ? {}
      : {
          "대체 근무": overrides.map(({ person, instead, start, end, note }) => ({
            담당자: person,
            ...(instead === undefined ? {} : { 대신: instead }),
            부터: local(start, rotation.zone),
            까지: local(end, rotation.zone),
            ...(note === undefined ? {} : { 메모: note }),
          })),
        }),
  };
}

/** A local time; with its offset where the clock shows it twice and the second is meant. */
function local(at: number, zone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const text = zoned.toPlainDateTime().toString({ smallestUnit: "minute" });
  const read = zoned.toPlainDateTime().toZonedDateTime(zone).epochMilliseconds;
  return read === at ? text : `${text}${zoned.offset}`;
}

function section(name: string, entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return entries.length === 0 ? {} : { [name]: new Map(entries) };
}
