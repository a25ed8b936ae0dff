import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import type { RotaAsked } from "../../../../src/http/wire/rota.ts";
import { nextMonday } from "./dates.ts";

/** What stands in the form: texts as they are typed. */
export type Draft = {
  readonly team: string;
  readonly by: "members" | "heads";
  readonly heads: string;
  /** Members of the team who take no shifts. */
  readonly without: readonly string[];
  readonly from: string;
  readonly weeks: string;
  readonly shifts: string;
  readonly startsAt: string;
  readonly perShift: string;
  readonly repeats: boolean;
  readonly weekHoursMax: string;
  readonly restHoursMin: string;
  readonly nightsInRowMax: string;
  readonly daysInRowMax: string;
  readonly timeSeconds: number;
};

/** The first team with its members, four weeks from the next Monday, the statutory week and a night's rest. */
export function firstDraft(roster: ShownRoster, today: string): Draft {
  const team = namesOfTeams(roster)[0] ?? "";
  return {
    team,
    by: membersOf(roster, team).length > 0 ? "members" : "heads",
    heads: "2",
    without: [],
    from: nextMonday(today),
    weeks: "4",
    shifts: "12h",
    startsAt: "08:00",
    perShift: "1",
    repeats: false,
    weekHoursMax: "52",
    restHoursMin: "11",
    nightsInRowMax: "",
    daysInRowMax: "",
    timeSeconds: 20,
  };
}

export function namesOfTeams({ teams, policy }: ShownRoster): readonly string[] {
  const inPolicy = policy.teams.map(({ name }) => name);
  return [...new Set([...inPolicy, ...teams.map(({ name }) => name)])];
}

export function membersOf({ teams }: ShownRoster, team: string): readonly string[] {
  const members = teams.find(({ name }) => name === team)?.members ?? [];
  return [...new Set(members.map(({ person }) => person))];
}

/** A shift of a week has 168 hours: the usual limits are those of shifts within a day. */
export function withShifts(draft: Draft, shifts: string): Draft {
  const isLong = shifts === "1w";
  return { ...draft, shifts, weekHoursMax: isLong ? "" : "52", restHoursMin: isLong ? "" : "11" };
}

export function requestOf(draft: Draft, roster: ShownRoster): RotaAsked {
  const limit = (text: string): number | null => (text.trim() === "" ? null : Number(text));
  const isInRoster = roster.teams.some(({ name }) => name === draft.team);
  const members = membersOf(roster, draft.team).filter((person) => !draft.without.includes(person));
  return {
    ...(isInRoster ? { team: draft.team } : {}),
    people: draft.by === "heads" ? Number(draft.heads) : members,
    from: draft.from,
    weeks: Number(draft.weeks),
    repeats: draft.repeats,
    shifts: draft.shifts,
    startsAt: draft.startsAt,
    perShift: Number(draft.perShift),
    weekHoursMax: limit(draft.weekHoursMax),
    restHoursMin: limit(draft.restHoursMin),
    nightsInRowMax: limit(draft.nightsInRowMax),
    daysInRowMax: limit(draft.daysInRowMax),
    timeSeconds: draft.timeSeconds,
  };
}
