import type { ExitMeaning } from "../../heartbeat/exit-code.ts";
import type { Unit } from "../../metric/metric.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import type { Area } from "../../monitor/quantity.ts";
import type { WayToWatch } from "../../monitor/ways-to-watch.ts";

/** `GET /api/v1/monitors`: everything that is watched, by the areas of the document, and what of it is not. */
export type ShownMonitors = {
  readonly areas: readonly ShownArea[];
  readonly monitors: readonly ShownMonitor[];
};

export type ShownArea = {
  readonly area: Area;
  /** The document's own heading, or ours where it has none. */
  readonly title: string;
  /** The items of the document, in its order; empty for `other`. */
  readonly items: readonly ShownItem[];
  /** Ids of those that serve none of them. */
  readonly rest: readonly string[];
};

/** One quantity that the document says is watched. */
export type ShownItem = {
  readonly name: string;
  readonly clause: string;
  readonly line: number;
  readonly monitors: readonly string[];
  /** How many series of these monitors brought a value lately. Monitors without series watch nothing. */
  readonly series: number;
  readonly lastAt: string | null;
  /** What to do where nothing is watched. */
  readonly advice: string | null;
  /** The same as what a screen leads to, the usual one first; empty where it is watched. */
  readonly ways: readonly WayToWatch[];
};

/**
 * `learning`: its baseline has not seen enough weeks yet; `pending`: past the line, but not for so long as it must hold;
 * `no-data`: was there and brings nothing; `unseen`: no series was ever there.
 */
export type ShownState = "ok" | "pending" | "firing" | "no-data" | "unseen" | "off" | "learning";

export type ShownMonitor = {
  readonly id: string;
  /** In the language of the request, where it is Bongsu's own; `rule.title` is what alerts are called by. */
  readonly title: string;
  readonly area: Area;
  readonly quantity: string | null;
  /** The document's item. */
  readonly item: string | null;
  readonly from: Monitor["from"];
  /** The file that declares it: then it is read-only. */
  readonly managedBy: string | null;
  /** What a change has to have seen. Null: nothing is stored of it, it is Bongsu's own or the document's. */
  readonly revision: number | null;
  /** People's own version of one of Bongsu's rules: removing it brings that back. */
  readonly replacesDefault: boolean;
  /** The rule in words, in the language of the request. */
  readonly words: string;
  /** Why it does not do what it seems to: it can never fire, its matchers fit nothing. In the language of the request. */
  readonly warnings: readonly string[];
  /** Of its values and lines: of a counter's rate so much a second. */
  readonly unit: Unit;
  /** The worst of its series. */
  readonly state: ShownState;
  readonly grade: string | null;
  readonly gradeRank: number | null;
  readonly series: readonly ShownSeries[];
  /** More than are listed (200 at most). */
  readonly seriesCount: number;
  /** As it is stored and edited. */
  readonly rule: ShownRule;
};

/** `GET /api/v1/monitors/lines?hours=6`: the shape of the last hours, of each monitor's worst series. */
export type ShownLines = {
  readonly from: string;
  readonly to: string;
  /** By the monitor's id; evenly spaced, null where nothing was measured. Monitors without series are left out. */
  readonly lines: Readonly<Record<string, readonly (number | null)[]>>;
};

export type ShownRule = Omit<Monitor, "from">;

export type ShownSeries = {
  /** Names it in queries of its monitor: the alert's key. */
  readonly key: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What is held against the lines; null without a value. */
  readonly value: number | null;
  readonly lastAt: string | null;
  readonly state: ShownState;
  readonly grade: string | null;
  readonly since: string | null;
  /** Of the incident that it holds open. */
  readonly incident: number | null;
  /** Why its alert opened none. */
  readonly muted: "silenced" | "maintenance" | "record-only" | "dependency" | null;
  /** Usual range at this hour, where it has a baseline. */
  readonly usual: { readonly low: number; readonly high: number } | null;
  /** In words of which hours of other weeks that was learned, and which were left out and why; or from when it is judged. */
  readonly usualWords: string | null;
};

/** `GET /api/v1/monitors/:id/usual?series=KEY&from&to`: what was usual for one of its series, hour by hour. */
export type ShownUsual = {
  /** Null: too little was known of that hour. Of at most 31 days. */
  readonly hours: readonly { readonly at: string; readonly low: number | null; readonly high: number | null }[];
};

