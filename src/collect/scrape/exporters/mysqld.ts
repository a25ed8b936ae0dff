import type { Measured } from "../../collector.ts";
import { type Exporter, ratio, sum, Told } from "../exporter.ts";
import type { RawSample } from "../parse-exposition.ts";
import type { Reading } from "../reading.ts";

/** Prometheus' mysqld_exporter. */
export const mysqldExporter: Exporter = {
  name: "mysqld",
  recognizes: (reading) => reading.has("mysql_up"),
  translate({ reading, target }) {
    const told = new Told();
    const status = (name: string): number | undefined => reading.value(`mysql_global_status_${name}`);
    const variable = (name: string): number | undefined => reading.value(`mysql_global_variables_${name}`);
    const rate = (name: string): number | undefined => reading.rate(`mysql_global_status_${name}`);
    const tell = (metric: string, value: number | undefined): void =>
      told.tell(`database_${metric}`, { target }, value);
    tell("up", reading.value("mysql_up"));
    tell("uptime_seconds", status("uptime"));
    tell("read_only", variable("read_only"));
    tell("queries_per_second", rate("questions"));
    tell("slow_queries_per_second", rate("slow_queries"));
    tell("deadlocks_per_second", rate("innodb_deadlocks"));
    tell("lock_waits", status("innodb_row_lock_current_waits"));
    tell("connections", status("threads_connected"));
    tell("connections_used_ratio", ratio(status("threads_connected"), variable("max_connections")));
    tell("connections_refused_per_second", rate("aborted_connects"));
    tell("query_seconds", meanQuery(reading));
    tell("size_bytes", sum(reading.all("mysql_info_schema_table_size").map(({ value }) => value)));
    tellGalera(reading, tell);
    return [...told.samples, ...replication(reading, target)];
  },
};

function meanQuery(reading: Reading): number | undefined {
  return ratio(
    reading.growth("mysql_perf_schema_events_statements_seconds_total"),
    reading.growth("mysql_perf_schema_events_statements_total"),
  );
}

/** A server without a cluster has size 0, or none of it. */
function tellGalera(reading: Reading, tell: (metric: string, value: number | undefined) => void): void {
  const size = reading.value("mysql_global_status_wsrep_cluster_size");
  if (size === undefined || size === 0) return;
  const state = reading.value("mysql_global_status_wsrep_local_state");
  tell("galera_cluster_size", size);
  tell("galera_ready", reading.value("mysql_global_status_wsrep_ready"));
  tell("galera_primary", reading.value("mysql_global_status_wsrep_cluster_status"));
  tell("galera_synced", state === undefined ? undefined : Number(state === 4));
}

function replication(reading: Reading, target: string): readonly Measured[] {
  const told = new Told();
  const channelOf = ({ labels }: RawSample): string => labels.channel_name ?? labels.connection_name ?? "";
  const of = (name: string): readonly RawSample[] => [
    ...reading.all(`mysql_slave_status_${name}`),
    ...reading.all(`mysql_slave_status_${name.replace("slave", "replica").replace("master", "source")}`),
  ];
  for (const io of of("slave_io_running")) {
    const channel = channelOf(io);
    const labels = channel === "" ? { target } : { target, channel };
    const sql = of("slave_sql_running").find((one) => channelOf(one) === channel);
    told.tell("database_replication_running", labels, sql === undefined ? undefined : Math.min(io.value, sql.value));
    const lag = of("seconds_behind_master").find((one) => channelOf(one) === channel);
    told.tell("database_replication_lag_seconds", labels, lag?.value);
  }
  return told.samples;
}
