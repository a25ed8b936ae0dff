import { migrations } from "../migrations/migrations.ts";

export type Table = { readonly name: string; readonly columns: readonly string[]; readonly key: readonly string[] };

/** Every table as the migrations make it: what a backup holds is never a second list that somebody forgets. */
export const tables: readonly Table[] = migrations.flat().flatMap((statement): Table[] => {
  const found = /^create table (\w+) \((.*)\)$/su.exec(statement);
  if (found === null) return [];
  const [, name = "", body = ""] = found;
  const composite = /primary key \(([^)]*)\)$/u.exec(body)?.[1];
  const columns = body
    .replace(/,\s*primary key \([^)]*\)$/u, "")
    .split(",")
    .map((column) => column.trim());
  const single = columns.find((column) => /primary key|SERIAL/u.test(column)) ?? columns[0] ?? "";
  return [
    {
      name,
      columns: [...columns.map((column) => column.split(/\s/u)[0] ?? ""), ...addedTo(name)],
      key: composite === undefined ? [single.split(/\s/u)[0] ?? ""] : composite.split(",").map((one) => one.trim()),
    },
  ];
});

/** The columns that a later statement added to the table. */
function addedTo(table: string): readonly string[] {
  return migrations.flat().flatMap((statement) => {
    const [, name, column] = /^alter table (\w+) add column (\w+) /u.exec(statement) ?? [];
    return name === table && column !== undefined ? [column] : [];
  });
}
