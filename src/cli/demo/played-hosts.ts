import type { Labels } from "../../metric/sample.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";

/** One series of the played company: what it was at any instant, the same however often it is asked. */
export type PlayedSeries = {
  readonly metric: string;
  readonly labels: Labels;
  readonly value: (at: Instant) => number;
};

export type PlayedFacts = {
  /** When the demo begins: what goes on then is told back from it. */
  readonly now: Instant;
  /** Local time less UTC, in milliseconds. */
  readonly offset: number;
};

type Wave = {
  /** At night, and how much more in the afternoon. */
  readonly night: number;
  readonly day: number;
  /** How far it strays, as a part of its value. */
  readonly stray?: number;
};

const MIB = 1_048_576;
const GIB = 1_024 * MIB;

export type PlayedHost = {
  readonly host: string;
  readonly labels: Labels;
  readonly platform: string;
  readonly cpu: Wave;
  readonly memory: number;
  readonly mounts: Readonly<Record<string, number>>;
};

const UBUNTU = "Ubuntu 24.04 x64";
const DEBIAN = "Debian 13 x64";

export const PLAYED_HOSTS: readonly PlayedHost[] = [
  {
    host: "order-1",
    labels: { service: "order" },
    platform: UBUNTU,
    cpu: { night: 0.12, day: 0.38 },
    memory: 0.58,
    mounts: { "/": 0.41, "/var": 0.55 },
  },
  {
    host: "order-2",
    labels: { service: "order" },
    platform: UBUNTU,
    cpu: { night: 0.11, day: 0.36 },
    memory: 0.56,
    mounts: { "/": 0.39, "/var": 0.52 },
  },
  {
    host: "payment-1",
    labels: { service: "payment" },
    platform: UBUNTU,
    cpu: { night: 0.09, day: 0.31 },
    memory: 0.49,
    mounts: { "/": 0.35, "/var": 0.44 },
  },
  {
    host: "search-1",
    labels: { service: "search" },
    platform: UBUNTU,
    cpu: { night: 0.18, day: 0.34 },
    memory: 0.71,
    mounts: { "/": 0.37, "/data": 0.66 },
  },
  {
    host: "db-1",
    labels: { job: "mariadb" },
    platform: DEBIAN,
    cpu: { night: 0.16, day: 0.33 },
    memory: 0.74,
    mounts: { "/": 0.31, "/var/lib/mysql": 0.62 },
  },
  {
    host: "db-2",
    labels: { job: "mariadb" },
    platform: DEBIAN,
    cpu: { night: 0.13, day: 0.22 },
    memory: 0.72,
    mounts: { "/": 0.3, "/var/lib/mysql": 0.6 },
  },
  {
    host: "gpu-1",
    labels: { job: "gpu" },
    platform: UBUNTU,
    cpu: { night: 0.22, day: 0.27 },
    memory: 0.63,
    mounts: { "/": 0.48, "/data": 0.71 },
  },
  {
    host: "batch-1",
    labels: { service: "settlement" },
    platform: DEBIAN,
    cpu: { night: 0.35, day: 0.05 },
    memory: 0.52,
    mounts: { "/": 0.44, "/data": 0.57 },
  },
];

/** Everything that is measured in the played company. */
export function playedSeries(facts: PlayedFacts): readonly PlayedSeries[] {
  return [
    ...PLAYED_HOSTS.flatMap((host, nth) => hostSeries(host, nth * 100, facts)),
    ...gpuSeries(facts),
    ...databaseSeries(facts),
    ...serviceSeries(facts),
    ...networkSeries(facts),
  ];
}

