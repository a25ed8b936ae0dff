/** When a group is closed: at the end of the event loop's turn, or with the next microtask. */
export type Turn = "event-loop" | "microtask";

/** Rows in one transaction at most: a commit stays short even in a storm. */
const GROUP_MAX = 2_000;

/** From so many rows on a group is large, and the next one gathers for so long. */
const LARGE = 4;
const GATHER_MS = 0.5;

/**
 * Makes many small writes share one commit. Calls of the same turn form a group; each resolves (or fails) with the
 * commit that holds it. While a commit is under way the next group gathers, so a slow disk makes groups larger and not
 * the queue longer.
 */
export function groupCommit<T>(commit: (items: readonly T[]) => Promise<void>, turn: Turn): (item: T) => Promise<void> {
  let waiting: { readonly item: T; readonly done: () => void; readonly failed: (error: unknown) => void }[] = [];
  let scheduled = false;
  let lately = 0;

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.splice(0, GROUP_MAX);
      lately = group.length;
      try {
        await commit(group.map(({ item }) => item));
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    scheduled = false;
  };

  /** A group that follows a large one gathers for a moment more: a commit costs the same for one row as for a hundred. */
  const gather = (until: number): void => {
    setImmediate(() => {
      if (waiting.length < GROUP_MAX && performance.now() < until) gather(until);
      else void flush();
    });
  };

  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      if (scheduled) return;
      scheduled = true;
      if (turn === "event-loop") gather(lately >= LARGE ? performance.now() + GATHER_MS : 0);
      else queueMicrotask(() => void flush());
    });
}
