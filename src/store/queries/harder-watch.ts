import type { IncidentId } from "../../incident/incident.ts";
import { fromJson, type Row, type Sql } from "../sql.ts";
import type { HarderWatch, Queries } from "../store.ts";

type HarderWatchQueries = Pick<Queries, "harderWatches" | "putHarderWatch" | "removeHarderWatch">;

export function harderWatchQueries(sql: Sql): HarderWatchQueries {
  return {
    harderWatches: async () => (await sql.all("select * from harder_watch order by until_at, id")).map(watchOf),
    putHarderWatch: ({ incident, until, keys }) =>
      sql.insert(
        "replace",
        "harder_watch",
        ["id", "incident", "until_at", "data"],
        [[incident, incident, until, JSON.stringify({ keys })]],
      ),
    async removeHarderWatch(incident) {
      await sql.run("delete from harder_watch where incident = ?", [incident]);
    },
  };
}

function watchOf(row: Row): HarderWatch {
  const { keys } = fromJson<Pick<HarderWatch, "keys">>(row.data);
  return { incident: row.incident as IncidentId, until: Number(row.until_at), keys };
}
