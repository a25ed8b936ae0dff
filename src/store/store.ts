import type { Account, AccountId, Invite, Passkey, Session } from "../access/account.ts";
import type { HeartbeatId } from "../heartbeat/heartbeat.ts";
import type { HeartbeatPing, HeartbeatState } from "../heartbeat/heartbeat-state.ts";
import type { Id } from "../id/id.ts";
import type { DeliveryId, Reach, Recorded, StepKey, StepKind } from "../incident/event.ts";
import type { SearchWord } from "../incident/grams.ts";
import type { Incident, IncidentId } from "../incident/incident.ts";
import type { Labels, SeriesId } from "../metric/sample.ts";
import type { Agent } from "../monitor/agent.ts";
import type { Mark } from "../monitor/mark.ts";
import type { ChannelKind, ClauseId, PolicyId } from "../policy/policy.ts";
import type { ContactProof } from "../reachability/contact-proof.ts";
import type { CalendarFeed, CalendarImport } from "../roster/calendars.ts";
import type { PersonId } from "../roster/roster.ts";
import type { ShiftRequest } from "../roster/shift-request.ts";
import type { Instant } from "../time/instant.ts";
import type { Alert, AlertId } from "../triage/alert.ts";
import type { Maintenance } from "../triage/maintenance.ts";
import type { Silence } from "../triage/silence.ts";

/**
 * The store as the rest of Bongsu sees it: one port, two homes (SQLite, MariaDB), one conformance suite over both
 * (test/conformance/store.ts). Whatever this file says is tested there.
 */
export type Store = Queries & {
  readonly kind: "sqlite" | "mariadb";
  /**
   * Runs `work` in one transaction. Deadlock and certification errors retry the whole unit, so `work` has no effects
   * outside the store. Inside it, use only the queries it is given. Fails with Fault `store-unavailable`, or
   * `store-outcome-unknown` when the connection was lost at commit.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Makes one inbox row durable. Concurrent calls share a transaction (group commit); each resolves after the commit
   * that holds its row.
   */
  acceptInbox(row: NewInbox): Promise<void>;
  /** Makes one batch of samples durable, as `acceptInbox` does; false where its id is known already. */
  acceptSamples(row: NewSampleBatch): Promise<boolean>;
  /** Everything as of one moment into a file, while others write. Fault `backup-failed`. */
  backup(file: string): Promise<{ readonly rows: number }>;
  /**
   * Puts a backup (of either kind of store) into this one, which has to be empty, all or nothing. `waiting` counts the
   * open incidents whose next step rests for ten minutes. Fault `restore-refused`.
   */
  restore(file: string, at: Instant): Promise<{ readonly rows: number; readonly waiting: number }>;
  /** Total bytes on disk, where the store can tell. */
  size(): Promise<number | undefined>;
  close(): Promise<void>;
};

export type InboxId = Id<"inbox">;

/** One request as it came, durable before the sender is answered. `id` sorts in order of arrival. */
export type NewInbox = {
  readonly id: InboxId;
  readonly source: string;
  readonly integration: string;
  readonly receivedAt: Instant;
  readonly body: string;
  /** Where the row holds several requests that became durable together: their lengths, in order (`bodiesOf`). */
  readonly parts?: readonly number[];
};

export type Inbox = NewInbox & {
  readonly attempts: number;
  readonly dueAt: Instant;
};

export type DeliveryState =
  | "queued"
  | "sending"
  | "accepted"
  | "delivered"
  | "acknowledged"
  | "failed"
  /** Waits inside another delivery that speaks for several (`into`). */
  | "bundled"
  /** No longer wanted: its incident was acknowledged, resolved or graded down before it left. */
  | "withdrawn";

