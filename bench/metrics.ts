import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createEngine, type Engine } from "../src/engine/engine.ts";
import { DEFAULT_SETTINGS } from "../src/engine/ports.ts";
import { readBack } from "../src/engine/read-back.ts";
import { createServer } from "../src/http/server.ts";
import { newToken } from "../src/http/tokens.ts";
import type { ShownMetrics } from "../src/http/wire/monitors.ts";
import { type Chance, seededChance } from "../src/id/chance.ts";
import { HOUR_OF_MINUTES } from "../src/metric/point-block.ts";
import { decodeBlock } from "../src/metric/point-codec.ts";
import { openStore } from "../src/store/open-store.ts";
import type { Store } from "../src/store/store.ts";
import { DAY_MS, HOUR_MS, SECOND_MS, toIso } from "../src/time/instant.ts";
import { SimClock } from "../src/time/sim-clock.ts";
import { Hosts } from "./metrics-load.ts";
import { type PrometheusPeer, startPrometheus } from "./prometheus-peer.ts";
import { writeSection } from "./sections.ts";

const HOSTS = 20;
const SERIES = HOSTS * 100;
const EVERY_MS = 30 * SECOND_MS;
const TICKS = DAY_MS / EVERY_MS;
const QUERIES = 30;
const RATE_MIN = 20_000;
const QUERY_MS_MAX = 50;

type Line = readonly [what: string, ours: string, peer: string, budget: string, holds: boolean];
type Range = { readonly from: number; readonly to: number };

/**
 * `npm run bench -- metrics [--write]`: a day of what twenty hosts measure, through the metric store over a file of
 * SQLite, and the same samples in the same run through Debian's Prometheus. Time that the load takes to be made up is
 * not counted; rates are by the time of the processor, which is one core's.
 */
export async function benchMetrics(write: boolean): Promise<boolean> {
  const load = loadavg()[0] ?? 0;
  const folder = mkdtempSync(join(tmpdir(), "bongsu-bench-"));
  const file = join(folder, "bongsu.db");
  const begin = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - DAY_MS;
  const before = process.memoryUsage.rss();
  const ours = await aDay(file, begin);
  const rss = (process.memoryUsage.rss() - before) / 1_000_000;
  const queried = await asked(file, { from: begin, to: begin + DAY_MS });
  const sizes = await sizesOf(file);
  const peer = await startPrometheus();
  const theirs = peer === undefined ? undefined : await aDayOfPrometheus(peer, begin);
  const rows = plainRows(join(folder, "plain.db"), sizes.rows);
  rmSync(folder, { recursive: true, force: true });

  const rate = ours.samples / (ours.cpuMs / 1_000);
  const lines: readonly Line[] = [
    [
      "samples a second of one core, durable and in minutes and hours",
      count(rate),
      theirs === undefined ? "" : count(ours.samples / (theirs.cpuMs / 1_000)),
      count(RATE_MIN),
      rate >= RATE_MIN,
    ],
    [
      "the same, by the clock on the wall",
      count(ours.samples / (ours.wallMs / 1_000)),
      theirs === undefined ? "" : count(ours.samples / (theirs.wallMs / 1_000)),
      count(RATE_MIN),
      ours.samples / (ours.wallMs / 1_000) >= RATE_MIN,
    ],
    ["longest step of the duty, processor", `${ours.longestMs.toFixed(0)} ms`, "", "", true],
    ...queried.queries.map(
      ({ what, medianMs, cpuMs, firstCpuMs }, index): Line => [
        what,
        `${medianMs.toFixed(1)} ms (processor ${cpuMs.toFixed(1)} ms, the first time ${firstCpuMs.toFixed(0)} ms)`,
        theirs === undefined ? "" : `${(theirs.queryMs[index] ?? 0).toFixed(1)} ms`,
        `${QUERY_MS_MAX} ms`,
        medianMs <= QUERY_MS_MAX,
      ],
    ),
    ["from start until memory knows the last hour again", `${queried.warmMs.toFixed(0)} ms`, "", "", true],
    [
      `resident memory (ours: grown by), ${count(SERIES)} series`,
      `${rss.toFixed(0)} MB`,
      theirs === undefined ? "" : `${theirs.residentMegabytes} MB`,
      "",
      true,
    ],
    [
      "an hour of minutes of a series on disk",
      `${sizes.minuteBytes.toFixed(0)} B`,
      `${(rows.bytes * 60).toFixed(0)} B (rows)`,
      "",
      true,
    ],
    ["a day of hours of a series on disk", `${sizes.hourBytes.toFixed(0)} B`, "", "", true],
    ["24 h of 10 series out of plain rows of SQLite", "", `${rows.queryMs.toFixed(1)} ms`, "", true],
  ];
  const text = section(lines, { load, samples: ours.samples });
  console.log(text);
  if (write) writeSection(text);
  return lines.every(([, , , , holds]) => holds);
}

