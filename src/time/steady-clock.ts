import type { Clock } from "./clock.ts";
import type { Instant, Millis } from "./instant.ts";

/** A wall clock that moved by itself by more than this is an anomaly and not drift. */
const JUMP_MS_MIN = 2_000;

export type Jump = { readonly at: Instant; readonly by: Millis };

/**
 * A clock that never goes back: when the wall clock is set back, time goes on from where it was, by the monotonic
 * clock, until the wall has caught up. A step that was done is so never due again, and none waits out the difference.
 * A jump forward is taken as it is: what became due meanwhile is due. Jumps of more than two seconds are reported.
 */
export function steadyClock(clock: Clock, onJump: (jump: Jump) => void): Clock {
  let wallBefore = clock.now();
  let monotonicBefore = clock.monotonic();
  let latest = wallBefore;
  return {
    now() {
      const wall = clock.now();
      const monotonic = clock.monotonic();
      const passed = monotonic - monotonicBefore;
      const jump = wall - wallBefore - passed;
      if (Math.abs(jump) > JUMP_MS_MIN) onJump({ at: wall, by: Math.round(jump) });
      // Small differences between the two clocks are drift: then the wall clock is right, only never backwards.
      const ahead = latest - wallBefore > JUMP_MS_MIN || jump < -JUMP_MS_MIN;
      latest = Math.max(wall, ahead ? Math.floor(latest + Math.max(passed, 0)) : latest);
      wallBefore = wall;
      monotonicBefore = monotonic;
      return latest;
    },
    monotonic: () => clock.monotonic(),
    after: (delay, wake) => clock.after(delay, wake),
  };
}
