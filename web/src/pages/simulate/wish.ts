import { useSearchParams } from "wouter";
import type { SimulateRequest } from "../../../../src/http/wire/simulate.ts";
import { serverNow } from "../../api/client.ts";
import { instantOf, nextHour } from "./zoned.ts";

/** What is simulated, as it stands in the address: a simulation can be sent to somebody as a link. */
export type Wish = {
  readonly grade: string;
  readonly service: string;
  readonly when: "now" | "tonight" | "date";
  /** A local date and time; only where `when` is `date`. */
  readonly date: string;
  readonly policy: string;
  /** Empty: nothing is compared. */
  readonly compare: string;
  readonly people: readonly string[];
  readonly channels: readonly string[];
};

export function useWish(): readonly [Wish, (change: Partial<Wish>) => void] {
  const [search, setSearch] = useSearchParams();
  const list = (name: string): readonly string[] => (search.get(name) ?? "").split(",").filter((one) => one !== "");
  const when = search.get("when");
  const wish: Wish = {
    grade: search.get("grade") ?? "",
    service: search.get("service") ?? "",
    when: when === "tonight" || when === "date" ? when : "now",
    date: search.get("date") ?? "",
    policy: search.get("policy") ?? "",
    compare: search.get("compare") ?? "",
    people: list("people"),
    channels: list("channels"),
  };
  const change = (changes: Partial<Wish>): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          const text = Array.isArray(value) ? value.join(",") : String(value);
          if (text === "") after.delete(name);
          else after.set(name, text);
        }
        return after;
      },
      { replace: true },
    );
  return [wish, change];
}

/** What the server is asked; undefined while the wish is not complete. */
export function requestOf(wish: Wish, zone: string): Omit<SimulateRequest, "policy"> | undefined {
  const at =
    wish.when === "now"
      ? undefined
      : wish.when === "tonight"
        ? nextHour(3, serverNow(), zone)
        : instantOf(wish.date, zone);
  if (wish.grade === "" || (wish.when === "date" && at === undefined)) return undefined;
  return {
    grade: wish.grade,
    ...(wish.service === "" ? {} : { service: wish.service }),
    ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
    dead: { people: wish.people, channels: wish.channels },
  };
}
