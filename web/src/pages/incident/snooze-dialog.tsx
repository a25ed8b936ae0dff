import { useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { ActDialog } from "../../kit/act-dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

const PRESETS_MINUTES = [30, 60, 240] as const;
const MORNING_HOUR = 9;

function nextMorning(): Date {
  const at = new Date();
  if (at.getHours() >= MORNING_HOUR) at.setDate(at.getDate() + 1);
  at.setHours(MORNING_HOUR, 0, 0, 0);
  return at;
}

export function SnoozeDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentOverview;
  readonly onClose: () => void;
}) {
  const { snoozeDialog: w, done } = useWords(words);
  const [choice, setChoice] = useState("30");
  const [at, setAt] = useState("");
  const body = (): { minutes: number } | { until: string } =>
    choice === "morning"
      ? { until: nextMorning().toISOString() }
      : choice === "at"
        ? { until: new Date(at).toISOString() }
        : { minutes: Number(choice) };
  return (
    <ActDialog
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      ready={choice !== "at" || at !== ""}
      run={() => api.post(`/api/v1/incidents/${incident.number}/snooze`, body())}
      done={done.snooze}
      onClose={onClose}
    >
      <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
        <legend className="unseen">{w.until}</legend>
        {[...PRESETS_MINUTES.map(String), "morning", "at"].map((value) => (
          <Tick
            key={value}
            type="radio"
            name="until"
            checked={choice === value}
            onChange={() => setChoice(value)}
            label={value === "morning" ? w.morning : value === "at" ? w.at : w.minutes(Number(value))}
          />
        ))}
      </fieldset>
      {choice === "at" && (
        <Field label={w.until}>
          {(ids) => <input {...ids} type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />}
        </Field>
      )}
    </ActDialog>
  );
}
