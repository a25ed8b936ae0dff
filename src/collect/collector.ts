import type { Sample } from "../metric/sample.ts";
import type { CollectReason } from "../monitor/collect-reason.ts";
import type { CollectorKind } from "../monitor/target.ts";
import type { Instant } from "../time/instant.ts";

/** What a collection may know: everything else is its own business. */
export type CollectFacts = {
  /** The host that it runs on, as its samples name it. */
  readonly host: string;
  /** The target's id: the label `target` of what is not part of this host. */
  readonly target: string;
  /** When it began. Samples carry it, unless what was asked tells a time of its own. */
  readonly at: Instant;
  /** Aborts when its time is over. */
  readonly signal: AbortSignal;
};

/** `at` only where what was asked tells a time of its own. */
export type Measured = Omit<Sample, "at"> & { readonly at?: Instant };

/** What became of it. `failed` is told beside the samples that there are: an up-metric of 0 is a sample too. */
export type Collected = {
  readonly samples: readonly Measured[];
  /** Why it could not ask, without secrets; never empty. */
  readonly failed?: readonly CollectReason[];
  /** What is not measured although it answers, or is not well: a right that is missing, a replica's last error. */
  readonly notes?: readonly CollectReason[];
};

/** Samples, and what failed beside them where something did. */
export function collected(samples: readonly Measured[], failed: readonly CollectReason[] = []): Collected {
  return { samples, ...(failed.length === 0 ? {} : { failed }) };
}

/**
 * One way to measure. `open` reads the settings (Fault `config-invalid` says path, got, expected) and may keep what it
 * needs between collections: a connection, the last counters. `collect` never throws for what it measures.
 */
export type Collector = {
  readonly kind: CollectorKind;
  /** Whether it measures the machine it runs on, and so wants no address. */
  readonly local: boolean;
  open(settings: Readonly<Record<string, unknown>>): Collecting;
};

export type Collecting = {
  collect(facts: CollectFacts): Promise<Collected>;
  close(): Promise<void>;
};
