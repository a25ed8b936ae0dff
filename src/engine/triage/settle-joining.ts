import type { Incident, IncidentId } from "../../incident/incident.ts";
import { stormSaid } from "../../locale/muting.ts";
import { watchedHarder } from "../../monitor/alert-key.ts";
import { STORM_AFTER_MAX } from "../../policy/timing.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import { dependenciesOf } from "../../triage/dependencies.ts";
import { rankOf } from "../../triage/grade-of.ts";
import { type Cause, causesFirst, causesOf } from "../../triage/inhibit.ts";
import { ownIncidentsLeft } from "../../triage/storm.ts";
import type { Joining } from "../../triage/triage-batch.ts";
import { CANARY_POLICY, CANARY_SERVICE, CANARY_SOURCE } from "../canary/canary-policy.ts";
import { change } from "../change.ts";
import { type CauseFacts, dependentOf, findCauses, isPaged } from "./find-causes.ts";
import { type ApplyFacts, joinIncident, openIncident, SAMPLE_MAX, sampleOf, worstOf } from "./join-incident.ts";

/** What became of the alerts that wanted an incident: each has joined one, or is muted by the incident of its cause. */
export type Settled = {
  readonly joined: ReadonlyMap<AlertId, IncidentId>;
  readonly muted: ReadonlyMap<AlertId, NonNullable<Alert["suppressed"]>>;
};

/**
 * Settles which incident the alerts of a batch join, service by service, causes before what depends on them:
 * 1. The service has an open incident, or is held by one, or had one lately: that one.
 * 2. Something beneath it has an open incident at least as severe: muted by that (연쇄 억제).
 * 3. It is beneath something that opened an incident lately: it joins that, as its cause.
 * 4. Not too many services wanted an incident within the last minute: its own.
 * 5. Else the one incident of the storm.
 */
