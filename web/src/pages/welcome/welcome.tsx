import { useEffect, useRef } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { OnboardingStep, ShownOnboarding } from "../../../../src/http/wire/onboarding.ts";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Loaded, Page, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { AdminStep } from "./admin-step.tsx";
import { ChannelStep } from "./channel-step.tsx";
import { LintStep } from "./lint-step.tsx";
import { PeopleStep } from "./people-step.tsx";
import { PolicyStep } from "./policy-step.tsx";
import { SignalStep } from "./signal-step.tsx";
import { TestStep } from "./test-step.tsx";
import { useOnboarding, usePutOnboarding } from "./use-onboarding.ts";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

const VIEWS: Readonly<Record<OnboardingStep, (props: { readonly state: ShownOnboarding }) => React.ReactNode>> = {
  admin: AdminStep,
  policy: PolicyStep,
  lint: LintStep,
  people: PeopleStep,
  channel: ChannelStep,
  test: TestStep,
  signal: SignalStep,
};

/** From the first sign-in to the first real page, in seven steps that can be left and taken up again. */
export function Welcome() {
  const w = useWords(welcomeWords);
  const query = useOnboarding();
  return (
    <Page title={w.title} lead={w.lead}>
      <Loaded query={query}>{(state) => <Steps state={state} />}</Loaded>
    </Page>
  );
}

function Steps({ state }: { readonly state: ShownOnboarding }) {
  const w = useWords(welcomeWords);
  const put = usePutOnboarding();
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  // Where somebody begins stays where it is while the facts change below.
  const first = useRef(state.steps.find(({ done, skipped }) => !done && !skipped)?.step ?? "end");
  const at = search.get("step") ?? first.current;
  const place = state.steps.findIndex(({ step }) => step === at);
  const current = state.steps[place];
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = true;
    // biome-ignore lint/correctness/useExhaustiveDependencies: The focus goes to the step when the step changes.
  }, [at]);
  const go = (to: number): void => setSearch({ step: state.steps[to]?.step ?? "end" });
  const skip = async (): Promise<void> => {
    if (current === undefined) return;
    const skipped = state.steps.filter((one) => one.skipped || one.step === current.step).map(({ step }) => step);
    if (await put({ skipped })) go(place + 1);
  };
  const stop = async (): Promise<void> => {
    if (await put({ dismissed: true })) navigate("/");
  };
  const doneCount = state.steps.filter(({ done }) => done).length;
  const View = current === undefined ? undefined : VIEWS[current.step];
  return (
    <div className={styles.wizard}>
      <nav className={styles.steps} aria-label={w.title}>
        <p className={styles.count}>{w.progress(doneCount, state.steps.length)}</p>
        <progress className={styles.bar} value={doneCount} max={state.steps.length} aria-label={w.title} />
        <ol className={styles.list}>
          {state.steps.map(({ step, done, skipped }, index) => (
            <li key={step}>
              <button
                type="button"
                className={styles.step}
                onClick={() => go(index)}
                {...(index === place ? { "aria-current": "step" as const } : {})}
              >
                <span className={done ? styles.numberDone : styles.number}>
                  {done ? <Icon name="check" size={18} /> : index + 1}
                </span>
                <span className={styles.stepName}>{w.steps[step]}</span>
                {(done || skipped) && <span className="unseen">{done ? w.done : w.skipped}</span>}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div className={styles.stack}>
        {current === undefined || View === undefined ? (
          <Panel>
            <div className={styles.end}>
              <span className={styles.success}>
                <Icon name="beacon" size={56} />
              </span>
              <h2 ref={heading} tabIndex={-1}>
                {w.allDone}
              </h2>
              <p>{w.allDoneLead}</p>
              <Button look="main" size="huge" onPress={stop}>
                {w.toBoard}
              </Button>
            </div>
          </Panel>
        ) : (
          <>
            <h2 ref={heading} tabIndex={-1} className={styles.heading}>
              {w.stepOf(place + 1, w.steps[current.step])}
              {current.done && (
                <span className={styles.doneMark}>
                  <Icon name="check" /> {w.done}
                </span>
              )}
            </h2>
            <View key={current.step} state={state} />
            <div className={styles.acts}>
              {place > 0 && (
                <Button look="quiet" icon="left" onPress={() => go(place - 1)}>
                  {w.previous}
                </Button>
              )}
              <span className={styles.spring} />
              {!current.done && <Button onPress={skip}>{w.skip}</Button>}
              {current.done && (
                <Button look="main" size="huge" icon="right" onPress={() => go(place + 1)}>
                  {w.next}
                </Button>
              )}
            </div>
            <p className={styles.quiet}>
              <Button look="quiet" size="small" onPress={stop}>
                {w.stop}
              </Button>{" "}
              {w.stopHint}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
