import { asId } from "../../id/id.ts";
import type { Maintenance } from "../../triage/maintenance.ts";
import type { Silence } from "../../triage/silence.ts";
import { fromJson, type Row, type Sql } from "../sql.ts";
import type {
  AckLink,
  DutyRun,
  PastRosterItem,
  PolicyVersion,
  PositionedAudit,
  Queries,
  RosterItem,
  Token,
} from "../store.ts";

type DocumentQueries = Pick<
  Queries,
  | "putAckLink"
  | "ackLink"
  | "useAckLink"
  | "putPolicy"
  | "policy"
  | "currentPolicy"
  | "policies"
  | "rosterItems"
  | "rosterRevision"
  | "changeRoster"
  | "rosterPast"
  | "silences"
  | "putSilence"
  | "maintenances"
  | "putMaintenance"
  | "removeMaintenance"
  | "tokens"
  | "putToken"
  | "bindToken"
  | "touchToken"
  | "setting"
  | "putSetting"
  | "replaceSetting"
  | "putDutyRun"
  | "dutyRuns"
  | "appendAudit"
  | "audit"
  | "auditAfter"
  | "lastAuditPosition"
>;

/** Whose past is kept: what decides who is on duty. */
const SCHEDULE_KINDS: ReadonlySet<RosterItem["kind"]> = new Set(["team", "rotation", "override", "leave", "holiday"]);

/** A setting that was made room for and not written yet. */
const NOTHING = "null";
/** A silence that ended is shown for this long, as Alertmanager keeps it. */
const SILENCES_MAX = 5_000;

