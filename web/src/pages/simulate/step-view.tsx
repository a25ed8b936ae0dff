import { Link } from "wouter";
import type { SimulatedPlan, SimulatedReach, SimulatedStep } from "../../../../src/http/wire/simulate.ts";
import { ChannelMark, Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./step-view.module.css";
import { words } from "./words.ts";

/** A step: what it is, whom it reaches through what and how loudly, whom not and why, and the line that demands it. */
export function StepView({ step, policy }: { readonly step: SimulatedStep; readonly policy: SimulatedPlan["policy"] }) {
  const w = useWords(words);
  const { why } = useWords(shared);
  const wakes = step.reaches.some(({ urgency, people }) => urgency === "wake" && people.length > 0);
  const already = step.skipped.length > 0 && step.skipped.every(({ because }) => because === "already-reached");
  return (
    <div className={styles.step} data-wakes={wakes}>
      <p className={styles.head}>
        <strong>{step.kindText}</strong>
        {step.level > 0 && <Chip>{w.level(step.level)}</Chip>}
        {step.overdue && (
          <Chip tone="bad" icon="clock">
            {w.overdue}
          </Chip>
        )}
        {wakes && (
          <Chip tone="warn" icon="alerts">
            {w.wake}
          </Chip>
        )}
      </p>
      {step.reaches.length === 0 ? (
        <p className={already ? styles.quiet : styles.nobody}>{already ? w.already : w.reachesNobody}</p>
      ) : (
        <ul className={styles.reaches}>
          {together(step.reaches).map((reach) => (
            <Reach key={`${reach.channel} ${reach.urgency} ${reach.insteadOf} ${reach.room}`} reach={reach} />
          ))}
        </ul>
      )}
      {step.skipped.length > 0 && (
        <details className={styles.skipped}>
          <summary>{w.skipped(step.skipped.length)}</summary>
          <ul>
            {[...new Set(step.skipped.map(({ text }) => text))].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      {step.because !== null && (
        <p className={styles.because}>
          {why}{" "}
          {policy.stored ? (
            <Link href={`/policy?version=${encodeURIComponent(policy.id)}#${encodeURIComponent(step.because.clause)}`}>
              {w.because(step.because.line)}
            </Link>
          ) : (
            w.because(step.because.line)
          )}{" "}
          <span>{step.because.path.join(" › ")}</span>
        </p>
      )}
    </div>
  );
}

function Reach({ reach }: { readonly reach: SimulatedReach }) {
  const w = useWords(words);
  const { channels } = useWords(shared);
  return (
    <li className={styles.reach}>
      <ChannelMark channel={reach.channel} />
      <span>
        {reach.mention !== null && <code>@{reach.mention}</code>}{" "}
        {reach.people.length === 0 ? w.room : reach.people.map(({ name }) => name).join(", ")}
        {reach.urgency === "tell" && <span className={styles.quiet}> · {w.tell}</span>}
        {reach.insteadOf !== null && (
          <span className={styles.quiet}>
            {" "}
            · {w.insteadOf(channels[reach.insteadOf as keyof typeof channels] ?? reach.insteadOf)}
          </span>
        )}
      </span>
    </li>
  );
}

/** Pages of one channel to several people are one line. */
function together(reaches: readonly SimulatedReach[]): readonly SimulatedReach[] {
  const lines = new Map<string, SimulatedReach>();
  for (const reach of reaches) {
    const key = `${reach.channel} ${reach.urgency} ${reach.insteadOf} ${reach.room}`;
    const known = lines.get(key);
    const people = [...(known?.people ?? []), ...reach.people];
    lines.set(key, {
      ...(known ?? reach),
      people: people.filter((one, at) => people.findIndex(({ id }) => id === one.id) === at),
    });
  }
  return [...lines.values()];
}
