import { namePatterns } from "../../name-patterns.ts";
import { type Exporter, ratio, sum, Told, type TranslateFacts } from "../exporter.ts";
import type { RawSample } from "../parse-exposition.ts";
import type { Reading } from "../reading.ts";

/** Prometheus' node_exporter, from 0.16 on. */
export const nodeExporter: Exporter = {
  name: "node",
  recognizes: (reading) => reading.has("node_cpu_seconds_total") || reading.has("node_exporter_build_info"),
  translate(facts) {
    const told = new Told();
    const host = facts.reading.all("node_uname_info")[0]?.labels.nodename ?? facts.host;
    tellProcessor(facts.reading, host, told);
    tellMemory(facts.reading, host, told);
    tellDisks(facts, host, told);
    tellNetwork(facts.reading, host, told);
    const boot = facts.reading.value("node_boot_time_seconds");
    const now = facts.reading.value("node_time_seconds") ?? facts.at / 1_000;
    told.tell("host_uptime_seconds", { host }, boot === undefined ? undefined : now - boot);
    told.tell("process_zombies", { host }, facts.reading.value("node_processes_state", { state: "Z" }));
    const failed = facts.reading.all("node_systemd_unit_state").filter(({ labels }) => labels.state === "failed");
    told.tell("units_failed", { host }, sum(failed.map(({ value }) => value)));
    return told.samples;
  },
};

function tellProcessor(reading: Reading, host: string, told: Told): void {
  // Time of guests is part of user and nice already.
  const modes = reading.all("node_cpu_seconds_total");
  const rates = modes.map((sample) => ({ mode: sample.labels.mode ?? "", rate: reading.rateOf(sample) }));
  const total = sum(rates.map(({ rate }) => rate));
  const idle = sum(rates.filter(({ mode }) => mode === "idle" || mode === "iowait").map(({ rate }) => rate));
  const idleRatio = ratio(idle, total);
  told.tell(
    "host_cpu_used_ratio",
    { host },
    idleRatio === undefined ? undefined : Math.min(1, Math.max(0, 1 - idleRatio)),
  );
  const cores = new Set(modes.map(({ labels }) => labels.cpu)).size;
  told.tell("host_load_per_core", { host }, ratio(reading.value("node_load1"), cores));
  for (const resource of ["cpu", "memory", "io"]) {
    told.tell(
      "host_pressure_ratio",
      { host, resource },
      reading.rate(`node_pressure_${resource}_waiting_seconds_total`),
    );
  }
}

function tellMemory(reading: Reading, host: string, told: Told): void {
  const available = reading.value("node_memory_MemAvailable_bytes");
  const free = ratio(available, reading.value("node_memory_MemTotal_bytes"));
  told.tell("host_memory_available_bytes", { host }, available);
  told.tell("host_memory_used_ratio", { host }, free === undefined ? undefined : 1 - free);
  const swapFree = ratio(reading.value("node_memory_SwapFree_bytes"), reading.value("node_memory_SwapTotal_bytes"));
  told.tell("host_swap_used_ratio", { host }, swapFree === undefined ? undefined : 1 - swapFree);
}

/** Images that are full by nature, and file systems that are none. */
const PSEUDO = namePatterns(
  "squashfs iso9660 erofs cramfs udf autofs ramfs rootfs devtmpfs nsfs overlay fuse.lxcfs fuse.portal".split(" "),
);
const ELSEWHERE = namePatterns(
  "/dev /dev/* /run/credentials/* /run/user/* /var/lib/docker/* /var/lib/containers/* /var/lib/containerd/* /var/lib/kubelet/* /run/docker/* /run/containerd/* /snap/*".split(
    " ",
  ),
);
/** Parts of other devices, or made of them: they would be counted twice. */
const PARTS = /^(dm-\d+|md\d+|loop\d+|ram\d+|sr\d+|zram\d+)$/u;

function tellDisks({ reading, known }: TranslateFacts, host: string, told: Told): void {
  const devices = new Set<string>();
  for (const { labels, value: size } of reading.all("node_filesystem_size_bytes")) {
    const { mountpoint: mount = "", fstype = "", device = "" } = labels;
    const isRootOverlay = fstype === "overlay" && mount === "/";
    if (mount === "" || (PSEUDO.fits(fstype) && !isRootOverlay) || ELSEWHERE.fits(mount) || !(size > 0)) continue;
    // One file system bound to many places is told once, at the first.
    if (device.startsWith("/") && devices.has(device)) continue;
    devices.add(device);
    const of = (metric: string): number | undefined => reading.value(metric, { mountpoint: mount, device, fstype });
    const [free, available] = [of("node_filesystem_free_bytes"), of("node_filesystem_avail_bytes")];
    if (free !== undefined && available !== undefined) {
      told.tell("host_disk_used_ratio", { host, mount }, ratio(size - free, size - free + available));
    }
    told.tell("host_disk_free_bytes", { host, mount }, available);
    const inodesFree = ratio(of("node_filesystem_files_free"), of("node_filesystem_files"));
    told.tell("host_inodes_used_ratio", { host, mount }, inodesFree === undefined ? undefined : 1 - inodesFree);
    tellReadOnly({ host, mount }, of("node_filesystem_readonly"), known, told);
  }
  const disks = (metric: string): number | undefined =>
    sum(
      reading
        .all(metric)
        .filter(({ labels }) => !PARTS.test(labels.device ?? ""))
        .map((sample) => reading.rateOf(sample)),
    );
  told.tell("host_disk_read_bytes_per_second", { host }, disks("node_disk_read_bytes_total"));
  told.tell("host_disk_write_bytes_per_second", { host }, disks("node_disk_written_bytes_total"));
}

/** What was never seen writable is meant to be so. */
function tellReadOnly(
  labels: { readonly host: string; readonly mount: string },
  value: number | undefined,
  known: Set<string>,
  told: Told,
): void {
  const key = `writable ${labels.mount}`;
  if (value === 0) known.add(key);
  if (known.has(key)) told.tell("host_disk_read_only", labels, value);
}

/** Made by containers, virtual machines and the kernel, and gone again as these go. */
const MADE = namePatterns(
  "lo lo0 veth* docker* br-* virbr* vnet* tap* podman* cni* cali* cilium* lxc* flannel* kube-* dummy* ifb* sit* tunl* gre* erspan* ip6*".split(
    " ",
  ),
);

function tellNetwork(reading: Reading, host: string, told: Told): void {
  const wanted = (metric: string): readonly RawSample[] =>
    reading.all(metric).filter(({ labels }) => labels.device !== undefined && !MADE.fits(labels.device));
  const rates = (metric: string, device: string): number | undefined => reading.rate(metric, { device });
  for (const { labels } of wanted("node_network_receive_bytes_total")) {
    const { device = "" } = labels;
    const interfaced = { host, interface: device };
    const both = (kind: string): number | undefined =>
      sum([rates(`node_network_receive_${kind}_total`, device), rates(`node_network_transmit_${kind}_total`, device)]);
    told.tell("network_receive_bytes_per_second", interfaced, rates("node_network_receive_bytes_total", device));
    told.tell("network_transmit_bytes_per_second", interfaced, rates("node_network_transmit_bytes_total", device));
    told.tell("network_errors_per_second", interfaced, both("errs"));
    told.tell("network_drops_per_second", interfaced, both("drop"));
  }
  for (const { labels, value } of wanted("node_network_up")) {
    told.tell("network_interface_up", { host, interface: labels.device ?? "" }, value);
  }
}
