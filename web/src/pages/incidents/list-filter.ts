import { fromLocal } from "../../kit/local-time.ts";

/** What the list is filtered by, as it stands in the address: a link, a bookmark and a saved view are the same thing. */
export type ListFilter = {
  readonly q: string;
  readonly state: string;
  readonly grades: readonly string[];
  readonly service: string;
  readonly holder: string;
  readonly drill: string;
  /** `24h`, `7d` and so on, or `days` for the two dates below; empty for always. */
  readonly within: string;
  readonly from: string;
  readonly to: string;
};

export const PERIODS = ["24h", "7d", "30d", "90d"] as const;
const PERIOD_MS: Readonly<Record<string, number>> = {
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
  "90d": 90 * 86_400_000,
};

/** Short words of the address for several states. */
export const STATE_CHOICES = ["open", "triggered", "acknowledged", "resolved", "closed"] as const;
const STATES: Readonly<Record<string, string>> = { open: "triggered,acknowledged" };

export function readFilter(search: URLSearchParams): ListFilter {
  const of = (name: string): string => search.get(name) ?? "";
  return {
    q: of("q"),
    state: of("state"),
    grades: of("grade")
      .split(",")
      .filter((grade) => grade !== ""),
    service: of("service"),
    holder: of("holder"),
    drill: of("drill"),
    within: of("within"),
    from: of("from"),
    to: of("to"),
  };
}

/** The address of a filter; nothing stands there for what is not filtered by. */
export function writeFilter(filter: ListFilter): string {
  const { grades, from, to, ...rest } = filter;
  const days = rest.within === "days" ? { from, to } : {};
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...rest, grade: grades.join(","), ...days }))
    if (value !== "") search.set(name, value);
  return search.toString();
}

/** How much of it is set, beside the words: whether it is worth taking away. */
export function isFiltered(filter: ListFilter): boolean {
  return writeFilter(filter) !== "";
}

/** The question to the server. A syllable that has only its first consonant yet is not asked for. */
export function questionOf(filter: ListFilter, now: number, zone: string): string {
  const search = new URLSearchParams();
  const set = (name: string, value: string): void => {
    if (value !== "") search.set(name, value);
  };
  set("q", filter.q.replace(/[\u3131-\u318e]$/u, "").trim());
  set("state", STATES[filter.state] ?? filter.state);
  set("grade", filter.grades.join(","));
  set("service", filter.service);
  set("holder", filter.holder);
  set("drill", filter.drill);
  const length = PERIOD_MS[filter.within];
  // To the minute, so that the same filter is the same question for a while.
  if (length !== undefined) set("from", new Date(Math.floor((now - length) / 60_000) * 60_000).toISOString());
  if (filter.within === "days") {
    set("from", startOf(filter.from, zone, 0));
    set("to", startOf(filter.to, zone, 1));
  }
  return search.toString();
}

/** When the day begins there, or the one after; empty where it is none. */
function startOf(day: string, zone: string, plus: number): string {
  const at = fromLocal(`${day}T00:00`, zone);
  if (at === undefined) return "";
  const next = new Date(Date.parse(`${day}T00:00Z`) + plus * 86_400_000).toISOString().slice(0, 16);
  return new Date(fromLocal(next, zone) ?? at).toISOString();
}
