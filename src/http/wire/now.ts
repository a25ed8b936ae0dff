import type { StepKind } from "../../incident/event.ts";
import type { AlertCounts } from "./alerts.ts";

/** An open incident as boards and lists show it. Instants are RFC 3339. */
export type OpenIncident = {
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly grade: string;
  /** 0 is the most severe. */
  readonly gradeRank: number;
  readonly state: "triggered" | "acknowledged";
  readonly openedAt: string;
  readonly overdueAt: string | null;
  readonly snoozedUntil: string | null;
  /** The number of the incident that is paged for this one meanwhile. */
  readonly pagingHeldBy: number | null;
  /** Until when somebody must have acknowledged; null once somebody has, or it has passed. */
  readonly respondBy: string | null;
  readonly holder: string | null;
  /** Who was asked to take over. */
  readonly askedToTake: string | null;
  readonly firing: number;
  /** The one who asks was paged for it, or holds it. */
  readonly mine: boolean;
  readonly drill: boolean;
  /** The next thing that will happen by itself. */
  readonly next: {
    readonly kind: StepKind;
    readonly what: string;
    readonly due: string;
    readonly who: readonly string[];
    readonly channels: readonly string[];
  } | null;
};

export type TeamOnDuty = {
  readonly team: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly reachable: boolean }[];
  /** When the first of the present turns ends; null where the team takes none. */
  readonly until: string | null;
};

/** What is wrong with Bongsu itself, in words; empty while all is well. */
export type Health = {
  readonly problems: readonly { readonly level: "warn" | "bad"; readonly text: string }[];
  readonly lastCanaryAt: string | null;
  readonly backlog: number;
  readonly duties: readonly {
    readonly name: string;
    readonly promise: string;
    readonly ok: boolean;
    readonly endedAt: string | null;
  }[];
};

/** `GET /api/v1/now` */
export type NowBoard = {
  readonly now: string;
  readonly incidents: readonly OpenIncident[];
  readonly teams: readonly TeamOnDuty[];
  readonly health: Health;
  /** Ended within the last day. */
  readonly lately: readonly {
    readonly number: number;
    readonly title: string;
    readonly grade: string;
    readonly gradeRank: number;
    readonly resolvedAt: string;
  }[];
  readonly alerts: AlertCounts;
};
