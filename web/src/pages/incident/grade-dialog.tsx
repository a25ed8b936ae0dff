import { useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { ActDialog } from "../../kit/act-dialog.tsx";
import { Tick } from "../../kit/field.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** The policy's own criteria, to be ticked: the highest grade of which one is ticked wins. */
export function GradeDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentOverview;
  readonly onClose: () => void;
}) {
  const { gradeDialog: w, done } = useWords(words);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    new Set(incident.grades.flatMap(({ criteria }) => criteria.filter((one) => one.ticked).map(({ id }) => id))),
  );
  const verdict = incident.grades.find(({ criteria }) => criteria.some(({ id }) => ticked.has(id)));
  const changes = verdict !== undefined && verdict.name !== incident.grade;
  return (
    <ActDialog
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      ready={changes}
      run={() => api.post(`/api/v1/incidents/${incident.number}/grade`, { criteria: [...ticked] })}
      done={done.grade}
      onClose={onClose}
    >
      {incident.grades.map((grade) => (
        <fieldset key={grade.name} style={{ border: 0, padding: 0, margin: 0 }}>
          <legend>
            <GradeMark grade={grade.name} rank={grade.rank} />
          </legend>
          {grade.criteria.map(({ id, text }) => (
            <Tick
              key={id}
              label={text}
              checked={ticked.has(id)}
              onChange={(event) => {
                const next = new Set(ticked);
                if (event.target.checked) next.add(id);
                else next.delete(id);
                setTicked(next);
              }}
            />
          ))}
        </fieldset>
      ))}
      <p role="status">
        <strong>{verdict === undefined ? w.none : changes ? w.becomes(verdict.name) : w.same(verdict.name)}</strong>{" "}
        {changes && verdict.rank < incident.gradeRank && w.raise}
      </p>
    </ActDialog>
  );
}
