import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { IncidentFacets } from "../../../../src/http/wire/incident-list.ts";
import type { MadeHeartbeat, ShownHeartbeat } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useSave } from "../settings/use-save.tsx";
import { bodyOf, draftOf, type HeartbeatDraft, problemsOf } from "./heartbeat-draft.ts";
import styles from "./heartbeats.module.css";
import { LengthField } from "./length-field.tsx";
import { MadeAddress } from "./made-address.tsx";
import { NextTimes } from "./next-times.tsx";
import { pathOf } from "./use-heartbeats.ts";
import { words } from "./words.ts";

/** Makes a heartbeat and shows its address, or changes one. */
export function HeartbeatDialog({ known, onClose }: { readonly known?: ShownHeartbeat; readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel, close, save: saveWord } = useWords(shared);
  const zone = useZone();
  const form = useId();
  const { save, problem } = useSave(["heartbeat"]);
  const [draft, setDraft] = useState<HeartbeatDraft>(() => draftOf(known, zone));
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<MadeHeartbeat>();
  const put = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (problemsOf(draft).size > 0 || made !== undefined) return;
    const body = bodyOf(draft);
    if (known === undefined) {
      await save(async () => setMade(await api.post<MadeHeartbeat>("/api/v1/heartbeats", body)), w.made);
    } else if (await save(() => api.put(pathOf(known.id), { ...body, revision: known.revision }), w.changed)) onClose();
  };
  return (
    <Dialog
      title={known === undefined ? w.make : w.editTitle}
      onClose={onClose}
      wide
      acts={
        made === undefined ? (
          <>
            <Button onPress={onClose}>{cancel}</Button>
            <Button look="main" icon="beacon" type="submit" form={form}>
              {known === undefined ? w.make : saveWord}
            </Button>
          </>
        ) : (
          <Button look="main" onPress={onClose}>
            {close}
          </Button>
        )
      }
    >
      {made === undefined ? (
        <form id={form} className={styles.form} onSubmit={(event) => void put(event)} noValidate>
          <Fields
            draft={draft}
            isNew={known === undefined}
            tried={tried}
            onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          />
          {problem}
        </form>
      ) : (
        <MadeAddress made={made} />
      )}
    </Dialog>
  );
}

function Fields({
  draft,
  isNew,
  tried,
  onChange,
}: {
  readonly draft: HeartbeatDraft;
  readonly isNew: boolean;
  readonly tried: boolean;
  readonly onChange: (change: Partial<HeartbeatDraft>) => void;
}) {
  const { form: w, gradeDefault } = useWords(words);
  const kind = useId();
  const services = useId();
  const zones = useId();
  const problems = tried ? problemsOf(draft) : new Set();
  const grades = useQuery({
    queryKey: ["policy", "choices"],
    queryFn: () => api.get<{ readonly grades: readonly string[] }>("/api/v1/choices"),
  });
  const facets = useQuery({
    queryKey: ["incidents", "facets"],
    queryFn: () => api.get<IncidentFacets>("/api/v1/incidents/facets"),
  });
  return (
    <>
      {isNew && (
        <Field label={w.name} hint={w.nameHint} problem={problems.has("name") ? w.nameMissing : undefined}>
          {(ids) => (
            <input
              {...ids}
              value={draft.name}
              maxLength={100}
              onChange={({ target }) => onChange({ name: target.value })}
            />
          )}
        </Field>
      )}
      <fieldset className={styles.choice}>
        <legend>{w.how}</legend>
        {(["every", "cron"] as const).map((one) => (
          <label key={one}>
            <input type="radio" name={kind} checked={draft.kind === one} onChange={() => onChange({ kind: one })} />
            {one === "every" ? w.interval : w.cron}
          </label>
        ))}
      </fieldset>
      {draft.kind === "every" ? (
        <LengthField
          label={w.every}
          problem={problems.has("every") ? w.everyProblem : undefined}
          value={draft.every}
          onChange={(every) => onChange({ every })}
        />
      ) : (
        <div className={styles.two}>
          <Field label={w.cronName} hint={w.cronHint} problem={problems.has("cron") ? w.cronMissing : undefined}>
            {(ids) => (
              <input
                {...ids}
                value={draft.cron}
                maxLength={100}
                spellCheck={false}
                autoCapitalize="off"
                onChange={({ target }) => onChange({ cron: target.value })}
              />
            )}
          </Field>
          <Field label={w.zone}>
            {(ids) => (
              <>
                <input
                  {...ids}
                  list={zones}
                  value={draft.zone}
                  maxLength={60}
                  spellCheck={false}
                  onChange={({ target }) => onChange({ zone: target.value })}
                />
                <datalist id={zones}>
                  {Intl.supportedValuesOf("timeZone").map((zone) => (
                    <option key={zone} value={zone} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        </div>
      )}
      <NextTimes draft={draft} />
      <LengthField
        label={w.grace}
        hint={w.graceHint}
        problem={problems.has("grace") ? w.graceProblem : undefined}
        value={draft.grace}
        onChange={(grace) => onChange({ grace })}
      />
      <div className={styles.two}>
        <Field label={w.grade}>
          {(ids) => (
            <select {...ids} value={draft.grade} onChange={({ target }) => onChange({ grade: target.value })}>
              <option value="">{gradeDefault}</option>
              {grades.data?.grades.map((grade) => (
                <option key={grade}>{grade}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.service} hint={w.serviceHint}>
          {(ids) => (
            <>
              <input
                {...ids}
                list={services}
                value={draft.service}
                maxLength={100}
                onChange={({ target }) => onChange({ service: target.value })}
              />
              <datalist id={services}>
                {facets.data?.services.map((service) => (
                  <option key={service} value={service} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      {isNew && (
        <Field label={w.address} hint={w.addressHint}>
          {(ids) => (
            <input
              {...ids}
              value={draft.address}
              maxLength={500}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              onChange={({ target }) => onChange({ address: target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
