import type { Labels } from "../../metric/sample.ts";
import { counterRate } from "../counter-rate.ts";
import { sum } from "./exporter.ts";
import type { RawSample } from "./parse-exposition.ts";

/** What counters had come to at an earlier scrape. */
export class Earlier {
  readonly #names = new Set<string>();
  readonly #values = new Map<string, number>();

  constructor(samples: readonly RawSample[]) {
    for (const sample of unique(samples)) {
      this.#names.add(sample.name);
      this.#values.set(keyOf(sample), sample.value);
    }
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  valueOf(sample: RawSample): number | undefined {
    return this.#values.get(keyOf(sample));
  }
}

/** The series of one scrape by their name, held against the scrape before. Of one that is told twice the first counts. */
export class Reading {
  readonly #byName = new Map<string, readonly RawSample[]>();
  readonly #isUnique = new Set<string>();
  readonly #counters = new Set<string>();
  readonly #earlier: Earlier | undefined;
  readonly seconds: number | undefined;
  /** How many series that were looked at were told again. */
  repeated = 0;

  /** `before.seconds` is how long ago the other was read. */
  constructor(samples: readonly RawSample[], before?: { readonly earlier: Earlier; readonly seconds: number }) {
    this.#byName = Map.groupBy(samples, ({ name }) => name);
    this.#earlier = before?.earlier;
    this.seconds = before?.seconds;
  }

  /** What the next reading is held against: the counters that were asked for, and none of the rest, which may be a lot. */
  asEarlier(): Earlier {
    return new Earlier([...this.#counters].flatMap((name) => this.all(name)));
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  names(): IterableIterator<string> {
    return this.#byName.keys();
  }

  all(name: string): readonly RawSample[] {
    const told = this.#byName.get(name) ?? [];
    if (told.length < 2 || this.#isUnique.has(name)) return told;
    const found = unique(told);
    this.repeated += told.length - found.length;
    this.#isUnique.add(name);
    this.#byName.set(name, found);
    return found;
  }

  /** The value of the series of this name with these labels; undefined where there is none, or it is no number. */
  value(name: string, labels: Labels = {}): number | undefined {
    const found = this.all(name).find((sample) => isLike(sample.labels, labels));
    return found === undefined || !Number.isFinite(found.value) ? undefined : found.value;
  }

  /** Per second since the scrape before; undefined where that is not known. */
  rate(name: string, labels: Labels = {}): number | undefined {
    this.#counters.add(name);
    const found = this.all(name).find((sample) => isLike(sample.labels, labels));
    return found === undefined ? undefined : this.rateOf(found);
  }

  rateOf(sample: RawSample): number | undefined {
    this.#counters.add(sample.name);
    return counterRate(sample.value, this.#earlier?.valueOf(sample), this.seconds);
  }

  /**
   * By how much the counters of a name grew together. A series that was not there while others of its name were, or were
   * of the name `beside`, began at nothing, and so did one that fell: they count as far as they have come. Undefined
   * without a scrape before.
   */
  growth(name: string, { of = () => true, beside = name }: Growing = {}): number | undefined {
    const grown = this.all(name)
      .filter(of)
      .map((sample) => this.growthOf(sample, beside));
    this.#counters.add(name);
    return sum(grown);
  }

  growthOf(sample: RawSample, beside = sample.name): number | undefined {
    this.#counters.add(sample.name);
    const before = this.#earlier;
    if (before === undefined || !(before.has(sample.name) || before.has(beside))) return undefined;
    const earlier = before.valueOf(sample) ?? 0;
    const grown = sample.value < earlier ? sample.value : sample.value - earlier;
    return Number.isFinite(grown) ? grown : undefined;
  }
}

type Growing = { readonly of?: (sample: RawSample) => boolean; readonly beside?: string };

function unique(samples: readonly RawSample[]): readonly RawSample[] {
  const first = new Map<string, RawSample>();
  for (const sample of samples) {
    const key = keyOf(sample);
    if (!first.has(key)) first.set(key, sample);
  }
  return first.size === samples.length ? samples : [...first.values()];
}

function isLike(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
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