type Opened = { readonly store: Store; readonly engine: Engine; readonly clock: SimClock; readonly chance: Chance };

async function opened(file: string, at: number): Promise<Opened> {
  const store = await openStore(file);
  const clock = new SimClock(at);
  const chance = seededChance(1);
  const engine = createEngine(
    {
      store,
      clock,
      chance,
      sha256: (text) => createHash("sha256").update(text).digest("hex"),
      node: "bench",
      channels: new Map(),
      ...readBack,
      log: () => {},
      settings: DEFAULT_SETTINGS,
    },
    ["aggregate"],
  );
  return { store, engine, clock, chance };
}

async function aDay(file: string, begin: number) {
  const { store, engine, clock, chance } = await opened(file, begin);
  const duty = engine.duties.duties.find(({ name }) => name === "aggregate");
  if (duty === undefined) throw new Error("there is a duty that aggregates");
  const hosts = new Hosts(HOSTS, () => chance.fraction());
  let [samples, wallMs, cpuMs, longestMs] = [0, 0, 0, 0];
  for (let tick = 0; tick < TICKS; tick++) {
    const batches = hosts.hosts.map((_, host) => ({ id: `${host}/${tick}`, samples: hosts.tick(host, clock.now()) }));
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    for (const { taken } of await Promise.all(batches.map((batch) => engine.metrics.accept(batch)))) samples += taken;
    for (;;) {
      const step = process.cpuUsage();
      const { next } = await duty.run(clock.now());
      longestMs = Math.max(longestMs, millis(process.cpuUsage(step)));
      if (next === undefined) break;
    }
    cpuMs += millis(process.cpuUsage(cpu));
    wallMs += performance.now() - wall;
    clock.jump(EVERY_MS);
  }
  await store.close();
  return { samples, wallMs, cpuMs, longestMs };
}

/** As the chart page asks, of a server that has just been started; the first answer of each, and the median of many. */
async function asked(file: string, range: Range) {
  const { store, engine, clock, chance } = await opened(file, range.to);
  const began = performance.now();
  await engine.start();
  const warmMs = performance.now() - began;
  await engine.duties.stop();
  const server = createServer(engine, "0.0.0", "web/dist");
  await server.ready();
  const { text, token } = newToken(chance, { name: "bench", scopes: ["read"], at: clock.now() });
  await store.putToken(token);
  const queries = [];
  for (const { what, match, points, series } of QUESTIONS) {
    const query = new URLSearchParams([
      ["metric", match.metric],
      ...match.matchers.map((one) => ["match", one]),
      ["from", toIso(range.from)],
      ["to", toIso(range.to)],
      ["points", String(points)],
    ]);
    const times: number[] = [];
    const cpuTimes: number[] = [];
    for (let nth = 0; nth < QUERIES; nth++) {
      const [since, cpu] = [performance.now(), process.cpuUsage()];
      const answer = await server.inject({
        url: `/api/v1/metrics/query?${query.toString()}`,
        headers: { authorization: `Bearer ${text}` },
      });
      times.push(performance.now() - since);
      cpuTimes.push(millis(process.cpuUsage(cpu)));
      const shown = answer.json<ShownMetrics>();
      const known = shown.series.every(({ avg }) => avg.filter((value) => value !== null).length > points / 2);
      if (shown.series.length !== series || !known)
        throw new Error(`not what was asked for: ${answer.body.slice(0, 300)}`);
    }
    queries.push({ what, medianMs: median(times), cpuMs: median(cpuTimes), firstCpuMs: cpuTimes[0] ?? 0 });
  }
  await server.close();
  await store.close();
  return { warmMs, queries };
}

const TEN = { metric: "bench_37", matchers: ['part="part-0"', 'host=~"host-[0-9]"'] };
const QUESTIONS = [
  { what: "24 h of 10 series, 1,440 points each", match: TEN, points: 1_440, series: 10, step: 60 * SECOND_MS },
  { what: "24 h of 10 series, 288 points each", match: TEN, points: 288, series: 10, step: 300 * SECOND_MS },
];

