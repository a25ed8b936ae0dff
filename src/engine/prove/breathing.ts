import type { Clock } from "../../time/clock.ts";
import type { Millis } from "../../time/instant.ts";

/** So long at a stretch: a page that becomes due waits no longer than this and one step of the work. */
const STRETCH_MS: Millis = 5;

/** Runs work that pauses, and lets everything else have its turn in between. Tells the longest time it held on. */
export async function breathing<Value>(
  clock: Clock,
  work: Generator<void, Value>,
): Promise<{ readonly value: Value; readonly longestMs: Millis }> {
  let longestMs = 0;
  for (;;) {
    const began = clock.monotonic();
    let step = work.next();
    while (step.done !== true && clock.monotonic() - began < STRETCH_MS) step = work.next();
    longestMs = Math.max(longestMs, clock.monotonic() - began);
    if (step.done === true) return { value: step.value, longestMs: Math.round(longestMs) };
    await new Promise<void>((resolve) => clock.after(0, resolve));
  }
}
