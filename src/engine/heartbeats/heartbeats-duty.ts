import { Fault } from "../../fault/fault.ts";
import type { Heartbeat } from "../../heartbeat/heartbeat.ts";
import { type HeartbeatState, newState, underPlan } from "../../heartbeat/heartbeat-state.ts";
import { type HeartbeatVerdict, judgeHeartbeat } from "../../heartbeat/judge-heartbeat.ts";
import { HEARTBEAT_SOURCE, type HeartbeatWord, heartbeatSource } from "../../ingest/heartbeat/heartbeat.ts";
import type { HeartbeatRow } from "../../store/store.ts";
import { type Instant, MINUTE_MS, SECOND_MS, toIso } from "../../time/instant.ts";
import type { Intake } from "../intake/intake.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";
import type { DeafSpells } from "./deaf-spells.ts";
import { downWord, gradeFor, overWord } from "./heartbeat-word.ts";

export type HeartbeatsParts = {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  readonly intake: Intake;
  readonly deaf: DeafSpells;
};

const EVERY_MS = 10 * SECOND_MS;
const ROWS_MAX = 500;
/** What was told is looked at again after so long, whether it became an alert, or ended one. */
const VERIFY_MS = 30 * SECOND_MS;
/** How often what is down is looked at, in case a person resolved its incident and it was missed again since. */
const DOWN_MS = MINUTE_MS;

/**
 * Judges each heartbeat when its verdict can change, and tells incidents.
 * 1. Note when this server could not hear anything.
 * 2. Where the roster changed: a row for each new heartbeat, what has another plan is judged anew, what is gone is ended.
 * 3. Take what is due. What is to be told is first written down, then said: where that is cut short, the next look finds
 *    that no alert came of it and says it again.
 */
export function heartbeatsDuty(parts: HeartbeatsParts): Duty {
  const { ports, knowledge, deaf } = parts;
  const { store } = ports;
  let settledRevision: number | undefined;
  return {
    name: "heartbeats",
    promise: {
      ko: "제때 오지 않거나 실패를 알린 하트비트를 장애로 알립니다.",
      en: "Tells of heartbeats that do not come in time, or say that they failed.",
    },
    everyMs: EVERY_MS,
    async run(at) {
      await deaf.look(at);
      const revision = await store.rosterRevision();
      if (revision !== settledRevision) {
        await settle(parts, at);
        settledRevision = revision;
      }
      const rows = await store.dueHeartbeats(at, ROWS_MAX);
      let told = 0;
      if (rows.length > 0) {
        const { heartbeats } = await knowledge.roster(store);
        const byId = new Map(heartbeats.map((heartbeat) => [heartbeat.id, heartbeat]));
        for (const row of rows) {
          const heartbeat = byId.get(row.state.id);
          if (heartbeat !== undefined && (await judgeOne(parts, heartbeat, row, at))) told++;
        }
      }
      const next = rows.length === ROWS_MAX ? at : await store.nextHeartbeatDue();
      const lastDeaf = deaf.all.at(-1);
      return {
        status: { judged: rows.length, told, deafUntil: lastDeaf === undefined ? null : toIso(lastDeaf.end) },
        next: next === undefined ? undefined : Math.max(next, at),
      };
    },
  };
}

/** Brings the rows in line with the definitions. */
async function settle({ ports, knowledge, intake }: HeartbeatsParts, at: Instant): Promise<void> {
  const { store } = ports;
  const { heartbeats } = await knowledge.roster(store);
  const rows = new Map((await store.heartbeatRows()).map((row) => [row.state.id, row]));
  for (const heartbeat of heartbeats) {
    const row = rows.get(heartbeat.id);
    rows.delete(heartbeat.id);
    if (row === undefined) {
      await store.addHeartbeat({ state: newState(heartbeat, at), addressHash: "", dueAt: null });
      continue;
    }
    const state = underPlan(row.state, heartbeat, at);
    // One that was told may have another grade now. Overtaken by a ping: that judged it by the plan of now.
    if (state !== row.state || row.state.told !== undefined) await store.updateHeartbeat({ ...row, state, dueAt: at });
  }
  if (rows.size === 0) return;
  const policy = await knowledge.currentPolicy(store);
  for (const { state } of rows.values()) {
    if (state.told?.action === "fire") await say(ports, intake, overWord(state.id, false, at, policy), at);
    await store.removeHeartbeat(state.id);
  }
}

