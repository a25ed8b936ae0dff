import type { Labels } from "../../metric/sample.ts";

/** A question, and how the series it gives are named by us. */
export type Query = {
  readonly metric: string;
  readonly query: string;
  /** Put on every series. */
  readonly labels: Labels;
  /** Ours → the answer's; of an instance the port is left out. Absent: the labels stay as they are. */
  readonly named?: Readonly<Record<string, string>>;
};

export const PRESETS = ["node", "mysqld"] as const;
export type Preset = (typeof PRESETS)[number];

/** Prometheus' rule of thumb: four scrapes, and one more. */
export const WINDOW = "5m";

export function presetQueries(preset: Preset): readonly Query[] {
  return preset === "node" ? NODE : MYSQLD;
}

const rate = (counter: string): string => `rate(${counter}[${WINDOW}])`;
const by = (labels: string, expression: string): string => `sum by (${labels}) (${expression})`;

const FILES = `fstype!~"squashfs|iso9660|erofs|cramfs|udf|autofs|ramfs|rootfs|devtmpfs|nsfs|overlay|fuse.lxcfs|fuse.portal",mountpoint!~"/dev(/.*)?|/run/(user|credentials|docker|containerd)/.*|/var/lib/(docker|containers|containerd|kubelet)/.*|/snap/.*"`;
const files = (metric: string): string => `max by (instance, mountpoint) (node_filesystem_${metric}{${FILES}})`;
const LINKS = `device!~"lo|veth.*|docker.*|br-.*|virbr.*|vnet.*|tap.*|podman.*|cni.*|cali.*|cilium.*|lxc.*|flannel.*|kube-.*|dummy.*"`;
const DISKS = `device!~"dm-.*|md.*|loop.*|ram.*|sr.*|zram.*"`;

/** Ours, from node_exporter's series: host by host. */
const NODE: readonly Query[] = [
  node(
    "host_cpu_used_ratio",
    `1 - ${by("instance", rate('node_cpu_seconds_total{mode=~"idle|iowait"}'))} / ${by("instance", rate("node_cpu_seconds_total"))}`,
  ),
  node(
    "host_load_per_core",
    `${by("instance", "node_load1")} / count by (instance) (node_cpu_seconds_total{mode="idle"})`,
  ),
  node("host_memory_available_bytes", by("instance", "node_memory_MemAvailable_bytes")),
  node(
    "host_memory_used_ratio",
    `1 - ${by("instance", "node_memory_MemAvailable_bytes")} / ${by("instance", "node_memory_MemTotal_bytes")}`,
  ),
  node(
    "host_swap_used_ratio",
    `1 - ${by("instance", "node_memory_SwapFree_bytes")} / ${by("instance", "node_memory_SwapTotal_bytes")}`,
  ),
  ...["cpu", "memory", "io"].map((resource) => ({
    ...node("host_pressure_ratio", by("instance", rate(`node_pressure_${resource}_waiting_seconds_total`))),
    labels: { resource },
  })),
  mounted(
    "host_disk_used_ratio",
    `(${files("size_bytes")} - ${files("free_bytes")}) / (${files("size_bytes")} - ${files("free_bytes")} + ${files("avail_bytes")})`,
  ),
  mounted("host_disk_free_bytes", files("avail_bytes")),
  mounted("host_inodes_used_ratio", `1 - ${files("files_free")} / ${files("files")}`),
  node("host_disk_read_bytes_per_second", by("instance", rate(`node_disk_read_bytes_total{${DISKS}}`))),
  node("host_disk_write_bytes_per_second", by("instance", rate(`node_disk_written_bytes_total{${DISKS}}`))),
  linked("network_interface_up", `max by (instance, device) (node_network_up{${LINKS}})`),
  linked(
    "network_receive_bytes_per_second",
    by("instance, device", rate(`node_network_receive_bytes_total{${LINKS}}`)),
  ),
  linked(
    "network_transmit_bytes_per_second",
    by("instance, device", rate(`node_network_transmit_bytes_total{${LINKS}}`)),
  ),
  linked(
    "network_errors_per_second",
    `${by("instance, device", rate(`node_network_receive_errs_total{${LINKS}}`))} + ${by("instance, device", rate(`node_network_transmit_errs_total{${LINKS}}`))}`,
  ),
  linked(
    "network_drops_per_second",
    `${by("instance, device", rate(`node_network_receive_drop_total{${LINKS}}`))} + ${by("instance, device", rate(`node_network_transmit_drop_total{${LINKS}}`))}`,
  ),
  node("host_uptime_seconds", by("instance", "node_time_seconds - node_boot_time_seconds")),
  node("units_failed", by("instance", 'node_systemd_unit_state{state="failed"}')),
];

