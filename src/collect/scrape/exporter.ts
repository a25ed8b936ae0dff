import type { Labels } from "../../metric/sample.ts";
import type { Instant } from "../../time/instant.ts";
import type { Measured } from "../collector.ts";
import type { Reading } from "./reading.ts";

export type TranslateFacts = {
  readonly reading: Reading;
  /** The machine that the exporter is on, where it does not say so itself. */
  readonly host: string;
  readonly target: string;
  readonly at: Instant;
  /** What was there at some time since the collector began: a thing that is lost tells nothing of itself. */
  readonly known: Set<string>;
};

/** An exporter whose series are told by our names, so that one rule watches a thing however it is measured. */
export type Exporter = {
  readonly name: string;
  /** Whether this is what it tells. */
  recognizes(reading: Reading): boolean;
  translate(facts: TranslateFacts): readonly Measured[];
};

/** Collects samples; what is not known is none. */
export class Told {
  readonly samples: Measured[] = [];

  tell(metric: string, labels: Labels, value: number | undefined): void {
    if (value !== undefined && Number.isFinite(value)) this.samples.push({ metric, labels, value });
  }
}

export function ratio(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || !(whole > 0) ? undefined : part / whole;
}

export function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}
