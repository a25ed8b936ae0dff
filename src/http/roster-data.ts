import { Fault } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import { CHANNEL_KINDS, type ChannelKind } from "../policy/policy.ts";
import type {
  ActiveHours,
  Contact,
  Group,
  Person,
  RosterTeam,
  Rotation,
  Service,
  TurnLength,
} from "../roster/roster.ts";
import { textIn } from "./access.ts";

type Body = Readonly<Record<string, unknown>>;

/** What a form sends of one item, by its shape alone; whether it is right is judged by the reader of the roster. */
export const ROSTER_KINDS = {
  people: { kind: "person", read: personIn },
  groups: { kind: "group", read: groupIn },
  teams: { kind: "team", read: teamIn },
  services: { kind: "service", read: serviceIn },
  rotations: { kind: "rotation", read: rotationIn },
} as const;

const NAME_LENGTH_MAX = 200;

/** The name of an item: it stands in addresses and in YAML. */
export function itemName(body: Body, field: string): string {
  const name = textIn(body, field).normalize("NFC");
  if (name.length > NAME_LENGTH_MAX || /[\p{Cc}\u2028\u2029/]/u.test(name))
    throw new Fault("bad-request", { field, expected: `at most ${NAME_LENGTH_MAX} characters on one line, without /` });
  return name;
}

function personIn(id: string, body: Body): Person {
  return {
    id: asId<"person">(id),
    name: itemName(body, "name"),
    titles: textsIn(body, "titles"),
    locale: body.locale === "en" ? "en" : "ko",
    contacts: contactsIn(body),
    admin: body.admin === true,
  };
}

/** The contacts of a person in their order; a channel without an address is left out. */
export function contactsIn(body: Body): readonly Contact[] {
  const contacts = listIn(body, "contacts").flatMap((one) => {
    const { channel, address } = (one ?? {}) as { channel?: unknown; address?: unknown };
    const kind = CHANNEL_KINDS.find((known) => known === channel);
    if (kind === undefined || typeof address !== "string")
      throw new Fault("bad-request", { field: "contacts", expected: "a list of { channel, address }" });
    if (kind === "email" && address.trim() !== "" && !/^[^\s@]+@[^\s@]+$/u.test(address.trim()))
      throw new Fault("bad-request", { field: "contacts", channel: kind, expected: "an e-mail address" });
    return address.trim() === "" ? [] : [{ channel: kind as ChannelKind, address: address.trim() }];
  });
  if (new Set(contacts.map(({ channel }) => channel)).size < contacts.length)
    throw new Fault("bad-request", { field: "contacts", expected: "one address for each channel" });
  return contacts;
}

function groupIn(name: string, body: Body): Group {
  return { name, members: textsIn(body, "members").map((id) => asId<"person">(id)) };
}

function teamIn(name: string, body: Body): RosterTeam {
  const members = listIn(body, "members").map((one) => {
    const member = (one ?? {}) as Body;
    return { person: asId<"person">(textIn(member, "person")), role: itemName(member, "role") };
  });
  return { name, members, rotations: textsIn(body, "rotations").map((id) => asId<"rotation">(id)) };
}

function rotationIn(id: string, body: Body): Rotation {
  const turns = listIn(body, "turns").map((one): TurnLength => {
    const { unit, count } = (one ?? {}) as { unit?: unknown; count?: unknown };
    const known = UNITS.find((candidate) => candidate === unit);
    if (known === undefined || typeof count !== "number")
      throw new Fault("bad-request", { field: "turns", expected: `a list of { unit: ${UNITS.join(" | ")}, count }` });
    return { unit: known, count };
  });
  const hours = listIn(body, "hours").map((one): ActiveHours => {
    const { days, from, to } = (one ?? {}) as { days?: unknown; from?: unknown; to?: unknown };
    const onDays = Array.isArray(days) ? WEEKDAYS.filter((day) => days.includes(day)) : [];
    if (onDays.length === 0 || typeof from !== "string" || typeof to !== "string")
      throw new Fault("bad-request", { field: "hours", expected: "a list of { days: [1 to 7], from, to }" });
    return { days: onDays, from, to };
  });
  const { priority = 0, holidays = "as-usual" } = body;
  if (typeof priority !== "number") throw new Fault("bad-request", { field: "priority", expected: "a number" });
  const onHolidays = ON_HOLIDAYS.find((one) => one === holidays);
  if (onHolidays === undefined)
    throw new Fault("bad-request", { field: "holidays", expected: ON_HOLIDAYS.join(" | ") });
  if (turns.length === 0) throw new Fault("bad-request", { field: "turns", expected: "at least one length" });
  return {
    id: asId<"rotation">(id),
    name: itemName(body, "name"),
    zone: textIn(body, "zone"),
    participants: listIn(body, "participants")
      .map((turn) => textsIn({ turn: Array.isArray(turn) ? (turn as unknown[]) : [turn] }, "turn"))
      .filter((turn) => turn.length > 0)
      .map((turn) => turn.map((person) => asId<"person">(person))),
    turns,
    start: textIn(body, "start"),
    ...(body.end === undefined || body.end === null || body.end === "" ? {} : { end: textIn(body, "end") }),
    priority,
    hours,
    holidays: onHolidays,
    shadow: body.shadow === true,
  };
}

const UNITS = ["hours", "days", "weeks", "months", "holidays"] as const;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const ON_HOLIDAYS = ["as-usual", "off", "only"] as const;

/** The teams that a rotation is to be in; undefined where nothing is said of them. */
export function teamsIn(body: Body): readonly string[] | undefined {
  return body.teams === undefined ? undefined : textsIn(body, "teams");
}

function serviceIn(name: string, body: Body): Service {
  const { match = {} } = body;
  if (typeof match !== "object" || match === null || Array.isArray(match))
    throw new Fault("bad-request", { field: "match", expected: "an object of label: value" });
  const labels = Object.entries(match).map(([label, value]) => {
    if (typeof value !== "string") throw new Fault("bad-request", { field: "match", expected: "texts as values" });
    return [label, value] as const;
  });
  const grade = typeof body.grade === "string" && body.grade.trim() !== "" ? { grade: body.grade.trim() } : {};
  return { name, match: Object.fromEntries(labels), dependsOn: textsIn(body, "dependsOn"), ...grade };
}

function listIn(body: Body, field: string): readonly unknown[] {
  const value = body[field] ?? [];
  if (!Array.isArray(value)) throw new Fault("bad-request", { field, expected: "a list" });
  return value as unknown[];
}

function textsIn(body: Body, field: string): readonly string[] {
  return listIn(body, field).flatMap((one) => {
    if (typeof one !== "string") throw new Fault("bad-request", { field, expected: "a list of texts" });
    return one.trim() === "" ? [] : [one.trim().normalize("NFC")];
  });
}
