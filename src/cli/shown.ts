import type { Actor, Reach, Recorded, Skipped } from "../incident/event.ts";
import type { Clause } from "../policy/policy.ts";

/** The API's answers, as far as the command line reads them. */
export type ShownIncident = {
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly grade: string;
  readonly state: string;
  readonly openedAt: string;
  readonly acknowledged: {
    readonly by: Actor & { readonly person?: string; readonly name?: string };
    readonly at: string;
  } | null;
};

export type PlannedStep = {
  readonly kind: string;
  readonly due: string;
  readonly level: number;
  readonly reach: readonly Reach[];
  readonly skipped: readonly Skipped[];
};

export type TimelineAnswer = {
  readonly events: readonly (Omit<Recorded, "at"> & { readonly at: string; readonly clause?: Clause })[];
};
