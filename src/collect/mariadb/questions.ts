import { STATUS_NAMES, VARIABLE_NAMES } from "./read-status.ts";

/** What is asked; beside it what it is for, and the right that it needs. */
export type Question = { readonly text: string; readonly metric: string; readonly grant: string };

const PROCESS = "PROCESS ON *.*";

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");

export const STATUS = `show global status where variable_name in (${quoted(STATUS_NAMES)})`;
export const VARIABLES = `show global variables where variable_name in (${quoted(VARIABLE_NAMES)})`;

export const replication = (isMariadb: boolean): Question => ({
  text: isMariadb ? "show all slaves status" : "show replica status",
  metric: "database_replication_running",
  grant: `${isMariadb ? "SLAVE MONITOR" : "REPLICATION CLIENT"} ON *.*`,
});

/** What clients run; what replicates, dumps the log or waits for work is none of it. Without the right it shows us alone. */
export const processes = (isMariadb: boolean): Question => ({
  metric: "database_longest_query_seconds",
  grant: PROCESS,
  text: `
select
  coalesce(max(case when command in ('Query', 'Execute') and user not in ('system user', 'event_scheduler')
    then ${isMariadb ? "time_ms / 1000" : "time"} end), 0) as longest,
  coalesce(sum(command in ('Query', 'Execute') and state like 'Waiting for%lock%'), 0) as waiting
from information_schema.processlist
where id <> connection_id()`,
});

export const TRANSACTIONS: Question = {
  text: `
select coalesce(sum(trx_state = 'LOCK WAIT'), 0) as waits,
  coalesce(max(timestampdiff(second, trx_started, now())), 0) as oldest
from information_schema.innodb_trx`,
  metric: "database_lock_waits",
  grant: PROCESS,
};

/** Of MySQL, which has no status for it. */
export const DEADLOCKS: Question = {
  text: "select count as deadlocks from information_schema.innodb_metrics where name = 'lock_deadlocks'",
  metric: "database_deadlocks_per_second",
  grant: PROCESS,
};

/** Picoseconds outgrow a double's whole numbers in hours. Asking for the state of the server is left out. */
export const STATEMENTS: Question = {
  metric: "database_query_seconds",
  grant: "SELECT ON performance_schema.events_statements_summary_global_by_event_name",
  text: `
select coalesce(sum(count_star), 0) as statements, coalesce(sum(sum_timer_wait), 0) / 1e12 as seconds
from performance_schema.events_statements_summary_global_by_event_name
where event_name like 'statement/sql/%'
  and event_name not like 'statement/sql/show%' and event_name <> 'statement/sql/set_option'`,
};

export const DISKS: Question = {
  text: "select path as Path, used as Used, available as Available from information_schema.disks",
  metric: "database_disk_used_ratio",
  grant: "FILE ON *.*",
};

/** The files as they are on the disk; sees every table without a right to any. */
export const size = (isMariadb: boolean): Question => ({
  text: `select sum(file_size) as bytes from information_schema.${isMariadb ? "innodb_sys_tablespaces" : "innodb_tablespaces"}`,
  metric: "database_size_bytes",
  grant: PROCESS,
});
