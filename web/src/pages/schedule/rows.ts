import type { ShownSchedule, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { type Entry, entriesOf, lanesOf, type Span, spanOf } from "./shifts-shown.ts";

/** A row of the calendar: a team as it counts, or below it one of the layers that it is made of. */
export type Row = {
  readonly key: string;
  readonly team: ShownTeamSchedule;
  /** A rotation by itself, or the overrides over all of them. Undefined for the team as it counts. */
  readonly layer?: { readonly rotation: string } | "overrides";
  readonly lanes: readonly (readonly Entry[])[];
  /** How many of the lanes are of people on duty; those who learn are below them. Gaps lie over these alone. */
  readonly dutyLanes: number;
  readonly gaps: readonly Span[];
};

/** First what counts, then, where they were asked for, the layers. Lanes are the same in each week. */
export function rowsOf({ teams, overrides }: Pick<ShownSchedule, "teams" | "overrides">): readonly Row[] {
  return teams.flatMap((team): readonly Row[] => {
    const entries = entriesOf(team);
    const onDuty = lanesOf(
      entries.filter(({ shift }) => !shift.shadow),
      team.rotations,
    );
    const learning = lanesOf(
      entries.filter(({ shift }) => shift.shadow),
      team.rotations,
    );
    // Where nobody is on duty all through, the gap has a lane to lie in.
    const duty = onDuty.length === 0 && (team.takesTurns || team.gaps.length > 0) ? [[]] : onDuty;
    const final: Row = {
      key: team.name,
      team,
      lanes: [...duty, ...learning],
      dutyLanes: duty.length,
      gaps: team.gaps.map(spanOf),
    };
    if (team.layers === undefined) return [final];
    const own = overrides.filter(({ rotation }) => team.rotations.includes(rotation));
    const exceptions = layer(
      team,
      own.map(({ person, ...one }) => ({ ...one, people: [person] })),
    );
    return [
      final,
      ...team.layers.map(({ rotation, turns }) => ({
        key: `${team.name}|${rotation}`,
        team,
        layer: { rotation },
        lanes: layer(
          team,
          turns.map((turn) => ({ ...turn, rotation })),
        ),
        dutyLanes: 0,
        gaps: [],
      })),
      ...(own.length === 0
        ? []
        : [
            {
              key: `${team.name}|overrides`,
              team,
              layer: "overrides" as const,
              lanes: exceptions,
              dutyLanes: 0,
              gaps: [],
            },
          ]),
    ];
  });
}

type Stretch = {
  readonly start: string;
  readonly end: string;
  readonly rotation: string;
  readonly people: readonly string[];
};

function layer({ name, rotations }: ShownTeamSchedule, stretches: readonly Stretch[]): Row["lanes"] {
  const shifts = stretches.map(({ start, end, rotation, people }) => ({
    start,
    end,
    rotation,
    people,
    because: "turn" as const,
    insteadOf: [],
    turn: null,
    overrides: [],
    shadow: false,
  }));
  return lanesOf(entriesOf({ name, shifts }), rotations);
}
