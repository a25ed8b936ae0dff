import type { Labels } from "../../metric/sample.ts";
import { counterRate } from "../counter-rate.ts";
import type { RawSample } from "./parse-exposition.ts";

/** The series of one scrape by their name, held against the scrape before. */
export class Reading {
  readonly #byName = new Map<string, RawSample[]>();
  #values: ReadonlyMap<string, number> | undefined;
  #before: Reading | undefined;
  readonly #seconds: number | undefined;
  readonly samples: readonly RawSample[];

  /** `before.seconds` is how long ago the other was read. */
  constructor(samples: readonly RawSample[], before?: { readonly reading: Reading; readonly seconds: number }) {
    this.samples = samples;
    for (const sample of samples) {
      const same = this.#byName.get(sample.name);
      if (same === undefined) this.#byName.set(sample.name, [sample]);
      else same.push(sample);
    }
    this.#before = before?.reading;
    this.#seconds = before?.seconds;
  }

  /** Lets go of the scrape before, once everything is told. */
  forget(): void {
    this.#before = undefined;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  names(): IterableIterator<string> {
    return this.#byName.keys();
  }

  all(name: string): readonly RawSample[] {
    return this.#byName.get(name) ?? [];
  }

  /** The value of the series of this name with these labels; undefined where there is none, or it is no number. */
  value(name: string, labels: Labels = {}): number | undefined {
    const found = this.all(name).find((sample) => isLike(sample.labels, labels));
    return found === undefined || !Number.isFinite(found.value) ? undefined : found.value;
  }

  /** Per second since the scrape before; undefined where that is not known. */
  rate(name: string, labels: Labels = {}): number | undefined {
    const found = this.all(name).find((sample) => isLike(sample.labels, labels));
    return found === undefined ? undefined : this.rateOf(found);
  }

  rateOf(sample: RawSample): number | undefined {
    return counterRate(sample.value, this.#before?.valueOf(sample), this.#seconds);
  }

  /**
   * By how much a counter grew. A series that was not there while others of its name were began at nothing, and so did
   * one that fell: both count as far as they have come. Undefined without a scrape before.
   */
  increaseOf(sample: RawSample): number | undefined {
    if (this.#before?.has(sample.name) !== true) return undefined;
    const earlier = this.#before.valueOf(sample) ?? 0;
    const grown = sample.value < earlier ? sample.value : sample.value - earlier;
    return Number.isFinite(grown) ? grown : undefined;
  }

  get seconds(): number | undefined {
    return this.#seconds;
  }

  valueOf(sample: RawSample): number | undefined {
    this.#values ??= indexed(this.samples);
    return this.#values.get(keyOf(sample));
  }
}

function isLike(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function indexed(samples: readonly RawSample[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const sample of samples) {
    const key = keyOf(sample);
    if (!values.has(key)) values.set(key, sample.value);
  }
  return values;
}

function keyOf({ name, labels }: RawSample): string {
  const names = Object.keys(labels);
  if (names.length === 0) return name;
  // Exporters tell labels in the same order each time, but need not.
  return `${name}\u0000${names
    .sort()
    .map((label) => `${label}\u0001${labels[label]}`)
    .join("\u0000")}`;
}
