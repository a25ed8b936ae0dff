import type { ConditionName } from "./conditions.ts";

/** Who does it: a person of the roster, or `duty`, whoever is on duty in the team that owns it by then. */
export type Who = string;
export type Via = "web" | "slack" | "mail-link" | "api";

/** What somebody does to the incident of a story, or what its source sends. */
export type Deed =
  | { readonly do: "acknowledge" | "unacknowledge" | "resolve" | "reopen" | "close" }
  | { readonly do: "note" | "escalate"; readonly text: string }
  | { readonly do: "hand-over"; readonly to: string }
  | { readonly do: "snooze"; readonly minutes: number }
  /** Ticks so many further items of the checklist. */
  | { readonly do: "tick"; readonly items: number }
  /** Ticks the first criterion of that grade. */
  | { readonly do: "criteria"; readonly grade: string }
  | { readonly do: "grade"; readonly to: string }
  | { readonly do: "fire"; readonly instances: number }
  | { readonly do: "clear" };

export type Timed = { readonly minute: number; readonly by: Who; readonly via: Via; readonly deed: Deed };

export type Story = {
  /** So many minutes before now, or a day before today and a local time. */
  readonly begins: { readonly minutesAgo: number } | { readonly daysAgo: number; readonly at: string };
  readonly opened:
    | { readonly by: "source"; readonly condition: ConditionName; readonly instances: number }
    | {
        readonly by: "person";
        readonly who: string;
        readonly title: string;
        readonly service: string;
        readonly grade: string;
        readonly description: string;
        readonly drill: boolean;
      };
  readonly deeds: readonly Timed[];
};

type Does = (minute: number, by: Who, via?: Via) => Timed;

const simple =
  (deed: Deed): Does =>
  (minute, by, via = "web") => ({ minute, by, via, deed });

export const acknowledge = simple({ do: "acknowledge" });
export const unacknowledge = simple({ do: "unacknowledge" });
export const resolve = simple({ do: "resolve" });
export const close = simple({ do: "close" });
export const note = (minute: number, by: Who, text: string, via: Via = "web"): Timed =>
  simple({ do: "note", text })(minute, by, via);
export const escalate = (minute: number, by: Who, text: string): Timed => simple({ do: "escalate", text })(minute, by);
export const handOver = (minute: number, by: Who, to: string): Timed => simple({ do: "hand-over", to })(minute, by);
export const snooze = (minute: number, by: Who, minutes: number): Timed =>
  simple({ do: "snooze", minutes })(minute, by);
export const tick = (minute: number, by: Who, items: number): Timed => simple({ do: "tick", items })(minute, by);
export const criteria = (minute: number, by: Who, grade: string): Timed =>
  simple({ do: "criteria", grade })(minute, by);
export const grade = (minute: number, by: Who, to: string): Timed => simple({ do: "grade", to })(minute, by);
export const fire = (minute: number, instances = 1): Timed => simple({ do: "fire", instances })(minute, "");
export const clear = (minute: number): Timed => simple({ do: "clear" })(minute, "");

/** A story that a source begins, on a day before today. */
export function past(daysAgo: number, at: string, condition: ConditionName, ...deeds: readonly Timed[]): Story {
  return { begins: { daysAgo, at }, opened: { by: "source", condition, instances: 1 }, deeds };
}

/** One that goes on now. */
export function present(
  minutesAgo: number,
  condition: ConditionName,
  instances: number,
  ...deeds: readonly Timed[]
): Story {
  return { begins: { minutesAgo }, opened: { by: "source", condition, instances }, deeds };
}
