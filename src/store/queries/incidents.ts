import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Instant } from "../../time/instant.ts";
import { fromJson, marks, type Row, type Sql, type Value } from "../sql.ts";
import type { IncidentFilter, Queries } from "../store.ts";
import { wordsCondition } from "./search.ts";

type IncidentQueries = Pick<
  Queries,
  | "nextNumber"
  | "insertIncident"
  | "updateIncident"
  | "incident"
  | "incidentByNumber"
  | "incidents"
  | "countIncidents"
  | "incidentServices"
  | "openIncidentsOf"
  | "incidentForService"
  | "dueIncidents"
  | "nextIncidentDue"
  | "heldBy"
  | "lookAtHeldBy"
  | "removeIncident"
  | "openIncidentDues"
>;

const COLUMNS = ["id", "number", "service", "state", "grade", "opened_at", "resolved_at", "due_at", "version", "data"];
const LIST_MAX = 500;
const SERVICES_PER_QUERY = 200;

export function incidentQueries(sql: Sql): IncidentQueries {
  const one = async (text: string, values: readonly Value[]): Promise<Incident | undefined> => {
    const [row] = await sql.all(text, values);
    return row === undefined ? undefined : incidentOf(row);
  };
  return {
    async nextNumber(counter) {
      await sql.insert("ignore", "counter", ["name", "value"], [[counter, 0]]);
      await sql.run("update counter set value = value + 1 where name = ?", [counter]);
      const [row] = await sql.all("select value from counter where name = ?", [counter]);
      return Number(row?.value);
    },
    insertIncident: (incident, dueAt) => sql.insert("plain", "incident", COLUMNS, [rowOf(incident, dueAt)]),
    async updateIncident(incident, expected, dueAt) {
      const [id, ...values] = rowOf(incident, dueAt);
      const sets = COLUMNS.slice(1).map((column) => `${column} = ?`);
      const text = `update incident set ${sets.join(", ")} where id = ? and version = ?`;
      return (await sql.run(text, [...values, id ?? null, expected])) === 1;
    },
    incident: (id) => one("select data from incident where id = ?", [id]),
    incidentByNumber: (number) =>
      one("select data from incident where number = ? and service <> 'bongsu-canary'", [number]),
    async incidents({ limit, beforeNumber, ...filter }) {
      const { text: condition, values } = filterCondition(filter);
      const place = beforeNumber === undefined ? "" : " and number < ?";
      const text = `select data from incident where ${condition}${place} order by number desc limit ?`;
      if (beforeNumber !== undefined) values.push(beforeNumber);
      return (await sql.all(text, [...values, Math.min(limit ?? 100, LIST_MAX)])).map(incidentOf);
    },
    async countIncidents(filter) {
      const { text, values } = filterCondition(filter);
      const [row] = await sql.all(`select count(*) as count from incident where ${text}`, values);
      return Number(row?.count);
    },
    async incidentServices() {
      const text = "select distinct service from incident where service <> 'bongsu-canary' order by service limit 1000";
      return (await sql.all(text)).map((row) => String(row.service));
    },
    async openIncidentsOf(services) {
      const incidents: Incident[] = [];
      for (let from = 0; from < services.length; from += SERVICES_PER_QUERY) {
        const part = services.slice(from, from + SERVICES_PER_QUERY);
        const text = `select data from incident where service in ${marks(part.length)} and state in ('triggered', 'acknowledged')`;
        incidents.push(...(await sql.all(text, part)).map(incidentOf));
      }
      return incidents;
    },
    async incidentForService(service, resolvedSince) {
      const text = `select data from incident where service = ? and (state in ('triggered', 'acknowledged')
        or (state = 'resolved' and resolved_at >= ?)) order by opened_at desc, number desc limit 1`;
      return one(text, [service, resolvedSince]);
    },
    async dueIncidents(at, limit) {
      const text = "select data from incident where due_at <= ? order by due_at limit ?";
      return (await sql.all(text, [at, limit])).map(incidentOf);
    },
    async nextIncidentDue() {
      const [row] = await sql.all("select min(due_at) as due from incident where due_at is not null");
      return row === undefined || row.due === null ? undefined : Number(row.due);
    },
    async heldBy(id) {
      const text = `select data from incident where ${HELD} order by number`;
      return (await sql.all(text, [heldAs(id)])).map(incidentOf);
    },
    async lookAtHeldBy(id, at) {
      await sql.run(`update incident set due_at = ? where ${HELD} and due_at > ?`, [at, heldAs(id), at]);
    },
    async removeIncident(id) {
      await sql.run("delete from attempt where delivery in (select id from delivery where incident = ?)", [id]);
      for (const table of ["thread", "event", "delivery", "alert", "incident_text", "incident_gram"]) {
        await sql.run(`delete from ${table} where incident = ?`, [id]);
      }
      await sql.run("delete from incident where id = ?", [id]);
    },
    async openIncidentDues() {
      const text =
        "select id, number, service, state, due_at from incident where state in ('triggered', 'acknowledged')";
      return (await sql.all(text)).map((row) => ({
        id: row.id as IncidentId,
        number: Number(row.number),
        service: String(row.service),
        state: row.state as Incident["state"],
        dueAt: row.due_at === null ? null : Number(row.due_at),
      }));
    },
  };
}

/** Of what is no column, the state is asked as it is written; only open incidents that nobody has taken are held. */
const HELD = "state = 'triggered' and instr(data, ?) > 0";

function heldAs(id: IncidentId): string {
  return `"pagingHeld":{"by":${JSON.stringify(id)},`;
}

type Filtered = Omit<IncidentFilter, "limit" | "beforeNumber">;

function filterCondition(filter: Filtered): { readonly text: string; readonly values: Value[] } {
  const { states, grades, service, words, from, to, endedSince, holder, drill } = filter;
  const where: string[] = [];
  const values: Value[] = [];
  const also = (condition: string, ...more: readonly Value[]): void => {
    where.push(condition);
    values.push(...more);
  };
  also(service === undefined ? "service <> ?" : "service = ?", service ?? "bongsu-canary");
  if (states !== undefined && states.length > 0) also(`state in ${marks(states.length)}`, ...states);
  if (grades !== undefined && grades.length > 0) also(`grade in ${marks(grades.length)}`, ...grades);
  if (from !== undefined) also("opened_at >= ?", from);
  if (to !== undefined) also("opened_at < ?", to);
  if (endedSince !== undefined) also("(resolved_at is null or resolved_at >= ?)", endedSince);
  // Of what is no column, the state is asked as it is written; quotes inside of texts are escaped there.
  const written = "instr(data, ?) > 0";
  if (holder !== undefined) also(written, `"acknowledged":{"by":{"kind":"person","person":${JSON.stringify(holder)},`);
  if (drill !== undefined) also(written, `"drill":${String(drill)},`);
  if (words !== undefined && words.length > 0) {
    const found = wordsCondition(words);
    also(found.text, ...found.values);
  }
  return { text: where.join(" and "), values };
}

function rowOf(incident: Incident, dueAt: Instant | null): readonly Value[] {
  const { id, number, service, state, grade, openedAt, resolvedAt, version } = incident;
  const data = JSON.stringify({ ...incident, reached: [...incident.reached], ticked: [...incident.ticked] });
  return [id, number, service, state, grade, openedAt, resolvedAt ?? null, dueAt, version, data];
}

function incidentOf(row: Row): Incident {
  const data = fromJson<Omit<Incident, "reached" | "ticked"> & { reached: never[]; ticked: never[] }>(row.data);
  return { ...data, reached: new Set(data.reached), ticked: new Set(data.ticked) };
}