/** `GET /api/v1/metrics/query`: at most `points` points per series; null where nothing was measured. */
export type ShownMetrics = {
  readonly metric: string;
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  /** Seconds between two points. */
  readonly stepSeconds: number;
  /** From which of them: raw samples, minutes, hours. */
  readonly resolution: "sample" | "minute" | "hour";
  /** Epoch seconds, the same for all series. */
  readonly at: readonly number[];
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly avg: readonly (number | null)[];
    readonly min: readonly (number | null)[];
    readonly max: readonly (number | null)[];
  }[];
  readonly seriesCount: number;
};

/** `GET /api/v1/metrics/names`: Bongsu's own metrics, and all that brought something in the last day. */
export type MetricNames = {
  readonly metrics: readonly {
    readonly metric: string;
    /** In the language of the request; the name itself where it is not one of ours. */
    readonly title: string;
    readonly unit: Unit;
    /** How many series of it there were in the last day. */
    readonly series: number;
  }[];
};

/** `POST /api/v1/monitors/preview`, body `{ rule, days? }`: what the rule would have done. */
export type ShownPreview = {
  readonly words: string;
  /** Why it would not do what it seems to. */
  readonly warnings: readonly string[];
  readonly from: string;
  readonly to: string;
  /** How many series it would have watched. */
  readonly series: number;
  /** Of how many of them the time was played back. */
  readonly played: number;
  /** Times it would have fired, the newest first; at most 100. */
  readonly firings: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly grade: string;
    readonly gradeRank: number;
    readonly from: string;
    /** Null: still. */
    readonly to: string | null;
    /** Null where its silence fired. */
    readonly worst: number | null;
  }[];
  readonly firingCount: number;
  /** In how much of the time there was something to judge, 0 to 1. */
  readonly covered: number;
  /** In how much of the time it was known what is usual; null without a baseline. */
  readonly usualKnown: number | null;
};

/** `GET /api/v1/hosts`. `DELETE /api/v1/hosts/:host`: nobody waits for it any more. */
export type ShownHosts = { readonly hosts: readonly ShownHost[] };

export type ShownHost = {
  readonly host: string;
  /** The server's own process, an agent, an application that sends OTLP (by its service's name), or what others measure. */
  readonly kind: "server" | "agent" | "application" | "measured";
  readonly version: string | null;
  readonly platform: string | null;
  readonly lastContact: string | null;
  readonly state: "well" | "late" | "silent";
  /** Its clock minus the server's, in milliseconds. */
  readonly clockSkewMs: number | null;
  readonly spoolBytes: number | null;
  /** What of its agent's samples nobody will see: thrown away, damaged or refused. */
  readonly lostSamples: number | null;
  /** What the disk of its agent says while it takes nothing. */
  readonly trouble: string | null;
  readonly seriesCount: number;
  readonly targets: readonly string[];
  readonly firing: number;
};

/**
 * `GET /api/v1/targets`. `PUT /api/v1/targets/:id` takes `{ target: TargetBody, revision? }` (the revision that was seen;
 * none where it is new), `DELETE` takes `{ revision }`.
 */
export type ShownTargets = { readonly targets: readonly ShownTarget[] };

/** A setting of the value `<hidden>` keeps the secret that is stored. */
export type TargetBody = {
  readonly collector: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly everySeconds?: number;
  readonly agent?: string | null;
  readonly labels?: Readonly<Record<string, string>>;
};

export type ShownTarget = {
  readonly id: string;
  readonly collector: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly everySeconds: number;
  readonly agent: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly managedBy: string | null;
  /** Null: what a host measures of itself without being told, which nobody edits. */
  readonly revision: number | null;
  /** Null: has not run yet. */
  readonly up: boolean | null;
  /** Why it could not be asked; of one that answers, what is not measured of it or not well. */
  readonly because: readonly ShownReason[];
  readonly lastAt: string | null;
  readonly tookMs: number | null;
  readonly seriesCount: number;
};

/** A reason by its code, which does not change, and in the reader's language. */
export type ShownReason = { readonly code: string; readonly text: string };

