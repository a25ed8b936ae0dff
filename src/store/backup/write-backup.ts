import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Fault } from "../../fault/fault.ts";
import { migrations } from "../migrations/migrations.ts";
import type { Sql, SqlRoot } from "../sql.ts";
import { tables } from "./tables.ts";

const PAGE = 2_000;

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
  for (const { name, columns, key } of tables) {
    for (let from = 0; ; from += PAGE) {
      const rows = await sql.all(
        `select ${columns.join(", ")} from ${name} order by ${key.join(", ")} limit ${PAGE} offset ${from}`,
      );
      for (const row of rows) yield `${JSON.stringify([name, ...columns.map((column) => row[column] ?? null)])}\n`;
      if (rows.length < PAGE) break;
    }
  }
}
