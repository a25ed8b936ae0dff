import type { Instant } from "../time/instant.ts";
import type { Labels, Sample } from "./sample.ts";

/** `[metric, labels, milliseconds after the first, value]`. */
type Written = readonly [string, Labels, number, number];

/** A batch as a text, without loss: what is kept until its samples are in the minutes. */
export function writeSamples(samples: readonly Sample[]): string {
  const begin = samples[0]?.at ?? 0;
  const rows: Written[] = samples.map(({ metric, labels, at, value }) => [metric, labels, at - begin, value]);
  return JSON.stringify([begin, rows]);
}

export function readSamples(text: string): readonly Sample[] {
  const [begin, rows] = JSON.parse(text) as readonly [Instant, readonly Written[]];
  return rows.map(([metric, labels, after, value]) => ({ metric, labels, at: begin + after, value }));
}