function hostSeries(host: PlayedHost, seed: number, facts: PlayedFacts): readonly PlayedSeries[] {
  const labels = { ...host.labels, host: host.host };
  const series = (metric: string, value: PlayedSeries["value"], more: Labels = {}): PlayedSeries => ({
    metric,
    labels: { ...labels, ...more },
    value,
  });
  const cpu = (at: Instant): number =>
    atMost(1, Math.max(wave(host.cpu, seed, at, facts) + extraCpu(host.host, at, facts), busy(host.host, at, facts)));
  const memory = (at: Instant): number => host.memory + 0.02 * drift(seed + 1, at) + 0.04 * business(at, facts);
  return [
    series("host_cpu_used_ratio", cpu),
    series("host_load_per_core", (at) => cpu(at) * 1.2),
    series("host_memory_used_ratio", memory),
    series("host_memory_available_bytes", (at) => (1 - memory(at)) * 64 * GIB),
    ...Object.entries(host.mounts).map(([mount, share], nth) =>
      series("host_disk_used_ratio", filling(host.host, mount, share, seed + nth, facts), { mount }),
    ),
    series("host_inodes_used_ratio", (at) => 0.12 + 0.002 * drift(seed + 5, at), { mount: "/" }),
    series("host_disk_read_only", () => 0, { mount: "/" }),
    series("network_interface_up", () => 1, { interface: "eth0" }),
    series("network_receive_bytes_per_second", (at) => wave({ night: 2, day: 28 }, seed + 6, at, facts) * MIB, {
      interface: "eth0",
    }),
    series("network_transmit_bytes_per_second", (at) => wave({ night: 3, day: 41 }, seed + 7, at, facts) * MIB, {
      interface: "eth0",
    }),
    series("units_failed", () => 0),
  ];
}

/** What the stories of the present are made of (`present-stories.ts`): the search index is built anew, the batch is late. */
function extraCpu(host: string, at: Instant, facts: PlayedFacts): number {
  if (host === "search-1") return 0.72 * within(at, facts, { from: 134, to: 34 });
  if (host === "batch-1") return 0.56 * within(at, facts, { from: 190 });
  if (host === "db-2") return 0.4 * within(at, facts, { from: 56 });
  return 0;
}

/** After the index was built anew the search host is busy once more: not enough for the rule, but for the tighter line. */
function busy(host: string, at: Instant, facts: PlayedFacts): number {
  return host === "search-1" ? (0.86 + 0.01 * drift(17, at)) * within(at, facts, { from: 24, to: 8 }) : 0;
}

/** The database's disk has been filling up for weeks; the others go up and down a little. */
function filling(
  host: string,
  mount: string,
  share: number,
  seed: number,
  { now }: PlayedFacts,
): PlayedSeries["value"] {
  if (host !== "db-1" || mount === "/") return (at) => share + 0.01 * drift(seed + 3, at);
  return (at) => Math.min(0.995, 0.871 + ((at - now) / DAY_MS) * 0.0118);
}

function gpuSeries(facts: PlayedFacts): readonly PlayedSeries[] {
  return [0, 1, 2, 3].flatMap((gpu) => {
    const labels = { job: "gpu", host: "gpu-1", gpu: String(gpu) };
    const used = (at: Instant): number => atMost(0.97, wave({ night: 0.35, day: 0.5 }, 900 + gpu, at, facts));
    return [
      { metric: "gpu_up", labels, value: () => 1 },
      { metric: "gpu_used_ratio", labels, value: used },
      { metric: "gpu_memory_used_ratio", labels, value: (at: Instant) => 0.55 + 0.3 * used(at) },
      { metric: "gpu_temperature_celsius", labels, value: (at: Instant) => 41 + 39 * used(at) },
    ];
  });
}

function databaseSeries(facts: PlayedFacts): readonly PlayedSeries[] {
  const of = (target: string, metric: string, value: PlayedSeries["value"], more: Labels = {}): PlayedSeries => ({
    metric,
    labels: { job: "mariadb", target, ...more },
    value,
  });
  return [
    ...["db-1", "db-2"].flatMap((target, nth) => {
      const seed = 700 + nth * 10;
      return [
        of(target, "database_up", () => 1),
        of(target, "database_ping_seconds", (at) => wave({ night: 0.0008, day: 0.0021 }, seed, at, facts)),
        of(target, "database_queries_per_second", (at) => wave({ night: 210, day: 1_900 }, seed + 1, at, facts)),
        of(target, "database_slow_queries_per_second", (at) => wave({ night: 0.02, day: 0.3 }, seed + 2, at, facts)),
        of(target, "database_connections_used_ratio", (at) => wave({ night: 0.14, day: 0.42 }, seed + 3, at, facts)),
      ];
    }),
    of("db-1", "database_disk_used_ratio", filling("db-1", "/var/lib/mysql", 0, 0, facts)),
    of("db-2", "database_replication_running", () => 1, { channel: "default" }),
    of("db-2", "database_replication_lag_seconds", (at) => 0.4 + lag(at, facts), { channel: "default" }),
  ];
}

