import type { Instant } from "../time/instant.ts";
import { type Point, pointOf } from "./sample.ts";

const CAPACITY_FIRST = 8;

/** The last samples of a series in order of time, in two typed arrays that grow as needed and are used round and round. */
export class SampleRing {
  #at = new Float64Array(CAPACITY_FIRST);
  #values = new Float64Array(CAPACITY_FIRST);
  #first = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** What is older than `keepFrom` makes room first. */
  add(at: Instant, value: number, keepFrom: Instant): void {
    if (at < keepFrom) return;
    this.dropBefore(keepFrom);
    if (this.#size === this.#at.length) this.#grow();
    let place = this.#size;
    // Mostly it is the newest; one that comes late moves what came before it.
    while (place > 0 && this.#atOf(place - 1) > at) {
      this.#set(place, this.#atOf(place - 1), this.#valueOf(place - 1));
      place--;
    }
    this.#set(place, at, value);
    this.#size++;
  }

  dropBefore(at: Instant): void {
    while (this.#size > 0 && this.#atOf(0) < at) {
      this.#first = (this.#first + 1) % this.#at.length;
      this.#size--;
    }
  }

  /** Those in [from, to). */
  points(from: Instant, to: Instant): Point[] {
    const points: Point[] = [];
    for (let place = 0; place < this.#size; place++) {
      const at = this.#atOf(place);
      if (at >= from && at < to) points.push(pointOf(at, this.#valueOf(place)));
    }
    return points;
  }

  #atOf(place: number): number {
    return this.#at[(this.#first + place) % this.#at.length] ?? 0;
  }

  #valueOf(place: number): number {
    return this.#values[(this.#first + place) % this.#at.length] ?? 0;
  }

  #set(place: number, at: number, value: number): void {
    const index = (this.#first + place) % this.#at.length;
    this.#at[index] = at;
    this.#values[index] = value;
  }

  #grow(): void {
    const at = new Float64Array(this.#at.length * 2);
    const values = new Float64Array(this.#at.length * 2);
    for (let place = 0; place < this.#size; place++) {
      at[place] = this.#atOf(place);
      values[place] = this.#valueOf(place);
    }
    this.#at = at;
    this.#values = values;
    this.#first = 0;
  }
}
