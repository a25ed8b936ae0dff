import type { ShownShift, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { type Entry, entriesOf, type Span } from "../schedule/shifts-shown.ts";

/** Who is on duty in a team, as entries: of one that takes no turns all its members, all the time. */
export function dutyEntries(team: ShownTeamSchedule, span: Span): readonly Entry[] {
  if (team.takesTurns) return entriesOf(team).filter(({ shift }) => !shift.shadow);
  if (team.members.length === 0) return [];
  const shift: ShownShift = {
    start: new Date(span.start).toISOString(),
    end: new Date(span.end).toISOString(),
    rotation: "",
    people: team.members,
    because: "turn",
    insteadOf: [],
    turn: null,
    overrides: [],
    shadow: false,
  };
  return [{ ...span, key: `${team.name}|everybody`, team: team.name, shift }];
}
