import { statSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { Fault } from "../../fault/fault.ts";
import { marks, type Row, type Sql, type SqlRoot, type Value } from "../sql.ts";

/** SQLite's own code for "another process is writing". */
const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const BUSY_TIMEOUT_MS = 5_000;
const STATEMENTS_MAX = 300;
const CHECKPOINT_PAGES = 8_000;
const CACHE_KIB = 32_000;

/**
 * SQLite through Node: one connection, one writer. Whoever asks while a transaction is open waits for its end, so
 * nothing slips into a transaction it does not belong to. Everything settles by microtasks: no timers, no threads.
 */
export function sqliteSql(file: string): SqlRoot {
  const database = opened(file);
  const statements = new Map<string, StatementSync>();
  let tail: Promise<unknown> | undefined;

  const prepared = (text: string): StatementSync => {
    let statement = statements.get(text);
    if (statement === undefined) {
      if (statements.size >= STATEMENTS_MAX) statements.clear();
      statement = database.prepare(withoutPlanByLimit(text));
      statements.set(text, statement);
    }
    return statement;
  };

  const direct: Sql = {
    kind: "sqlite",
    all: async (text, values = []) => guarded(() => prepared(text).all(...values.map(bound)) as Row[]),
    run: async (text, values = []) => guarded(() => Number(prepared(text).run(...values.map(bound)).changes)),
    async insert(mode, table, columns, rows) {
      const verb = { plain: "insert", ignore: "insert or ignore", replace: "replace" }[mode];
      guarded(() => {
        const statement = prepared(`${verb} into ${table} (${columns.join(", ")}) values ${marks(columns.length)}`);
        for (const row of rows) statement.run(...row.map(bound));
      });
    },
  };

  /** Runs when nobody before it is at work any more; at once when nobody is. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail === undefined ? work() : tail.then(work, work);
    const settled = turn.catch(() => {});
    tail = settled;
    void settled.then(() => {
      if (tail === settled) tail = undefined;
    });
    return turn;
  };

  const inTransaction = <T>(begin: string, work: (sql: Sql) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      guarded(() => database.exec(begin));
      try {
        const result = await work(direct);
        guarded(() => database.exec("commit"));
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec("rollback");
        throw error;
      }
    });
  const transaction = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => inTransaction("begin immediate", work);

  return {
    kind: "sqlite",
    all: (text, values) => inTurn(() => direct.all(text, values)),
    run: (text, values) => inTurn(() => direct.run(text, values)),
    insert: (mode, table, columns, rows) =>
      rows.length === 1
        ? inTurn(() => direct.insert(mode, table, columns, rows))
        : transaction((sql) => sql.insert(mode, table, columns, rows)),
    transaction,
    snapshot: (work) => inTransaction("begin deferred", work),
    size: async () => (file === ":memory:" ? undefined : statSync(file).size),
    close: () =>
      inTurn(async () => {
        database.close();
      }),
  };
}

function opened(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off;");
    // A checkpoint stops the writer for as long as it copies: rather seldom, a few megabytes at a time.
    database.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}; pragma cache_size = -${CACHE_KIB};`);
    return database;
  } catch (error) {
    throw new Fault("store-unavailable", { file }, error);
  }
}

/**
 * A bare `limit ?` is part of SQLite's plan: each new value makes it prepare the statement anew, which takes ten times
 * as long as to run it. A sum is none.
 */
function withoutPlanByLimit(text: string): string {
  return text.replace(/\blimit \?/gu, "limit ? + 0");
}

/** Node binds a number as REAL; whole numbers have to be BigInt to stay whole. */
function bound(value: Value): string | bigint | number | Uint8Array | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as { errcode?: number }).errcode;
    const primary = code === undefined ? undefined : code & 0xff;
    if (primary === SQLITE_BUSY || primary === SQLITE_FULL || primary === SQLITE_READONLY || primary === SQLITE_IOERR) {
      throw new Fault("store-unavailable", { code: code ?? 0 }, error);
    }
    throw error;
  }
}
