import type { IncidentId } from "../../incident/incident.ts";
import type { Queries } from "../../store/store.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import { dependenciesOf } from "../../triage/dependencies.ts";
import { gradeOf, rankOf } from "../../triage/grade-of.ts";
import { causesOf } from "../../triage/inhibit.ts";
import { activeAt, type Maintenance } from "../../triage/maintenance.ts";
import { serviceOf } from "../../triage/service-of.ts";
import { type Joining, muted } from "../../triage/triage-batch.ts";
import { untilNotOvertaken } from "../change.ts";
import { applyTriage } from "./apply-triage.ts";
import { findCauses } from "./find-causes.ts";
import type { TriageParts } from "./triage-duty.ts";

type Look = {
  readonly freed: number;
  /** When the first mute of those that are left ends, where that is known. */
  readonly endsAt: Instant;
  /** The incidents by whose dependency alerts are muted. */
  readonly by: ReadonlySet<IncidentId>;
};

/**
 * Alerts that are not over while what muted them is join an incident now: nobody has to send them again. That holds for
 * those whose source fell silent as well, for silence is no recovery.
 */
export async function lookAtMuted(parts: TriageParts, at: Instant): Promise<Look> {
  let freed = 0;
  let endsAt = Number.POSITIVE_INFINITY;
  const by = new Set<IncidentId>();
  for (let after: AlertId | "" = ""; ; ) {
    const suppressed: readonly Alert[] = await parts.ports.store.suppressedAlerts(after, SUPPRESSED_MAX);
    if (suppressed.length > 0) {
      const look = await freeWhatMayFire(parts, suppressed, at);
      freed += look.freed;
      endsAt = Math.min(endsAt, look.endsAt);
      for (const id of look.by) by.add(id);
    }
    const last = suppressed.at(-1);
    if (last === undefined || suppressed.length < SUPPRESSED_MAX) return { freed, endsAt, by };
    after = last.id;
  }
}

export async function activeMaintenances(queries: Queries, at: Instant): Promise<readonly Maintenance[]> {
  return (await queries.maintenances()).filter((window) => activeAt(window, at) !== undefined);
}

async function freeWhatMayFire(
  { ports, knowledge, memory }: TriageParts,
  suppressed: readonly Alert[],
  at: Instant,
): Promise<Look> {
  const silences = await ports.store.silences();
  const maintenances = await activeMaintenances(ports.store, at);
  const ends = new Map<string, Instant>([
    ...silences.map((silence) => [silence.id, silence.endsAt] as const),
    ...maintenances.map((window) => [window.id, activeAt(window, at)?.end ?? at] as const),
  ]);
  let endsAt = Number.POSITIVE_INFINITY;
  const by = new Set<IncidentId>();
  const alerts = await untilNotOvertaken(ports, async (queries) => {
    const policy = await knowledge.currentPolicy(queries);
    const roster = await knowledge.roster(queries);
    const services = [...roster.services, ...policy.services];
    const causeFacts = { policy, services, dependencies: dependenciesOf(services), at };
    const mutedByOther: Alert[] = [];
    const free: Joining[] = [];
    for (const alert of suppressed) {
      const graded = gradeOf(alert.severity, policy, serviceOf(alert.labels, services, alert.source).grade);
      const now = muted(alert, graded, { silences, maintenances, at });
      if (now.suppressed === undefined && "grade" in graded) {
        free.push({ alert: now, grade: graded.grade, because: graded.because as Joining["because"] });
        continue;
      }
      if (now.suppressed?.by !== alert.suppressed?.by) mutedByOther.push(now);
      endsAt = Math.min(endsAt, ends.get(now.suppressed?.by ?? "") ?? Number.POSITIVE_INFINITY);
    }
    await queries.putAlerts(mutedByOther);
    const before = new Map(suppressed.map((alert) => [alert.id, alert.suppressed]));
    const inhibited = free.filter(({ alert }) => before.get(alert.id)?.because === "dependency");
    const causes = await findCauses(
      inhibited.map(({ alert }) => alert),
      queries,
      causeFacts,
    );
    const stays = new Set<AlertId>();
    for (const { alert, grade } of inhibited) {
      const cause = before.get(alert.id)?.by as IncidentId;
      const rank = rankOf(policy, grade) ?? -1;
      if (causesOf(alert, rank, causes, causeFacts.dependencies).some(({ incident }) => incident === cause)) {
        stays.add(alert.id);
        by.add(cause);
      } else if (alert.status === "silent") {
        // Whoever tells of it may have been behind what was broken: it is given the time to speak again.
        const waits = ((await queries.incident(cause))?.resolvedAt ?? 0) + SPEAK_AGAIN_MS;
        if (waits <= at) continue;
        stays.add(alert.id);
        endsAt = Math.min(endsAt, waits);
      }
    }
    const freed = free.filter(({ alert }) => !stays.has(alert.id));
    if (freed.length === 0) return [];
    const joining = new Map<string, Joining[]>();
    for (const join of freed) joining.set(join.alert.service, [...(joining.get(join.alert.service) ?? []), join]);
    const triage = {
      alerts: new Map(freed.map(({ alert }) => [alert.id, alert])),
      joining,
      clearing: new Map(),
      speaking: new Map(),
      acknowledging: new Map(),
      repeating: [],
      repeatingMuted: [],
      regraded: new Map(),
      begun: [],
      flapping: [],
    };
    return applyTriage(triage, queries, { ports, knowledge, policy, roster, at });
  });
  memory.learn(alerts);
  for (const { suppressed: again } of alerts) if (again?.because === "dependency") by.add(again.by as IncidentId);
  return { freed: alerts.filter((alert) => alert.suppressed === undefined).length, endsAt, by };
}

/** Muted alerts looked at in one go. */
const SUPPRESSED_MAX = 1_000;
const SPEAK_AGAIN_MS = 5 * MINUTE_MS;
