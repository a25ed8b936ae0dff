import type { FastifyRequest } from "fastify";
import { Fault } from "../fault/fault.ts";
import { scheduleRefusalSaid } from "../locale/schedule.ts";
import { fromIso } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { localeFor } from "./access.ts";

const NOTE_LENGTH_MAX = 200;

/** Two instants of a body or a query. That one is after the other is judged by who takes them. */
export function intervalIn(body: Readonly<Record<string, unknown>>, startField: string, endField: string): Interval {
  const instant = (field: string): number => {
    const value = body[field];
    const at = typeof value === "string" ? fromIso(value) : undefined;
    if (at === undefined) throw new Fault("bad-request", { field, expected: "an RFC 3339 time" });
    return at;
  };
  return { start: instant(startField), end: instant(endField) };
}

/** One line, as it stands in a file. */
export function noteIn({ note }: Readonly<Record<string, unknown>>): { readonly note?: string } {
  if (note === undefined || note === null) return {};
  if (
    typeof note !== "string" ||
    note.length > NOTE_LENGTH_MAX ||
    !note.isWellFormed() ||
    /[\p{Cc}\u2028\u2029]/u.test(note)
  )
    throw new Fault("bad-request", { field: "note", expected: `at most ${NOTE_LENGTH_MAX} characters on one line` });
  return note.trim() === "" ? {} : { note: note.trim() };
}

/** The "no" of the schedule as a Fault: the reason, and its sentence in the caller's language. */
export function refused(
  because: string,
  request: FastifyRequest,
  facts: Readonly<Record<string, unknown>> = {},
): Fault {
  return new Fault("schedule-refused", { because, why: scheduleRefusalSaid(because)[localeFor(request)], ...facts });
}
