import { useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Tick } from "../../kit/field.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
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
  const { cancel } = useWords(shared);
  const act = useAct();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    new Set(incident.grades.flatMap(({ criteria }) => criteria.filter((one) => one.ticked).map(({ id }) => id))),
  );
  const verdict = incident.grades.find(({ criteria }) => criteria.some(({ id }) => ticked.has(id)));
  const changes = verdict !== undefined && verdict.name !== incident.grade;
  const submit = async (): Promise<void> => {
    const path = `/api/v1/incidents/${incident.number}/grade`;
    if (await act(() => api.post(path, { criteria: [...ticked] }), done.grade)) onClose();
  };
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" disabled={!changes} onPress={submit}>
            {w.submit}
          </Button>
        </>
      }
    >
      <p>{w.lead}</p>
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
    </Dialog>
  );
}
