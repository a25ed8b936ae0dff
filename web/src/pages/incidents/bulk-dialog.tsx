import { useState } from "react";
import type { BulkResult, IncidentFacets } from "../../../../src/http/wire/incident-list.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { useAct, useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import type { BulkAct } from "./bulk-bar.tsx";
import styles from "./bulk-dialog.module.css";
import { words } from "./words.ts";

const SNOOZES = [15, 30, 60, 120, 240, 480];
const NUMBERS_SHOWN = 8;
/** The server takes no more at once. */
const AT_ONCE_MAX = 500;

/** Asks once, says what it means, and tells what became of each. */
export function BulkDialog({
  act: name,
  numbers,
  grades,
  onClose,
  onDone,
}: {
  readonly act: BulkAct;
  readonly numbers: readonly number[];
  readonly grades: IncidentFacets["grades"];
  readonly onClose: () => void;
  readonly onDone: (result: BulkResult) => void;
}) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const act = useAct();
  const say = useToast();
  const [text, setText] = useState("");
  const [grade, setGrade] = useState("");
  const [minutes, setMinutes] = useState(60);
  const more = { note: { text }, grade: { grade }, snooze: { minutes } }[name as string] ?? {};
  const isReady = (name !== "note" || text.trim() !== "") && (name !== "grade" || grade !== "");
  const run = (): Promise<boolean> =>
    act(async () => {
      const results: BulkResult["results"][number][] = [];
      for (let from = 0; from < numbers.length; from += AT_ONCE_MAX) {
        const body = { numbers: numbers.slice(from, from + AT_ONCE_MAX), action: name, ...more };
        results.push(...(await api.post<BulkResult>("/api/v1/incidents/bulk", body)).results);
      }
      const done = results.filter((one) => one.done).length;
      if (done > 0) say({ tone: "good", text: w.done(done) });
      onDone({ done, results });
      onClose();
    });
  const shown = numbers.slice(0, NUMBERS_SHOWN).map((number) => `INC-${number}`);
  return (
    <Dialog
      title={w.sure[name](numbers.length)}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" disabled={!isReady} onPress={run}>
            {w.acts[name]}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p className={styles.numbers}>
          {shown.join(", ")}
          {numbers.length > shown.length ? " …" : ""}
        </p>
        <p>{w.sureHint[name]}</p>
        {name === "note" && (
          <Field label={w.note}>
            {(ids) => (
              <textarea {...ids} rows={4} maxLength={20_000} value={text} onChange={(e) => setText(e.target.value)} />
            )}
          </Field>
        )}
        {name === "grade" && (
          <fieldset className={styles.grades}>
            <legend>{w.newGrade}</legend>
            {grades.map((one) => (
              <Tick
                key={one.name}
                type="radio"
                name="grade"
                checked={grade === one.name}
                onChange={() => setGrade(one.name)}
                label={<GradeMark grade={one.name} rank={one.rank} />}
              />
            ))}
          </fieldset>
        )}
        {name === "snooze" && (
          <Field label={w.snoozeFor}>
            {(ids) => (
              <select {...ids} value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
                {SNOOZES.map((one) => (
                  <option key={one} value={one}>
                    {w.minutes(one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
    </Dialog>
  );
}
