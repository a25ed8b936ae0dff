import type { ShownHeartbeat } from "../../../../src/http/wire/monitors.ts";
import { Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

const LOOKS = {
  "never-heard": { tone: "info", icon: "info" },
  "in-time": { tone: "good", icon: "check" },
  running: { tone: "info", icon: "play" },
  overdue: { tone: "warn", icon: "clock" },
  unheard: { tone: "warn", icon: "info" },
  missed: { tone: "bad", icon: "warn" },
  failed: { tone: "bad", icon: "cross" },
  unfinished: { tone: "bad", icon: "clock" },
  paused: { tone: "plain", icon: "silence" },
} as const;

export function HeartbeatState({ because }: Pick<ShownHeartbeat, "because">) {
  const { states } = useWords(words);
  const { tone, icon } = LOOKS[because];
  return (
    <Chip tone={tone} icon={icon}>
      {states[because]}
    </Chip>
  );
}
