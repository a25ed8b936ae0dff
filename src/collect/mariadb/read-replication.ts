import type { CollectReason } from "../../monitor/collect-reason.ts";
import type { Row } from "./connection.ts";
import { type Reading, textOf } from "./read-status.ts";

/** SHOW ALL SLAVES STATUS of MariaDB, SHOW REPLICA STATUS of MySQL 8: a row a channel. */
export function readReplication(rows: readonly Row[], isReplica: boolean): readonly Reading[] {
  if (rows.length === 0) return isReplica ? [{ metric: "database_replication_running", value: 0 }] : [];
  return rows.flatMap((row) => {
    const { channel, isRunning } = channelOf(row);
    const named = channel === "" ? {} : { channel };
    const lag = lagOf(row);
    const running: Reading = { metric: "database_replication_running", value: isRunning ? 1 : 0, ...named };
    // Null while it does not run: how far it is behind is then not known.
    return lag === undefined
      ? [running]
      : [running, { metric: "database_replication_lag_seconds", value: lag, ...named }];
  });
}

/** Why channels do not run, as the server says it; nothing: all run. */
export function replicationProblems(rows: readonly Row[], isReplica: boolean): readonly CollectReason[] {
  if (rows.length === 0) return isReplica ? [{ code: "replication-missing" }] : [];
  return rows
    .map(channelOf)
    .filter(({ isRunning }) => !isRunning)
    .map(({ channel, io, sql, error }) => ({
      code: "replication-stopped",
      io,
      sql,
      ...(channel === "" ? {} : { of: channel }),
      ...(error === "" ? {} : { detail: error }),
    }));
}

/** A replica that is told to stay behind is late by what is more than that. */
function lagOf(row: Row): number | undefined {
  const behind = numeric(row.Seconds_Behind_Source ?? row.Seconds_Behind_Master);
  return behind === undefined ? undefined : Math.max(0, behind - (numeric(row.SQL_Delay) ?? 0));
}

function channelOf(row: Row): { channel: string; isRunning: boolean; io: string; sql: string; error: string } {
  const io = textOf(row.Replica_IO_Running ?? row.Slave_IO_Running);
  const sql = textOf(row.Replica_SQL_Running ?? row.Slave_SQL_Running);
  const error = [row.Last_IO_Error, row.Last_SQL_Error]
    .map(textOf)
    .map(withoutQuery)
    .filter((one) => one !== "");
  return {
    channel: textOf(row.Channel_Name ?? row.Connection_name),
    isRunning: io === "Yes" && sql === "Yes",
    io,
    sql,
    error: error.join("; ").slice(0, ERROR_LENGTH_MAX),
  };
}

const ERROR_LENGTH_MAX = 200;

/** What a statement says is nobody's business here: it may hold what customers, or passwords, are called. */
function withoutQuery(error: string): string {
  return error.replace(/ ?(?:Default database: '[^']*'\. )?Query: '.*$/su, "");
}

function numeric(value: unknown): number | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
