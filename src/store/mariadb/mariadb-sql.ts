import { createPool, type Pool, type PoolConnection, type ResultSetHeader } from "mysql2/promise";
import { Fault } from "../../fault/fault.ts";
import { marks, type Row, type Sql, type SqlRoot, type Value } from "../sql.ts";

const CONNECTIONS_MAX = 12;
/** A cluster that loses a node stalls every commit for six seconds; a timeout has to bear that. */
const CONNECT_TIMEOUT_MS = 10_000;
const RETRIES_MAX = 5;
const RETRY_DELAY_MS = 50;
/** Deadlock, lock wait timeout: nothing was done, the whole unit can be done again. */
const RETRIABLE = new Set([1213, 1205]);
/** Cluster without quorum, error during commit: what became of it is not known. */
const UNKNOWN = new Set([1047, 1180]);
const ROWS_PER_INSERT_MAX = 500;

/** MariaDB 10.11 or a Galera cluster of it. Every node of Bongsu may write. */
export async function mariadbSql(url: string): Promise<SqlRoot> {
  const pool = createPool({
    uri: url.replace(/^mariadb:/, "mysql:"),
    connectionLimit: CONNECTIONS_MAX,
    connectTimeout: CONNECT_TIMEOUT_MS,
    charset: "utf8mb4_bin",
    timezone: "Z",
    flags: ["FOUND_ROWS"],
    supportBigNumbers: true,
  });
  const root = await prepared(pool);
  return root;
}

async function prepared(pool: Pool): Promise<SqlRoot> {
  pool.pool.on("connection", (connection) => {
    connection.query("set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
    // In a cluster: read what was written on another node a moment ago. Elsewhere the variable may not exist.
    connection.query("set session wsrep_sync_wait = 1", () => {});
  });
  try {
    await pool.query("select 1");
  } catch (error) {
    throw asFault(error);
  }

  const transaction = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const connection = await pool.getConnection().catch((error: unknown) => {
        throw asFault(error);
      });
      let committing = false;
      try {
        await connection.beginTransaction();
        const result = await work(over(connection));
        committing = true;
        await connection.commit();
        connection.release();
        return result;
      } catch (error) {
        await connection.rollback().catch(() => {});
        if (isRetriable(error) && attempt < RETRIES_MAX) {
          connection.release();
          await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * 2 ** (attempt - 1)));
          continue;
        }
        if (isLost(error)) connection.destroy();
        else connection.release();
        if (committing && (isLost(error) || isUnknown(error))) throw new Fault("store-outcome-unknown", {}, error);
        throw asFault(error);
      }
    }
  };

  const direct = over(pool);
  return {
    ...direct,
    transaction,
    async snapshot(work) {
      const connection = await pool.getConnection().catch((error: unknown) => {
        throw asFault(error);
      });
      try {
        await connection.query("start transaction with consistent snapshot, read only");
        return await work(over(connection));
      } finally {
        await connection.rollback().catch(() => {});
        connection.release();
      }
    },
    async size() {
      const rows = await direct.all(
        "select cast(sum(data_length + index_length) as signed) as bytes from information_schema.tables where table_schema = database()",
      );
      return Number(rows[0]?.bytes ?? 0);
    },
    close: () => pool.end(),
  };
}

function over(connection: Pool | PoolConnection): Sql {
  return {
    kind: "mariadb",
    async all(text, values = []) {
      try {
        const [rows] = await connection.execute(text, [...values]);
        return rows as unknown as Row[];
      } catch (error) {
        throw asFault(error);
      }
    },
    async run(text, values = []) {
      try {
        const [result] = await connection.execute(text, [...values]);
        return (result as ResultSetHeader).affectedRows;
      } catch (error) {
        throw asFault(error);
      }
    },
    async insert(mode, table, columns, rows) {
      const verb = { plain: "insert", ignore: "insert ignore", replace: "replace" }[mode];
      for (let from = 0; from < rows.length; from += ROWS_PER_INSERT_MAX) {
        const part = rows.slice(from, from + ROWS_PER_INSERT_MAX);
        const values: Value[] = part.flat();
        const text = `${verb} into ${table} (${columns.join(", ")}) values ${part.map(() => marks(columns.length)).join(", ")}`;
        try {
          await connection.query(text, values);
        } catch (error) {
          throw asFault(error);
        }
      }
    },
  };
}

function asFault(error: unknown): unknown {
  if (error instanceof Fault || isRetriable(error)) return error;
  if (isUnknown(error)) return new Fault("store-outcome-unknown", {}, error);
  return isLost(error) ? new Fault("store-unavailable", {}, error) : error;
}

function isRetriable(error: unknown): boolean {
  return RETRIABLE.has(errnoOf(error)) || (error as { sqlState?: string }).sqlState === "40001";
}

function isUnknown(error: unknown): boolean {
  return UNKNOWN.has(errnoOf(error));
}

function isLost(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? "";
  return /^(PROTOCOL_CONNECTION_LOST|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EHOST|ER_SERVER_SHUTDOWN|ER_CON_COUNT)/.test(code);
}

function errnoOf(error: unknown): number {
  return (error as { errno?: number }).errno ?? 0;
}
