import { deflateRawSync, inflateRawSync } from "node:zlib";
import { asId } from "../../id/id.ts";
import { shardsOf } from "../../metric/shard.ts";
import { DAY_MS, type Instant } from "../../time/instant.ts";
import { fromJson, marks, type Row, type Sql, type Value } from "../sql.ts";
import type {
  BlockKind,
  NewSampleBatch,
  Queries,
  RecentMinutes,
  SampleBatchState,
  StoredBlock,
  StoredSampleBatch,
  StoredSeries,
} from "../store.ts";

type MetricQueries = Pick<
  Queries,
  | "insertSampleBatches"
  | "foldSampleBatches"
  | "sampleBatchIds"
  | "sampleBatches"
  | "retireSampleBatches"
  | "forgetSampleBatches"
  | "insertSeries"
  | "seriesOf"
  | "seriesById"
  | "touchSeries"
  | "metricNames"
  | "pruneSeries"
  | "insertRecentMinutes"
  | "recentMinutes"
  | "unpackedHours"
  | "removeRecentMinutes"
  | "blocks"
  | "putBlocks"
  | "pruneBlocks"
>;

const STATES: readonly SampleBatchState[] = ["new", "folded"];
const BATCH_COLUMNS = ["id", "node", "at", "state", "data"];
const SERIES_COLUMNS = ["id", "metric", "labels", "host", "last_at"];
const TABLES: Readonly<Record<BlockKind, string>> = { minute: "metric_minute", hour: "metric_hour" };
const IDS_AT_ONCE = 500;
/** What is read again within minutes is packed quickly, what lies for weeks is packed well. */
const QUICK = { level: 1 };
const WELL = { level: 6 };

export function metricQueries(sql: Sql): MetricQueries {
  /** `?` for each id, in portions that a statement bears. */
  const inPortions = async <T>(ids: readonly string[], ask: (marked: string, ids: readonly string[]) => Promise<T>) => {
    const answers: T[] = [];
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const part = ids.slice(from, from + IDS_AT_ONCE);
      answers.push(await ask(marks(part.length), part));
    }
    return answers;
  };
  const counted = async (ids: readonly string[], text: string, before: readonly Value[] = []): Promise<number> => {
    const counts = await inPortions(ids, (marked, part) => sql.run(`${text} in ${marked}`, [...before, ...part]));
    return counts.reduce((sum, count) => sum + count, 0);
  };

  return {
    async insertSampleBatches(rows) {
      const ids = rows.map(({ id }) => id);
      const there = await inPortions(ids, (marked, part) => {
        const days = daysOf(rows);
        const past = days.map(() => ` union all select id from sample_batch_past where day = ? and id in ${marked}`);
        const values = [...part, ...days.flatMap((day) => [day, ...part])];
        return sql.all(`select id from sample_batch where id in ${marked}${past.join("")}`, values);
      });
      const known = new Set(idsOf(there.flat()));
      const fresh = new Map<string, NewSampleBatch>();
      for (const row of rows) if (!known.has(row.id) && !fresh.has(row.id)) fresh.set(row.id, row);
      const values = [...fresh.values()].map(({ id, node, at, samples }) => [
        id,
        node,
        at,
        STATES.indexOf("new"),
        deflateRawSync(samples, QUICK),
      ]);
      // Where another node takes the same batch in this moment, both have it in memory, and it is folded once.
      if (values.length > 0) await sql.insert("ignore", "sample_batch", BATCH_COLUMNS, values);
      return new Set(fresh.keys());
    },
    foldSampleBatches: (ids) => counted(ids, "update sample_batch set state = 1 where state = 0 and id"),
    async sampleBatchIds(state, { from, to, notOf, limit }) {
      const others = notOf === undefined ? "" : " and node <> ?";
      const text = `select id from sample_batch where state = ? and at >= ? and at < ?${others} order by at limit ?`;
      const values = [STATES.indexOf(state), from, to, ...(notOf === undefined ? [] : [notOf]), limit ?? LIMIT_MAX];
      return idsOf(await sql.all(text, values));
    },
    async sampleBatches(ids) {
      const found = await inPortions(ids, (marked, part) =>
        sql.all(`select * from sample_batch where id in ${marked} order by at`, part),
      );
      return found.flat().map((row) => ({ ...batchOf(row), state: STATES[Number(row.state)] ?? "folded" }));
    },
    async retireSampleBatches(before, limit) {
      const text = "select id, at from sample_batch where state = 1 and at < ? order by at limit ?";
      const rows = await sql.all(text, [before, limit]);
      if (rows.length === 0) return 0;
      // A row that only loses its bytes would keep its place in the file.
      const values = rows.map(({ id, at }) => [dayOf(Number(at)), id ?? null]);
      await sql.insert("ignore", "sample_batch_past", ["day", "id"], values);
      return counted(idsOf(rows), "delete from sample_batch where id");
    },
    async forgetSampleBatches(before, limit) {
      const text = "select day, id from sample_batch_past where day < ? order by day, id limit ?";
      const byDay = Map.groupBy(await sql.all(text, [dayOf(before), limit]), ({ day }) => Number(day));
      let forgotten = 0;
      for (const [day, rows] of byDay)
        forgotten += await counted(idsOf(rows), "delete from sample_batch_past where day = ? and id", [day]);
      return forgotten;
    },
    async insertSeries(series) {
      const rows = series.map(({ id, metric, labels, lastAt }) => [
        id,
        metric,
        JSON.stringify(labels),
        labels.host ?? null,
        lastAt,
      ]);
      if (rows.length > 0) await sql.insert("ignore", "series", SERIES_COLUMNS, rows);
    },
    async seriesOf(metric, since) {
      const rows = await sql.all("select * from series where metric = ? and last_at >= ?", [metric, since]);
      return rows.map(seriesOfRow);
    },
    async seriesById(ids) {
      const found = await inPortions(ids, (marked, part) =>
        sql.all(`select * from series where id in ${marked}`, part),
      );
      return found.flat().map(seriesOfRow);
    },
    async touchSeries(ids, lastAt) {
      await counted(ids, "update series set last_at = ? where last_at < ? and id", [lastAt, lastAt]);
    },
    async metricNames(since) {
      const text = "select metric, count(*) as number from series where last_at >= ? group by metric order by metric";
      return (await sql.all(text, [since])).map((row) => ({ metric: String(row.metric), series: Number(row.number) }));
    },
    async pruneSeries(before, limit) {
      const rows = await sql.all("select id from series where last_at < ? limit ?", [before, limit]);
      return counted(idsOf(rows), "delete from series where id");
    },
    async insertRecentMinutes(rows) {
      const values = rows.map(({ id, hour, shard, data }) => [id, hour, shard, deflateRawSync(data, QUICK)]);
      if (values.length > 0) await sql.insert("plain", "metric_recent", ["id", "hour", "shard", "data"], values);
    },
    async recentMinutes({ from, to, shard, series }) {
      // A shard holds what all longer ones that begin like it hold.
      const within = shard === undefined ? "" : " and substr(shard, 1, ?) = ?";
      const shards = series === undefined ? [] : shardsOf(series);
      const among = series === undefined ? "" : ` and shard in ${marks(shards.length)}`;
      const values = [from, to, ...(shard === undefined ? [] : [shard.length, shard]), ...shards];
      const text = `select * from metric_recent where hour >= ? and hour < ?${within}${among} order by hour, id`;
      return (await sql.all(text, values)).map(recentOf);
    },
    async unpackedHours(to) {
      const text = "select hour, shard from metric_recent where hour < ? group by hour, shard order by hour, shard";
      return (await sql.all(text, [to])).map((row) => ({ hour: Number(row.hour), shard: String(row.shard) }));
    },
    removeRecentMinutes: (ids) => counted(ids, "delete from metric_recent where id"),
    async blocks(kind, series, { from, to }) {
      const found = await inPortions(series, (marked, part) =>
        sql.all(
          `select series, at, data from ${TABLES[kind]} where series in ${marked} and at >= ? and at < ? order by series, at`,
          [...part, from, to],
        ),
      );
      return found.flat().map(blockOf);
    },
    async putBlocks(kind, blocks) {
      const values = blocks.map(({ series, at, data }) => [series, at, deflateRawSync(data, WELL)]);
      if (values.length > 0) await sql.insert("replace", TABLES[kind], ["series", "at", "data"], values);
    },
    async pruneBlocks(kind, before, limit) {
      const table = TABLES[kind];
      const [oldest] = await sql.all(`select min(at) as at from ${table}`);
      const at = oldest?.at ?? null;
      if (at === null || Number(at) >= before) return 0;
      const rows = await sql.all(`select series from ${table} where at = ? limit ?`, [at, limit]);
      return counted(
        rows.map(({ series }) => String(series)),
        `delete from ${table} where at = ? and series`,
        [at],
      );
    },
  };
}

