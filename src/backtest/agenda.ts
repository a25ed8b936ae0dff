import type { Instant } from "../time/instant.ts";

/** Something that comes from outside the engine, at its time. `before`: ahead of what the engine has due at that moment. */
export type Happening = { readonly at: Instant; readonly before: boolean; readonly happens: () => Promise<void> };

/** Happenings in order of time; of equal ones those that were put first come first. */
export class Agenda {
  readonly #given: readonly Happening[];
  #next = 0;
  readonly #added: Happening[] = [];

  /** `given` in order of time. */
  constructor(given: readonly Happening[]) {
    this.#given = given;
  }

  get done(): number {
    return this.#next;
  }

  get total(): number {
    return this.#given.length;
  }

  add(happening: Happening): void {
    const place = this.#added.findIndex((other) => isBefore(happening, other));
    this.#added.splice(place < 0 ? this.#added.length : place, 0, happening);
  }

  peek(): Happening | undefined {
    const [added] = this.#added;
    const given = this.#given[this.#next];
    if (added === undefined || given === undefined) return added ?? given;
    return isBefore(added, given) ? added : given;
  }

  take(): void {
    if (this.peek() === this.#added[0]) this.#added.shift();
    else this.#next++;
  }
}

function isBefore(one: Happening, other: Happening): boolean {
  return one.at < other.at || (one.at === other.at && one.before && !other.before);
}
