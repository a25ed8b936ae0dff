import { assert } from "../fault/fault.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, type Millis } from "../time/instant.ts";
import type { Point } from "./sample.ts";

/** How a stretch of time is cut: an hour into minutes, a day (of UTC) into hours. */
export type BlockShape = { readonly length: Millis; readonly slot: Millis };
export const HOUR_OF_MINUTES: BlockShape = { length: HOUR_MS, slot: MINUTE_MS };
export const DAY_OF_HOURS: BlockShape = { length: DAY_MS, slot: HOUR_MS };

/** Where the block, or the slot, that holds `at` begins. */
export function beginOf(at: Instant, length: Millis): Instant {
  return Math.floor(at / length) * length;
}

/**
 * The points of one series in one stretch of time, side by side in columns. What is put in may come in any order and in
 * any portions: the result is the same. Of two last values of the same moment the greater one stays.
 */
export class PointBlock {
  readonly begin: Instant;
  readonly shape: BlockShape;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly sum: Float64Array;
  readonly last: Float64Array;
  readonly count: Uint32Array;
  /** When the last value was measured, in milliseconds from the slot's begin. */
  readonly lastAfter: Uint32Array;

  constructor(begin: Instant, shape: BlockShape) {
    const slots = shape.length / shape.slot;
    this.begin = begin;
    this.shape = shape;
    this.min = new Float64Array(slots);
    this.max = new Float64Array(slots);
    this.sum = new Float64Array(slots);
    this.last = new Float64Array(slots);
    this.count = new Uint32Array(slots);
    this.lastAfter = new Uint32Array(slots);
  }

  get slots(): number {
    return this.count.length;
  }

  addSample(at: Instant, value: number): void {
    const since = at - this.begin;
    const slot = Math.floor(since / this.shape.slot);
    this.merge(slot, {
      min: value,
      max: value,
      sum: value,
      count: 1,
      last: value,
      lastAfter: since - slot * this.shape.slot,
    });
  }

  merge(slot: number, part: PartOfSlot): void {
    assert(slot >= 0 && slot < this.slots, "a point lies within its block");
    const count = this.count[slot] ?? 0;
    const lastAfter = this.lastAfter[slot] ?? 0;
    const last = this.last[slot] ?? 0;
    if (count === 0 || part.min < (this.min[slot] ?? 0)) this.min[slot] = part.min;
    if (count === 0 || part.max > (this.max[slot] ?? 0)) this.max[slot] = part.max;
    if (count === 0 || part.lastAfter > lastAfter || (part.lastAfter === lastAfter && part.last > last)) {
      this.last[slot] = part.last;
      this.lastAfter[slot] = part.lastAfter;
    }
    this.sum[slot] = (this.sum[slot] ?? 0) + part.sum;
    this.count[slot] = count + part.count;
  }

  /** All of another block of the same stretch. */
  mergeBlock(other: PointBlock): void {
    for (let slot = 0; slot < other.slots; slot++) {
      const part = other.part(slot);
      if (part !== undefined) this.merge(slot, part);
    }
  }

  part(slot: number): PartOfSlot | undefined {
    const count = this.count[slot] ?? 0;
    if (count === 0) return undefined;
    return {
      min: this.min[slot] ?? 0,
      max: this.max[slot] ?? 0,
      sum: this.sum[slot] ?? 0,
      count,
      last: this.last[slot] ?? 0,
      lastAfter: this.lastAfter[slot] ?? 0,
    };
  }

  /** The whole block as one slot of a coarser one. */
  whole(): PartOfSlot | undefined {
    const one = new PointBlock(this.begin, { length: this.shape.length, slot: this.shape.length });
    for (let slot = 0; slot < this.slots; slot++) {
      const part = this.part(slot);
      if (part !== undefined) one.merge(0, { ...part, lastAfter: part.lastAfter + slot * this.shape.slot });
    }
    return one.part(0);
  }

  /** Those that begin in [from, to), in order. */
  points(from: Instant, to: Instant): Point[] {
    const points: Point[] = [];
    for (let slot = 0; slot < this.slots; slot++) {
      const at = this.begin + slot * this.shape.slot;
      if (at < from || at >= to || this.count[slot] === 0) continue;
      points.push({
        at,
        min: this.min[slot] ?? 0,
        max: this.max[slot] ?? 0,
        sum: this.sum[slot] ?? 0,
        count: this.count[slot] ?? 0,
        last: this.last[slot] ?? 0,
      });
    }
    return points;
  }
}

export type PartOfSlot = Omit<Point, "at"> & {
  /** When `last` was measured, in milliseconds from the slot's begin. */
  readonly lastAfter: Millis;
};