/** One page: (incident, cycle, step, target, channel). Its id is made of these, so it exists at most once. */
export type Delivery = {
  readonly id: DeliveryId;
  /** Absent for pages about Bongsu itself and for test pages. */
  readonly incident?: IncidentId;
  readonly step: StepKey;
  readonly kind: StepKind | "mentioned" | "bundle" | "test" | "watch" | "verify" | "schedule";
  readonly grade: string;
  /** 0 is sent first: see `engine/deliver`. */
  readonly priority: number;
  readonly reach: Reach;
  /** The person it is for; empty text for a room. */
  readonly person: PersonId | "";
  readonly channel: ChannelKind;
  readonly clause: ClauseId;
  readonly state: DeliveryState;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  /** Retries stop here: the policy's next step takes over. */
  readonly giveUpAt: Instant;
  readonly attempts: number;
  /** Attempts whose outcome was `unknown`: each may have been a page. */
  readonly unknowns: number;
  readonly epoch: number;
  readonly owner?: string;
  readonly leaseUntil?: Instant;
  readonly receipt?: string;
  /** The provider's words, or the reason of the last failure. */
  readonly because?: string;
  readonly into?: DeliveryId;
  readonly sentAt?: Instant;
  /** Of a test page: when its person pressed the button. Pages of incidents keep that in the incident. */
  readonly acknowledgedAt?: Instant;
  /** The hash of the address that it was sent to, once a provider took it; not of a room's. */
  readonly to?: string;
  /** What it says where that is not the incident's alert: pages without an incident, a note that mentions somebody. */
  readonly text?: { readonly title: string; readonly description: string };
};

export type Attempt = {
  readonly delivery: DeliveryId;
  readonly nth: number;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly outcome?: "accepted" | "refused" | "later" | "unknown";
  readonly detail?: string;
};

/** What is watched harder after an incident: the keys of monitors' alerts, and until when. */
export type HarderWatch = {
  readonly incident: IncidentId;
  readonly until: Instant;
  readonly keys: readonly string[];
};

export type PositionedEvent = Recorded & { readonly position: number; readonly incident: IncidentId };

export type Token = {
  readonly id: Id<"token">;
  readonly name: string;
  /** SHA-256 of the token, hex. The token itself is nowhere. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly person?: PersonId;
  /** Of an agent's token: the only host that it may speak for. Absent until the first host has used it. */
  readonly host?: string;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
  readonly revokedAt?: Instant;
  readonly lastUsedAt?: Instant;
};

/** What a mail's link carries: bound to one incident, person and delivery; stored hashed. */
export type AckLink = {
  readonly hash: string;
  /** Absent for a test page. */
  readonly incident?: IncidentId;
  readonly person: PersonId;
  readonly delivery: DeliveryId;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
};

export type PolicyVersion = {
  readonly id: PolicyId;
  readonly file: string;
  readonly text: string;
  readonly activatedAt: Instant;
  readonly by: string;
};

/** One fact of the roster as a versioned row: `kind` and `id` name it, `managedBy` is the file that declares it. */
export type RosterItem = {
  readonly kind:
    | "person"
    | "group"
    | "team"
    | "rotation"
    | "override"
    | "leave"
    | "holiday"
    | "service"
    | "channel"
    | "monitor"
    | "target"
    | "heartbeat";
  readonly id: string;
  readonly data: unknown;
  readonly managedBy?: string;
  readonly revision: number;
  readonly updatedAt: Instant;
};

/** What a fact of the schedule was, from when until when it was changed or removed. */
export type PastRosterItem = {
  readonly kind: "team" | "rotation" | "override" | "leave" | "holiday";
  readonly id: string;
  readonly data: unknown;
  readonly from: Instant;
  readonly until: Instant;
};

/** What is kept of a heartbeat. */
export type HeartbeatRow = {
  readonly state: HeartbeatState;
  /** SHA-256 of the secret in its address, hex; empty where it has none yet. The address itself is nowhere. */
  readonly addressHash: string;
  /** When it has to be judged again. */
  readonly dueAt: Instant | null;
  readonly revision: number;
};

export type DutyRun = {
  readonly name: string;
  readonly node: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly outcome: "ok" | "failed";
  /** What the run did, as its duty tells it: small, printable. */
  readonly status: unknown;
};

