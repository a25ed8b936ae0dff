import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { bodiesOf } from "../../store/queries/inbox.ts";
import type { Inbox, Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import type { Signal } from "../../triage/signal.ts";
import { triageBatch } from "../../triage/triage-batch.ts";
import { CANARY_SOURCE } from "../canary/canary-policy.ts";
import { untilNotOvertaken } from "../change.ts";
import type { FiringMemory } from "../intake/firing-memory.ts";
import type { Intake } from "../intake/intake.ts";
import type { Pace } from "../intake/pace.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, DutyOutcome, Ports } from "../ports.ts";
import { applyTriage } from "./apply-triage.ts";
import { calmDown } from "./calm-down.ts";
import { activeMaintenances, lookAtMuted } from "./look-at-muted.ts";
import { MutingIncidents } from "./muting-incidents.ts";
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
  /** When the first of what flaps will have been calm for long enough. */
  let calmAt = Number.NEGATIVE_INFINITY;
  const muting = new MutingIncidents();
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
      const due = Math.min(muteEndsAt, calmAt);
      const next = wait === undefined ? due : Math.min(ports.clock.now() + wait, due);
      return Number.isFinite(next) ? { ...outcome, next } : outcome;
    },
  };

  async function batch(at: Instant): Promise<DutyOutcome & { readonly more: boolean }> {
    let unmuted = 0;
    if (at >= lookAgainAt || at >= muteEndsAt || (await muting.haveMoved(ports.store))) {
      lookAgainAt = at + MUTED_LOOK_MS;
      const look = await lookAtMuted(parts, at);
      unmuted = look.freed;
      muteEndsAt = look.endsAt;
      muting.areThese(look.by);
    }
    const calmed = at >= calmAt ? await calmDown(parts, at) : 0;
    calmAt = (await ports.store.nextCalm()) ?? Number.POSITIVE_INFINITY;
    const moved = unmuted + calmed > 0;
    const due = await ports.store.dueInbox(at, ROWS_MAX);
    const rows = due.slice(0, Math.max(fitting(due), 1));
    if (rows.length === 0)
      return { status: { rows: 0, unmuted, calmed }, nudge: moved ? ["deliver", "escalate"] : [], more: false };
    let signals = 0;
    let poison = 0;
    let split = false;
    try {
      signals = await triageRows(rows, at);
    } catch (error) {
      if (error instanceof Fault) throw error;
      ports.log("error", "triage.batch-failed", { rows: rows.length, error: String(error) });
      for (const row of rows) {
        const outcome = await triageOne(row, at);
        signals += outcome.signals;
        poison += outcome.poison;
        split ||= outcome.split;
      }
    }
    calmAt = (await ports.store.nextCalm()) ?? Number.POSITIVE_INFINITY;
    // Where this batch ended the cause of what is muted, that is looked at right after it.
    const ended = await muting.haveMoved(ports.store);
    const more = split || rows.length < due.length || due.length === ROWS_MAX || ended;
    return { status: { rows: rows.length, signals, poison, unmuted, calmed }, nudge: ["deliver", "escalate"], more };
  }

  async function triageRows(rows: readonly Inbox[], at: Instant): Promise<number> {
    const signals = rows.flatMap((row) => readRow(parts, row));
    await settle(signals, rows, "done", at);
    return signals.length;
  }

  /** In one transaction: what the signals do, and that their rows are dealt with. */
  async function settle(
    signals: readonly Signal[],
    rows: readonly Inbox[],
    outcome: "done" | "poison",
    at: Instant,
    because?: string,
  ): Promise<void> {
    const alerts = await untilNotOvertaken(ports, async (queries) => {
      const applied = await triageSignals(parts, queries, signals, at);
      await queries.finishInbox(
        rows.map((row) => row.id),
        outcome,
        because,
      );
      return applied;
    });
    parts.memory.learn(alerts);
    muting.learn(alerts);
  }

  /** One row alone, pushed forward first; of several requests each on its own, so that one holds up no other. */
  async function triageOne(row: Inbox, at: Instant): Promise<One> {
    const { store, log } = ports;
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
      return { signals: await triageRows([row], at), poison: 0, split: false };
    } catch (error) {
      if (error instanceof Fault) throw error;
      log("error", "triage.row-failed", { row: row.id, attempts: row.attempts + 1, error: String(error) });
      if (row.attempts + 1 < ATTEMPTS_MAX) return { signals: 0, poison: 0, split: false };
      await settle([unrenderableSignal(row, String(error))], [row], "poison", at, String(error));
      return { signals: 0, poison: 1, split: false };
    }
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
/** What another server changed of silences, windows and incidents is seen so late at most. */
const MUTED_LOOK_MS = 10_000;
const ATTEMPTS_MAX = 3;
const POSTPONE_MS = 2_000;

function readRow({ ports }: TriageParts, row: Inbox): readonly Signal[] {
  const facts = { at: row.receivedAt, integration: row.integration };
  return bodiesOf(row).flatMap((body) => ports.readSignals(row.source, body, facts).signals);
}

type One = { readonly signals: number; readonly poison: number; readonly split: boolean };

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
  return applyTriage(triage, queries, { ...parts, policy, roster, at });
}

function isCanary({ source }: Alert): boolean {
  return source === CANARY_SOURCE;
}
