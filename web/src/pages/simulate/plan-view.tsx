import type { SimulatedPlan } from "../../../../src/http/wire/simulate.ts";
import { Notice, Panel } from "../../kit/page.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { useSpanText } from "../policy/span.ts";
import { Lanes } from "./lanes.tsx";
import styles from "./plan-view.module.css";
import { StepView } from "./step-view.tsx";
import { words } from "./words.ts";

/** One plan: who is woken first, everybody on one axis, and each step in words. */
export function PlanView({ plan }: { readonly plan: SimulatedPlan }) {
  const w = useWords(words);
  const time = useTimeText();
  const length = useSpanText();
  return (
    <>
      <Verdict plan={plan} />
      <Panel title={w.axis}>
        <div className={styles.axis}>
          <p className={styles.quiet}>
            {w.ifNobody(time(plan.at), length(Date.parse(plan.until) - Date.parse(plan.at)))}
          </p>
          <Lanes plan={plan} />
        </div>
      </Panel>
      <Panel title={w.steps}>
        {plan.steps.length === 0 ? (
          <p>{w.noSteps}</p>
        ) : (
          <ol className={styles.steps}>
            {plan.steps.map((step, place) => (
              <li key={`${step.kind} ${step.after} ${place}`} className={styles.step}>
                <div className={styles.when}>
                  <strong>{step.after === 0 ? w.atOnce : w.after(length(step.after))}</strong>
                  <time dateTime={step.due}>{time(step.due, "clock")}</time>
                </div>
                <StepView step={step} policy={plan.policy} />
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </>
  );
}

export function Verdict({ plan }: { readonly plan: SimulatedPlan }) {
  const w = useWords(words);
  const length = useSpanText();
  if (plan.first === null)
    return (
      <Notice tone="bad">
        <p>
          <strong>{w.nobody}</strong>
        </p>
        <p>{w.nobodyHint}</p>
      </Notice>
    );
  const { after, people } = plan.first;
  return (
    <Notice tone={after === 0 ? "good" : "warn"}>
      <p>
        <strong>{after === 0 ? w.wokenAtOnce : w.wokenAfter(length(after))}</strong>
      </p>
      <p>{people.map(({ name }) => name).join(", ")}</p>
    </Notice>
  );
}
