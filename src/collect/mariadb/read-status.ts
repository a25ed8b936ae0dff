import type { CollectReason } from "../../monitor/collect-reason.ts";
import { counterRate } from "../counter-rate.ts";
import type { Row } from "./connection.ts";

/** Names in lower case to values, of SHOW GLOBAL STATUS or VARIABLES. */
export type Named = ReadonlyMap<string, string>;

export const STATUS_NAMES = [
  "Uptime",
  "Questions",
  "Slow_queries",
  "Threads_connected",
  "Aborted_connects",
  "Innodb_deadlocks",
  "wsrep_ready",
  "wsrep_cluster_size",
  "wsrep_cluster_status",
  "wsrep_local_state",
  "wsrep_local_state_comment",
] as const;

export const VARIABLE_NAMES = [
  "version",
  "max_connections",
  "read_only",
  "super_read_only",
  "datadir",
  "performance_schema",
  "wsrep_on",
] as const;

export type Reading = { readonly metric: string; readonly value: number; readonly channel?: string };

export function readNamed(rows: readonly Row[]): Named {
  return new Map(rows.map((row) => [textOf(row.Variable_name).toLowerCase(), textOf(row.Value)]));
}

/** A value of a row as text; numbers come as such or as text. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function numberNamed(named: Named, name: string): number | undefined {
  const text = named.get(name.toLowerCase());
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Before: the status as it was `seconds` ago. Rates are absent the first time, and after the server began anew. */
export function readStatus(
  status: Named,
  variables: Named,
  before: { readonly status: Named; readonly seconds: number } | undefined,
): readonly Reading[] {
  const now = (name: string): number | undefined => numberNamed(status, name);
  const uptime = now("Uptime");
  const seconds = before !== undefined && !isAnew(uptime, before) ? before.seconds : undefined;
  const rate = (name: string): number | undefined =>
    counterRate(now(name), before === undefined ? undefined : numberNamed(before.status, name), seconds);
  const connected = now("Threads_connected");
  const limit = numberNamed(variables, "max_connections");
  return present({
    database_uptime_seconds: uptime,
    database_read_only: readOnly(variables),
    database_queries_per_second: rate("Questions"),
    database_slow_queries_per_second: rate("Slow_queries"),
    database_deadlocks_per_second: rate("Innodb_deadlocks"),
    database_connections: connected,
    database_connections_used_ratio:
      connected === undefined || limit === undefined || limit <= 0 ? undefined : connected / limit,
    // Counts every connection that came to nothing: no room, no right, no handshake.
    database_connections_refused_per_second: rate("Aborted_connects"),
    ...readGalera(status, variables),
  });
}

/** A node that was set up as one of a cluster; what is no such node has none of these. */
function readGalera(status: Named, variables: Named): Record<string, number | undefined> {
  const ready = status.get("wsrep_ready");
  if (ready === undefined || !isOn(variables.get("wsrep_on") ?? "ON")) return {};
  return {
    database_galera_ready: isOn(ready) ? 1 : 0,
    database_galera_primary: status.get("wsrep_cluster_status") === "Primary" ? 1 : 0,
    database_galera_synced: status.get("wsrep_local_state") === GALERA_SYNCED ? 1 : 0,
    database_galera_cluster_size: numberNamed(status, "wsrep_cluster_size"),
  };
}

/** Why a node of a cluster is not one that takes work; undefined: it is, or it is in no cluster. */
export function galeraProblem(status: Named, variables: Named): CollectReason | undefined {
  const { database_galera_ready: ready, database_galera_primary: primary } = readGalera(status, variables);
  if (ready === undefined || (ready === 1 && primary === 1)) return undefined;
  return {
    code: "galera-not-ready",
    status: status.get("wsrep_cluster_status") ?? "?",
    state: status.get("wsrep_local_state_comment") ?? "?",
  };
}

const GALERA_SYNCED = "4";

function isAnew(uptime: number | undefined, before: { readonly status: Named; readonly seconds: number }): boolean {
  const earlier = numberNamed(before.status, "Uptime");
  return uptime !== undefined && earlier !== undefined && uptime < earlier;
}

/** MySQL's super_read_only means that nobody at all may write; newer MariaDB has more words than ON and OFF. */
function readOnly(variables: Named): number | undefined {
  const value = variables.get("read_only");
  if (value === undefined) return undefined;
  return isOn(value) || isOn(variables.get("super_read_only") ?? "OFF") ? 1 : 0;
}

function isOn(value: string): boolean {
  return !["OFF", "0", ""].includes(value.toUpperCase());
}

function present(values: Readonly<Record<string, number | undefined>>): readonly Reading[] {
  return Object.entries(values).flatMap(([metric, value]) => (value === undefined ? [] : [{ metric, value }]));
}
