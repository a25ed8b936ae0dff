import type { Preferences } from "../../access/account.ts";
import { Fault } from "../../fault/fault.ts";

const KEYS_MAX = 100;
const VIEWS_MAX = 50;
const NAME_LENGTH_MAX = 100;
const QUERY_LENGTH_MAX = 2_000;

/** The preferences after a change; `null` takes one away. Fault `bad-request` that names what cannot be. */
export function withPreferences(before: Preferences, change: Readonly<Record<string, unknown>>): Preferences {
  const after: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(change)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof Preferences] : undefined;
    if (rule === undefined) throw new Fault("bad-request", { field: name, expected: Object.keys(RULES) });
    if (value === null) delete after[name];
    else if (rule.holds(value)) after[name] = value;
    else throw new Fault("bad-request", { field: name, expected: rule.expected });
  }
  return after;
}

type Rule = { readonly expected: string; holds(value: unknown): boolean };

const RULES: Readonly<Record<keyof Preferences, Rule>> = {
  locale: { expected: "ko or en", holds: (value) => value === "ko" || value === "en" },
  theme: {
    expected: "light, dark or system",
    holds: (value) => value === "light" || value === "dark" || value === "system",
  },
  zone: { expected: "an IANA time zone such as Asia/Seoul", holds: isZone },
  keys: {
    expected: "shortcuts: action to chord",
    holds: (value) =>
      isRecord(value) &&
      Object.keys(value).length <= KEYS_MAX &&
      Object.entries(value).every(([key, chord]) => isShort(key, NAME_LENGTH_MAX) && isShort(chord, NAME_LENGTH_MAX)),
  },
  views: {
    expected: "a list of views, each a name and a query",
    holds: (value) =>
      Array.isArray(value) &&
      value.length <= VIEWS_MAX &&
      value.every(
        (view: unknown) =>
          isRecord(view) &&
          Object.keys(view).length === 2 &&
          isShort(view.name, NAME_LENGTH_MAX) &&
          view.name !== "" &&
          isShort(view.query, QUERY_LENGTH_MAX),
      ),
  },
};

/** Whether it is a name of the IANA time zone database. */
export function isZone(value: unknown): boolean {
  if (typeof value !== "string" || value.length > NAME_LENGTH_MAX) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    return true;
  } catch {
    return false;
  }
}

function isShort(value: unknown, max: number): value is string {
  return typeof value === "string" && value.length <= max && value.isWellFormed();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
