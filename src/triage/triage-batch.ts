import type { IncidentId } from "../incident/incident.ts";
import type { Policy } from "../policy/policy.ts";
import type { Service } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Alert, AlertId } from "./alert.ts";
import { gradeOf, isMoreSevere } from "./grade-of.ts";
import { covers, type Maintenance } from "./maintenance.ts";
import { matches } from "./matchers.ts";
import { mergeSignal } from "./merge-signal.ts";
import { serviceOf } from "./service-of.ts";
import type { Signal } from "./signal.ts";
import type { Silence } from "./silence.ts";

export type TriageFacts = {
  readonly policy: Policy;
  readonly services: readonly Service[];
  readonly silences: readonly Silence[];
  /** The maintenance windows that are active at `at`. */
  readonly maintenances: readonly Maintenance[];
  /** What is known of the alerts that the signals name. */
  readonly known: ReadonlyMap<AlertId, Alert>;
  readonly idOf: (signal: Signal) => AlertId;
  readonly at: Instant;
  /** What no silence mutes: Bongsu's own sign of life. */
  readonly unmutable?: (alert: Alert) => boolean;
};

/** An alert that wants an incident of its service, and the grade it gives it. */
export type Joining = {
  readonly alert: Alert;
  readonly grade: string;
  readonly because: "source-severity" | "service-rule" | "unknown-severity";
};

/** What a batch of signals amounts to. The alerts are as they stand after it; who joins what is settled with the store. */
export type Triage = {
  /** By alert: the last state each reached in the batch. */
  readonly alerts: ReadonlyMap<AlertId, Alert>;
  /** In order of appearance, by service. */
  readonly joining: ReadonlyMap<string, readonly Joining[]>;
  /** Alerts of an incident that are over, that spoke again, or that their source acknowledged. */
  readonly clearing: ReadonlyMap<IncidentId, readonly Alert[]>;
  readonly speaking: ReadonlyMap<IncidentId, readonly Alert[]>;
  readonly acknowledging: ReadonlyMap<IncidentId, Signal>;
  /** Known and still firing: looked at once more, in case a person closed their incident meanwhile. */
  readonly repeating: readonly Alert[];
  /** As these, on an incident since before something began to mute them, which is said in them. */
  readonly repeatingMuted: readonly Alert[];
  /** Those among them whose source now gives another severity, by the incident they belong to. */
  readonly regraded: ReadonlyMap<IncidentId, readonly Joining[]>;
  /** Those that began to fire, or fire again. */
  readonly begun: readonly Alert[];
  /** Those that began to flap. */
  readonly flapping: readonly Alert[];
};

