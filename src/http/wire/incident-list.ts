import type { StepKind } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";

/** An incident in the list. Instants are RFC 3339. */
export type IncidentRow = {
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly grade: string;
  /** 0 is the most severe. */
  readonly gradeRank: number;
  readonly state: Incident["state"];
  readonly openedAt: string;
  readonly overdueAt: string | null;
  readonly snoozedUntil: string | null;
  /** The number of the incident that is paged for this one meanwhile. */
  readonly pagingHeldBy: number | null;
  readonly resolvedAt: string | null;
  /** Who holds it, by name. */
  readonly acknowledgedBy: string | null;
  readonly firing: number;
  readonly drill: boolean;
  /** The next thing that happens by itself to one that is open; not while it is snoozed. */
  readonly next: { readonly kind: StepKind; readonly what: string; readonly due: string } | null;
};

/** `GET /api/v1/incidents` */
export type IncidentList = {
  readonly incidents: readonly IncidentRow[];
  /** How many the filter fits; null for what follows the first part. */
  readonly total: number | null;
  /** What to give as `before` for those that follow; null where these are the last. */
  readonly before: number | null;
};

/** `GET /api/v1/incidents/facets`: what can be filtered by. */
export type IncidentFacets = {
  readonly grades: readonly { readonly name: string; readonly rank: number }[];
  readonly services: readonly string[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
};

/** `POST /api/v1/incidents/bulk`: what became of each. */
export type BulkResult = {
  readonly done: number;
  readonly results: readonly {
    readonly number: number;
    readonly done: boolean;
    /** Why not, as a word and as a sentence. */
    readonly because: string | null;
    readonly why: string | null;
  }[];
};
