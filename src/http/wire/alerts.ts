import type { Alert } from "../../triage/alert.ts";
import type { Matcher } from "../../triage/silence.ts";

/** What keeps an alert from opening an incident, by the name people gave it, and until when where that is known. */
export type Mute = {
  readonly because: "silenced" | "maintenance" | "record-only" | "dependency";
  readonly by: string;
  readonly name: string;
  readonly until: string | null;
  /** Of a dependency: the number of the incident that is the cause. */
  readonly incident: number | null;
};

/** It changes between firing and resolved all the time, and is held open until `calmAt` if it is calm from now on. */
export type ShownFlapping = {
  readonly since: string;
  readonly calmAt: string;
  /** The source's last word was that it is over. */
  readonly over: boolean;
  /** How often it has changed since then. */
  readonly changes: number;
};

/** Alerts that are not over: how many want somebody, and how many are held back by what. */
export type AlertCounts = {
  readonly firing: number;
  readonly suppressed: number;
  readonly by: Readonly<Record<Mute["because"], number>>;
};

export type AlertRow = {
  readonly id: string;
  readonly title: string;
  readonly severity: string | null;
  readonly status: Alert["status"];
  readonly service: string;
  readonly source: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly updatedAt: string;
  readonly resolvedAt: string | null;
  /** How many signals it has absorbed. */
  readonly count: number;
  readonly incident: number | null;
  readonly mute: Mute | null;
  readonly flapping: ShownFlapping | null;
};

/** `GET /api/v1/alerts` */
export type AlertList = {
  readonly alerts: readonly AlertRow[];
  /** What to give as `after` for those that follow; null where these are the last. */
  readonly after: string | null;
  /** Of those that are not over, whatever the filter. */
  readonly counts: AlertCounts;
  readonly services: readonly string[];
};

/** `GET /api/v1/alerts/ID` */
export type AlertDetail = AlertRow & {
  readonly description: string | null;
  readonly key: string;
  readonly integration: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly expiresAt: string | null;
  /** The last request that named it, as it came; null where it is gone or the caller may not see it. */
  readonly received: { readonly at: string; readonly body: string; readonly isCut: boolean } | null;
};

/** `POST /api/v1/silences/preview`, `POST /api/v1/maintenance/preview`: what it would mute. */
export type MutePreview = {
  /** Alerts that are not over now: how many, and some of them. */
  readonly alerts: number;
  readonly sample: readonly AlertRow[];
  /** Open incidents that only these alerts hold open. A mute does not end them: somebody resolves them. */
  readonly incidents: readonly {
    readonly number: number;
    readonly title: string;
    readonly grade: string;
    readonly gradeRank: number;
    readonly state: string;
  }[];
  /** Different alerts of the last seven days, those of now among them; `isMore` where there were too many to count. */
  readonly lastWeek: number;
  readonly isMore: boolean;
  /** Said where it needs `confirm: true`. */
  readonly warning: string | null;
};

export type SilenceRow = {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly comment: string;
  readonly createdBy: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly updatedAt: string;
  readonly state: "active" | "pending" | "expired";
  /** How many alerts it mutes now. */
  readonly muting: number;
};

/** `GET /api/v1/silences` */
export type SilenceList = { readonly silences: readonly SilenceRow[] };
