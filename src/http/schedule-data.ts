import { asId } from "../id/id.ts";
import type { Holiday, Leave, Override } from "../roster/roster.ts";
import { textIn } from "./access.ts";
import { intervalIn, noteIn } from "./read-schedule.ts";

type Body = Readonly<Record<string, unknown>>;

/** What a request says of one exception from the schedule, by its shape alone. */
export const EXCEPTION_KINDS = {
  override: (id: string, body: Body): Override => ({
    id: asId<"override">(id),
    rotation: asId<"rotation">(textIn(body, "rotation")),
    person: asId<"person">(textIn(body, "person")),
    ...(body.instead == null ? {} : { instead: asId<"person">(textIn(body, "instead")) }),
    ...intervalIn(body, "start", "end"),
    ...noteIn(body),
  }),
  leave: (id: string, body: Body): Leave => ({
    id: asId<"leave">(id),
    person: asId<"person">(textIn(body, "person")),
    ...intervalIn(body, "start", "end"),
    ...noteIn(body),
  }),
  holiday: (date: string, body: Body): Holiday => ({ date, name: textIn(body, "name"), off: body.off !== false }),
} as const;
