import { Fault } from "../../fault/fault.ts";
import type { SqlRoot } from "../sql.ts";
import { inDialect, migrations } from "./migrations.ts";

/**
 * Brings the schema up to date. Each statement is noted when it is done, so that a migration that was killed half way
 * goes on where it stopped (on MariaDB a schema change is its own transaction). Refuses a store that a newer version wrote.
 */
export async function migrate(sql: SqlRoot): Promise<void> {
  const table =
    "create table if not exists migration (number INT not null, statement INT not null, primary key (number, statement))";
  await sql.run(inDialect(table, sql.kind));
  const done = await sql.all("select number, statement from migration");
  const newest = Math.max(0, ...done.map((row) => Number(row.number)));
  if (newest > migrations.length) throw new Fault("store-newer", { store: newest, program: migrations.length });
  const isDone = new Set(done.map((row) => `${Number(row.number)}/${Number(row.statement)}`));
  for (const [index, statements] of migrations.entries()) {
    for (const [place, statement] of statements.entries()) {
      if (isDone.has(`${index + 1}/${place}`)) continue;
      await sql.run(inDialect(statement, sql.kind)).catch((error: unknown) => {
        // Killed between the statement and its note: it is there already.
        if (!/already exists|Duplicate (key|column) name/i.test(String(error))) throw error;
      });
      await sql.insert("ignore", "migration", ["number", "statement"], [[index + 1, place]]);
    }
  }
}
