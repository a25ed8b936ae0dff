import { useState } from "react";
import type { ComparedPlans, ComparedRow, SimulatedPlan } from "../../../../src/http/wire/simulate.ts";
import { Tick } from "../../kit/field.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { useSpanText } from "../policy/span.ts";
import { WokenTable } from "../policy/woken-table.tsx";
import styles from "./comparison.module.css";
import { Verdict } from "./plan-view.tsx";
import { StepView } from "./step-view.tsx";
import { words } from "./words.ts";

/** The same incident under two policies, on one axis. */
export function Comparison({
  compared,
  names,
}: {
  readonly compared: ComparedPlans;
  readonly names: { readonly left: string; readonly right: string };
}) {
  const w = useWords(words);
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const { left, right, rows, same } = compared;
  const shown = rows.filter((row) => !onlyDifferent || !row.same);
  return (
    <>
      {same && <Notice tone="info">{w.sameAll}</Notice>}
      <div className={styles.verdicts}>
        <section>
          <h2>{names.left}</h2>
          {left !== null && <Verdict plan={left} />}
        </section>
        <section>
          <h2>{names.right}</h2>
          {right !== null && <Verdict plan={right} />}
        </section>
      </div>
      <Panel title={w.woken}>
        <WokenTable compared={compared} names={names} />
      </Panel>
      <Panel
        title={w.compared}
        acts={
          <Tick
            label={w.onlyDifferent}
            checked={onlyDifferent}
            onChange={(event) => setOnlyDifferent(event.target.checked)}
          />
        }
      >
        {shown.length === 0 ? (
          <p>{w.sameAll}</p>
        ) : (
          <ol className={styles.rows}>
            {shown.map((row) => (
              <Row key={row.after} row={row} left={left} right={right} names={names} />
            ))}
          </ol>
        )}
      </Panel>
    </>
  );
}

function Row({
  row,
  left,
  right,
  names,
}: {
  readonly row: ComparedRow;
  readonly names: { readonly left: string; readonly right: string };
  readonly left: SimulatedPlan | null;
  readonly right: SimulatedPlan | null;
}) {
  const w = useWords(words);
  const length = useSpanText();
  const time = useTimeText();
  const at = left?.at ?? right?.at ?? "";
  return (
    <li className={styles.row}>
      <h3 className={styles.when}>
        {row.after === 0 ? w.atOnce : w.after(length(row.after))}
        <span className={styles.clock}>{time(Date.parse(at) + row.after, "clock")}</span>
        {!row.same && <Chip tone="warn">{w.differs}</Chip>}
      </h3>
      <Side name={names.left} plan={left} places={row.left} />
      <Side name={names.right} plan={right} places={row.right} />
    </li>
  );
}

function Side({
  name,
  plan,
  places,
}: {
  readonly name: string;
  readonly plan: SimulatedPlan | null;
  readonly places: readonly number[];
}) {
  const w = useWords(words);
  return (
    <div className={styles.side}>
      <p className={styles.name}>{name}</p>
      {plan === null || places.length === 0 ? (
        <p className={styles.nothing}>{w.nothing}</p>
      ) : (
        places.map((place) => {
          const step = plan.steps[place];
          return step === undefined ? null : <StepView key={place} step={step} policy={plan.policy} />;
        })
      )}
    </div>
  );
}
