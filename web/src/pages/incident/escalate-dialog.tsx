import { useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { ActDialog } from "../../kit/act-dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

export function EscalateDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentOverview;
  readonly onClose: () => void;
}) {
  const { escalateDialog: w, done } = useWords(words);
  const [note, setNote] = useState("");
  return (
    <ActDialog
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      look="act"
      run={() =>
        api.post(`/api/v1/incidents/${incident.number}/escalate`, note.trim() === "" ? {} : { note: note.trim() })
      }
      done={done.escalate}
      onClose={onClose}
    >
      <Field label={w.note}>
        {(ids) => (
          <textarea {...ids} rows={3} value={note} autoFocus onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
    </ActDialog>
  );
}
