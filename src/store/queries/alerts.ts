import type { Alert } from "../../triage/alert.ts";
import { fromJson, marks, type Row, type Sql, type Value } from "../sql.ts";
import type { Queries } from "../store.ts";

type AlertQueries = Pick<
  Queries,
  | "alertsById"
  | "alertCounts"
  | "putAlerts"
  | "alertsOfIncident"
  | "openAlerts"
  | "alerts"
  | "expiredAlerts"
  | "suppressedAlerts"
  | "alertsHeldElsewhere"
  | "servicesAmong"
  | "calmAlerts"
  | "nextCalm"
  | "renewAlerts"
>;

const COLUMNS = [
  "id",
  "status",
  "service",
  "incident",
  "expires_at",
  "suppressed",
  "updated_at",
  "times",
  "calm_at",
  "data",
];
const MUTES = ["silenced", "maintenance", "dependency", "record-only"] as const;
/** Both stores take this many marks in one statement, and few different lengths keep the statement cache small. */
const IDS_PER_QUERY = 200;

export function alertQueries(sql: Sql): AlertQueries {
  return {
    async alertsById(ids) {
      const alerts: Alert[] = [];
      for (let from = 0; from < ids.length; from += IDS_PER_QUERY) {
        const part = ids.slice(from, from + IDS_PER_QUERY);
        const size = part.length > 16 ? IDS_PER_QUERY : part.length;
        const values = [...part, ...Array.from({ length: size - part.length }, () => part[0] ?? null)];
        alerts.push(...(await sql.all(`select * from alert where id in ${marks(size)}`, values)).map(alertOf));
      }
      return alerts;
    },
    async putAlerts(alerts) {
      if (alerts.length === 0) return;
      await sql.insert("replace", "alert", COLUMNS, alerts.map(rowOf));
    },
    alertsOfIncident: async (incident, limit) =>
      (await sql.all("select * from alert where incident = ? order by id limit ?", [incident, limit])).map(alertOf),
    async openAlerts(after, limit) {
      const text = "select * from alert where status in ('firing', 'silent') and id > ? order by id limit ?";
      return (await sql.all(text, [after, limit])).map(alertOf);
    },
    async alerts({ statuses, service, muted, since, after, limit }) {
      const where = ["service <> 'bongsu-canary'"];
      const values: Value[] = [];
      const also = (condition: string, ...more: readonly Value[]): void => {
        where.push(condition);
        values.push(...more);
      };
      if (statuses !== undefined && statuses.length > 0) also(`status in ${marks(statuses.length)}`, ...statuses);
      if (service !== undefined) also("service = ?", service);
      if (muted !== undefined) also("suppressed = ?", muted ? 1 : 0);
      if (since !== undefined) also("updated_at >= ?", since);
      if (after !== undefined)
        also("(updated_at < ? or (updated_at = ? and id > ?))", after.updatedAt, after.updatedAt, after.id);
      const text = `select * from alert where ${where.join(" and ")} order by updated_at desc, id limit ?`;
      return (await sql.all(text, [...values, limit])).map(alertOf);
    },
    async expiredAlerts(at, limit) {
      const text = "select * from alert where status = 'firing' and expires_at <= ? order by expires_at limit ?";
      return (await sql.all(text, [at, limit])).map(alertOf);
    },
    async alertCounts() {
      const open = "from alert where status in ('firing', 'silent') and service <> 'bongsu-canary'";
      const [free] = await sql.all(`select count(*) as count ${open} and suppressed = 0`);
      // Of what is no column, the alert is asked as it is written; quotes inside of texts are escaped there.
      const sums = MUTES.map((_, nth) => `sum(case when instr(data, ?) > 0 then 1 else 0 end) as n${nth}`).join(", ");
      const values = MUTES.map((because) => `"suppressed":{"because":"${because}",`);
      const [muted] = await sql.all(`select count(*) as count, ${sums} ${open} and suppressed = 1`, values);
      const of = (because: (typeof MUTES)[number]): number => Number(muted?.[`n${MUTES.indexOf(because)}`] ?? 0);
      return {
        firing: Number(free?.count),
        suppressed: Number(muted?.count),
        by: {
          silenced: of("silenced"),
          maintenance: of("maintenance"),
          dependency: of("dependency"),
          "record-only": of("record-only"),
        },
      };
    },
    async suppressedAlerts(after, limit) {
      const text =
        "select * from alert where suppressed = 1 and status in ('firing', 'silent') and id > ? order by id limit ?";
      return (await sql.all(text, [after, limit])).map(alertOf);
    },
    async alertsHeldElsewhere(services, limit) {
      const alerts: Alert[] = [];
      for (let from = 0; from < services.length; from += IDS_PER_QUERY) {
        const part = services.slice(from, from + IDS_PER_QUERY);
        const text = `select alert.* from alert join incident on incident.id = alert.incident
          where alert.service in ${marks(part.length)} and alert.status in ('firing', 'silent') and alert.suppressed = 0
            and incident.state in ('triggered', 'acknowledged') and incident.service <> alert.service
          order by alert.id limit ?`;
        alerts.push(...(await sql.all(text, [...part, limit])).map(alertOf));
      }
      return alerts;
    },
    async servicesAmong(incident, services) {
      const found: string[] = [];
      for (let from = 0; from < services.length; from += IDS_PER_QUERY) {
        const part = services.slice(from, from + IDS_PER_QUERY);
        const text = `select distinct service from alert where service in ${marks(part.length)} and incident = ?`;
        found.push(...(await sql.all(text, [...part, incident])).map((row) => String(row.service)));
      }
      return found;
    },
    calmAlerts: async (at, limit) =>
      (await sql.all("select * from alert where calm_at <= ? order by calm_at limit ?", [at, limit])).map(alertOf),
    async nextCalm() {
      const [row] = await sql.all("select min(calm_at) as calm from alert where calm_at is not null");
      return row === undefined || row.calm === null ? undefined : Number(row.calm);
    },
    async renewAlerts(rows) {
      for (const { id, expiresAt, updatedAt, count } of rows) {
        const text = "update alert set expires_at = ?, updated_at = ?, times = ? where id = ? and status = 'firing'";
        await sql.run(text, [expiresAt ?? null, updatedAt, count, id]);
      }
    },
  };
}

function rowOf(alert: Alert): readonly (string | number | null)[] {
  const { id, status, service, incident, expiresAt, suppressed, updatedAt, count, ...rest } = alert;
  return [
    id,
    status,
    service,
    incident ?? null,
    expiresAt ?? null,
    suppressed === undefined ? 0 : 1,
    updatedAt,
    count,
    rest.flapping?.calmAt ?? null,
    JSON.stringify({ ...rest, suppressed }),
  ];
}

function alertOf(row: Row): Alert {
  return {
    ...fromJson<Alert>(row.data),
    id: row.id as Alert["id"],
    status: row.status as Alert["status"],
    service: String(row.service),
    updatedAt: Number(row.updated_at),
    count: Number(row.times),
    ...(row.incident === null ? {} : { incident: row.incident as NonNullable<Alert["incident"]> }),
    ...(row.expires_at === null ? {} : { expiresAt: Number(row.expires_at) }),
  };
}
