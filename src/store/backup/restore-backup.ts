import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { Fault } from "../../fault/fault.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import { migrations } from "../migrations/migrations.ts";
import type { Sql, SqlRoot, Value } from "../sql.ts";
import { type BackupValue, fromBackup } from "./backup-value.ts";
import { tables } from "./tables.ts";

/** Time for a person to look before incidents of the day of the backup page again. */
const LOOK_FIRST_MS = 10 * MINUTE_MS;
const ROWS_AT_ONCE = 500;

export type Restored = { readonly rows: number; readonly waiting: number };

/**
 * Puts a backup into an empty store, all or nothing. What had been on its way then is not sent any more, and open
 * incidents rest for ten minutes: a backup may be older than what people know.
 */
export async function restoreBackup(root: SqlRoot, file: string, at: Instant): Promise<Restored> {
  for (const table of ["incident", "policy_version", "token"]) {
    const [row] = await root.all(`select count(*) as count from ${table}`);
    if (Number(row?.count) > 0) throw new Fault("restore-refused", { because: `the store is not empty (${table})` });
  }
  return root.transaction(async (sql) => {
    const rows = await copy(sql, file);
    await sql.run(
      "update delivery set state = 'withdrawn', lease_until = null, epoch = epoch + 1 where state in ('queued', 'sending')",
    );
    const waiting = await sql.run(
      "update incident set due_at = ? where state in ('triggered', 'acknowledged') and due_at is not null and due_at < ?",
      [at + LOOK_FIRST_MS, at + LOOK_FIRST_MS],
    );
    return { rows, waiting };
  });
}

async function copy(sql: Sql, file: string): Promise<number> {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const digest = createHash("sha256");
  let rows = 0;
  let ended = false;
  let batch: { readonly name: string; readonly rows: Value[][] } | undefined;
  const flush = async (): Promise<void> => {
    const table = batch === undefined ? undefined : byName.get(batch.name);
    if (batch !== undefined && table !== undefined) await sql.insert("replace", table.name, table.columns, batch.rows);
    batch = undefined;
  };
  for await (const line of linesOf(file)) {
    const value = JSON.parse(line) as { schema?: number; sha256?: string } | [string, ...BackupValue[]];
    if (!Array.isArray(value)) {
      if (value.schema !== undefined && value.schema > migrations.length)
        throw new Fault("store-newer", { store: value.schema, program: migrations.length });
      if (value.sha256 === undefined) digest.update(`${line}\n`);
      else if (value.sha256 === digest.digest("hex")) ended = true;
      else throw new Fault("restore-refused", { file, because: "the file was changed after it was written" });
      continue;
    }
    digest.update(`${line}\n`);
    const [name, ...values] = value;
    if (!byName.has(name)) throw new Fault("restore-refused", { file, because: `unknown table ${name}` });
    if (batch !== undefined && (batch.name !== name || batch.rows.length >= ROWS_AT_ONCE)) await flush();
    batch ??= { name, rows: [] };
    batch.rows.push(values.map(fromBackup));
    rows++;
  }
  await flush();
  if (!ended) throw new Fault("restore-refused", { file, because: "the file is cut off" });
  return rows;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    const input = createReadStream(file);
    const unpacked = createGunzip();
    input.on("error", (error) => unpacked.destroy(error));
    input.pipe(unpacked);
    for await (const line of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== "") yield line;
    }
  } catch (error) {
    throw new Fault("restore-refused", { file, because: "the file cannot be read, or is cut off" }, error);
  }
}
