import { Fault } from "../fault/fault.ts";
import type { RotaRequest } from "../rota/read-question.ts";
import { textIn } from "./access.ts";

type Body = Readonly<Record<string, unknown>>;

const FIELDS: readonly string[] = [
  "team",
  "people",
  "from",
  "weeks",
  "repeats",
  "shifts",
  "startsAt",
  "perShift",
  "weekHoursMax",
  "restHoursMin",
  "nightsInRowMax",
  "daysInRowMax",
  "zone",
  "timeSeconds",
];

/** The fields of a question by their shape alone; what they say is judged by the reader of questions. */
export function rotaRequestIn(body: Body): RotaRequest {
  const unknown = Object.keys(body).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined)
    throw new Fault("bad-request", { field: unknown, expected: `one of ${FIELDS.join(", ")}` });
  const text = (field: string): string | undefined => (isAbsent(body[field]) ? undefined : textIn(body, field));
  const number = (field: string): number | undefined => {
    const value = body[field];
    if (isAbsent(value)) return undefined;
    if (typeof value !== "number") throw new Fault("bad-request", { field, expected: "a number" });
    return value;
  };
  const limit = (field: string): number | null | undefined => (body[field] === null ? null : number(field));
  return {
    team: text("team"),
    people: peopleIn(body.people),
    from: text("from"),
    weeks: number("weeks"),
    repeats: body.repeats === true,
    shifts: Array.isArray(body.shifts) ? textsIn(body.shifts, "shifts") : text("shifts"),
    startsAt: text("startsAt"),
    perShift: number("perShift"),
    weekHoursMax: limit("weekHoursMax"),
    restHoursMin: limit("restHoursMin"),
    nightsInRowMax: limit("nightsInRowMax"),
    daysInRowMax: limit("daysInRowMax"),
    zone: text("zone"),
  };
}

function peopleIn(value: unknown): RotaRequest["people"] {
  if (isAbsent(value)) return undefined;
  if (typeof value === "number") return value;
  const expected = "a number, or a list of names or { person, away, wishes }";
  if (!Array.isArray(value)) throw new Fault("bad-request", { field: "people", expected });
  return value.map((one: unknown) => {
    if (typeof one === "string") return one;
    if (typeof one !== "object" || one === null) throw new Fault("bad-request", { field: "people", expected });
    const { away, wishes } = one as Body;
    return { person: textIn(one as Body, "person"), away: stretchesIn(away), wishes: stretchesIn(wishes) };
  });
}

function stretchesIn(value: unknown): readonly { readonly from: string; readonly to: string }[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw new Fault("bad-request", { field: "people", expected: "a list of { from, to }" });
  return value.map((one: unknown) => {
    const days = (one ?? {}) as Body;
    return { from: textIn(days, "from"), to: textIn(days, "to") };
  });
}

function textsIn(list: readonly unknown[], field: string): readonly string[] {
  return list.map((one) => {
    if (typeof one !== "string") throw new Fault("bad-request", { field, expected: "a list of texts" });
    return one;
  });
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
