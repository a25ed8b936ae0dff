import type { Id } from "../../id/id.ts";
import type { Era } from "../../roster/eras.ts";
import { rotationsOf, teamNamed } from "../../roster/on-duty.ts";
import { turnsIn } from "../../roster/turns.ts";
import { common, type Interval, overlap } from "../../time/interval.ts";
import type { ShownLayer } from "../wire/schedule.ts";
import { shownInterval } from "./shown-schedule.ts";

type Part = Interval & { readonly turn: number; readonly people: readonly string[] };

/** What each rotation of a team says by itself, as it was then: no override, leave or other rotation is looked at. */
export function shownLayers(eras: readonly Era[], name: string): readonly ShownLayer[] {
  const ids = new Set(eras.flatMap(({ roster }) => rotationsOf(roster, teamNamed(roster, name)).map(({ id }) => id)));
  return [...ids].map((rotation) => ({
    rotation,
    turns: partsThrough(eras, name, rotation).map(({ people, ...part }) => ({ ...shownInterval(part), people })),
  }));
}

function partsThrough(eras: readonly Era[], name: string, id: Id<"rotation">): readonly Part[] {
  const parts: Part[] = [];
  for (const era of eras) {
    const rotation = rotationsOf(era.roster, teamNamed(era.roster, name)).find((one) => one.id === id);
    if (rotation === undefined) continue;
    // As with shifts, an edit cuts a turn and the ends of what was asked for do not.
    const room = {
      start: era === eras[0] ? Number.NEGATIVE_INFINITY : era.start,
      end: era === eras.at(-1) ? Number.POSITIVE_INFINITY : era.end,
    };
    for (const turn of turnsIn(rotation, era.roster.holidays, era))
      for (const whole of turn.parts) {
        const part = overlap(whole, era) ? common(whole, room) : undefined;
        if (part === undefined) continue;
        const next = { ...part, turn: turn.start, people: turn.people };
        const last = parts.at(-1);
        if (last?.end === next.start && last.turn === next.turn && last.people.join("\n") === next.people.join("\n"))
          parts[parts.length - 1] = { ...last, end: next.end };
        else parts.push(next);
      }
  }
  return parts;
}
