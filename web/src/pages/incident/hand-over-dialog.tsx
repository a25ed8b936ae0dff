import { useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { useNames } from "../../api/names.ts";
import { ActDialog } from "../../kit/act-dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

export function HandOverDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentOverview;
  readonly onClose: () => void;
}) {
  const { handOverDialog: w, done } = useWords(words);
  const names = useNames();
  const [to, setTo] = useState("");
  const body = (): { team: string } | { person: string } => {
    const [kind, ...rest] = to.split(":");
    return kind === "team" ? { team: rest.join(":") } : { person: rest.join(":") };
  };
  return (
    <ActDialog
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      ready={to !== ""}
      run={() => api.post(`/api/v1/incidents/${incident.number}/hand-over`, body())}
      done={done.handOver}
      onClose={onClose}
    >
      <Field label={w.to}>
        {(ids) => (
          <select {...ids} value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">{w.choose}</option>
            <optgroup label={w.teams}>
              {incident.teams.map((team) => (
                <option key={team} value={`team:${team}`}>
                  {team}
                </option>
              ))}
            </optgroup>
            <optgroup label={w.people}>
              {Object.entries(names).map(([id, name]) => (
                <option key={id} value={`person:${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          </select>
        )}
      </Field>
    </ActDialog>
  );
}