/** 412 seconds behind within minutes, since half an hour less so. */
function lag(at: Instant, { now }: PlayedFacts): number {
  const minutes = (at - now) / MINUTE_MS;
  if (minutes < -56) return 0;
  if (minutes < -50) return ((minutes + 56) / 6) * 412;
  if (minutes < -24) return 412 + 6 * drift(801, at);
  return Math.max(155, 412 - ((minutes + 24) / 16) * 252) + 4 * drift(801, at);
}

function serviceSeries(facts: PlayedFacts): readonly PlayedSeries[] {
  const services: readonly (readonly [target: string, service: string, perSecond: number, seconds: number])[] = [
    ["order-api", "order", 64, 0.16],
    ["payment-api", "payment", 21, 0.24],
    ["search-api", "search", 118, 0.09],
  ];
  return services.flatMap(([target, service, perSecond, seconds], nth) => {
    const seed = 500 + nth * 10;
    const labels = { service, target };
    const failing = (at: Instant): number => (target === "payment-api" ? within(at, facts, { from: 5 }) : 0);
    return [
      { metric: "http_up", labels, value: () => 1 },
      { metric: "http_response_seconds", labels, value: (at: Instant) => seconds * (1 + 0.2 * drift(seed, at)) },
      {
        metric: "app_response_seconds",
        labels: { ...labels, quantile: "0.95" },
        value: (at: Instant) => seconds * (1.9 + 0.8 * business(at, facts) + 0.3 * drift(seed + 1, at)),
      },
      {
        metric: "app_error_ratio",
        labels,
        value: (at: Instant) => 0.0021 + 0.0012 * drift(seed + 2, at) + 0.318 * failing(at),
      },
      {
        metric: "app_requests_per_second",
        labels,
        value: (at: Instant) => wave({ night: perSecond * 0.1, day: perSecond }, seed + 3, at, facts),
      },
    ];
  });
}

function networkSeries(facts: PlayedFacts): readonly PlayedSeries[] {
  return ["core-sw-1", "core-sw-2"].flatMap((target, nth) => {
    const labels = { job: "network", target };
    const check = { ...labels, check: "ping" };
    const losing = (at: Instant): number => (nth === 0 ? within(at, facts, { from: 36 }) : 0);
    return [
      { metric: "network_check_up", labels: check, value: () => 1 },
      {
        metric: "network_check_seconds",
        labels: check,
        value: (at: Instant) => 0.0006 + 0.0002 * drift(620 + nth, at) + 0.004 * losing(at),
      },
      { metric: "network_loss_ratio", labels, value: (at: Instant) => 0.034 * losing(at) },
    ];
  });
}

/** 1 in that stretch before the demo's begin (in minutes), rising and falling within some minutes; open without `to`. */
function within(
  at: Instant,
  { now }: PlayedFacts,
  { from, to }: { readonly from: number; readonly to?: number },
): number {
  const minutes = (at - now) / MINUTE_MS;
  const rise = atMost(1, Math.max(0, (minutes + from) / 3));
  const fall = to === undefined ? 1 : atMost(1, Math.max(0, (-to - minutes) / 3));
  return Math.min(rise, fall);
}

function wave({ night, day, stray = 0.08 }: Wave, seed: number, at: Instant, facts: PlayedFacts): number {
  return Math.max(0, (night + day * business(at, facts)) * (1 + stray * drift(seed, at)));
}

/** How much is going on: nothing before seven, most at three, less at the weekend. 0 to 1. */
function business(at: Instant, { offset }: PlayedFacts): number {
  const local = at + offset;
  const hour = (local % DAY_MS) / HOUR_MS;
  const weekday = Math.floor(local / DAY_MS + 4) % 7;
  const share = Math.max(0, Math.sin(((hour - 7) / 16) * Math.PI));
  return share * (weekday === 0 || weekday === 6 ? 0.55 : 1);
}

/** Between -1 and 1, from minute to minute a little different, over hours as well. */
function drift(seed: number, at: Instant): number {
  const minute = at / MINUTE_MS;
  const slow = Math.sin(minute / 47 + seed * 1.7) * 0.45 + Math.sin(minute / 13 + seed * 2.3) * 0.3;
  return slow + 0.25 * Math.sin(Math.floor(minute) * 12.9898 + seed * 78.233);
}

function atMost(most: number, value: number): number {
  return Math.min(most, value);
}
