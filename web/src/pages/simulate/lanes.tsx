import type { SimulatedPlan } from "../../../../src/http/wire/simulate.ts";
import { useWords } from "../../words/locale.tsx";
import { useSpanText } from "../policy/span.ts";
import styles from "./lanes.module.css";
import { words } from "./words.ts";

type Mark = { readonly after: number; readonly wakes: boolean };

/**
 * A lane for each person with a mark for each time they are called, to scale. It is a picture of the list below it,
 * which says the same in words, so nobody has to read it.
 */
export function Lanes({ plan }: { readonly plan: SimulatedPlan }) {
  const w = useWords(words);
  const length = useSpanText();
  const total = Math.max(Date.parse(plan.until) - Date.parse(plan.at), 1);
  const lanes = lanesOf(plan);
  const deadline = plan.steps.find(({ overdue }) => overdue)?.after;
  return (
    <div aria-hidden="true" className={styles.lanes}>
      {lanes.map(({ id, name, marks }) => (
        <div key={id} className={styles.lane}>
          <span className={styles.name}>{name}</span>
          <span className={styles.track}>
            {deadline !== undefined && (
              <span className={styles.deadline} style={{ left: `${percent(deadline, total)}%` }} />
            )}
            {marks.map(({ after, wakes }) => (
              <span
                key={after}
                className={`${styles.mark} ${wakes ? styles.wakes : ""}`}
                style={{ left: `${percent(after, total)}%` }}
              />
            ))}
          </span>
        </div>
      ))}
      <div className={styles.lane}>
        <span />
        <span className={styles.scale}>
          {[0, 1, 2, 3, 4].map((quarter) => (
            <span key={quarter}>{quarter === 0 ? w.atOnce : `+${length((total * quarter) / 4)}`}</span>
          ))}
        </span>
      </div>
      <p className={styles.legend}>
        <span className={styles.key}>
          <span className={`${styles.mark} ${styles.wakes}`} /> {w.legendWake}
        </span>
        <span className={styles.key}>
          <span className={styles.mark} /> {w.legendTell}
        </span>
        {deadline !== undefined && (
          <span className={styles.key}>
            <span className={styles.deadline} /> {w.overdue}
          </span>
        )}
      </p>
    </div>
  );
}

function percent(after: number, total: number): number {
  return Math.min(100, (after / total) * 100);
}

function lanesOf(
  plan: SimulatedPlan,
): readonly { readonly id: string; readonly name: string; readonly marks: readonly Mark[] }[] {
  const lanes = new Map<string, { readonly name: string; readonly marks: Map<number, Mark> }>();
  for (const { after, reaches } of plan.steps)
    for (const { people, urgency } of reaches)
      for (const { id, name } of people) {
        const lane = lanes.get(id) ?? { name, marks: new Map<number, Mark>() };
        lanes.set(id, lane);
        const wakes = urgency === "wake" || (lane.marks.get(after)?.wakes ?? false);
        lane.marks.set(after, { after, wakes });
      }
  return [...lanes].map(([id, { name, marks }]) => ({ id, name, marks: [...marks.values()] }));
}
