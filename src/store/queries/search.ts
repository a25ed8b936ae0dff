import { gramsOf, type SearchWord } from "../../incident/grams.ts";
import { marks, type Sql, type Value } from "../sql.ts";
import type { Queries } from "../store.ts";

type SearchQueries = Pick<Queries, "incidentText" | "putIncidentText">;

/** What is found: one text for each incident, and the pairs of characters in it (src/incident/grams.ts). */
export function searchQueries(sql: Sql): SearchQueries {
  return {
    async incidentText(incident) {
      const [row] = await sql.all("select body from incident_text where incident = ?", [incident]);
      return row === undefined ? undefined : String(row.body);
    },
    async putIncidentText({ incident, number, body }) {
      await sql.insert("replace", "incident_text", ["incident", "number", "body"], [[incident, number, body]]);
      const known = await sql.all("select gram from incident_gram where incident = ?", [incident]);
      const have = new Set(known.map(({ gram }) => String(gram)));
      const rows = [...gramsOf(body)].filter((gram) => !have.has(gram)).map((gram) => [gram, incident]);
      // Pairs of a text that was are left: they only narrow down, the text itself decides.
      if (rows.length > 0) await sql.insert("ignore", "incident_gram", ["gram", "incident"], rows);
    },
  };
}

/** The condition under which a row of `incident` has every word, with its values. */
export function wordsCondition(words: readonly SearchWord[]): { readonly text: string; readonly values: Value[] } {
  const values: Value[] = [];
  const conditions: string[] = [];
  const grams = [...new Set(words.flatMap((word) => word.grams))];
  if (grams.length > 0) {
    conditions.push(
      `id in (select incident from incident_gram where gram in ${marks(grams.length)} group by incident having count(*) = ${grams.length})`,
    );
    values.push(...grams);
  }
  for (const { range } of words) {
    if (range === undefined) continue;
    conditions.push("id in (select incident from incident_gram where gram >= ? and gram < ?)");
    values.push(range.from, range.before);
  }
  const verified = words.map(() => "instr(body, ?) > 0").join(" and ");
  conditions.push(`exists (select 1 from incident_text where incident_text.incident = incident.id and ${verified})`);
  values.push(...words.map(({ word }) => word));
  return { text: conditions.join(" and "), values };
}
