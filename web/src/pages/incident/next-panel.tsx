import { useState } from "react";
import { Link } from "wouter";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { Button } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { Countdown, Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ClauseNote } from "./clause-note.tsx";
import styles from "./next-panel.module.css";
import { ReachList } from "./reach-list.tsx";
import { words } from "./words.ts";

const SHOWN_FIRST = 3;

/** The plan: what happens by itself, when, to whom, and which line demands it. */
export function NextPanel({ incident }: { readonly incident: IncidentOverview }) {
  const w = useWords(words);
  const [all, setAll] = useState(false);
  const { steps } = incident;
  const shown = all ? steps : steps.slice(0, SHOWN_FIRST);
  return (
    <Panel title={w.next}>
      {incident.pagingHeld !== null ? (
        <>
          <p>
            {w.held[incident.pagingHeld.because][0]}
            <Link href={`/incidents/${incident.pagingHeld.number}`}>INC-{incident.pagingHeld.number}</Link>
            {w.held[incident.pagingHeld.because][1]}
          </p>
          <p className={styles.lead}>{w.held.until}</p>
        </>
      ) : steps.length === 0 ? (
        <p>
          {incident.state === "resolved" || incident.state === "closed"
            ? w.nothingOver
            : incident.holder === null
              ? w.nothing
              : w.nothingHeld(incident.holder.name)}
        </p>
      ) : (
        <>
          <p className={styles.lead}>{w.nextLead}</p>
          <ol className={styles.steps}>
            {shown.map((step) => (
              <li key={step.key} className={styles.step}>
                <p className={styles.when}>
                  <strong>
                    <Countdown to={step.due} past={w.late} />
                  </strong>
                  <Time at={step.due} only="clock" />
                </p>
                <div className={styles.what}>
                  <p className={styles.head}>
                    <span>{step.what}</span>
                    {step.level > 0 && step.kind !== "stalled" && <Chip>{w.level(step.level)}</Chip>}
                    {step.overdue && (
                      <Chip tone="bad" icon="warn">
                        {w.deadlinePasses}
                      </Chip>
                    )}
                    {step.reach.length === 0 && <Chip tone="warn">{w.nobody}</Chip>}
                  </p>
                  <ReachList reach={step.reach} skipped={step.skipped} />
                  <ClauseNote clause={step.clause} policy={incident.policy.id} />
                </div>
              </li>
            ))}
          </ol>
          {steps.length > SHOWN_FIRST && (
            <Button look="quiet" size="small" onPress={() => setAll(!all)} aria-expanded={all}>
              {all ? w.showFewer : w.showAll(steps.length)}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}
