import { platform } from "node:os";
import type { Collected, CollectFacts, Collecting, Collector, Measured } from "../collector.ts";
import { type NamePatterns, namePatterns } from "../name-patterns.ts";
import { readSmallFile } from "../read-small-file.ts";
import { readSettings } from "../settings.ts";
import { readElsewhere } from "./other-systems.ts";
import { type Interface, isUp, type Rates, ratesOf, readTraffic, type Traffic } from "./read-interfaces.ts";

/**
 * The network interfaces of the machine.
 *
 * Settings: `interfaces` and `exclude_interfaces` (names, `*` for anything). Without `interfaces` those that containers,
 * virtual machines and the kernel make for themselves are left out. An interface named without `*` has to be there;
 * any other is expected from the first time on that it was up.
 */
export const networkCollector: Collector = {
  kind: "network",
  local: true,
  open(raw) {
    const settings = readSettings(raw, ["interfaces", "exclude_interfaces"]);
    return new NetworkCollecting(
      namePatterns(settings.texts("interfaces")),
      namePatterns(settings.texts("exclude_interfaces")),
    );
  },
};

/** Made by containers, virtual machines and the kernel, and gone again as these go. */
const OTHERS = namePatterns(
  (
    "lo lo0 veth* docker* br-* virbr* vnet* tap* fwbr* fwln* fwpr* podman* nerdctl* cni* cali* cilium* lxc* flannel* kube-* " +
    "nodelocaldns dummy* ifb* ovs-system sit* tunl* gre* gretap* erspan* ip6tnl* ip6gre* ip_vti* ip6_vti* teql* " +
    "gif* stf* anpi* awdl* llw* utun* bridge* ap* XHC*"
  ).split(" "),
);
/** More than a machine has: where names are made without end, the first ones are watched. */
const EXPECTED_MAX = 256;

class NetworkCollecting implements Collecting {
  readonly #include: NamePatterns;
  readonly #exclude: NamePatterns;
  /** Up at some time since the start, or named. */
  readonly #expected: Set<string>;
  #before: { readonly atMs: number; readonly traffic: ReadonlyMap<string, Traffic> } | undefined;

  constructor(include: NamePatterns, exclude: NamePatterns) {
    this.#include = include;
    this.#exclude = exclude;
    this.#expected = new Set(include.exact);
  }

  async collect({ host }: CollectFacts): Promise<Collected> {
    const all = platform() === "linux" ? readHere() : await readElsewhere();
    if (all === undefined) return { samples: [], failed: [{ code: "file-unreadable", file: "/proc/net/dev" }] };
    const found = new Map([...all].filter(([name]) => this.#isWanted(name)));
    const samples: Measured[] = [...this.#measureState(host, found), ...measureTracking(host)];
    const now = { atMs: performance.now(), traffic: trafficOf(found) };
    const before = this.#before;
    this.#before = now;
    for (const [name, traffic] of now.traffic) {
      const earlier = before?.traffic.get(name);
      if (before === undefined || earlier === undefined) continue;
      const rates = ratesOf(earlier, traffic, (now.atMs - before.atMs) / 1_000);
      if (rates !== undefined) samples.push(...samplesOf({ host, interface: name }, rates));
    }
    return { samples };
  }

  async close(): Promise<void> {
    // Nothing is held.
  }

  #isWanted(name: string): boolean {
    if (this.#exclude.fits(name)) return false;
    return this.#include.isEmpty ? !OTHERS.fits(name) : this.#include.fits(name);
  }

  /** A port that was never connected is no news; one that was is, also when the kernel no longer knows it. */
  #measureState(host: string, found: ReadonlyMap<string, Interface>): readonly Measured[] {
    for (const [name, { up }] of found) {
      if (up === true && this.#expected.size < EXPECTED_MAX) this.#expected.add(name);
    }
    return [...this.#expected].flatMap((name) => {
      const one = found.get(name);
      if (one !== undefined && one.up === undefined) return [];
      return [{ metric: "network_interface_up", labels: { host, interface: name }, value: one?.up === true ? 1 : 0 }];
    });
  }
}

function readHere(): ReadonlyMap<string, Interface> | undefined {
  const text = readSmallFile("/proc/net/dev");
  if (text === undefined) return undefined;
  const found = new Map<string, Interface>();
  for (const [name, traffic] of readTraffic(text)) {
    const [operstate, flags] = ["operstate", "flags"].map((file) => readSmallFile(`/sys/class/net/${name}/${file}`));
    const up = operstate === undefined || flags === undefined ? undefined : isUp(operstate, flags);
    found.set(name, { up, traffic });
  }
  return found;
}

/** The table in which the kernel keeps connections for its firewall: a full one drops new connections. */
function measureTracking(host: string): readonly Measured[] {
  const [count, most] = ["count", "max"].map((end) => readSmallFile(`/proc/sys/net/netfilter/nf_conntrack_${end}`));
  const ratio = Number(count) / Number(most);
  return Number.isFinite(ratio) ? [{ metric: "network_conntrack_used_ratio", labels: { host }, value: ratio }] : [];
}

function trafficOf(found: ReadonlyMap<string, Interface>): ReadonlyMap<string, Traffic> {
  return new Map(
    [...found].flatMap(([name, { traffic }]) => (traffic === undefined ? [] : [[name, traffic] as const])),
  );
}

function samplesOf(labels: Measured["labels"], rates: Rates): readonly Measured[] {
  return [
    { metric: "network_receive_bytes_per_second", labels, value: rates.receivedBytes },
    { metric: "network_transmit_bytes_per_second", labels, value: rates.sentBytes },
    { metric: "network_errors_per_second", labels, value: rates.errors },
    { metric: "network_drops_per_second", labels, value: rates.drops },
  ];
}
