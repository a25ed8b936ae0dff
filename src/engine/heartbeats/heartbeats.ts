import type { Heartbeat, HeartbeatId } from "../../heartbeat/heartbeat.ts";
import { type HeartbeatPing, heard, newState, tookOf, underPlan } from "../../heartbeat/heartbeat-state.ts";
import { judgeHeartbeat } from "../../heartbeat/judge-heartbeat.ts";
import type { HeartbeatRow, Queries } from "../../store/store.ts";
import { type Instant, SECOND_MS } from "../../time/instant.ts";
import { Overtaken, untilNotOvertaken } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";
import { DeafSpells } from "./deaf-spells.ts";

/** By whose address it came: the hash of the secret in it, or the name by which a sender with a ping key calls it. */
export type PingTarget = { readonly addressHash: string } | { readonly id: HeartbeatId };

export type Heartbeats = {
  /** Makes a ping durable; only then may its sender be answered. False: there is no such heartbeat. */
  hear(target: PingTarget, ping: HeartbeatPing): Promise<boolean>;
  /** A ping could not be made durable: nobody is blamed for it. */
  readonly deaf: DeafSpells;
};

/** What the duty looks at by itself within so long needs no nudge. */
const SOON_MS = 10 * SECOND_MS;

export function createHeartbeats(ports: Ports, knowledge: Knowledge, nudge: () => void): Heartbeats {
  const deaf = new DeafSpells(ports);
  return {
    deaf,
    async hear(target, ping) {
      const { at } = ping;
      const due = await untilNotOvertaken(ports, async (queries) => {
        const found = await find(queries, knowledge, target, at);
        if (found === undefined) return undefined;
        const { heartbeat, row } = found;
        const before = underPlan(row.state, heartbeat, at);
        const took = tookOf(before, ping);
        const state = heard(before, ping, heartbeat.grace);
        const verdict = judgeHeartbeat(heartbeat, state, { at, deaf: deaf.all });
        const dueAt = verdict.is === "down" || state.told !== undefined ? at : (verdict.next ?? null);
        if (!(await queries.updateHeartbeat({ ...row, state, dueAt }))) throw new Overtaken();
        await queries.addHeartbeatPing(heartbeat.id, took === undefined ? ping : { ...ping, took });
        return { at: dueAt };
      });
      ports.settings.failpoint("heartbeat-heard");
      if (due?.at !== undefined && due.at !== null && due.at <= at + SOON_MS) nudge();
      return due !== undefined;
    },
  };
}

async function find(
  queries: Queries,
  knowledge: Knowledge,
  target: PingTarget,
  at: Instant,
): Promise<{ readonly heartbeat: Heartbeat; readonly row: HeartbeatRow } | undefined> {
  const { heartbeats } = await knowledge.roster(queries);
  if ("addressHash" in target) {
    const row = await queries.heartbeatByAddress(target.addressHash);
    const heartbeat = heartbeats.find(({ id }) => id === row?.state.id);
    return row === undefined || heartbeat === undefined ? undefined : { heartbeat, row };
  }
  const heartbeat = heartbeats.find(({ id }) => id === target.id);
  if (heartbeat === undefined) return undefined;
  await queries.addHeartbeat({ state: newState(heartbeat, at), addressHash: "", dueAt: null });
  const row = await queries.heartbeatRow(heartbeat.id);
  return row === undefined ? undefined : { heartbeat, row };
}
