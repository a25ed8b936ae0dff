import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { bodiesOf } from "../../store/queries/inbox.ts";
import type { Inbox, Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import { gradeOf } from "../../triage/grade-of.ts";
import { activeAt, type Maintenance } from "../../triage/maintenance.ts";
import { serviceOf } from "../../triage/service-of.ts";
import type { Signal } from "../../triage/signal.ts";
import { muted, triageBatch } from "../../triage/triage-batch.ts";
import { CANARY_SOURCE } from "../canary/canary-policy.ts";
import { untilNotOvertaken } from "../change.ts";
import type { FiringMemory } from "../intake/firing-memory.ts";
import type { Intake } from "../intake/intake.ts";
import type { Pace } from "../intake/pace.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, DutyOutcome, Ports } from "../ports.ts";
import { applyTriage } from "./apply-triage.ts";
import { unrenderableSignal } from "./unrenderable.ts";

export type TriageParts = {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  readonly intake: Intake;
  readonly memory: FiringMemory;
  readonly pace: Pace;
};

/**
 * Inbox rows become alerts, alerts become or join incidents.
 * 1. Read the oldest rows; read their bodies again as signals.
 * 2. In one transaction: merge the signals into their alerts, open, join, raise, reopen or resolve incidents, mark the
 *    rows as done.
 * 3. Where that fails, row by row, each pushed forward before it is tried, so that a poison row never stops the line.
 *    A row that failed three times pages as an "unrenderable alert" with an excerpt of what came.
 */
export function triageDuty(parts: TriageParts): Duty {
  const { ports } = parts;
  let lookAgainAt = 0;
  /** When the first of what mutes ends. */
  let muteEndsAt = Number.POSITIVE_INFINITY;
  return {
    name: "triage",
    promise: {
      ko: "받은 신호를 경보와 장애로 만듭니다.",
      en: "Turns what was received into alerts and incidents.",
    },
    everyMs: ports.settings.pollMs,
    async run(at) {
      const { result, again } = await parts.pace.batch(() => batch(at));
      const { more, ...outcome } = result;
      const wait = again ?? (more ? 0 : undefined);
      const next = wait === undefined ? muteEndsAt : Math.min(ports.clock.now() + wait, muteEndsAt);
      return Number.isFinite(next) ? { ...outcome, next } : outcome;
    },
  };

  async function batch(at: Instant): Promise<DutyOutcome & { readonly more: boolean }> {
    let unmuted = 0;
    if (at >= lookAgainAt || at >= muteEndsAt) {
      lookAgainAt = at + MUTED_LOOK_MS;
      ({ freed: unmuted, endsAt: muteEndsAt } = await lookAtMuted(parts, at));
    }
    const due = await ports.store.dueInbox(at, ROWS_MAX);
    const rows = due.slice(0, Math.max(fitting(due), 1));
    if (rows.length === 0)
      return { status: { rows: 0, unmuted }, nudge: unmuted > 0 ? ["deliver", "escalate"] : [], more: false };
    let signals = 0;
    let poison = 0;
    let split = false;
    try {
      signals = await triageRows(parts, rows, at);
    } catch (error) {
      if (error instanceof Fault) throw error;
      ports.log("error", "triage.batch-failed", { rows: rows.length, error: String(error) });
      for (const row of rows) {
        const outcome = await triageOne(parts, row, at);
        signals += outcome.signals;
        poison += outcome.poison;
        split ||= outcome.split;
      }
    }
    const more = split || rows.length < due.length || due.length === ROWS_MAX;
    return { status: { rows: rows.length, signals, poison, unmuted }, nudge: ["deliver", "escalate"], more };
  }
}

/** How many of the rows are worked off in one go. */
function fitting(rows: readonly Inbox[]): number {
  let length = 0;
  const end = rows.findIndex(({ body }) => {
    length += body.length;
    return length > BATCH_LENGTH_MAX;
  });
  return end < 0 ? rows.length : end;
}

/** Small enough that requests are answered between two batches even while a storm is worked off. */
const ROWS_MAX = 64;
const BATCH_LENGTH_MAX = 256 * 1024;
/** How soon an alert that still fires is looked at again after its silence ended. */
const MUTED_LOOK_MS = 10_000;
const ATTEMPTS_MAX = 3;
const POSTPONE_MS = 2_000;

async function triageRows(parts: TriageParts, rows: readonly Inbox[], at: Instant): Promise<number> {
  const signals = rows.flatMap((row) => readRow(parts, row));
  const alerts = await untilNotOvertaken(parts.ports, async (queries) => {
    const applied = await triageSignals(parts, queries, signals, at);
    await queries.finishInbox(
      rows.map((row) => row.id),
      "done",
    );
    return applied;
  });
  parts.memory.learn(alerts);
  return signals.length;
}

function readRow({ ports }: TriageParts, row: Inbox): readonly Signal[] {
  const facts = { at: row.receivedAt, integration: row.integration };
  return bodiesOf(row).flatMap((body) => ports.readSignals(row.source, body, facts).signals);
}

type One = { readonly signals: number; readonly poison: number; readonly split: boolean };

/** One row alone, pushed forward first; of several requests each on its own, so that one holds up no other. */
async function triageOne(parts: TriageParts, row: Inbox, at: Instant): Promise<One> {
  const { store, log } = parts.ports;
  if (row.parts !== undefined) {
    const { parts: _, ...rest } = row;
    const alone = bodiesOf(row).map((body, nth) => ({ ...rest, id: asId<"inbox">(`${row.id}.${nth}`), body }));
    await store.transaction(async (queries) => {
      await queries.insertInbox(alone);
      await queries.finishInbox([row.id], "done", "each request of it on its own");
    });
    return { signals: 0, poison: 0, split: true };
  }
  await store.postponeInbox(row.id, at + POSTPONE_MS * (row.attempts + 1));
  try {
    return { signals: await triageRows(parts, [row], at), poison: 0, split: false };
  } catch (error) {
    if (error instanceof Fault) throw error;
    log("error", "triage.row-failed", { row: row.id, attempts: row.attempts + 1, error: String(error) });
    if (row.attempts + 1 < ATTEMPTS_MAX) return { signals: 0, poison: 0, split: false };
    const signal = unrenderableSignal(row, String(error));
    const alerts = await untilNotOvertaken(parts.ports, async (queries) => {
      const applied = await triageSignals(parts, queries, [signal], at);
      await queries.finishInbox([row.id], "poison", String(error));
      return applied;
    });
    parts.memory.learn(alerts);
    return { signals: 0, poison: 1, split: false };
  }
}

async function triageSignals(
  parts: TriageParts,
  queries: Queries,
  signals: readonly Signal[],
  at: Instant,
): Promise<readonly Alert[]> {
  const ids = [...new Set(signals.map((signal) => parts.intake.idOf(signal)))];
  const known = new Map<AlertId, Alert>();
  for (const alert of await queries.alertsById(ids)) known.set(alert.id, alert);
  const policy = await parts.knowledge.currentPolicy(queries);
  const roster = await parts.knowledge.roster(queries);
  const silences = await queries.silences();
  const maintenances = await activeMaintenances(queries, at);
  const services = [...roster.services, ...policy.services];
  const triage = triageBatch(signals, {
    policy,
    services,
    silences,
    maintenances,
    known,
    idOf: parts.intake.idOf,
    at,
    unmutable: isCanary,
  });
  return applyTriage(triage, queries, { ...parts, policy, at });
}

async function activeMaintenances(queries: Queries, at: Instant): Promise<readonly Maintenance[]> {
  return (await queries.maintenances()).filter((window) => activeAt(window, at) !== undefined);
}

function isCanary({ source }: Alert): boolean {
  return source === CANARY_SOURCE;
}

type Look = { readonly freed: number; readonly endsAt: Instant };

/**
 * Alerts that fire on while what muted them has ended join an incident now: nobody has to send them again. Tells when
 * the first mute of those that are left ends.
 */
async function lookAtMuted(parts: TriageParts, at: Instant): Promise<Look> {
  const { ports } = parts;
  let freed = 0;
  let endsAt = Number.POSITIVE_INFINITY;
  for (let after: AlertId | "" = ""; ; ) {
    const suppressed: readonly Alert[] = await ports.store.suppressedAlerts(after, SUPPRESSED_MAX);
    if (suppressed.length > 0) {
      const look = await freeWhatMayFire(parts, suppressed, at);
      freed += look.freed;
      endsAt = Math.min(endsAt, look.endsAt);
    }
    const last = suppressed.at(-1);
    if (last === undefined || suppressed.length < SUPPRESSED_MAX) return { freed, endsAt };
    after = last.id;
  }
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
  const alerts = await untilNotOvertaken(ports, async (queries) => {
    const policy = await knowledge.currentPolicy(queries);
    const roster = await knowledge.roster(queries);
    const services = [...roster.services, ...policy.services];
    const mutedByOther: Alert[] = [];
    const freed = suppressed.flatMap((alert) => {
      const graded = gradeOf(alert.severity, policy, serviceOf(alert.labels, services, alert.source).grade);
      const free = muted(alert, graded, { silences, maintenances, at });
      if (free.suppressed !== undefined || !("grade" in graded)) {
        if (free.suppressed?.by !== alert.suppressed?.by) mutedByOther.push(free);
        endsAt = Math.min(endsAt, ends.get(free.suppressed?.by ?? "") ?? Number.POSITIVE_INFINITY);
        return [];
      }
      return [{ alert: free, grade: graded.grade, because: graded.because as "source-severity" }];
    });
    await queries.putAlerts(mutedByOther);
    if (freed.length === 0) return [];
    const joining = new Map<string, typeof freed>();
    for (const join of freed) joining.set(join.alert.service, [...(joining.get(join.alert.service) ?? []), join]);
    const triage = {
      alerts: new Map(freed.map(({ alert }) => [alert.id, alert])),
      joining,
      clearing: new Map(),
      speaking: new Map(),
      acknowledging: new Map(),
      repeating: [],
      regraded: new Map(),
    };
    return applyTriage(triage, queries, { ports, knowledge, policy, at });
  });
  memory.learn(alerts);
  return { freed: alerts.length, endsAt };
}

/** Muted alerts looked at in one go. */
const SUPPRESSED_MAX = 1_000;