/** Folds signals into alerts and says what that means for incidents. Pure. */
export function triageBatch(signals: readonly Signal[], facts: TriageFacts): Triage {
  const alerts = new Map<AlertId, Alert>();
  const joining = new Map<AlertId, Joining>();
  const clearing = new Map<AlertId, Alert>();
  const speaking = new Map<AlertId, Alert>();
  const acknowledging = new Map<IncidentId, Signal>();
  const repeating = new Map<AlertId, Alert>();
  const repeatingMuted = new Map<AlertId, Alert>();
  const regraded = new Map<AlertId, Joining>();
  const begun = new Set<AlertId>();
  const flapping = new Set<AlertId>();

  for (const signal of signals) {
    const id = facts.idOf(signal);
    const service = serviceOf(signal.labels, facts.services, signal.source);
    const known = alerts.get(id) ?? facts.known.get(id);
    const merge = mergeSignal(known, signal, { id, service: service.name, at: facts.at });
    if (merge.alert === undefined) continue;
    const graded = gradeOf(merge.alert.severity, facts.policy, service.grade);
    const alert = merge.is === "new" || merge.is === "fired-again" ? muted(merge.alert, graded, facts) : merge.alert;
    alerts.set(id, alert);
    if (alert.flapping !== undefined && known?.flapping === undefined) flapping.add(id);
    switch (merge.is) {
      case "new":
      case "fired-again":
        clearing.delete(id);
        begun.add(id);
        if (alert.suppressed === undefined && "grade" in graded) {
          joining.set(id, { alert, grade: graded.grade, because: graded.because as Joining["because"] });
        }
        break;
      case "repeat":
      case "spoke-again": {
        const isMuted = alert.suppressed !== undefined;
        if (merge.is === "spoke-again" && alert.incident !== undefined && !isMuted) speaking.set(id, alert);
        const pending = joining.get(id);
        const mute = pending === undefined ? muteOf(alert, facts) : undefined;
        const hasChanged = alert.suppressed?.because === "dependency" && alert.severity !== known?.severity;
        if (alert.suppressed?.because === "record-only" || hasChanged) {
          // What was only recorded, or muted by something less severe, has become something to act on.
          const free = muted(alert, graded, facts);
          alerts.set(id, free);
          if (free.suppressed === undefined && "grade" in graded)
            joining.set(id, { alert: free, grade: graded.grade, because: graded.because as Joining["because"] });
        } else if (alert.suppressed !== undefined) {
          break;
        } else if (mute !== undefined) {
          // It is on its incident still; once a person resolves that, it asks for no new one while it is muted.
          repeatingMuted.set(id, { ...alert, suppressed: mute });
        } else if (pending !== undefined) {
          joining.set(id, joinedAgain(pending, alert, graded, facts.policy));
        } else {
          repeating.set(id, alert);
          if (alert.severity !== known?.severity && "grade" in graded)
            regraded.set(id, { alert, grade: graded.grade, because: graded.because as Joining["because"] });
        }
        break;
      }
      case "resolved":
        // One that came and went within the batch has still happened: it joins first and is cleared after. What is muted
        // counts in no incident, also where it once was of one.
        if (alert.suppressed === undefined) clearing.set(id, alert);
        break;
      case "acknowledged":
        if (alert.incident !== undefined && alert.suppressed === undefined) acknowledging.set(alert.incident, signal);
        break;
      case "held":
      case "ignored":
        break;
    }
  }
  return {
    alerts,
    joining: grouped(joining.values(), (join) => join.alert.service),
    clearing: grouped(clearing.values(), (alert) => alert.incident),
    speaking: grouped(speaking.values(), (alert) => alert.incident),
    acknowledging,
    repeating: [...repeating.values()],
    repeatingMuted: [...repeatingMuted.values()],
    regraded: grouped(regraded.values(), ({ alert }) => alert.incident),
    begun: [...begun].flatMap((id) => alerts.get(id) ?? []),
    flapping: [...flapping].flatMap((id) => alerts.get(id) ?? []),
  };
}

/** The worse of the grades that one alert had within a batch. */
function joinedAgain(pending: Joining, alert: Alert, graded: ReturnType<typeof gradeOf>, policy: Policy): Joining {
  if (!("grade" in graded) || !isMoreSevere(policy, graded.grade, pending.grade)) return { ...pending, alert };
  return { alert, grade: graded.grade, because: graded.because as Joining["because"] };
}

export type MuteFacts = Pick<TriageFacts, "silences" | "maintenances" | "at" | "unmutable">;

/** The alert with the reason why it may open nothing, if there is one. What mutes it is looked at before severities. */
export function muted(alert: Alert, graded: ReturnType<typeof gradeOf>, facts: MuteFacts): Alert {
  const mute = muteOf(alert, facts);
  if (mute !== undefined) return { ...alert, suppressed: mute };
  if ("recordOnly" in graded) return { ...alert, suppressed: { because: "record-only", by: alert.severity ?? "" } };
  const { suppressed: _, ...free } = alert;
  return free;
}

/** What mutes the alert at that time: a silence before a maintenance window. */
export function muteOf(alert: Alert, facts: MuteFacts): Alert["suppressed"] {
  if (facts.unmutable?.(alert)) return undefined;
  const silence = silencedBy(alert, facts.silences, facts.at);
  if (silence !== undefined) return { because: "silenced", by: silence.id };
  const window = facts.maintenances.find((one) => covers(one, alert));
  return window === undefined ? undefined : { because: "maintenance", by: window.id };
}

export function silencedBy(alert: Alert, silences: readonly Silence[], at: Instant): Silence | undefined {
  return silences.find(
    (silence) => silence.startsAt <= at && at < silence.endsAt && matches(silence.matchers, alert.labels),
  );
}

function grouped<T, K>(items: Iterable<T>, keyOf: (item: T) => K | undefined): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
