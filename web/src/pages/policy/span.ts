import { useWords } from "../../words/locale.tsx";
import { words } from "../../words/words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A length of time that stands still, `2시간`, `1시간 36분`, `5분`: what is zero is not said. */
export function useSpanText(): (ms: number) => string {
  const { units } = useWords(words);
  return (ms) => {
    const whole = Math.round(ms / 1_000) * 1_000;
    const hours = Math.floor(whole / HOUR);
    const minutes = Math.floor((whole % HOUR) / MINUTE);
    const seconds = (whole % MINUTE) / 1_000;
    const parts = [
      ...(hours > 0 ? [units.hours(hours)] : []),
      ...(minutes > 0 ? [units.minutes(minutes)] : []),
      ...(seconds > 0 && hours === 0 ? [units.seconds(seconds)] : []),
    ];
    return parts.length === 0 ? units.seconds(0) : parts.join(" ");
  };
}
