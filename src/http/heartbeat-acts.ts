import type { FastifyRequest } from "fastify";
import { changeRoster, type RosterWish } from "../engine/change-roster.ts";
import { Fault } from "../fault/fault.ts";
import { type Heartbeat, type HeartbeatId, slugOf } from "../heartbeat/heartbeat.ts";
import { newState, paused, resumed } from "../heartbeat/heartbeat-state.ts";
import { asId } from "../id/id.ts";
import type { Locale } from "../locale/said.ts";
import type { HeartbeatRow, Queries } from "../store/store.ts";
import { callerName, type HttpFacts, localeFor } from "./access.ts";
import { demandSeen } from "./routes/roster.ts";
import { sha256 } from "./tokens.ts";

const HEARTBEATS_MAX = 10_000;
const TRIES_MAX = 5;

/** Who does it, for the audit log, and in which language they are told what is wrong. */
export type Who = { readonly by: string; readonly locale: Locale };

/** What is done to heartbeats, whichever way it was asked for: each leaves an audit row, and what is refused is a Fault. */
export type HeartbeatActs = {
  /** With the secret of its address, where it has one of its own. `most`: of so many in all. */
  make(
    heartbeat: Heartbeat,
    who: Who,
    more: { readonly secret?: string | undefined; readonly most?: number; readonly isPaused?: boolean },
  ): Promise<void>;
  /** `seen`: the revision that the change was made of. */
  change(heartbeat: Heartbeat, who: Who, seen: unknown): Promise<void>;
  remove(id: string, who: Who): Promise<void>;
  pause(id: string, who: Who): Promise<void>;
  resume(id: string, who: Who): Promise<void>;
  /** From now on it is pinged by this secret, and not by the one before. */
  address(id: string, who: Who, secret: string): Promise<void>;
};

export function whoOf(request: FastifyRequest): Who {
  return { by: callerName(request), locale: localeFor(request) };
}

export function heartbeatActs({ engine }: HttpFacts): HeartbeatActs {
  const { store, clock } = engine.ports;

  return {
    async make(given, who, { secret, most = HEARTBEATS_MAX, isPaused = false }) {
      const heartbeat = await withGrade(given);
      const { id } = heartbeat;
      await changeRoster(engine, {
        edit: (all) => {
          const others = all.filter(({ kind }) => kind === "heartbeat");
          const same = others.find((one) => slugOf(one.id) === slugOf(id));
          if (same !== undefined)
            throw new Fault("conflict", { because: "already-there", kind: "heartbeat", id: same.id });
          if (others.length >= most) throw new Fault("conflict", { because: "too-many", most });
          return { put: [{ kind: "heartbeat", id, data: heartbeat }], remove: [] };
        },
        // One that was removed a moment ago, and whose row the duty has not taken away yet, is begun anew.
        together: async (queries, at) => {
          const addressHash = secret === undefined ? "" : await hashOfFree(queries, secret, id);
          const begun = newState(heartbeat, at);
          await queries.removeHeartbeat(id);
          const state = isPaused ? paused(begun, at, who.by) : begun;
          await queries.addHeartbeat({ state, addressHash, dueAt: null });
        },
        ...wishOf(who, "heartbeat.created", heartbeat),
      });
    },

    async change(given, who, seen) {
      const heartbeat = await withGrade(given);
      const { id } = heartbeat;
      await changeRoster(engine, {
        edit: (all) => {
          demandSeen(all, "heartbeat", id, seen);
          return { put: [{ kind: "heartbeat", id, data: heartbeat }], remove: [] };
        },
        ...wishOf(who, "heartbeat.changed", heartbeat),
      });
      engine.duties.nudge("heartbeats");
    },

    async remove(id, who) {
      await changeRoster(engine, {
        edit: (all) => {
          const item = all.find((one) => one.kind === "heartbeat" && one.id === id);
          demandSeen(all, "heartbeat", id, item?.revision);
          return { put: [], remove: [{ kind: "heartbeat", id }] };
        },
        // The duty ends what it told and takes the row away; its address is dead at once.
        together: async (queries) => {
          const row = await queries.heartbeatRow(asId(id));
          if (row !== undefined) await queries.updateHeartbeat({ ...row, addressHash: "" });
        },
        ...wishOf(who, "heartbeat.removed", { id: asId(id) }),
      });
      engine.duties.nudge("heartbeats");
    },

    pause: (id, who) =>
      changeRow(id, who, "heartbeat.paused", (row, at) => ({
        ...row,
        state: paused(row.state, at, who.by),
        dueAt: at,
      })),

    resume: (id, who) =>
      changeRow(id, who, "heartbeat.resumed", (row, at) =>
        row.state.pausedAt === undefined ? row : { ...row, state: resumed(row.state, at), dueAt: at },
      ),

    address: (id, who, secret) =>
      changeRow(id, who, "heartbeat.addressed", async (row, _, queries) => ({
        ...row,
        addressHash: await hashOfFree(queries, secret, row.state.id),
      })),
  };

  /** A grade that the policy does not have would be taken for another one when it matters. */
  async function withGrade(heartbeat: Heartbeat): Promise<Heartbeat> {
    const { grade } = heartbeat;
    if (grade === undefined) return heartbeat;
    const { grades } = await engine.knowledge.currentPolicy(store);
    const known = grades.find(({ name }) => name.toLowerCase() === grade.toLowerCase());
    if (known === undefined)
      throw new Fault("bad-request", { field: "grade", expected: grades.map(({ name }) => name) });
    return { ...heartbeat, grade: known.name };
  }

  async function changeRow(
    id: string,
    { by }: Who,
    action: string,
    change: (row: HeartbeatRow, at: number, queries: Queries) => HeartbeatRow | Promise<HeartbeatRow>,
  ): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const done = await store.transaction(async (queries) => {
        const at = clock.now();
        const row = await rowFor(queries, id, at);
        if (!(await queries.updateHeartbeat(await change(row, at, queries)))) return false;
        await queries.appendAudit([{ at, by, action, facts: { id } }]);
        return true;
      });
      if (done) break;
      if (attempt === TRIES_MAX) throw new Fault("changed-meanwhile", { heartbeat: id });
    }
    engine.duties.nudge("heartbeats");
  }

  async function rowFor(queries: Queries, id: string, at: number): Promise<HeartbeatRow> {
    const { heartbeats } = await engine.knowledge.roster(queries);
    const heartbeat = heartbeats.find((one) => one.id === id);
    if (heartbeat === undefined) throw new Fault("not-found", { heartbeat: id });
    await queries.addHeartbeat({ state: newState(heartbeat, at), addressHash: "", dueAt: null });
    const row = await queries.heartbeatRow(heartbeat.id);
    if (row === undefined) throw new Fault("not-found", { heartbeat: id });
    return row;
  }
}

/** One address is one heartbeat: two that had the same would hide each other's silence. */
async function hashOfFree(queries: Queries, secret: string, id: HeartbeatId): Promise<string> {
  const hash = sha256(secret);
  const other = await queries.heartbeatByAddress(hash);
  if (other !== undefined && other.state.id !== id)
    throw new Fault("conflict", { because: "address-in-use", kind: "heartbeat", id: other.state.id });
  return hash;
}

/** Whom pages reach does not depend on what is watched: there is nothing to confirm. */
function wishOf(
  { by, locale }: Who,
  action: string,
  what: Partial<Heartbeat>,
): Pick<RosterWish, "by" | "locale" | "confirmed" | "action" | "facts"> {
  return { by, locale, confirmed: true, action, facts: { ...what } };
}
