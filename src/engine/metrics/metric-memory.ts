import { asId } from "../../id/id.ts";
import { type Refusal, refusalOf } from "../../metric/admit-sample.ts";
import type { HeldSamples } from "../../metric/fold-samples.ts";
import { type HeldSeries, RecentSeries, rememberedFrom } from "../../metric/recent-series.ts";
import type { Labels, Sample } from "../../metric/sample.ts";
import { type Instant, MINUTE_MS, type Millis } from "../../time/instant.ts";
import type { MetricPorts } from "../ports.ts";

/** Ids of batches are remembered so long; before that, the store is asked. */
const BOOK_MS = 10 * MINUTE_MS;
const SERIES_ID_LENGTH = 16;

/** A sample that is taken, with the series that it belongs to. */
export type Admitted = { readonly series: HeldSeries; readonly sample: Sample };

/**
 * What a node knows of what was measured lately, by whichever node it was accepted. A batch is in here once: from the
 * moment that it is durable, or from when it was read back.
 */
export class MetricMemory {
  readonly recent: RecentSeries;
  /** Accepted here and not in the store's minutes yet, by id. */
  readonly waiting = new Map<string, HeldSamples>();
  /** Whether these became durable was not told. */
  readonly unsure = new Set<string>();
  /** When a sample was refused last because there was no room for its series. */
  fullAt: Instant | undefined;
  readonly #book = new Map<string, Instant>();
  #servedFrom: Instant = Number.NEGATIVE_INFINITY;

  constructor({ sha256 }: Pick<MetricPorts, "sha256">) {
    this.recent = new RecentSeries((key) => asId(sha256(key).slice(0, SERIES_ID_LENGTH)));
  }

  knows(batch: string): boolean {
    return this.#book.has(batch);
  }

  /** From here on (the begin of an hour) all minutes are in memory; before that they are in the store. */
  minutesFrom(now: Instant): Instant {
    return Math.max(rememberedFrom(now), this.#servedFrom);
  }

  begins(from: Instant): void {
    this.#servedFrom = from;
  }

  /** Those that are taken, and why the others are not. */
  admit(
    samples: readonly Sample[],
    now: Instant,
    keep: Millis,
  ): { readonly admitted: readonly Admitted[]; readonly refused: ReadonlyMap<Refusal, number> } {
    const refused = new Map<Refusal, number>();
    const admitted: Admitted[] = [];
    for (const given of samples) {
      const refusal = refusalOf(given, now, keep);
      const sample = refusal === undefined ? tidied(given) : given;
      const series = refusal === undefined ? this.recent.hold(sample.metric, sample.labels, now) : undefined;
      if (series !== undefined) admitted.push({ series, sample });
      else {
        const why = refusal ?? "too-many-series";
        if (refusal === undefined) this.fullAt = now;
        refused.set(why, (refused.get(why) ?? 0) + 1);
      }
    }
    return { admitted, refused };
  }

  /** The batch is durable. `minutes`: false where they know of it already; `waits`: this node has to fold it. */
  take(
    batch: string,
    admitted: readonly Admitted[],
    now: Instant,
    { minutes, waits }: { readonly minutes: boolean; readonly waits: boolean },
  ): void {
    if (waits) this.wait(batch, admitted);
    if (this.#book.has(batch)) return;
    this.#book.set(batch, now);
    this.unsure.delete(batch);
    for (const { series, sample } of admitted) this.recent.add(series, sample, now, minutes);
  }

  /** This node folds it. */
  wait(batch: string, admitted: readonly Admitted[]): void {
    this.waiting.set(batch, {
      id: batch,
      series: admitted.map(({ series }) => series),
      at: Float64Array.from(admitted, ({ sample }) => sample.at),
      values: Float64Array.from(admitted, ({ sample }) => sample.value),
    });
  }

  forget(now: Instant): void {
    this.recent.forget(now);
    for (const [batch, at] of this.#book) {
      if (at >= now - BOOK_MS) break;
      this.#book.delete(batch);
    }
  }
}

/** Whole milliseconds, and no labels without a value. */
function tidied(sample: Sample): Sample {
  const isTidy = Number.isInteger(sample.at) && !Object.values(sample.labels).includes("");
  return isTidy ? sample : { ...sample, at: Math.floor(sample.at), labels: withoutEmpty(sample.labels) };
}

function withoutEmpty(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}
