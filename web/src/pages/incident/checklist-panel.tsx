import { useMemo } from "react";
import type { IncidentOverview, TimelineRow } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Tick } from "../../kit/field.tsx";
import { Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./panels.module.css";
import { words } from "./words.ts";

/** The document's procedures as a checklist: who ticked what, and when. */
export function ChecklistPanel({
  incident,
  rows,
}: {
  readonly incident: IncidentOverview;
  readonly rows: readonly TimelineRow[];
}) {
  const w = useWords(words);
  const may = useMay("incidents.respond");
  const act = useAct();
  const ticks = useMemo(() => {
    const found = new Map<string, TimelineRow>();
    for (const row of rows) if (row.type === "ticked" && row.clause !== null) found.set(row.clause.id, row);
    return found;
  }, [rows]);
  // What is being done now is open: first the initial response, then the resolution.
  const phase = incident.procedures.find(({ stages }) =>
    stages.some(({ steps }) => steps.some(({ done }) => !done)),
  )?.kind;
  return (
    <>
      {incident.procedures.map(({ kind, stages }) => {
        const steps = stages.flatMap((stage) => stage.steps);
        return (
          <Panel
            key={kind}
            title={w.checklist[kind]}
            acts={<span>{w.progress(steps.filter(({ done }) => done).length, steps.length)}</span>}
          >
            {stages.map((stage) => (
              <details key={stage.title} open={kind === phase} className={styles.stage}>
                <summary>
                  {stage.title}{" "}
                  <span className={styles.quiet}>
                    {w.progress(stage.steps.filter(({ done }) => done).length, stage.steps.length)}
                  </span>
                </summary>
                {stage.steps.map((step) => {
                  const tick = ticks.get(step.id);
                  return (
                    <Tick
                      key={step.id}
                      label={step.text}
                      hint={
                        step.done && tick !== undefined ? (
                          <>
                            {w.tickedBy(tick.by)} <Time at={tick.at} only="clock" />
                          </>
                        ) : undefined
                      }
                      checked={step.done}
                      disabled={!may}
                      onChange={(event) => {
                        const body = { clause: step.id, done: event.target.checked };
                        void act(() => api.post(`/api/v1/incidents/${incident.number}/tick`, body));
                      }}
                    />
                  );
                })}
              </details>
            ))}
          </Panel>
        );
      })}
    </>
  );
}
