import type { ShownHeartbeatSchedule } from "../../../../src/http/wire/monitors.ts";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { words } from "./words.ts";

const UNITS = [
  [86_400, "days"],
  [3_600, "hours"],
  [60, "minutes"],
  [1, "seconds"],
] as const;

/** `1일`, `1시간 30분`: every unit that it has, for what somebody has set. */
export function useSetLengthText(): (seconds: number) => string {
  const { units } = useWords(shared);
  return (seconds) => {
    const parts: string[] = [];
    let left = seconds;
    for (const [length, unit] of UNITS) {
      const count = Math.floor(left / length);
      left -= count * length;
      if (count > 0) parts.push(units[unit](count));
    }
    return parts.join(" ");
  };
}

/** `1시간마다`, `0 3 * * * (Asia/Seoul)`. */
export function usePlanText(): (schedule: ShownHeartbeatSchedule) => string {
  const w = useWords(words);
  const length = useSetLengthText();
  return (schedule) =>
    "cron" in schedule ? `${schedule.cron} (${schedule.zone})` : w.every(length(schedule.everySeconds));
}
