import { restoreBackup } from "./backup/restore-backup.ts";
import { writeBackup } from "./backup/write-backup.ts";
import { groupCommit, type Turn } from "./group-commit.ts";
import { migrate } from "./migrations/migrate.ts";
import { accountQueries } from "./queries/accounts.ts";
import { agentQueries } from "./queries/agents.ts";
import { alertQueries } from "./queries/alerts.ts";
import { contactQueries } from "./queries/contacts.ts";
import { deliveryQueries } from "./queries/deliveries.ts";
import { documentQueries } from "./queries/documents.ts";
import { eventQueries } from "./queries/events.ts";
import { harderWatchQueries } from "./queries/harder-watch.ts";
import { heartbeatQueries } from "./queries/heartbeats.ts";
import { inboxQueries, together } from "./queries/inbox.ts";
import { incidentQueries } from "./queries/incidents.ts";
import { metricQueries } from "./queries/metrics.ts";
import { scheduleQueries } from "./queries/schedule.ts";
import { searchQueries } from "./queries/search.ts";
import type { Sql, SqlRoot } from "./sql.ts";
import { sqliteSql } from "./sqlite/sqlite-sql.ts";
import type { NewSampleBatch, Queries, Store } from "./store.ts";

/**
 * Opens a store and brings its schema up to date: a file, `:memory:`, or `mariadb://user:password@host:port/database`.
 * `turn` says when a group of inbox rows is committed: at the end of an event loop turn, or as soon as a microtask
 * runs (for simulations, which have no event loop).
 */
export async function openStore(where: string, options: { readonly turn?: Turn } = {}): Promise<Store> {
  const root = /^(mariadb|mysql):/.test(where) ? await mariadb(where) : sqliteSql(where);
  await migrate(root);
  return storeOver(root, options.turn ?? "event-loop");
}

/** Its driver is loaded only where it is used: it takes a sixth of the memory of an idle server. */
async function mariadb(url: string): Promise<SqlRoot> {
  const { mariadbSql } = await import("./mariadb/mariadb-sql.ts");
  return mariadbSql(url);
}

function storeOver(root: SqlRoot, turn: Turn): Store {
  const transaction = <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
    root.transaction((sql) => work(queriesOver(sql)));
  const single = queriesOver(root);
  return {
    ...single,
    // What takes several statements is one unit also when it is asked for by itself.
    nextNumber: (counter) => transaction((queries) => queries.nextNumber(counter)),
    removeIncident: (id) => transaction((queries) => queries.removeIncident(id)),
    withdrawDeliveries: (id, kinds, because) =>
      transaction((queries) => queries.withdrawDeliveries(id, kinds, because)),
    putAttempt: (attempt) => transaction((queries) => queries.putAttempt(attempt)),
    changeRoster: (put, remove, at) => transaction((queries) => queries.changeRoster(put, remove, at)),
    putContactProof: (proof) => transaction((queries) => queries.putContactProof(proof)),
    putIncidentText: (text) => transaction((queries) => queries.putIncidentText(text)),
    heardAgent: (agent) => transaction((queries) => queries.heardAgent(agent)),
    removeHeartbeat: (id) => transaction((queries) => queries.removeHeartbeat(id)),
    addHeartbeatPing: (id, ping) => transaction((queries) => queries.addHeartbeatPing(id, ping)),
    renewAlerts: (rows) => transaction((queries) => queries.renewAlerts(rows)),
    retireSampleBatches: (before, limit) => transaction((queries) => queries.retireSampleBatches(before, limit)),
    insertSampleBatches: (rows) => transaction((queries) => queries.insertSampleBatches(rows)),
    kind: root.kind,
    transaction,
    acceptInbox: groupCommit((rows) => root.transaction((sql) => inboxQueries(sql).insertInbox(together(rows))), turn),
    acceptSamples: sampleGate(root, turn),
    backup: (file) => writeBackup(root, file),
    restore: (file, at) => restoreBackup(root, file, at),
    size: () => root.size(),
    close: () => root.close(),
  };
}

function sampleGate(root: SqlRoot, turn: Turn): Store["acceptSamples"] {
  type Waiting = { readonly row: NewSampleBatch; isNew: boolean };
  const commit = groupCommit<Waiting>(async (waiting) => {
    const inserted = await root.transaction((sql) =>
      metricQueries(sql).insertSampleBatches(waiting.map(({ row }) => row)),
    );
    for (const one of waiting) one.isNew = inserted.has(one.row.id);
  }, turn);
  return async (row) => {
    const waiting: Waiting = { row, isNew: false };
    await commit(waiting);
    return waiting.isNew;
  };
}

/** Some hundred functions, and SQLite has but one connection for them all: made once for each. */
const queriesBySql = new WeakMap<Sql, Queries>();

function queriesOver(sql: Sql): Queries {
  const known = queriesBySql.get(sql);
  if (known !== undefined) return known;
  const queries: Queries = {
    ...inboxQueries(sql),
    ...alertQueries(sql),
    ...incidentQueries(sql),
    ...harderWatchQueries(sql),
    ...searchQueries(sql),
    ...eventQueries(sql),
    ...deliveryQueries(sql),
    ...contactQueries(sql),
    ...documentQueries(sql),
    ...scheduleQueries(sql),
    ...heartbeatQueries(sql),
    ...metricQueries(sql),
    ...accountQueries(sql),
    ...agentQueries(sql),
  };
  queriesBySql.set(sql, queries);
  return queries;
}
