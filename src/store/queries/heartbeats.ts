import type { HeartbeatId } from "../../heartbeat/heartbeat.ts";
import type { HeartbeatPing, HeartbeatState } from "../../heartbeat/heartbeat-state.ts";
import type { Mark } from "../../monitor/mark.ts";
import { fromJson, type Row, type Sql } from "../sql.ts";
import type { HeartbeatRow, Queries } from "../store.ts";

type HeartbeatQueries = Pick<
  Queries,
  | "heartbeatRows"
  | "heartbeatRow"
  | "heartbeatByAddress"
  | "dueHeartbeats"
  | "nextHeartbeatDue"
  | "addHeartbeat"
  | "updateHeartbeat"
  | "removeHeartbeat"
  | "addHeartbeatPing"
  | "heartbeatPings"
  | "heartbeatPing"
  | "lastHeartbeatPings"
  | "addMark"
  | "mark"
  | "marksBetween"
  | "pruneMarks"
>;

/** Of each heartbeat: a day of one that comes every quarter of an hour. */
const PINGS_KEPT = 100;
/** So many keep all that was sent with them, which can be 100 kB each; of the others so many characters. */
const WHOLE_KEPT = 20;
const CUT_LENGTH = 1_000;

export function heartbeatQueries(sql: Sql): HeartbeatQueries {
  return {
    heartbeatRows: async () => (await sql.all("select * from heartbeat order by id")).map(rowOf),
    async heartbeatRow(id) {
      const [row] = await sql.all("select * from heartbeat where id = ?", [id]);
      return row === undefined ? undefined : rowOf(row);
    },
    async heartbeatByAddress(hash) {
      const [row] = await sql.all("select * from heartbeat where ping_hash = ?", [hash]);
      return row === undefined ? undefined : rowOf(row);
    },
    dueHeartbeats: async (at, limit) =>
      (await sql.all("select * from heartbeat where due_at <= ? order by due_at, id limit ?", [at, limit])).map(rowOf),
    async nextHeartbeatDue() {
      const [row] = await sql.all("select min(due_at) as due from heartbeat");
      return row?.due === null || row === undefined ? undefined : Number(row.due);
    },
    addHeartbeat: ({ state: { id, ...data }, addressHash, dueAt }) =>
      sql.insert(
        "ignore",
        "heartbeat",
        ["id", "ping_hash", "due_at", "revision", "data"],
        [[id, addressHash, dueAt, 1, JSON.stringify(data)]],
      ),
    async updateHeartbeat({ state: { id, ...data }, addressHash, dueAt, revision }) {
      const text =
        "update heartbeat set ping_hash = ?, due_at = ?, revision = revision + 1, data = ? where id = ? and revision = ?";
      return (await sql.run(text, [addressHash, dueAt, JSON.stringify(data), id, revision])) === 1;
    },
    async removeHeartbeat(id) {
      await sql.run("delete from heartbeat where id = ?", [id]);
      await sql.run("delete from heartbeat_ping where heartbeat = ?", [id]);
    },
    async addHeartbeatPing(id, { excerpt, ...ping }) {
      await sql.insert(
        "plain",
        "heartbeat_ping",
        ["heartbeat", "at", "data", "excerpt"],
        [[id, ping.at, JSON.stringify(ping), excerpt ?? null]],
      );
      const text = "select position from heartbeat_ping where heartbeat = ? order by position desc limit 1 offset ?";
      const [old] = await sql.all(text, [id, PINGS_KEPT]);
      if (old !== undefined)
        await sql.run("delete from heartbeat_ping where heartbeat = ? and position <= ?", [id, Number(old.position)]);
      if ((excerpt?.length ?? 0) <= CUT_LENGTH) return;
      const [whole] = await sql.all(text, [id, WHOLE_KEPT]);
      if (whole === undefined) return;
      const cut = `update heartbeat_ping set excerpt = substr(excerpt, 1, ${CUT_LENGTH}) where heartbeat = ? and position <= ? and length(excerpt) > ${CUT_LENGTH}`;
      await sql.run(cut, [id, Number(whole.position)]);
    },
    async heartbeatPings(id, limit) {
      const text = "select * from heartbeat_ping where heartbeat = ? order by position desc limit ?";
      return (await sql.all(text, [id, limit])).map(pingOf);
    },
    async heartbeatPing(id, position) {
      const text = "select * from heartbeat_ping where heartbeat = ? and position = ?";
      const [row] = await sql.all(text, [id, position]);
      return row === undefined ? undefined : pingOf(row);
    },
    async lastHeartbeatPings(each) {
      const ranked =
        "select heartbeat, data, position, row_number() over (partition by heartbeat order by position desc) as nth from heartbeat_ping";
      const text = `select heartbeat, data from (${ranked}) as ranked where nth <= ? order by heartbeat, position desc`;
      const pings = new Map<HeartbeatId, HeartbeatPing[]>();
      for (const { heartbeat, data } of await sql.all(text, [each])) {
        const id = heartbeat as HeartbeatId;
        const known = pings.get(id);
        if (known === undefined) pings.set(id, [fromJson(data)]);
        else known.push(fromJson(data));
      }
      return pings;
    },
    async addMark({ id, at, ...data }) {
      if ((await sql.all("select id from mark where id = ?", [id])).length > 0) return false;
      await sql.insert("ignore", "mark", ["id", "at", "data"], [[id, at, JSON.stringify(data)]]);
      return true;
    },
    async mark(id) {
      const [row] = await sql.all("select * from mark where id = ?", [id]);
      return row === undefined ? undefined : markOf(row);
    },
    async marksBetween(from, to, limit) {
      const text = "select * from mark where at >= ? and at < ? order by at desc, id limit ?";
      return (await sql.all(text, [from, to, limit])).map(markOf);
    },
    pruneMarks: (before) => sql.run("delete from mark where at < ?", [before]),
  };
}

function markOf({ id, at, data }: Row): Mark {
  return { ...fromJson<Mark>(data), id: id as Mark["id"], at: Number(at) };
}

function pingOf({ position, data, excerpt }: Row): HeartbeatPing {
  return {
    ...fromJson<HeartbeatPing>(data),
    position: Number(position),
    ...(excerpt === null || excerpt === undefined ? {} : { excerpt: String(excerpt) }),
  };
}

function rowOf({ id, ping_hash, due_at, revision, data }: Row): HeartbeatRow {
  return {
    state: { ...fromJson<HeartbeatState>(data), id: id as HeartbeatId },
    addressHash: String(ping_hash),
    dueAt: due_at === null || due_at === undefined ? null : Number(due_at),
    revision: Number(revision),
  };
}