export async function settleJoining(
  joining: ReadonlyMap<string, readonly Joining[]>,
  now: ReadonlyMap<AlertId, Alert>,
  queries: Queries,
  facts: ApplyFacts,
): Promise<Settled> {
  const joined = new Map<AlertId, IncidentId>();
  const muted = new Map<AlertId, NonNullable<Alert["suppressed"]>>();
  if (joining.size === 0) return { joined, muted };
  const { policy, at } = facts;
  const services = [...facts.roster.services, ...policy.services];
  const causeFacts: CauseFacts = { policy, services, dependencies: dependenciesOf(services), at };
  const { dependencies } = causeFacts;
  const groups = new Map([...joining].filter(([, joins]) => !isCanary(joins)));
  const everyAlert = [...groups.values()].flatMap((joins) => joins.map(({ alert }) => alert));
  const causes: Cause[] = [...(await findCauses(everyAlert, queries, causeFacts))];
  const held = await heldElsewhere([...groups.keys()], queries);
  const inhibited = new Map<IncidentId, Joining[]>();
  const storm: Joining[] = [];
  const newest = once(() => queries.incidents({ limit: STORM_AFTER_MAX }));
  let left: number | undefined;

  for (const joins of joining.values()) if (isCanary(joins)) join(joins, await joinCanary(joins));
  for (const service of causesFirst(groups, dependencies)) {
    const joins = groups.get(service) ?? [];
    const known = await incidentFor(service, joins);
    const free = joins.filter((one) => !isInhibited(one, known));
    if (free.length === 0) continue;
    const incident =
      known === undefined ? await newIncident(service, free) : await joinIncident(queries, known, free, facts);
    if (incident === undefined) {
      storm.push(...free);
      continue;
    }
    join(free, incident);
    becomesCause(service, free, incident);
  }
  if (storm.length > 0) join(storm, await joinStorm());
  for (const [id, joins] of inhibited) await tellOfInhibited(id, joins);
  return { joined, muted };

  function join(joins: readonly Joining[], { id }: Incident): void {
    for (const { alert } of joins) joined.set(alert.id, id);
  }

  async function joinCanary(joins: readonly Joining[]): Promise<Incident> {
    const known = await queries.incidentForService(CANARY_SERVICE, at - CANARY_POLICY.reopenWithin);
    const worst = { grade: "Canary", because: "source-severity" } as const;
    const graded = joins.map((one) => ({ ...one, ...worst }));
    if (known !== undefined) return joinIncident(queries, known, graded, facts);
    const opening = { service: CANARY_SERVICE, policy: CANARY_POLICY, counter: "canary", worst } as const;
    return openIncident(queries, opening, graded, facts);
  }

  /** The one that it belongs to already. */
  async function incidentFor(service: string, joins: readonly Joining[]): Promise<Incident | undefined> {
    const own = await queries.incidentForService(service, at - policy.reopenWithin);
    if (own !== undefined && own.state !== "resolved") return own;
    const holding = held.get(service);
    if (holding !== undefined) return queries.incident(holding);
    // A tighter line that is crossed after the recovery tells quietly; it is not the incident again.
    if (joins.every(({ alert }) => alert.source === "monitor" && watchedHarder(alert.key) !== undefined))
      return undefined;
    if (own !== undefined) return own;
    // Resolved by its source a moment ago and firing again: it goes on where it was, be that a storm.
    for (const { alert } of joins) {
      if (alert.incident === undefined) continue;
      const before = await queries.incident(alert.incident);
      if (before === undefined || before.state === "closed" || before.service === CANARY_SERVICE) continue;
      if (before.state !== "resolved" || (before.resolvedAt ?? 0) >= at - policy.reopenWithin) {
        const [last] = await queries.alertsById([alert.id]);
        if (last?.status === "resolved" && (last.resolvedAt ?? 0) >= at - policy.reopenWithin) return before;
      }
    }
    return undefined;
  }

  function isInhibited(one: Joining, known: Incident | undefined): boolean {
    const rank = rankOf(policy, one.grade);
    if (rank === undefined) return false;
    const cause = causesOf(one.alert, rank, causes, dependencies).find(({ incident }) => incident !== known?.id);
    if (cause === undefined) return false;
    muted.set(one.alert.id, { because: "dependency", by: cause.incident });
    inhibited.set(cause.incident, [...(inhibited.get(cause.incident) ?? []), one]);
    return true;
  }

  /** Undefined: there are too many, it is one of the storm. */
  async function newIncident(service: string, joins: readonly Joining[]): Promise<Incident | undefined> {
    const worst = worstOf(joins, policy);
    const rank = rankOf(policy, worst.grade) ?? policy.grades.length;
    const dependent = await dependentOf(service, rank, await newest(), queries, causeFacts);
    if (dependent !== undefined) {
      const fresh = (await queries.incident(dependent.id)) ?? dependent;
      const first = joins.find(({ grade }) => grade === worst.grade)?.alert.title ?? service;
      const title = stormSaid.causeTitle({ cause: service, title: first })[policy.locale];
      return joinIncident(queries, fresh, joins, facts, { cause: service, title });
    }
    left ??= ownIncidentsLeft({ after: policy.stormAfter, at, ...(await opensLately()) });
    if (left === 0) return undefined;
    left--;
    return openIncident(queries, { service, policy, counter: "incident", worst }, joins, facts);
  }

  async function opensLately(): Promise<{ readonly opened: readonly Instant[]; readonly joined: readonly Instant[] }> {
    const all = await newest();
    // What a person opened, and a drill, is no part of a storm.
    const bySources = all.filter(({ alerts, drill, storm: is }) => alerts > 0 && !drill && is === undefined);
    const present = await queries.incidentForService(stormService(), at - policy.reopenWithin);
    return { opened: bySources.map(({ openedAt }) => openedAt), joined: present?.storm?.lately ?? [] };
  }

  function stormService(): string {
    return stormSaid.service()[policy.locale];
  }

  async function joinStorm(): Promise<Incident> {
    const service = stormService();
    const known = await queries.incidentForService(service, at - policy.reopenWithin);
    const names = [...new Set(storm.map(({ alert }) => alert.service))];
    const before = new Set(known === undefined ? [] : await queries.servicesAmong(known.id, names));
    const added = names.filter((name) => !before.has(name)).length;
    const title = stormSaid.title({ services: (known?.storm?.services ?? 0) + added })[policy.locale];
    const as = { storm: added, title };
    if (known !== undefined) return joinIncident(queries, known, storm, facts, as);
    const worst = worstOf(storm, policy);
    return openIncident(queries, { service, title, policy, counter: "incident", worst }, storm, facts, as);
  }

  /** What just opened or got worse mutes what comes after it in the batch, unless it is over again at its end. */
  function becomesCause(service: string, joins: readonly Joining[], incident: Incident): void {
    if (!isPaged(incident)) return;
    const firing = joins.filter(({ alert }) => (now.get(alert.id) ?? alert).status !== "resolved");
    const ranks = firing.flatMap(({ grade }) => rankOf(policy, grade) ?? []);
    const rank = rankOf(policy, incident.grade);
    if (rank === undefined || ranks.length === 0) return;
    const own = incident.service === service ? rank : Math.max(rank, Math.min(...ranks));
    causes.push({ node: service, incident: incident.id, rank: own });
  }

  async function tellOfInhibited(id: IncidentId, joins: readonly Joining[]): Promise<void> {
    const incident = await queries.incident(id);
    if (incident === undefined) return;
    const names = [...new Set(joins.map(({ alert }) => alert.service))].slice(0, SAMPLE_MAX);
    const sample = sampleOf(joins.map(({ alert }) => alert));
    const command = { do: "note-inhibited", count: joins.length, services: names, sample } as const;
    await change(queries, { id, state: incident }, [command], { ...facts, by: { kind: "bongsu" } });
  }
}

function isCanary(joins: readonly Joining[]): boolean {
  return joins[0]?.alert.source === CANARY_SOURCE;
}

/** The open incidents of others that hold alerts of these services: of what depends on them, of a storm. */
async function heldElsewhere(services: readonly string[], queries: Queries): Promise<ReadonlyMap<string, IncidentId>> {
  const alerts = await queries.alertsHeldElsewhere(services, HELD_MAX);
  return new Map(alerts.flatMap(({ service, incident }) => (incident === undefined ? [] : [[service, incident]])));
}

const HELD_MAX = 1_000;

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
