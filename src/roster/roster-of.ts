import type { Heartbeat } from "../heartbeat/heartbeat.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { Target } from "../monitor/target.ts";
import type {
  ChannelSettings,
  Group,
  Holiday,
  Leave,
  Override,
  Person,
  Roster,
  RosterTeam,
  Rotation,
  Service,
} from "./roster.ts";

/** One fact of the roster as it is kept: `kind` says what `data` is. */
export type RosterFact = { readonly kind: string; readonly id: string; readonly data: unknown };

/** The roster as a value, from its rows. */
export function rosterOf(facts: readonly RosterFact[]): Roster {
  const of = <T>(kind: string): readonly T[] =>
    facts.filter((fact) => fact.kind === kind).map((fact) => fact.data as T);
  return {
    people: new Map(of<Person>("person").map((person) => [person.id, person])),
    groups: of<Group>("group"),
    teams: of<RosterTeam>("team"),
    rotations: new Map(of<Rotation>("rotation").map((rotation) => [rotation.id, rotation])),
    overrides: of<Override>("override"),
    leaves: of<Leave>("leave"),
    holidays: of<Holiday>("holiday"),
    services: of<Service>("service"),
    channels: of<ChannelSettings>("channel"),
    monitors: of<Monitor>("monitor"),
    targets: of<Target>("target"),
    heartbeats: of<Heartbeat>("heartbeat"),
  };
}