const LIMIT_MAX = 1_000_000;

function dayOf(at: Instant): number {
  return Math.floor(at / DAY_MS);
}

/** On which days some of the batches may have been accepted before: a clock that was corrected may be off by one. */
function daysOf(rows: readonly NewSampleBatch[]): readonly number[] {
  const first = Math.min(...rows.map(({ measuredAt, at }) => dayOf(Math.min(measuredAt, at)) - 1));
  const last = Math.max(...rows.map(({ at }) => dayOf(at)));
  return Array.from({ length: Math.min(last - first + 1, DAYS_MAX) }, (_, nth) => last - nth);
}

/** Longer ago nothing is known of any batch. */
const DAYS_MAX = 50;

function idsOf(rows: readonly Row[]): readonly string[] {
  return rows.map(({ id }) => String(id));
}

function batchOf(row: Row): Omit<StoredSampleBatch, "state"> {
  return {
    id: String(row.id),
    node: String(row.node),
    at: Number(row.at),
    samples: inflateRawSync(bytesOf(row.data)).toString("utf8"),
  };
}

function seriesOfRow(row: Row): StoredSeries {
  return {
    id: asId(String(row.id)),
    metric: String(row.metric),
    labels: fromJson(row.labels),
    lastAt: Number(row.last_at),
  };
}

function recentOf(row: Row): RecentMinutes {
  return {
    id: String(row.id),
    hour: Number(row.hour),
    shard: String(row.shard),
    data: inflateRawSync(bytesOf(row.data)),
  };
}

function blockOf(row: Row): StoredBlock {
  return { series: asId(String(row.series)), at: Number(row.at), data: inflateRawSync(bytesOf(row.data)) };
}

function bytesOf(value: Value | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}
