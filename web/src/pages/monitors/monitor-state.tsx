import type { ShownState } from "../../../../src/http/wire/monitors.ts";
import { Chip, GradeMark } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./monitor-state.module.css";
import { useGradeRank } from "./use-monitors.ts";
import { words } from "./words.ts";

/** How a monitor or one of its series is: what fires by its grade's own shape and colour, and always by a word. */
export function MonitorState({ state, grade }: { readonly state: ShownState; readonly grade: string | null }) {
  const { states } = useWords(words);
  if (state === "firing" && grade !== null) return <Firing grade={grade} />;
  const { tone, icon } = LOOKS[state];
  return (
    <Chip tone={tone} icon={icon}>
      {states[state]}
    </Chip>
  );
}

function Firing({ grade }: { readonly grade: string }) {
  const { states } = useWords(words);
  const gradeRank = useGradeRank();
  return (
    <span className={styles.firing}>
      <GradeMark grade={grade} rank={gradeRank(grade)} /> {states.firing}
    </span>
  );
}

const LOOKS = {
  firing: { tone: "bad", icon: "warn" },
  "no-data": { tone: "bad", icon: "warn" },
  unseen: { tone: "plain", icon: "cross" },
  pending: { tone: "warn", icon: "clock" },
  learning: { tone: "info", icon: "info" },
  ok: { tone: "good", icon: "check" },
  off: { tone: "plain", icon: "silence" },
} as const;
