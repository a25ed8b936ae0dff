import type { Millis } from "../time/instant.ts";

/** What the work came to, or `late` where it took longer or the collection's time was over. The work itself goes on. */
export function within<T>(work: Promise<T>, time: Millis, signal: AbortSignal): Promise<T | "late"> {
  return new Promise((resolve, reject) => {
    const over = (): void => settle(() => resolve("late"));
    const timer = setTimeout(over, time);
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      then();
    };
    signal.addEventListener("abort", over, { once: true });
    if (signal.aborted) over();
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
  });
}
