import type { Agent, AgentFacts } from "../../monitor/agent.ts";
import { fromJson, type Row, type Sql } from "../sql.ts";
import type { Queries } from "../store.ts";

type AgentQueries = Pick<Queries, "agents" | "heardAgent" | "markSilent" | "removeAgent" | "claimLease" | "endLease">;

export function agentQueries(sql: Sql): AgentQueries {
  return {
    agents: async () => (await sql.all("select * from agent order by host")).map(agentOf),
    async heardAgent({ host, lastAt, facts }) {
      const data = JSON.stringify(facts);
      // Whether it was told to be silent is not the speaker's to say, and a late word does not undo a newer one.
      const known = await sql.run("update agent set last_at = ?, data = ? where host = ? and last_at <= ?", [
        lastAt,
        data,
        host,
        lastAt,
      ]);
      if (known === 0)
        await sql.insert("ignore", "agent", ["host", "last_at", "data", "silent_since"], [[host, lastAt, data, null]]);
    },
    async markSilent(host, since) {
      await sql.run("update agent set silent_since = ? where host = ?", [since ?? null, host]);
    },
    removeAgent: async (host) => (await sql.run("delete from agent where host = ?", [host])) === 1,
    async claimLease(name, owner, at, until) {
      await sql.insert("ignore", "lease", ["name", "owner", "until_at", "epoch"], [[name, "", 0, 0]]);
      const [row] = await sql.all("select owner, until_at, epoch from lease where name = ?", [name]);
      if (row === undefined || (row.owner !== owner && Number(row.until_at) > at)) return false;
      return (
        (await sql.run("update lease set owner = ?, until_at = ?, epoch = epoch + 1 where name = ? and epoch = ?", [
          owner,
          until,
          name,
          row.epoch ?? 0,
        ])) === 1
      );
    },
    async endLease(name, owner) {
      await sql.run("update lease set until_at = 0 where name = ? and owner = ?", [name, owner]);
    },
  };
}

function agentOf(row: Row): Agent {
  return {
    host: String(row.host),
    lastAt: Number(row.last_at),
    facts: fromJson<AgentFacts>(row.data),
    ...(row.silent_since === null ? {} : { silentSince: Number(row.silent_since) }),
  };
}
