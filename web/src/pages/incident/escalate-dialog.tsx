import { useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { words } from "./words.ts";

export function EscalateDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentOverview;
  readonly onClose: () => void;
}) {
  const { escalateDialog: w, done } = useWords(words);
  const { cancel } = useWords(shared);
  const act = useAct();
  const [note, setNote] = useState("");
  const submit = async (): Promise<void> => {
    const body = note.trim() === "" ? {} : { note: note.trim() };
    if (await act(() => api.post(`/api/v1/incidents/${incident.number}/escalate`, body), done.escalate)) onClose();
  };
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="act" onPress={submit}>
            {w.submit}
          </Button>
        </>
      }
    >
      <p>{w.lead}</p>
      <Field label={w.note}>
        {(ids) => (
          <textarea {...ids} rows={3} value={note} autoFocus onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
    </Dialog>
  );
}
