import { useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { useNames } from "../../api/names.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { words } from "./words.ts";

export function HandOverDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentOverview;
  readonly onClose: () => void;
}) {
  const { handOverDialog: w, done } = useWords(words);
  const { cancel } = useWords(shared);
  const act = useAct();
  const names = useNames();
  const [to, setTo] = useState("");
  const submit = async (): Promise<void> => {
    const [kind, ...rest] = to.split(":");
    const body = kind === "team" ? { team: rest.join(":") } : { person: rest.join(":") };
    if (await act(() => api.post(`/api/v1/incidents/${incident.number}/hand-over`, body), done.handOver)) onClose();
  };
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" disabled={to === ""} onPress={submit}>
            {w.submit}
          </Button>
        </>
      }
    >
      <p>{w.lead}</p>
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
    </Dialog>
  );
}
