import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Instant } from "../../time/instant.ts";
import { fromJson, marks, type Row, type Sql, type Value } from "../sql.ts";
import type { Queries } from "../store.ts";

type IncidentQueries = Pick<
  Queries,
  | "nextNumber"
  | "insertIncident"
  | "updateIncident"
  | "incident"
  | "incidentByNumber"
  | "incidents"
  | "incidentForService"
  | "dueIncidents"
  | "nextIncidentDue"
  | "removeIncident"
  | "openIncidentDues"
>;

const COLUMNS = ["id", "number", "service", "state", "grade", "opened_at", "resolved_at", "due_at", "version", "data"];
const LIST_MAX = 500;

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
    async incidents({ states, grade, service, limit, beforeNumber }) {
      const where = ["1 = 1"];
      const values: Value[] = [];
      if (states !== undefined && states.length > 0) {
        where.push(`state in ${marks(states.length)}`);
        values.push(...states);
      }
      const also = (condition: string, value: Value): void => {
        where.push(condition);
        values.push(value);
      };
      if (grade !== undefined) also("grade = ?", grade);
      also(service === undefined ? "service <> ?" : "service = ?", service ?? "bongsu-canary");
      if (beforeNumber !== undefined) also("number < ?", beforeNumber);
      const text = `select data from incident where ${where.join(" and ")} order by number desc limit ?`;
      return (await sql.all(text, [...values, Math.min(limit ?? 100, LIST_MAX)])).map(incidentOf);
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
    async removeIncident(id) {
      await sql.run("delete from attempt where delivery in (select id from delivery where incident = ?)", [id]);
      for (const table of ["thread", "event", "delivery", "alert"]) {
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

function rowOf(incident: Incident, dueAt: Instant | null): readonly Value[] {
  const { id, number, service, state, grade, openedAt, resolvedAt, version } = incident;
  const data = JSON.stringify({ ...incident, reached: [...incident.reached], ticked: [...incident.ticked] });
  return [id, number, service, state, grade, openedAt, resolvedAt ?? null, dueAt, version, data];
}

function incidentOf(row: Row): Incident {
  const data = fromJson<Omit<Incident, "reached" | "ticked"> & { reached: never[]; ticked: never[] }>(row.data);
  return { ...data, reached: new Set(data.reached), ticked: new Set(data.ticked) };
}
