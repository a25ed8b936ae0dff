/** What went through an interface since it came up. */
export type Traffic = {
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly errors: number;
  readonly drops: number;
};

/** An interface as it is found; `up` is undefined where the system does not tell. */
export type Interface = { readonly up: boolean | undefined; readonly traffic: Traffic | undefined };

/** `/proc/net/dev`: the interfaces of this network namespace. */
export function readTraffic(text: string): ReadonlyMap<string, Traffic> {
  const found = new Map<string, Traffic>();
  for (const line of text.split("\n")) {
    const at = line.lastIndexOf(":");
    const counters = line
      .slice(at + 1)
      .trim()
      .split(/\s+/u)
      .map(Number);
    // Two lines of headings have no colon.
    if (at < 0 || counters.length < 12 || counters.some((value) => !Number.isFinite(value))) continue;
    const counter = (nth: number): number => counters[nth] ?? 0;
    found.set(line.slice(0, at).trim(), {
      receivedBytes: counter(0),
      sentBytes: counter(8),
      errors: counter(2) + counter(10),
      drops: counter(3) + counter(11),
    });
  }
  return found;
}

const IFF_UP = 1;

/**
 * `operstate` and `flags` of `/sys/class/net/<interface>`. Tunnels and the like tell `unknown`, and carry as long as they
 * are switched on (kernel documentation, operstates).
 */
export function isUp(operstate: string, flags: string): boolean {
  const state = operstate.trim();
  return state === "up" || (state === "unknown" && (Number(flags.trim()) & IFF_UP) !== 0);
}

export type Rates = { readonly [member in keyof Traffic]: number };

/** A second; undefined where a counter began anew. */
export function ratesOf(before: Traffic, now: Traffic, seconds: number): Rates | undefined {
  const rates = {
    receivedBytes: (now.receivedBytes - before.receivedBytes) / seconds,
    sentBytes: (now.sentBytes - before.sentBytes) / seconds,
    errors: (now.errors - before.errors) / seconds,
    drops: (now.drops - before.drops) / seconds,
  };
  return seconds > 0 && Object.values(rates).every((rate) => rate >= 0) ? rates : undefined;
}
