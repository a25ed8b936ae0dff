import type { Row } from "./connection.ts";
import { type Reading, textOf } from "./read-status.ts";

/** SHOW ALL SLAVES STATUS of MariaDB, SHOW REPLICA STATUS of MySQL 8: a row a channel. */
export function readReplication(rows: readonly Row[], isReplica: boolean): readonly Reading[] {
  if (rows.length === 0) return isReplica ? [{ metric: "database_replication_running", value: 0 }] : [];
  return rows.flatMap((row) => {
    const { channel, isRunning } = channelOf(row);
    const named = channel === "" ? {} : { channel };
    const lag = numeric(row.Seconds_Behind_Source ?? row.Seconds_Behind_Master);
    const running: Reading = { metric: "database_replication_running", value: isRunning ? 1 : 0, ...named };
    // Null while it does not run: how far it is behind is then not known.
    return lag === undefined
      ? [running]
      : [running, { metric: "database_replication_lag_seconds", value: lag, ...named }];
  });
}

/** Why a channel does not run, as the server says it; undefined: all run. */
export function replicationProblem(rows: readonly Row[], isReplica: boolean): string | undefined {
  if (rows.length === 0) return isReplica ? "no replication is set up" : undefined;
  const stopped = rows.map(channelOf).filter(({ isRunning }) => !isRunning);
  if (stopped.length === 0) return undefined;
  return stopped
    .map(({ channel, io, sql, error }) => {
      const name = channel === "" ? "replication" : `replication ${channel}`;
      return `${name} does not run (IO ${io}, SQL ${sql}${error === "" ? "" : `: ${error}`})`;
    })
    .join("; ");
}

function channelOf(row: Row): { channel: string; isRunning: boolean; io: string; sql: string; error: string } {
  const io = textOf(row.Replica_IO_Running ?? row.Slave_IO_Running);
  const sql = textOf(row.Replica_SQL_Running ?? row.Slave_SQL_Running);
  const error = [row.Last_IO_Error, row.Last_SQL_Error].map(textOf).filter((one) => one !== "");
  return {
    channel: textOf(row.Channel_Name ?? row.Connection_name),
    isRunning: io === "Yes" && sql === "Yes",
    io,
    sql,
    error: error.join("; ").slice(0, ERROR_LENGTH_MAX),
  };
}

const ERROR_LENGTH_MAX = 200;

function numeric(value: unknown): number | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