/** An action upon settings or by an administrator, append-only: who changed what. */
export type AuditRow = {
  readonly at: Instant;
  readonly by: string;
  /** `<topic>.<verb in the past>`: the topic is what the web UI reads anew (`policy.activated`, `roster.changed`). */
  readonly action: string;
  readonly facts: unknown;
};
export type PositionedAudit = AuditRow & { readonly position: number };

export type IncidentFilter = {
  readonly states?: readonly Incident["state"][];
  readonly grades?: readonly string[];
  readonly service?: string;
  /** Every one of them occurs in what is known of the incident in words. */
  readonly words?: readonly SearchWord[];
  /** Opened in [from, to). */
  readonly from?: Instant;
  readonly to?: Instant;
  /** Not resolved, or resolved at or after. */
  readonly endedSince?: Instant;
  /** Acknowledged by this person. */
  readonly holder?: PersonId;
  readonly drill?: boolean;
  /** Newest first; at most 500. */
  readonly limit?: number;
  readonly beforeNumber?: number;
};

export type AlertFilter = {
  readonly statuses?: readonly Alert["status"][];
  readonly service?: string;
  readonly muted?: boolean;
  /** Changed at or after. */
  readonly since?: Instant;
  readonly after?: { readonly updatedAt: Instant; readonly id: AlertId };
  readonly limit: number;
};

/** What was measured in one go, as it was accepted. */
export type NewSampleBatch = {
  readonly id: string;
  /** Which node accepted it. */
  readonly node: string;
  readonly at: Instant;
  /** When the newest of its samples was: it can not have been accepted a day before that. */
  readonly measuredAt: Instant;
  readonly samples: string;
};

/** As it is kept. */
export type StoredSampleBatch = Omit<NewSampleBatch, "measuredAt"> & { readonly state: SampleBatchState };

/** `new`: not in the minutes yet; `folded`: it is. */
export type SampleBatchState = "new" | "folded";

export type StoredSeries = {
  readonly id: SeriesId;
  readonly metric: string;
  readonly labels: Labels;
  readonly lastAt: Instant;
};

/** Minutes of many series within one hour that is not packed yet (src/metric/point-codec.ts). */
export type RecentMinutes = {
  readonly id: string;
  readonly hour: Instant;
  /** What the ids of its series begin with, in bits: `` holds all, `0` half of them. */
  readonly shard: string;
  readonly data: Uint8Array;
};

/** An hour of minutes, or a day of hours, of one series (src/metric/point-codec.ts). */
export type StoredBlock = { readonly series: SeriesId; readonly at: Instant; readonly data: Uint8Array };
export type BlockKind = "minute" | "hour";

