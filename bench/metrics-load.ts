import type { Sample } from "../src/metric/sample.ts";
import type { Instant } from "../src/time/instant.ts";

/** What a host measures, by how it changes: much of it hardly, some of it all the time. */
const KINDS = [
  { share: 35, next: (value: number) => value },
  // Rounded as collectors round: a share in four digits.
  { share: 25, next: (value: number, chance: () => number) => rounded(between(0, value + (chance() - 0.5) / 20, 1)) },
  // Bytes that move by pages.
  { share: 20, next: (value: number, chance: () => number) => value + Math.round((chance() - 0.5) * 2_000) * 4_096 },
  // A time in seconds, never the same twice.
  { share: 10, next: (_: number, chance: () => number) => 0.01 + chance() ** 4 },
  // A counter.
  { share: 10, next: (value: number, chance: () => number) => value + Math.floor(chance() * 5_000) },
] as const;

type Series = {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  value: number;
  kind: number;
};

/** Hosts with a hundred series each. */
export class Hosts {
  readonly hosts: readonly (readonly Series[])[];
  readonly #chance: () => number;

  constructor(count: number, chance: () => number) {
    this.#chance = chance;
    const kinds = KINDS.flatMap(({ share }, kind) => Array.from({ length: share }, () => kind));
    this.hosts = Array.from({ length: count }, (_, host) =>
      kinds.map((kind, n) => ({
        metric: `bench_${n % 50}`,
        labels: { host: `host-${host}`, part: `part-${Math.floor(n / 50)}` },
        value: kind === 2 ? 4_096 * 1_000_000 : kind === 4 ? 1_000_000 : 0.5,
        kind,
      })),
    );
  }

  /** The next values of a host. */
  tick(host: number, at: Instant): readonly Sample[] {
    return (this.hosts[host] ?? []).map((series) => {
      series.value = KINDS[series.kind]?.next(series.value, this.#chance) ?? 0;
      return { metric: series.metric, labels: series.labels, at, value: series.value };
    });
  }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
