import type { Queries, Store } from "../../src/store/store.ts";

export type Mortal = {
  readonly store: Store;
  /** From now on nothing that this store's user began comes back to it; an open transaction is rolled back. */
  die(): void;
  isDead(): boolean;
};

/** A store as one process sees it that can be killed at any moment, while the rows live on. */
export function mortal(real: Store, beforeEach: () => void = () => {}): Mortal {
  let dead = false;
  const gone = <T>(): Promise<T> => new Promise<T>(() => {});
  const back = <T>(work: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      work.then(
        (value) => {
          if (!dead) resolve(value);
        },
        (error: unknown) => {
          if (!dead) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  // SQLite's transactions all have the same queries.
  const wrappings = new WeakMap<Queries, Queries>();
  const within = (queries: Queries): Queries => {
    const known = wrappings.get(queries);
    if (known !== undefined) return known;
    const wrapping = wrapped(queries, (call) => {
      if (dead) throw new Error("killed");
      return call();
    });
    wrappings.set(queries, wrapping);
    return wrapping;
  };
  const store = wrapped(real, (call) => {
    if (dead) return gone();
    beforeEach();
    return dead ? gone() : back(call());
  });
  return {
    store: {
      ...store,
      kind: real.kind,
      transaction: (work) => {
        if (dead) return gone();
        beforeEach();
        return back(
          real.transaction(async (queries) => {
            const result = await work(within(queries));
            if (dead) throw new Error("killed before the commit");
            return result;
          }),
        );
      },
    },
    die() {
      dead = true;
    },
    isDead: () => dead,
  };
}

function wrapped<T extends object>(target: T, around: (call: () => Promise<unknown>) => Promise<unknown>): T {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(target)) {
    copy[name] =
      typeof value === "function"
        ? (...args: unknown[]) => around(() => (value as (...given: unknown[]) => Promise<unknown>)(...args))
        : value;
  }
  return copy as T;
}