export function documentQueries(sql: Sql): DocumentQueries {
  return {
    putAckLink: ({ hash, expiresAt, usedAt, ...rest }) =>
      sql.insert(
        "replace",
        "ack_link",
        ["hash", "expires_at", "used_at", "data"],
        [[hash, expiresAt, usedAt ?? null, JSON.stringify(rest)]],
      ),
    async ackLink(hash) {
      const [row] = await sql.all("select * from ack_link where hash = ?", [hash]);
      if (row === undefined) return undefined;
      const link = { ...fromJson<AckLink>(row.data), hash, expiresAt: Number(row.expires_at) };
      return row.used_at === null ? link : { ...link, usedAt: Number(row.used_at) };
    },
    async useAckLink(hash, at) {
      await sql.run("update ack_link set used_at = ? where hash = ? and used_at is null", [at, hash]);
    },
    putPolicy: ({ id, file, text, activatedAt, by }) =>
      sql.insert(
        "replace",
        "policy_version",
        ["id", "file", "activated_at", "by_whom", "text"],
        [[id, file, activatedAt, by, text]],
      ),
    async policy(id) {
      const [row] = await sql.all("select * from policy_version where id = ?", [id]);
      return row === undefined ? undefined : policyOf(row);
    },
    async currentPolicy() {
      const [row] = await sql.all("select * from policy_version order by activated_at desc, id limit 1");
      return row === undefined ? undefined : policyOf(row);
    },
    async policies() {
      const rows = await sql.all(
        "select id, file, activated_at, by_whom, '' as text from policy_version order by activated_at desc",
      );
      return rows.map(policyOf).map(({ id, file, activatedAt, by }) => ({ id, file, activatedAt, by }));
    },
    async rosterItems() {
      return (await sql.all("select * from roster_item order by kind, id")).map(itemOf);
    },
    async rosterRevision() {
      const [row] = await sql.all("select value from counter where name = 'roster'");
      return Number(row?.value ?? 0);
    },
    async rosterPast(since) {
      const rows = await sql.all("select * from roster_past where until_at > ? order by until_at, position", [since]);
      return rows.map((row) => ({
        kind: row.kind as PastRosterItem["kind"],
        id: String(row.id),
        data: fromJson<unknown>(row.data),
        from: Number(row.from_at),
        until: Number(row.until_at),
      }));
    },
    async changeRoster(put, remove, at) {
      await sql.insert("ignore", "counter", ["name", "value"], [["roster", 0]]);
      await sql.run("update counter set value = value + 1 where name = 'roster'");
      const [row] = await sql.all("select value from counter where name = 'roster'");
      const revision = Number(row?.value);
      for (const { kind, id } of [...remove, ...put]) {
        if (!SCHEDULE_KINDS.has(kind)) continue;
        await sql.run(
          `insert into roster_past (kind, id, from_at, until_at, data)
             select kind, id, updated_at, ?, data from roster_item where kind = ? and id = ? and updated_at < ?`,
          [at, kind, id, at],
        );
      }
      for (const { kind, id } of remove) await sql.run("delete from roster_item where kind = ? and id = ?", [kind, id]);
      if (put.length > 0) {
        await sql.insert(
          "replace",
          "roster_item",
          ["kind", "id", "managed_by", "revision", "updated_at", "data"],
          put.map((item) => [
            item.kind,
            item.id,
            item.managedBy ?? null,
            revision,
            item.updatedAt,
            JSON.stringify(item.data),
          ]),
        );
      }
      return revision;
    },
    silences: async () =>
      (await sql.all("select data from silence order by ends_at desc limit ?", [SILENCES_MAX])).map((row) =>
        fromJson<Silence>(row.data),
      ),
    putSilence: (silence) =>
      sql.insert(
        "replace",
        "silence",
        ["id", "ends_at", "data"],
        [[silence.id, silence.endsAt, JSON.stringify(silence)]],
      ),
    maintenances: async () =>
      (await sql.all("select data from maintenance order by id")).map((row) => fromJson<Maintenance>(row.data)),
    putMaintenance: (window) =>
      sql.insert("replace", "maintenance", ["id", "data"], [[window.id, JSON.stringify(window)]]),
    removeMaintenance: async (id) => (await sql.run("delete from maintenance where id = ?", [id])) === 1,
    tokens: async () => (await sql.all("select * from token order by id")).map(tokenOf),
    putToken: ({ lastUsedAt, ...token }) =>
      sql.insert(
        "replace",
        "token",
        ["id", "hash", "last_used_at", "data"],
        [[token.id, token.hash, lastUsedAt ?? null, JSON.stringify(token)]],
      ),
    async bindToken(id, host) {
      for (;;) {
        const [row] = await sql.all("select data from token where id = ?", [id]);
        if (row === undefined) return undefined;
        const token = fromJson<Token>(row.data);
        if (token.host !== undefined) return { host: token.host, isNew: false };
        const text = "update token set data = ? where id = ? and data = ?";
        if ((await sql.run(text, [JSON.stringify({ ...token, host }), id, String(row.data)])) === 1)
          return { host, isNew: true };
      }
    },
    async touchToken(id, at) {
      await sql.run("update token set last_used_at = ? where id = ?", [at, id]);
    },
    async setting(name) {
      const [row] = await sql.all("select value from setting where name = ?", [name]);
      return row === undefined || row.value === NOTHING ? undefined : fromJson(row.value);
    },
    putSetting: (name, value) => sql.insert("replace", "setting", ["name", "value"], [[name, JSON.stringify(value)]]),
    async replaceSetting(name, expected, value) {
      if (expected === undefined) await sql.insert("ignore", "setting", ["name", "value"], [[name, NOTHING]]);
      const text = "update setting set value = ? where name = ? and value = ?";
      return (await sql.run(text, [JSON.stringify(value), name, JSON.stringify(expected) ?? NOTHING])) === 1;
    },
    putDutyRun: (run) =>
      sql.insert("replace", "duty_run", ["name", "node", "data"], [[run.name, run.node, JSON.stringify(run)]]),
    dutyRuns: async () =>
      (await sql.all("select data from duty_run order by name, node")).map((row) => fromJson<DutyRun>(row.data)),
    async appendAudit(rows) {
      const values = rows.map(({ at, by, action, facts }) => [at, by, action, JSON.stringify(facts ?? null)]);
      if (values.length > 0) await sql.insert("plain", "audit", ["at", "by_whom", "action", "facts"], values);
    },
    async audit(limit, before) {
      const text = "select * from audit where position < ? order by position desc limit ?";
      return (await sql.all(text, [before ?? Number.MAX_SAFE_INTEGER, limit])).map(auditOf);
    },
    async auditAfter(position, limit) {
      const text = "select * from audit where position > ? order by position limit ?";
      return (await sql.all(text, [position, limit])).map(auditOf);
    },
    async lastAuditPosition() {
      const [row] = await sql.all("select max(position) as last from audit");
      return Number(row?.last ?? 0);
    },
  };
}

function policyOf(row: Row): PolicyVersion {
  return {
    id: asId(String(row.id)),
    file: String(row.file),
    text: String(row.text),
    activatedAt: Number(row.activated_at),
    by: String(row.by_whom),
  };
}

function auditOf(row: Row): PositionedAudit {
  return {
    position: Number(row.position),
    at: Number(row.at),
    by: String(row.by_whom),
    action: String(row.action),
    facts: fromJson(row.facts),
  };
}

function itemOf(row: Row): RosterItem {
  const item = {
    kind: row.kind as RosterItem["kind"],
    id: String(row.id),
    data: fromJson<unknown>(row.data),
    revision: Number(row.revision),
    updatedAt: Number(row.updated_at),
  };
  return row.managed_by === null ? item : { ...item, managedBy: String(row.managed_by) };
}

function tokenOf(row: Row): Token {
  const token = fromJson<Token>(row.data);
  return row.last_used_at === null ? token : { ...token, lastUsedAt: Number(row.last_used_at) };
}