const STATUS = "mysql_global_status_";

/** Ours, from mysqld_exporter's series: server by server. */
const MYSQLD: readonly Query[] = [
  server("database_up", "max by (instance) (mysql_up)"),
  server("database_uptime_seconds", by("instance", `${STATUS}uptime`)),
  server("database_read_only", "max by (instance) (mysql_global_variables_read_only)"),
  server("database_queries_per_second", by("instance", rate(`${STATUS}questions`))),
  server("database_slow_queries_per_second", by("instance", rate(`${STATUS}slow_queries`))),
  server("database_lock_waits", by("instance", `${STATUS}innodb_row_lock_current_waits`)),
  server("database_deadlocks_per_second", by("instance", rate(`${STATUS}innodb_deadlocks`))),
  server("database_connections", by("instance", `${STATUS}threads_connected`)),
  server(
    "database_connections_used_ratio",
    `${by("instance", `${STATUS}threads_connected`)} / ${by("instance", "mysql_global_variables_max_connections")}`,
  ),
  server("database_connections_refused_per_second", by("instance", rate(`${STATUS}aborted_connects`))),
  channelled(
    "database_replication_running",
    `min by (instance, channel_name, connection_name) (mysql_slave_status_slave_io_running) * min by (instance, channel_name, connection_name) (mysql_slave_status_slave_sql_running)`,
  ),
  channelled(
    "database_replication_lag_seconds",
    `max by (instance, channel_name, connection_name) (mysql_slave_status_seconds_behind_master)`,
  ),
  server("database_galera_cluster_size", `max by (instance) (${STATUS}wsrep_cluster_size > 0)`),
  server(
    "database_galera_ready",
    `max by (instance) (${STATUS}wsrep_ready) and max by (instance) (${STATUS}wsrep_cluster_size > 0)`,
  ),
];

function node(metric: string, query: string): Query {
  return { metric, query, labels: {}, named: { host: "instance" } };
}

function mounted(metric: string, query: string): Query {
  return { metric, query, labels: {}, named: { host: "instance", mount: "mountpoint" } };
}

function linked(metric: string, query: string): Query {
  return { metric, query, labels: {}, named: { host: "instance", interface: "device" } };
}

function server(metric: string, query: string): Query {
  return { metric, query, labels: {}, named: { target: "instance" } };
}

function channelled(metric: string, query: string): Query {
  return { metric, query, labels: {}, named: { target: "instance", channel: "channel_name connection_name" } };
}

/** The labels of a series by our names. */
export function namedLabels({ named, labels: fixed }: Query, told: Labels, target: string): Labels {
  if (named === undefined) return { target, ...told, ...fixed };
  const labels: Record<string, string> = {};
  for (const [ours, theirs] of Object.entries(named)) {
    const value = theirs
      .split(" ")
      .map((name) => told[name])
      .find((one) => one !== undefined);
    if (value !== undefined) labels[ours] = theirs === "instance" && ours === "host" ? withoutPort(value) : value;
  }
  return { ...labels, ...fixed };
}

/** `db1:9100` is the host `db1`. */
function withoutPort(instance: string): string {
  return instance.replace(/:\d+$/u, "").replace(/^\[|\]$/gu, "");
}
