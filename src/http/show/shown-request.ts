import type { FastifyRequest } from "fastify";
import type { Roster } from "../../roster/roster.ts";
import { type ShiftRequest, whyNotAnswer } from "../../roster/shift-request.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import { callerMay, personOf } from "../access.ts";
import type { ShownShiftRequest } from "../wire/schedule.ts";
import { shownInterval } from "./shown-schedule.ts";

const ANSWERS = ["accept", "decline", "withdraw"] as const;

/** A request, and what the one who looks at it may do about it. */
export function shownRequest(
  one: ShiftRequest,
  request: FastifyRequest,
  roster: Roster,
  now: Instant,
): ShownShiftRequest {
  const { id, kind, state, from, to, part, give, note, askedAt, answeredAt, answeredBy } = one;
  const isOwn = callerMay(request, "schedule.own");
  const facts = { by: personOf(request), mayEdit: callerMay(request, "roster.edit"), roster, now };
  return {
    id,
    kind,
    state,
    from,
    to: to ?? null,
    rotation: part.rotation,
    part: shownInterval(part),
    give: give === undefined ? null : { ...shownInterval(give), rotation: give.rotation },
    note: note ?? null,
    askedAt: toIso(askedAt),
    answeredAt: answeredAt === undefined ? null : toIso(answeredAt),
    answeredBy: answeredBy ?? null,
    mayAnswer: isOwn ? ANSWERS.filter((answer) => whyNotAnswer(one, answer, facts) === undefined) : [],
  };
}
