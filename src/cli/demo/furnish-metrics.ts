import { createHash } from "node:crypto";
import { asId } from "../../id/id.ts";
import { beginOf, DAY_OF_HOURS, HOUR_OF_MINUTES, PointBlock } from "../../metric/point-block.ts";
import { encodeBlock, encodeMinutes, type MinuteOfSeries } from "../../metric/point-codec.ts";
import { type SeriesId, seriesKey } from "../../metric/sample.ts";
import { writeSamples } from "../../metric/sample-codec.ts";
import type { Target } from "../../monitor/target.ts";
import type { Store, StoredBlock } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "../../time/instant.ts";
import type { PlayedSeries } from "./played-hosts.ts";

const HOURS_BACK_MS = 22 * DAY_MS;
const MINUTES_BACK_MS = 26 * HOUR_MS;
/** What is newer waits to be packed, as it would if it had been measured. */
const PACKED_MS = 2 * HOUR_MS + 10 * MINUTE_MS;
/** An hour is made of so many values. */
const LOOKS_AN_HOUR = 6;
const SERIES_ID_LENGTH = 16;

/** The last minutes as they were accepted, so often. */
const SAMPLES_MS = 6 * MINUTE_MS;
const SAMPLED_MS = 15 * SECOND_MS;

type History = { readonly series: readonly PlayedSeries[]; readonly now: Instant; readonly node: string };

/** Weeks of hours, a day of minutes, minutes of samples: as the duties that fold and pack would have left them. */
export async function furnishMetrics(store: Store, { series, now, node }: History): Promise<void> {
  const packedTo = beginOf(now - PACKED_MS, HOUR_MS);
  const samplesFrom = beginOf(now - SAMPLES_MS, MINUTE_MS);
  const all = series.map((one) => ({ ...one, id: idOf(one) }));
  const minutes: StoredBlock[] = [];
  const hours: StoredBlock[] = [];
  for (const { id, value } of all) {
    for (let at = beginOf(now - MINUTES_BACK_MS, HOUR_MS); at < packedTo; at += HOUR_MS)
      minutes.push({ series: id, at, data: encodeBlock(hourOf(value, at, HOUR_MS)) });
    for (let at = beginOf(now - HOURS_BACK_MS, DAY_MS); at < packedTo; at += DAY_MS)
      hours.push({ series: id, at, data: encodeBlock(dayOf(value, at, packedTo)) });
  }
  await store.transaction(async (queries) => {
    await queries.insertSeries(all.map(({ id, metric, labels }) => ({ id, metric, labels, lastAt: now })));
    await queries.putBlocks("minute", minutes);
    await queries.putBlocks("hour", hours);
    for (let hour = packedTo; hour < samplesFrom; hour += HOUR_MS) {
      const length = samplesFrom - hour;
      const data = encodeMinutes(all.flatMap(({ id, value }) => minutesOf(id, hourOf(value, hour, length))));
      await queries.insertRecentMinutes([{ id: `demo-${hour}`, hour, shard: "", data }]);
    }
    const batches = [];
    for (let at = samplesFrom; at <= now; at += SAMPLED_MS) {
      const samples = series.map(({ metric, labels, value }) => ({ metric, labels, at, value: value(at) }));
      batches.push({ id: `demo-${at}`, node, at, measuredAt: at, samples: writeSamples(samples) });
    }
    await queries.insertSampleBatches(batches);
  });
}

function idOf({ metric, labels }: PlayedSeries): SeriesId {
  return asId(createHash("sha256").update(seriesKey(metric, labels)).digest("hex").slice(0, SERIES_ID_LENGTH));
}

function hourOf(value: PlayedSeries["value"], begin: Instant, length: number): PointBlock {
  const block = new PointBlock(begin, HOUR_OF_MINUTES);
  for (let after = 0; after < Math.min(HOUR_MS, length); after += MINUTE_MS)
    block.addSample(begin + after, value(begin + after));
  return block;
}

function minutesOf(series: SeriesId, block: PointBlock): readonly MinuteOfSeries[] {
  return Array.from({ length: block.slots }, (_, slot) => slot).flatMap((slot) => {
    const part = block.part(slot);
    return part === undefined ? [] : [{ series, slot, part }];
  });
}

function dayOf(value: PlayedSeries["value"], begin: Instant, to: Instant): PointBlock {
  const block = new PointBlock(begin, DAY_OF_HOURS);
  for (let at = begin; at < Math.min(begin + DAY_MS, to); at += HOUR_MS / LOOKS_AN_HOUR) block.addSample(at, value(at));
  return block;
}

/** What the played company has set up to be measured. Nobody measures it: the addresses are invented. */
const TARGETS: readonly Target[] = [
  target("order-api", "http", { url: "https://order.example.com/health" }, { service: "order" }),
  target("payment-api", "http", { url: "https://payment.example.com/health" }, { service: "payment" }),
  target(
    "search-api",
    "scrape",
    { url: "http://search-1.example.com:9102/metrics" },
    { service: "search" },
    "search-1",
  ),
  target("db-1", "mariadb", { socket: "/run/mysqld/mysqld.sock", user: "bongsu" }, { job: "mariadb" }, "db-1"),
  target("db-2", "mariadb", { host: "db-2.example.com", user: "bongsu" }, { job: "mariadb" }, "db-1"),
  target("core-sw-1", "check", { ping: "core-sw-1.example.com" }, { job: "network" }),
  target("core-sw-2", "check", { ping: "core-sw-2.example.com" }, { job: "network" }),
];

function target(
  id: string,
  collector: Target["collector"],
  settings: Target["settings"],
  labels: Target["labels"],
  agent?: string,
): Target {
  return {
    id: asId(id),
    collector,
    settings,
    every: 30 * SECOND_MS,
    labels,
    ...(agent === undefined ? {} : { agent }),
  };
}

/** By whom each is run, and for how long each takes. */
export function playedTargets(host: string | undefined): readonly Target[] {
  return TARGETS.filter(({ agent }) => agent === host);
}

/** Targets as facts, and the deployment after which the search host had much to do. */
export async function furnishTargets(store: Store, begins: Instant, now: Instant): Promise<void> {
  const put = TARGETS.map((data) => ({ kind: "target" as const, id: data.id, data, updatedAt: begins }));
  await store.changeRoster(put, [], begins);
  const audited = put.map(({ id }) => ({ at: begins, by: "park", action: "target.changed", facts: { id } }));
  await store.appendAudit(audited);
  await store.addMark({
    id: asId("kdemo9"),
    at: now - 136 * MINUTE_MS,
    title: "search-indexer 4.2.0 배포",
    kind: "deploy",
    labels: { service: "search" },
    by: "사내 스크립트",
  });
}
