import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Fault } from "../../fault/fault.ts";
import { migrations } from "../migrations/migrations.ts";
import type { Row, Sql, SqlRoot, Value } from "../sql.ts";
import { toBackup } from "./backup-value.ts";
import { type Table, tables } from "./tables.ts";

const PAGE = 2_000;

/** What matters for a minute at most: samples on their way into the minutes, and who does what right now. */
const PASSING: ReadonlySet<string> = new Set(["sample_batch", "sample_batch_past", "lease"]);

/**
 * Writes everything as it stood at one moment, while others go on writing: gzipped lines of JSON, the same for both
 * stores, so that a backup of one restores into the other. The last line carries the digest of those before it, so that
 * a file that was cut off is told. The file appears under its name only when it is whole.
 */
export async function writeBackup(root: SqlRoot, file: string): Promise<{ readonly rows: number }> {
  const partial = `${file}.partial`;
  let rows = 0;
  try {
    await root.snapshot(async (sql) => {
      const digest = createHash("sha256");
      const hashed = async function* (): AsyncGenerator<string> {
        for await (const line of linesOf(sql)) {
          digest.update(line);
          rows++;
          yield line;
        }
        yield `${JSON.stringify({ end: true, rows, sha256: digest.digest("hex") })}\n`;
      };
      await pipeline(Readable.from(hashed()), createGzip(), createWriteStream(partial, { mode: 0o600, flush: true }));
    });
    await rename(partial, file);
    return { rows: rows - 1 };
  } catch (error) {
    await rm(partial, { force: true });
    throw error instanceof Fault ? error : new Fault("backup-failed", { file }, error);
  }
}

async function* linesOf(sql: Sql): AsyncGenerator<string> {
  yield `${JSON.stringify({ bongsu: "backup", schema: migrations.length })}\n`;
  for (const table of tables) {
    if (PASSING.has(table.name)) continue;
    for await (const row of rowsOf(sql, table))
      yield `${JSON.stringify([table.name, ...table.columns.map((column) => toBackup(row[column] ?? null))])}\n`;
  }
}

/** Page by page, each from the key where the one before ended: a large table is read once, not once for each page. */
async function* rowsOf(sql: Sql, { name, columns, key }: Table): AsyncGenerator<Row> {
  let last: readonly Value[] | undefined;
  for (;;) {
    const place = last === undefined ? { text: "", values: [] } : after(key, last);
    const rows = await sql.all(
      `select ${columns.join(", ")} from ${name}${place.text} order by ${key.join(", ")} limit ${PAGE}`,
      place.values,
    );
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return;
    last = key.map((column) => end[column] ?? null);
  }
}

/** `a > ? or (a = ? and b > ?)`, so that both stores go by the key's index. */
function after(key: readonly string[], last: readonly Value[]): { readonly text: string; readonly values: Value[] } {
  const parts = key.map((column, index) => {
    const equal = key.slice(0, index).map((before) => `${before} = ?`);
    return `(${[...equal, `${column} > ?`].join(" and ")})`;
  });
  return { text: ` where ${parts.join(" or ")}`, values: key.flatMap((_, index) => last.slice(0, index + 1)) };
}