/** `POST /api/v1/targets/try`, body `{ id?, target }`: asks it once from the server, and keeps nothing. */
export type TriedTarget = {
  readonly up: boolean;
  readonly because: readonly ShownReason[];
  readonly tookMs: number;
  /** At most 200 of them. */
  readonly samples: readonly {
    readonly metric: string;
    readonly title: string;
    readonly unit: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
  readonly sampleCount: number;
};

/** `GET /api/v1/heartbeats`. */
export type ShownHeartbeats = {
  readonly heartbeats: readonly ShownHeartbeat[];
  /** What every ping address begins with. */
  readonly pingBase: string;
  /** The zone in which the server writes times. */
  readonly zone: string;
  /** When the server could not hear anything lately, newest first: nobody is blamed for what could not arrive then. */
  readonly deaf: readonly ShownStretch[];
};

export type ShownStretch = { readonly from: string; readonly to: string };

/** Also `GET /api/v1/heartbeats/:id`, with all the pings that are kept and what was sent with them. */
export type ShownHeartbeat = {
  readonly id: string;
  readonly schedule: ShownHeartbeatSchedule;
  readonly graceSeconds: number;
  readonly grade: string | null;
  readonly service: string | null;
  readonly managedBy: string | null;
  /** What a change has to have seen. */
  readonly revision: number;
  /** What its address by a ping key ends in. */
  readonly slug: string;
  /** Whether there is an address of its own; it is shown only when it is made. */
  readonly hasAddress: boolean;
  /**
   * `late`: expected, and within its grace. `unknown`: expected while the server could not hear. `new`: never heard from, so
   * that nobody is called.
   */
  readonly state: "new" | "up" | "started" | "late" | "unknown" | "down" | "paused";
  readonly because:
    | "never-heard"
    | "in-time"
    | "running"
    | "overdue"
    | "unheard"
    | "missed"
    | "failed"
    | "unfinished"
    | "paused";
  readonly since: string;
  readonly pausedBy: string | null;
  readonly lastPing: string | null;
  readonly lastSuccess: string | null;
  readonly nextDue: string | null;
  readonly lastDurationMs: number | null;
  /** The server could not hear in that time, in which one was expected. */
  readonly deaf: ShownStretch | null;
  /** The open incident that it belongs to. */
  readonly incident: number | null;
  /** Newest first: the last 30 in the list, without excerpts. */
  readonly pings: readonly ShownPing[];
};

export type ShownHeartbeatSchedule =
  | { readonly everySeconds: number }
  | { readonly cron: string; readonly zone: string };

export type ShownPing = {
  readonly at: string;
  readonly kind: "start" | "success" | "fail" | "log";
  readonly exitCode: number | null;
  /** What a shell means by that code, beyond the program's own words. */
  readonly exitMeaning: ExitMeaning | null;
  /** The run that it belongs to, where its sender tells runs apart. */
  readonly run: string | null;
  /** How long the run took that it ended. */
  readonly tookMs: number | null;
  /** By which `GET /api/v1/heartbeats/:id/pings/:position` answers all that was sent, as text; null in the list. */
  readonly position: number | null;
  /** The beginning of what was sent; null for who may not read it. */
  readonly excerpt: string | null;
  /** There is more of it. */
  readonly isCut: boolean;
  readonly from: string | null;
  /** The program that sent it, by its own word. */
  readonly agent: string | null;
};

/** Body of `POST /api/v1/heartbeats`, and without the id of `PUT /api/v1/heartbeats/:id` (with `revision`). */
export type WrittenHeartbeat = {
  readonly id: string;
  readonly schedule: ShownHeartbeatSchedule;
  readonly graceSeconds: number;
  readonly grade: string | null;
  readonly service: string | null;
  /** The address that its job pings already, where only the host is to change. */
  readonly address?: string | null;
};

/** What making one, or a new address for one, answers: the address is shown this once. */
export type MadeHeartbeat = { readonly heartbeat: ShownHeartbeat; readonly address: string };

/** `POST /api/v1/heartbeats/preview`, body `{ schedule }`: when it would be expected next. */
export type HeartbeatPreview = { readonly next: readonly string[] };

/** `GET /api/v1/marks?from&to&service`, newest first: what was deployed or changed. */
export type ShownMarks = { readonly marks: readonly ShownMark[] };

export type ShownMark = {
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly kind: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly link: string | null;
  /** The token or account that sent it. */
  readonly by: string;
};

/** `GET /api/v1/collectors`: what a target of each may be told, for a form. */
export type ShownCollectors = { readonly collectors: readonly ShownCollector[] };

export type ShownCollector = {
  readonly kind: string;
  /** It measures the machine that runs it. */
  readonly local: boolean;
  readonly fields: readonly ShownCollectorField[];
};

export type ShownCollectorField = {
  /** `expect.status` is a setting within `expect`. */
  readonly name: string;
  readonly type: "text" | "number" | "flag" | "texts" | "choice" | "secret";
  readonly required: boolean;
  readonly otherwise: string | number | boolean | null;
  readonly choices: readonly string[];
  /** Of the fields of one group exactly one is set. */
  readonly oneOf: string | null;
};