/** One that cannot be judged is pushed forward, so that it does not stop the others. */
async function judgeOne(
  parts: HeartbeatsParts,
  heartbeat: Heartbeat,
  row: HeartbeatRow,
  at: Instant,
): Promise<boolean> {
  try {
    return await judge(parts, heartbeat, row, at);
  } catch (error) {
    if (error instanceof Fault) throw error;
    parts.ports.log("error", "heartbeat.not-judged", { heartbeat: heartbeat.id, error: String(error) });
    await parts.ports.store.updateHeartbeat({ ...row, dueAt: at + DOWN_MS });
    return false;
  }
}

/** True where something was told. */
async function judge(
  { ports, knowledge, intake, deaf }: HeartbeatsParts,
  heartbeat: Heartbeat,
  row: HeartbeatRow,
  at: Instant,
): Promise<boolean> {
  const { store, settings } = ports;
  const verdict = judgeHeartbeat(heartbeat, row.state, { at, deaf: deaf.all });
  const policy = await knowledge.currentPolicy(store);
  const grade = verdict.is === "down" ? gradeFor(heartbeat, verdict, policy) : undefined;
  const word = await wordFor();
  const state = stateAfter();
  const dueAt = nextLook(state, verdict, at);
  // Overtaken by a ping: it is due again, and judged with it.
  if (!(await store.updateHeartbeat({ ...row, state, dueAt }))) return false;
  settings.failpoint("heartbeat-judged");
  if (word === undefined) return false;
  await say(ports, intake, word, at);
  return true;

  async function wordFor(): Promise<HeartbeatWord | undefined> {
    const { told } = row.state;
    const { zone, publicUrl } = settings;
    const facts = { policy, zone, publicUrl };
    if (verdict.is === "down") {
      const isNews = told?.action !== "fire" || told.grade !== grade;
      return isNews || (await isForgotten(told.at, verdict.latest))
        ? downWord(heartbeat, row.state, verdict, facts)
        : undefined;
    }
    if (told === undefined || (told.action === "resolve" && !(await isOpen()))) return undefined;
    return overWord(heartbeat.id, verdict.is !== "paused", at, policy);
  }

  function stateAfter(): HeartbeatState {
    const { told: before, ...rest } = row.state;
    if (word === undefined) return verdict.is === "down" && before !== undefined ? { ...rest, told: before } : rest;
    if (word.action === "resolve") return { ...rest, told: { action: "resolve", at } };
    return { ...rest, told: { action: "fire", at, ...(grade === undefined ? {} : { grade }) } };
  }

  async function isOpen(): Promise<boolean> {
    const [alert] = await store.alertsById([alertOf()]);
    return alert !== undefined && alert.status !== "resolved";
  }

  /**
   * What was told some time ago became no alert, or its incident was ended by a person and it was missed or failed again
   * since. Before that the person is taken at their word.
   */
  async function isForgotten(toldAt: Instant, latest: Instant): Promise<boolean> {
    if (at - toldAt < VERIFY_MS) return false;
    const [alert] = await store.alertsById([alertOf()]);
    if (alert === undefined || alert.status === "resolved") return true;
    if (alert.incident === undefined) return false;
    const incident = await store.incident(alert.incident);
    return incident?.resolvedAt !== undefined && latest > incident.resolvedAt;
  }

  function alertOf(): ReturnType<Intake["idOf"]> {
    return intake.idOf({ integration: HEARTBEAT_SOURCE, key: heartbeat.id });
  }
}

function nextLook({ told }: HeartbeatState, verdict: HeartbeatVerdict, at: Instant): Instant | null {
  const verify = told !== undefined && at - told.at < VERIFY_MS ? told.at + VERIFY_MS : undefined;
  if (verdict.is === "down") return verify ?? at + DOWN_MS;
  const { next } = verdict;
  return verify === undefined ? (next ?? null) : Math.min(verify, next ?? verify);
}

/** Through the inbox like any sender's word, so that it is durable before it is acted on. */
async function say(ports: Ports, intake: Intake, word: HeartbeatWord, at: Instant): Promise<void> {
  const { signals } = heartbeatSource.read(word, { at, integration: HEARTBEAT_SOURCE });
  const body = JSON.stringify(word);
  await intake.accept({ source: HEARTBEAT_SOURCE, integration: HEARTBEAT_SOURCE, body, signals, at });
  ports.log("info", "heartbeat.told", { heartbeat: word.heartbeat, action: word.action });
}
