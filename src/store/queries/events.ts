import type { Recorded } from "../../incident/event.ts";
import type { IncidentId } from "../../incident/incident.ts";
import { fromJson, type Row, type Sql } from "../sql.ts";
import type { Queries } from "../store.ts";

type EventQueries = Pick<Queries, "appendEvents" | "eventsOf" | "lastEvent" | "eventsAfter" | "lastPosition">;

export function eventQueries(sql: Sql): EventQueries {
  return {
    appendEvents: (incident, events) =>
      sql.insert(
        "plain",
        "event",
        ["incident", "seq", "at", "by_whom", "data", "hash"],
        events.map(({ seq, at, by, event, hash }) => [
          incident,
          seq,
          at,
          JSON.stringify(by),
          JSON.stringify(event),
          hash,
        ]),
      ),
    async eventsOf(incident, afterSeq, limit) {
      const text = "select * from event where incident = ? and seq > ? order by seq limit ?";
      return (await sql.all(text, [incident, afterSeq, limit])).map(recordedOf);
    },
    async lastEvent(incident) {
      const [row] = await sql.all("select * from event where incident = ? order by seq desc limit 1", [incident]);
      return row === undefined ? undefined : recordedOf(row);
    },
    async eventsAfter(position, limit) {
      const rows = await sql.all("select * from event where position > ? order by position limit ?", [position, limit]);
      return rows.map((row) => ({
        ...recordedOf(row),
        position: Number(row.position),
        incident: row.incident as IncidentId,
      }));
    },
    async lastPosition() {
      const [row] = await sql.all("select max(position) as last from event");
      return Number(row?.last ?? 0);
    },
  };
}

function recordedOf(row: Row): Recorded {
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    by: fromJson(row.by_whom),
    event: fromJson(row.data),
    hash: String(row.hash),
  };
}
