import type { Incident, IncidentId } from "../../incident/incident.ts";
import { stormSaid } from "../../locale/muting.ts";
import { watchedHarder } from "../../monitor/alert-key.ts";
import { STORM_AFTER_MAX } from "../../policy/timing.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import { dependenciesOf, standsOn } from "../../triage/dependencies.ts";
import { isMoreSevere, rankOf } from "../../triage/grade-of.ts";
import { type Cause, causesFirst, causesOf } from "../../triage/inhibit.ts";
import { ownIncidentsLeft } from "../../triage/storm.ts";
import type { Joining } from "../../triage/triage-batch.ts";
import { CANARY_POLICY, CANARY_SERVICE, CANARY_SOURCE } from "../canary/canary-policy.ts";
import { change } from "../change.ts";
import { type CauseFacts, dependentOf, findCauses, isPaged } from "./find-causes.ts";
import { gatheredIn, hold, holdDependents } from "./hold-paging.ts";
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
 * 4. Not too many services wanted an incident of that grade within the last minute: its own.
 * 5. Else the one incident of the storm.
 * What paged before its cause or the storm was known is paged no further, but by that (`hold-paging.ts`).
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
  const left = new Map<number, number>();
  const wanting = once(() => wantingTheirOwn());
  const became: Cause[] = [];

  for (const joins of joining.values()) if (isCanary(joins)) join(joins, await joinCanary(joins));
  for (const service of causesFirst(groups, dependencies)) {
    const joins = groups.get(service) ?? [];
    const belongsTo = await incidentFor(service, joins);
    const free = joins.filter((one) => !isInhibited(one, belongsTo));
    if (free.length === 0) continue;
    const incident =
      belongsTo === undefined ? await newIncident(service, free) : await joinIncident(queries, belongsTo, free, facts);
    if (incident === undefined) {
      storm.push(...free);
      continue;
    }
    join(free, incident);
    becomesCause(service, free, incident);
  }
  if (storm.length > 0) join(storm, await joinStorm());
  await holdDependents(became, await newest(), queries, { ...facts, ...causeFacts });
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
    if (!(await mayHaveItsOwn(rank))) return undefined;
    return openIncident(queries, { service, policy, counter: "incident", worst }, joins, facts);
  }

  /**
   * Whether there are not too many, of those that are at least as severe: a Critical one is lost in no storm of warnings.
   * Where more want one in this very batch than may have it, none gets it: they are one incident from the beginning.
   */
  async function mayHaveItsOwn(rank: number): Promise<boolean> {
    let mine = left.get(rank);
    if (mine === undefined) {
      mine = ownIncidentsLeft({ after: policy.stormAfter, at, ...(await opensLately(rank)) });
      if ((await wanting()).filter((other) => other <= rank).length > mine) mine = 0;
    }
    left.set(rank, Math.max(mine - 1, 0));
    return mine > 0;
  }

  async function opensLately(
    rank: number,
  ): Promise<{ readonly opened: readonly Instant[]; readonly joined: readonly Instant[] }> {
    const asSevere = ({ grade }: Incident): boolean => (rankOf(policy, grade) ?? policy.grades.length) <= rank;
    // What a person opened, and a drill, is no part of a storm.
    const bySources = (await newest()).filter(
      (one) => one.alerts > 0 && !one.drill && one.storm === undefined && asSevere(one),
    );
    const present = await queries.incidentForService(stormService(), at - policy.reopenWithin);
    const joined = present !== undefined && asSevere(present) ? (present.storm?.lately ?? []) : [];
    return { opened: bySources.map(({ openedAt }) => openedAt), joined };
  }

  /** How severe each service of this batch is that will want an incident of its own. */
  async function wantingTheirOwn(): Promise<readonly number[]> {
    const ranks = new Map(
      [...groups].map(([service, joins]) => [
        service,
        rankOf(policy, worstOf(joins, policy).grade) ?? policy.grades.length,
      ]),
    );
    const found: number[] = [];
    for (const [service, joins] of groups) {
      const rank = ranks.get(service) ?? 0;
      const [first] = joins;
      if (first === undefined || causesOf(first.alert, rank, causes, dependencies).length > 0) continue;
      // What stands on another one of the batch will be muted by that; in a circle too few are counted.
      const above = standsOn(first.alert, dependencies);
      if ([...above].some((name) => (ranks.get(name) ?? Number.POSITIVE_INFINITY) <= rank)) continue;
      if ((await incidentFor(service, joins)) === undefined) found.push(rank);
    }
    return found;
  }

  function stormService(): string {
    return stormSaid.service()[policy.locale];
  }

  async function joinStorm(): Promise<Incident> {
    const service = stormService();
    const worst = worstOf(storm, policy);
    const present = await queries.incidentForService(service, at - policy.reopenWithin);
    // Whoever took a storm did not take what breaks as badly as can be after that: it pages, as a storm of its own.
    const isTaken = present?.state === "acknowledged" && rankOf(policy, worst.grade) === 0;
    const known = isTaken ? undefined : present;
    const names = [...new Set(storm.map(({ alert }) => alert.service))];
    const before = new Set(known === undefined ? [] : await queries.servicesAmong(known.id, names));
    const added = names.filter((name) => !before.has(name)).length;
    // Those of this very batch are among them.
    const recent = await queries.incidents({ limit: STORM_AFTER_MAX });
    const isRaised = known === undefined || isMoreSevere(policy, worst.grade, known.grade);
    const gathered = gatheredIn(recent, isRaised ? worst.grade : known.grade, facts);
    const inIt = (known?.storm?.services ?? 0) + (known === undefined ? 0 : (await queries.heldBy(known.id)).length);
    const title = stormSaid.title({ services: inIt + added + gathered.length })[policy.locale];
    const as = { storm: added, title };
    const opening = { service, title, policy, counter: "incident", worst } as const;
    const incident = await (known === undefined
      ? openIncident(queries, opening, storm, facts, as)
      : joinIncident(queries, known, storm, facts, as));
    await hold(gathered, incident.id, "storm", queries, facts);
    return incident;
  }

  /** What just opened or got worse mutes what comes after it in the batch, unless it is over again at its end. */
  function becomesCause(service: string, joins: readonly Joining[], incident: Incident): void {
    if (!isPaged(incident)) return;
    const firing = joins.filter(({ alert }) => (now.get(alert.id) ?? alert).status !== "resolved");
    const ranks = firing.flatMap(({ grade }) => rankOf(policy, grade) ?? []);
    const rank = rankOf(policy, incident.grade);
    if (rank === undefined || ranks.length === 0) return;
    const own = incident.service === service ? rank : Math.max(rank, Math.min(...ranks));
    const cause = { node: service, incident: incident.id, rank: own };
    causes.push(cause);
    became.push(cause);
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
