import type { ShownMonitor } from "../../../../src/http/wire/monitors.ts";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { words } from "./words.ts";

type Threshold = ShownMonitor["rule"]["thresholds"][number];

/** `90% 초과`, and what follows it: how long it has to last, and when it is over. */
export function useThresholdText({ unit, rule }: Pick<ShownMonitor, "unit" | "rule">): {
  readonly condition: (threshold: Threshold) => string;
  readonly rest: (threshold: Threshold) => string;
} {
  const w = useWords(words);
  const text = useValueText();
  const length = useSpanText();
  const value = (one: number): string => text(one, { unit, metric: rule.query.metric });
  return {
    condition: ({ when, bound }) => w.conditions[when](value(bound)),
    rest: ({ hold, clear }) =>
      [hold === 0 ? w.atOnce : w.held(length(hold)), ...(clear === undefined ? [] : [w.clears(value(clear))])].join(
        ", ",
      ),
  };
}

/** A length that somebody set: `5분`, `1시간 30분`, with nothing that is zero. */
export function useSpanText(): (ms: number) => string {
  const { units } = useWords(shared);
  return (ms) => {
    const seconds = Math.round(ms / 1_000);
    const parts: readonly (readonly [number, (count: number) => string])[] = [
      [Math.floor(seconds / 86_400), units.days],
      [Math.floor((seconds % 86_400) / 3_600), units.hours],
      [Math.floor((seconds % 3_600) / 60), units.minutes],
      [seconds % 60, units.seconds],
    ];
    const told = parts.filter(([count]) => count > 0).map(([count, text]) => text(count));
    return told.length === 0 ? units.seconds(0) : told.join(" ");
  };
}
