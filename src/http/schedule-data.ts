import { Fault } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import type { Holiday, Leave, Override } from "../roster/roster.ts";
import { fromIso, type Instant } from "../time/instant.ts";
import { textIn } from "./access.ts";

type Body = Readonly<Record<string, unknown>>;

/** What a request says of one exception from the schedule, by its shape alone. */
export const EXCEPTION_KINDS = {
  override: (id: string, body: Body): Override => ({
    id: asId<"override">(id),
    rotation: asId<"rotation">(textIn(body, "rotation")),
    person: asId<"person">(textIn(body, "person")),
    ...(body.instead == null ? {} : { instead: asId<"person">(textIn(body, "instead")) }),
    start: instantIn(body, "start"),
    end: instantIn(body, "end"),
    ...noteIn(body),
  }),
  leave: (id: string, body: Body): Leave => ({
    id: asId<"leave">(id),
    person: asId<"person">(textIn(body, "person")),
    start: instantIn(body, "start"),
    end: instantIn(body, "end"),
    ...noteIn(body),
  }),
  holiday: (date: string, body: Body): Holiday => ({ date, name: textIn(body, "name"), off: body.off !== false }),
} as const;

function instantIn(body: Body, field: string): Instant {
  const at = typeof body[field] === "string" ? fromIso(body[field]) : undefined;
  if (at === undefined) throw new Fault("bad-request", { field, expected: "an RFC 3339 time" });
  return at;
}

function noteIn(body: Body): { readonly note?: string } {
  return body.note == null || body.note === "" ? {} : { note: textIn(body, "note") };
}
