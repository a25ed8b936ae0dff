import type { ShownHost } from "../../../../src/http/wire/monitors.ts";
import { Chip } from "../../kit/marks.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

const LOOKS = {
  well: { tone: "good", icon: "check" },
  late: { tone: "warn", icon: "clock" },
  silent: { tone: "bad", icon: "warn" },
} as const;

export function HostState({ state }: Pick<ShownHost, "state">) {
  const { states } = useWords(words);
  const { tone, icon } = LOOKS[state];
  return (
    <Chip tone={tone} icon={icon}>
      {states[state]}
    </Chip>
  );
}

/** From here on what is measured there is entered at another time than it was. */
const FAR_MS = 2_000;

/** How far its clock is off; where that is far, with what to do. */
export function ClockSkew({ ms }: { readonly ms: number | null }) {
  const w = useWords(words);
  const text = useValueText();
  if (ms === null) return w.none;
  const told = `${ms > 0 ? "+" : ""}${text(ms / 1_000, { unit: "seconds" })}`;
  if (Math.abs(ms) < FAR_MS) return told;
  return (
    <Chip tone="warn" icon="clock" title={w.skewFar}>
      {told}
    </Chip>
  );
}