/** Everything that can be asked and written, inside a transaction or as one of its own. */
export type Queries = {
  // inbox ------------------------------------------------------------------------------------------------------------
  insertInbox(rows: readonly NewInbox[]): Promise<void>;
  /** Oldest first, `dueAt` ≤ at. */
  dueInbox(at: Instant, limit: number): Promise<readonly Inbox[]>;
  /** Done with: kept as evidence until `pruneInbox`. */
  finishInbox(ids: readonly InboxId[], outcome: "done" | "poison", because?: string): Promise<void>;
  /** Pushes a row forward before it is tried, so that a poison one cannot stop the line. */
  postponeInbox(id: InboxId, dueAt: Instant): Promise<void>;
  pruneInbox(before: Instant): Promise<number>;
  inboxBacklog(): Promise<{ readonly count: number; readonly oldest?: Instant }>;
  /** The newest few of an integration, for "the last payload received". */
  recentInbox(
    integration: string,
    limit: number,
  ): Promise<readonly (NewInbox & { readonly outcome: string; readonly because?: string })[]>;

  // alerts -----------------------------------------------------------------------------------------------------------
  alertsById(ids: readonly AlertId[]): Promise<readonly Alert[]>;
  /** Inserts or replaces each. */
  putAlerts(alerts: readonly Alert[]): Promise<void>;
  alertsOfIncident(incident: IncidentId, limit: number): Promise<readonly Alert[]>;
  /** In pages of at most `limit`, by id after `after`; for warming up and for the compatible API. */
  openAlerts(after: AlertId | "", limit: number): Promise<readonly Alert[]>;
  /** Firing ones whose `expiresAt` has passed. */
  expiredAlerts(at: Instant, limit: number): Promise<readonly Alert[]>;
  /** Without the canary's own. */
  alertCounts(): Promise<{
    readonly firing: number;
    readonly suppressed: number;
    readonly by: Readonly<Record<NonNullable<Alert["suppressed"]>["because"], number>>;
  }>;
  /** Those of the filter, the ones that changed last first. Never the canary's. */
  alerts(filter: AlertFilter): Promise<readonly Alert[]>;
  /** Those not over that something mutes (`suppressed`). */
  suppressedAlerts(after: AlertId | "", limit: number): Promise<readonly Alert[]>;
  /** Those of the services, not over and not muted, that an open incident of another service holds; `limit` for each 200 services. */
  alertsHeldElsewhere(services: readonly string[], limit: number): Promise<readonly Alert[]>;
  /** Which of the services have an alert in the incident, over or not. */
  servicesAmong(incident: IncidentId, services: readonly string[]): Promise<readonly string[]>;
  /** Flapping ones that have been calm for long enough (`flapping.calmAt`), and when the next one will have been. */
  calmAlerts(at: Instant, limit: number): Promise<readonly Alert[]>;
  nextCalm(): Promise<Instant | undefined>;
  /** What repeats changed and nobody had to wait for: renewal times and counts. */
  renewAlerts(
    rows: readonly {
      readonly id: AlertId;
      readonly expiresAt?: Instant;
      readonly updatedAt: Instant;
      readonly count: number;
    }[],
  ): Promise<void>;

  // metrics ----------------------------------------------------------------------------------------------------------
  /** Those whose id is known are left out; gives the ids that were not. */
  insertSampleBatches(rows: readonly NewSampleBatch[]): Promise<ReadonlySet<string>>;
  /** `new` to `folded`; how many of them were still new. */
  foldSampleBatches(ids: readonly string[]): Promise<number>;
  /** Those that are in that state, accepted in [from, to), oldest first; of every node but `notOf`. */
  sampleBatchIds(
    state: SampleBatchState,
    range: { readonly from: Instant; readonly to: Instant; readonly notOf?: string; readonly limit?: number },
  ): Promise<readonly string[]>;
  sampleBatches(ids: readonly string[]): Promise<readonly StoredSampleBatch[]>;
  /** At most `limit` folded ones accepted before lose their samples; their ids stay known. Returns how many. */
  retireSampleBatches(before: Instant, limit: number): Promise<number>;
  /** At most `limit` ids of batches accepted on days (of UTC) before are forgotten. Returns how many. */
  forgetSampleBatches(before: Instant, limit: number): Promise<number>;
  /** Those that are there already stay as they are. */
  insertSeries(series: readonly StoredSeries[]): Promise<void>;
  /** Those of a metric that brought something at or after `since`. */
  seriesOf(metric: string, since: Instant): Promise<readonly StoredSeries[]>;
  seriesById(ids: readonly SeriesId[]): Promise<readonly StoredSeries[]>;
  /** They brought something as late as that. */
  touchSeries(ids: readonly SeriesId[], lastAt: Instant): Promise<void>;
  metricNames(since: Instant): Promise<readonly { readonly metric: string; readonly series: number }[]>;
  /** At most `limit` of those that brought nothing since. Returns how many. */
  pruneSeries(before: Instant, limit: number): Promise<number>;
  insertRecentMinutes(rows: readonly RecentMinutes[]): Promise<void>;
  /** Those of hours that begin in [from, to), in order of hour. */
  recentMinutes(range: {
    readonly from: Instant;
    readonly to: Instant;
    readonly shard?: string;
    /** Only rows that may hold some of these. */
    readonly series?: readonly SeriesId[];
  }): Promise<readonly RecentMinutes[]>;
  /** Which hours before `to` wait to be packed, in which shards, the oldest first. */
  unpackedHours(to: Instant): Promise<readonly { readonly hour: Instant; readonly shard: string }[]>;
  /** How many of them were there. */
  removeRecentMinutes(ids: readonly string[]): Promise<number>;
  /** Those that begin in [from, to), by series and time. */
  blocks(
    kind: BlockKind,
    series: readonly SeriesId[],
    range: { readonly from: Instant; readonly to: Instant },
  ): Promise<readonly StoredBlock[]>;
  /** Inserts or replaces each. */
  putBlocks(kind: BlockKind, blocks: readonly StoredBlock[]): Promise<void>;
  /** At most `limit` of those that begin before, the oldest first. Returns how many. */
  pruneBlocks(kind: BlockKind, before: Instant, limit: number): Promise<number>;

  // incidents --------------------------------------------------------------------------------------------------------
  nextNumber(counter: "incident" | "canary" | "metrics"): Promise<number>;
  insertIncident(incident: Incident, dueAt: Instant | null): Promise<void>;
  /** Writes the state where the stored version is still `expected`; false when somebody was faster. */
  updateIncident(incident: Incident, expected: number, dueAt: Instant | null): Promise<boolean>;
  incident(id: IncidentId): Promise<Incident | undefined>;
  incidentByNumber(number: number): Promise<Incident | undefined>;
  incidents(filter: IncidentFilter): Promise<readonly Incident[]>;
  /** How many the filter fits, whatever its limit and place. */
  countIncidents(filter: IncidentFilter): Promise<number>;
  /** Every service that ever had one, by name. */
  incidentServices(): Promise<readonly string[]>;
  /** The open ones of these services. */
  openIncidentsOf(services: readonly string[]): Promise<readonly Incident[]>;
  /** The newest incident of a service that is open, or was resolved at or after `resolvedSince`. */
  incidentForService(service: string, resolvedSince: Instant): Promise<Incident | undefined>;
  /** Those with a step due at or before `at`, earliest due first. */
  dueIncidents(at: Instant, limit: number): Promise<readonly Incident[]>;
  nextIncidentDue(): Promise<Instant | undefined>;
  /** The incidents whose pages that one holds. */
  heldBy(incident: IncidentId): Promise<readonly Incident[]>;
  /** They are due at once. */
  lookAtHeldBy(incident: IncidentId, at: Instant): Promise<void>;
  /** Removes an incident with its events, alerts and deliveries: only for the canary's own. */
  removeIncident(id: IncidentId): Promise<void>;
  /** Every open incident with when its next step is due: what invariant I1 is checked on. */
  openIncidentDues(): Promise<
    readonly {
      readonly id: IncidentId;
      readonly number: number;
      readonly service: string;
      readonly state: Incident["state"];
      readonly dueAt: Instant | null;
    }[]
  >;

  // what is watched harder after an incident -----------------------------------------------------------------------------
  /** The first to be over first. */
  harderWatches(): Promise<readonly HarderWatch[]>;
  /** One for each incident. */
  putHarderWatch(watch: HarderWatch): Promise<void>;
  removeHarderWatch(incident: IncidentId): Promise<void>;

  // search -----------------------------------------------------------------------------------------------------------
  incidentText(incident: IncidentId): Promise<string | undefined>;
  /** What the incident is found by from now on; searchable text (src/incident/grams.ts). */
  putIncidentText(text: {
    readonly incident: IncidentId;
    readonly number: number;
    readonly body: string;
  }): Promise<void>;

  // events -----------------------------------------------------------------------------------------------------------
  appendEvents(incident: IncidentId, events: readonly Recorded[]): Promise<void>;
  eventsOf(incident: IncidentId, afterSeq: number, limit: number): Promise<readonly Recorded[]>;
  lastEvent(incident: IncidentId): Promise<Recorded | undefined>;
  /** Across incidents, in order of position; what live updates tail. */
  eventsAfter(position: number, limit: number): Promise<readonly PositionedEvent[]>;
  lastPosition(): Promise<number>;

  // deliveries -------------------------------------------------------------------------------------------------------
  /** Those whose id exists already are left as they are. */
  insertDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  delivery(id: DeliveryId): Promise<Delivery | undefined>;
  deliveriesOfIncident(incident: IncidentId): Promise<readonly Delivery[]>;
  /** The pages that wait inside this one (`into`). */
  deliveriesInto(bundle: DeliveryId): Promise<readonly Delivery[]>;
  /** Queued and due, or sending with a lease that ended: by priority, then due time. */
  dueDeliveries(at: Instant, limit: number): Promise<readonly Delivery[]>;
  nextDeliveryDue(): Promise<Instant | undefined>;
  /**
   * Compare-and-set: state `sending`, owner, lease, epoch + 1, attempts + 1, where the epoch is still `epoch` and the
   * row is queued or its lease has ended. True: it is mine.
   */
  claimDelivery(id: DeliveryId, epoch: number, owner: string, at: Instant, leaseUntil: Instant): Promise<boolean>;
  /** Writes where the epoch is still `epoch`; false when the claim was lost meanwhile. */
  updateDelivery(delivery: Delivery, epoch: number): Promise<boolean>;
  /** Queued and bundled pages of an incident that are no longer wanted; those under way finish. Returns how many. */
  withdrawDeliveries(incident: IncidentId, kinds: readonly Delivery["kind"][], because: string): Promise<number>;
  /** Gives every lease of this owner back at once: what a node does first after a restart. */
  releaseDeliveries(owner: string, at: Instant): Promise<number>;
  /** When this person (or the room) was last sent pages through this channel, newest first. */
  recentSends(
    person: PersonId | "",
    channel: ChannelKind,
    since: Instant,
  ): Promise<readonly { readonly id: DeliveryId; readonly sentAt: Instant }[]>;
  /** What was sent to this person through this channel in [from, to), oldest first. */
  sentTo(person: PersonId, channel: ChannelKind, from: Instant, to: Instant): Promise<readonly Delivery[]>;
  /** Test pages made at or after `since`, newest first. Their ids begin with `test.`. */
  testPages(since: Instant, limit: number): Promise<readonly Delivery[]>;
  /** What became of the last pages through a channel, newest first. */
  lastOutcomes(channel: ChannelKind, limit: number): Promise<readonly Delivery[]>;
  putAttempt(attempt: Attempt): Promise<void>;
  attemptsOf(delivery: DeliveryId): Promise<readonly Attempt[]>;
  /** Of all its deliveries, each delivery's in order. */
  attemptsOfIncident(incident: IncidentId): Promise<readonly Attempt[]>;
  /** The channel's own handle of an incident's first message to that target; the first one put wins. */
  thread(incident: IncidentId, channel: ChannelKind, person: PersonId | ""): Promise<string | undefined>;
  putThread(incident: IncidentId, channel: ChannelKind, person: PersonId | "", thread: string): Promise<void>;

  // ack links --------------------------------------------------------------------------------------------------------
  putAckLink(link: AckLink): Promise<void>;
  ackLink(hash: string): Promise<AckLink | undefined>;
  useAckLink(hash: string, at: Instant): Promise<void>;

  // contacts ---------------------------------------------------------------------------------------------------------
  contactProofs(): Promise<readonly ContactProof[]>;
  contactProofsOf(person: PersonId): Promise<readonly ContactProof[]>;
  /** Compare-and-set: writes where the stored revision is still `proof.revision`; false when somebody was faster. */
  putContactProof(proof: ContactProof): Promise<boolean>;
  /** Of somebody who is no longer there. */
  removeContactProofs(person: PersonId): Promise<void>;

  // documents and settings -------------------------------------------------------------------------------------------
  putPolicy(version: PolicyVersion): Promise<void>;
  policy(id: PolicyId): Promise<PolicyVersion | undefined>;
  /** In force: the one activated last. */
  currentPolicy(): Promise<PolicyVersion | undefined>;
  policies(): Promise<readonly Omit<PolicyVersion, "text">[]>;
  rosterItems(): Promise<readonly RosterItem[]>;
  rosterRevision(): Promise<number>;
  /**
   * Puts and removes in one go under a new revision. What it replaces or removes of the schedule is kept as the past that
   * it was until `at` (`rosterPast`).
   */
  changeRoster(
    put: readonly Omit<RosterItem, "revision">[],
    remove: readonly { readonly kind: RosterItem["kind"]; readonly id: string }[],
    at: Instant,
  ): Promise<number>;
  /** What the schedule's facts were that still held after `since`. */
  rosterPast(since: Instant): Promise<readonly PastRosterItem[]>;
  // what people arrange among themselves -------------------------------------------------------------------------------
  shiftRequest(id: ShiftRequest["id"]): Promise<ShiftRequest | undefined>;
  /** Those that wait for an answer, the first to be over first. */
  openShiftRequests(): Promise<readonly ShiftRequest[]>;
  /** In whatever state, those that are over after `endsAfter`, the last to be over first. */
  shiftRequestsSince(endsAfter: Instant, limit: number): Promise<readonly ShiftRequest[]>;
  putShiftRequest(request: ShiftRequest): Promise<void>;
  /** Compare-and-set: writes the answer where it still waits for one; false when somebody was faster. */
  answerShiftRequest(request: ShiftRequest): Promise<boolean>;
  /** Those that were over before. Returns how many. */
  pruneShiftRequests(before: Instant): Promise<number>;
  calendarFeeds(): Promise<readonly CalendarFeed[]>;
  calendarFeedByHash(hash: string): Promise<CalendarFeed | undefined>;
  putCalendarFeed(feed: CalendarFeed): Promise<void>;
  /** Writes when it was last read where it is still there: one that was ended does not come back. */
  touchCalendarFeed(feed: CalendarFeed, at: Instant): Promise<void>;
  /** True where there was one. */
  removeCalendarFeed(id: CalendarFeed["id"]): Promise<boolean>;
  calendarImports(): Promise<readonly CalendarImport[]>;
  putCalendarImport(calendar: CalendarImport): Promise<void>;
  /** Writes where it is still there; false where somebody ended it meanwhile. */
  updateCalendarImport(calendar: CalendarImport): Promise<boolean>;
  removeCalendarImport(id: CalendarImport["id"]): Promise<boolean>;
  silences(): Promise<readonly Silence[]>;
  putSilence(silence: Silence): Promise<void>;
  maintenances(): Promise<readonly Maintenance[]>;
  putMaintenance(window: Maintenance): Promise<void>;
  /** True where there was one. */
  removeMaintenance(id: Maintenance["id"]): Promise<boolean>;
  tokens(): Promise<readonly Token[]>;
  putToken(token: Token): Promise<void>;
  /** Compare-and-set: a token without a host is that host's from now on. Gives whose it is; undefined: no such token. */
  bindToken(id: Id<"token">, host: string): Promise<{ readonly host: string; readonly isNew: boolean } | undefined>;
  touchToken(id: Id<"token">, at: Instant): Promise<void>;
  // heartbeats -------------------------------------------------------------------------------------------------------
  heartbeatRows(): Promise<readonly HeartbeatRow[]>;
  heartbeatRow(id: HeartbeatId): Promise<HeartbeatRow | undefined>;
  heartbeatByAddress(hash: string): Promise<HeartbeatRow | undefined>;
  dueHeartbeats(at: Instant, limit: number): Promise<readonly HeartbeatRow[]>;
  nextHeartbeatDue(): Promise<Instant | undefined>;
  /** One that is there is left as it is. */
  addHeartbeat(row: Omit<HeartbeatRow, "revision">): Promise<void>;
  /** Compare-and-set: writes where the stored revision is still `row.revision`; false when somebody was faster. */
  updateHeartbeat(row: HeartbeatRow): Promise<boolean>;
  /** With all that was heard of it. */
  removeHeartbeat(id: HeartbeatId): Promise<void>;
  /** The newest hundred of each heartbeat are kept; of what was sent with them all but the newest twenty only a beginning. */
  addHeartbeatPing(id: HeartbeatId, ping: HeartbeatPing): Promise<void>;
  /** Newest first. */
  heartbeatPings(id: HeartbeatId, limit: number): Promise<readonly HeartbeatPing[]>;
  heartbeatPing(id: HeartbeatId, position: number): Promise<HeartbeatPing | undefined>;
  /** Of all heartbeats the newest few of each, newest first, without what was sent with them. */
  lastHeartbeatPings(each: number): Promise<ReadonlyMap<HeartbeatId, readonly HeartbeatPing[]>>;
  /** What was deployed or changed; one whose id is known is left as it is. True where it is new. */
  addMark(mark: Mark): Promise<boolean>;
  mark(id: Mark["id"]): Promise<Mark | undefined>;
  /** In [from, to), newest first. */
  marksBetween(from: Instant, to: Instant, limit: number): Promise<readonly Mark[]>;
  pruneMarks(before: Instant): Promise<number>;
  // who signs in ---------------------------------------------------------------------------------------------------
  accounts(): Promise<readonly Account[]>;
  account(id: AccountId): Promise<Account | undefined>;
  accountByLogin(login: string): Promise<Account | undefined>;
  putAccount(account: Account): Promise<void>;
  session(hash: string): Promise<Session | undefined>;
  /** Newest use first. */
  sessionsOf(account: AccountId): Promise<readonly Session[]>;
  putSession(session: Session): Promise<void>;
  touchSession(hash: string, at: Instant): Promise<void>;
  removeSession(hash: string): Promise<void>;
  /** All of them, but for the one named. Returns how many. */
  removeSessionsOf(account: AccountId, except?: string): Promise<number>;
  pruneSessions(before: Instant): Promise<number>;
  passkey(id: string): Promise<Passkey | undefined>;
  passkeysOf(account: AccountId): Promise<readonly Passkey[]>;
  putPasskey(passkey: Passkey): Promise<void>;
  removePasskey(id: string): Promise<boolean>;
  invite(hash: string): Promise<Invite | undefined>;
  putInvite(invite: Invite): Promise<void>;
  /** Compare-and-set: true for the one who used it first, in time. */
  useInvite(hash: string, at: Instant): Promise<boolean>;
  /** Those of the account that wait (without one: for the set-up) are used up. */
  endInvites(account: AccountId | undefined, at: Instant): Promise<void>;
  // Hosts that were heard of, and what one node at a time does for all
  agents(): Promise<readonly Agent[]>;
  /** What it says of itself now; whether it was told to be silent stays as it is. */
  heardAgent(agent: Agent): Promise<void>;
  markSilent(host: string, since: Instant | undefined): Promise<void>;
  /** False: there was none. */
  removeAgent(host: string): Promise<boolean>;
  /** Compare-and-set: takes a lease that is free, over, or the owner's already, until then. True: it is mine. */
  claimLease(name: string, owner: string, at: Instant, until: Instant): Promise<boolean>;
  /** Gives it back before its time, where it is still the owner's. */
  endLease(name: string, owner: string): Promise<void>;

  setting(name: string): Promise<unknown>;
  putSetting(name: string, value: unknown): Promise<void>;
  /**
   * Compare-and-set: writes where what is there is still `expected`, as `setting` gave it (undefined where there was
   * nothing); false when somebody was faster.
   */
  replaceSetting(name: string, expected: unknown, value: unknown): Promise<boolean>;
  putDutyRun(run: DutyRun): Promise<void>;
  dutyRuns(): Promise<readonly DutyRun[]>;
  appendAudit(rows: readonly AuditRow[]): Promise<void>;
  /** Newest first; `before` is a position. */
  audit(limit: number, before?: number): Promise<readonly PositionedAudit[]>;
  /** In order of position; what live updates tail. */
  auditAfter(position: number, limit: number): Promise<readonly PositionedAudit[]>;
  lastAuditPosition(): Promise<number>;
};