async function aDayOfPrometheus(peer: PrometheusPeer, begin: number) {
  const chance = seededChance(1);
  const hosts = new Hosts(HOSTS, () => chance.fraction());
  const cpu = peer.cpuMs();
  let wallMs = 0;
  for (let tick = 0; tick < TICKS; tick++) {
    const samples = hosts.hosts.flatMap((_, host) => hosts.tick(host, begin + tick * EVERY_MS));
    const since = performance.now();
    await peer.write(samples);
    wallMs += performance.now() - since;
  }
  const cpuMs = peer.cpuMs() - cpu;
  const queryMs: number[] = [];
  for (const { match, step, series } of QUESTIONS) {
    const times: number[] = [];
    for (let nth = 0; nth < QUERIES; nth++) {
      const range = { from: begin, to: begin + DAY_MS - step, step };
      const text = `avg_over_time(${match.metric}{${match.matchers.join(",")}}[${step / SECOND_MS}s])`;
      const { ms, series: found } = await peer.query(text, range);
      if (found !== series) throw new Error(`Prometheus gives ${found} series`);
      times.push(ms);
    }
    queryMs.push(median(times));
  }
  const resident = peer.residentMegabytes();
  await peer.stop();
  return { wallMs, cpuMs, queryMs, residentMegabytes: resident };
}

type PlainRow = readonly [
  series: string,
  at: number,
  min: number,
  max: number,
  sum: number,
  count: number,
  last: number,
];

async function sizesOf(file: string) {
  const database = new DatabaseSync(file);
  const bytes = (table: string): number => {
    const names = `name = '${table}' or name like '%autoindex_${table}_%' or name = '${table}_at'`;
    const [size] = database.prepare(`select sum(pgsize) as size from dbstat where ${names}`).all();
    const [rows] = database.prepare(`select count(*) as count from ${table}`).all();
    return Number(size?.size) / Number(rows?.count);
  };
  const [minuteBytes, hourBytes] = [bytes("metric_minute"), bytes("metric_hour")];
  database.close();
  const store = await openStore(file);
  const ids = (await Promise.all(Array.from({ length: 50 }, (_, n) => store.seriesOf(`bench_${n}`, 0)))).flat();
  const blocks = await store.blocks(
    "minute",
    ids.map(({ id }) => id),
    { from: 0, to: Number.MAX_SAFE_INTEGER },
  );
  await store.close();
  const rows = blocks.flatMap(({ series, at, data }) =>
    decodeBlock(data, at, HOUR_OF_MINUTES)
      .points(0, Number.MAX_SAFE_INTEGER)
      .map((point): PlainRow => [series, point.at, point.min, point.max, point.sum, point.count, point.last]),
  );
  return { minuteBytes, hourBytes, rows };
}

/** The same minutes as anybody would lay them down: a row each. */
function plainRows(file: string, rows: readonly PlainRow[]) {
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = wal");
  database.exec(
    "create table plain (series text, at integer, low real, high real, total real, samples integer, latest real, primary key (series, at))",
  );
  const insert = database.prepare("insert into plain values (?, ?, ?, ?, ?, ?, ?)");
  database.exec("begin");
  for (const row of rows) insert.run(...row);
  database.exec("commit; pragma wal_checkpoint(truncate)");
  const names = [...new Set(rows.map(([series]) => series))].slice(0, 10);
  const select = database.prepare(
    `select * from plain where series in (${names.map(() => "?").join(",")}) order by series, at`,
  );
  const times = Array.from({ length: QUERIES }, () => {
    const since = performance.now();
    JSON.stringify(select.all(...names));
    return performance.now() - since;
  });
  database.close();
  return { bytes: statSync(file).size / rows.length, queryMs: median(times) };
}

function section(
  lines: readonly Line[],
  { load, samples }: { readonly load: number; readonly samples: number },
): string {
  const date = new Date().toISOString().slice(0, 10);
  return [
    "## What is measured",
    "",
    `Measured ${date} by \`npm run bench -- metrics --write\` on ${availableParallelism()} cores (${cpus()[0]?.model ?? ""}), Node`,
    `${process.versions.node}, with a load of ${load.toFixed(1)} when it began. ${HOSTS} hosts bring 100 series each every ${EVERY_MS / SECOND_MS} s for a day: ${count(samples)}`,
    "samples, in a batch for each host. Ours are on the disk before they are answered (SQLite, `synchronous=full`) and are",
    "packed into minutes and hours as the day goes on; questions go through the API's route, JSON and all. The peer is Debian's",
    "Prometheus with one thread, which gets the samples of all hosts in one request of remote write, keeps every one of them,",
    "and does not wait for the disk; where it says rows, the peer is the same minutes as plain rows of SQLite.",
    "",
    "| | Bongsu | peer | budget | |",
    "| --- | ---: | ---: | ---: | --- |",
    ...lines.map(
      ([what, ours, peer, budget, holds]) => `| ${what} | ${ours} | ${peer} | ${budget} | ${holds ? "" : "over"} |`,
    ),
    "",
  ].join("\n");
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function millis({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
