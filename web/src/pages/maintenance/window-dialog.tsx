import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { IncidentFacets } from "../../../../src/http/wire/incident-list.ts";
import type { MaintenancePreview, MaintenanceRow } from "../../../../src/http/wire/maintenance.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { MatcherEditor } from "../muting/matcher-editor.tsx";
import { PreviewPanel } from "../muting/preview-panel.tsx";
import { useSettled } from "../muting/use-settled.ts";
import { OccurrenceText } from "./occurrence.tsx";
import { RepeatFields } from "./repeat-fields.tsx";
import { useRepeatText } from "./repeat-text.ts";
import styles from "./window-dialog.module.css";
import { bodyOf, draftOf, problemsOf, type WindowDraft } from "./window-draft.ts";
import { words } from "./words.ts";

/** Makes or changes a window: what for, when, how often, in whose time; and what it would hold back. */
export function WindowDialog({
  known,
  zone,
  onClose,
}: {
  readonly known?: MaintenanceRow;
  readonly zone: string;
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const { cancel, save } = useWords(shared);
  const act = useAct();
  const repeatText = useRepeatText();
  const [draft, setDraft] = useState<WindowDraft>(() => draftOf(known, zone));
  const [confirmed, setConfirmed] = useState(false);
  const set = (change: Partial<WindowDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const problems = problemsOf(draft);
  const body = bodyOf(draft);
  const isAskable = problems.length === 0;
  const question = useSettled(isAskable ? JSON.stringify({ ...body, title: "-" }) : "");
  const preview = useQuery({
    queryKey: ["alerts", "preview", "maintenance", question],
    queryFn: () => api.post<MaintenancePreview>("/api/v1/maintenance/preview", JSON.parse(question)),
    enabled: question !== "",
    placeholderData: (before) => before,
    retry: false,
  });
  const shown = isAskable && question !== "" ? preview.data : undefined;
  const isReady = isAskable && draft.title.trim() !== "" && (shown?.warning == null || confirmed);
  const put = async (): Promise<void> => {
    const whole = { ...body, confirm: confirmed };
    const run = (): Promise<unknown> =>
      known === undefined ? api.post("/api/v1/maintenance", whole) : api.put(`/api/v1/maintenance/${known.id}`, whole);
    if (await act(run, known === undefined ? w.made : w.changed)) onClose();
  };
  return (
    <Dialog
      title={known === undefined ? w.make : w.edit}
      wide
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" icon="maintenance" disabled={!isReady} onPress={put}>
            {known === undefined ? w.make : save}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label={w.name} hint={w.nameHint}>
          {(ids) => (
            <input
              {...ids}
              value={draft.title}
              maxLength={200}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
        <Services value={draft.services} onChange={(services) => set({ services })} />
        <details open={draft.matchers.length > 0}>
          <summary className={styles.summary}>
            <Icon name="down" size={18} />
            {w.byLabels}
          </summary>
          <MatcherEditor matchers={draft.matchers} onChange={(matchers) => set({ matchers })} />
        </details>
        <When draft={draft} problems={problems} onChange={set} />
        <RepeatFields draft={draft} onChange={set} />
        {isAskable && (
          <p className={styles.words} aria-live="polite">
            {repeatText({ ...body, until: body.until ?? null })}
          </p>
        )}
        {shown !== undefined && shown.next.length > 0 && (
          <div>
            <h3>{w.preview}</h3>
            <ul className={styles.times}>
              {shown.next.map((one) => (
                <li key={one.start}>
                  <OccurrenceText occurrence={one} zone={body.zone} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <PreviewPanel
          preview={shown}
          error={isAskable ? preview.error : null}
          confirmed={confirmed}
          onConfirm={setConfirmed}
        />
      </div>
    </Dialog>
  );
}

function Services({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const w = useWords(words);
  const list = useId();
  const facets = useQuery({
    queryKey: ["incidents", "facets"],
    queryFn: () => api.get<IncidentFacets>("/api/v1/incidents/facets"),
  });
  // What stands before the last comma is kept, so that a suggestion adds to it.
  const before = value.includes(",") ? `${value.slice(0, value.lastIndexOf(","))}, ` : "";
  return (
    <Field label={w.services} hint={w.servicesHint}>
      {(ids) => (
        <>
          <input
            {...ids}
            list={list}
            value={value}
            maxLength={1_000}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {facets.data?.services.map((service) => (
              <option key={service} value={before + service} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

function When({
  draft,
  problems,
  onChange,
}: {
  readonly draft: WindowDraft;
  readonly problems: readonly string[];
  readonly onChange: (change: Partial<WindowDraft>) => void;
}) {
  const w = useWords(words);
  const zones = useId();
  const lengthHint = useId();
  return (
    <div className={styles.row}>
      <Field label={w.start} hint={w.startHint(draft.zone)}>
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            value={draft.start}
            onChange={(event) => onChange({ start: event.target.value })}
          />
        )}
      </Field>
      <fieldset className={styles.length}>
        <legend>{w.length}</legend>
        <div>
          <label>
            <input
              type="number"
              min={0}
              max={744}
              inputMode="numeric"
              value={draft.hours}
              aria-describedby={lengthHint}
              onChange={(event) => onChange({ hours: event.target.value })}
            />
            {w.hours}
          </label>
          <label>
            <input
              type="number"
              min={0}
              max={59}
              inputMode="numeric"
              value={draft.minutes}
              aria-describedby={lengthHint}
              onChange={(event) => onChange({ minutes: event.target.value })}
            />
            {w.minutes}
          </label>
        </div>
        <p id={lengthHint} className={styles.problem}>
          {problems.includes("length") ? w.badLength : ""}
        </p>
      </fieldset>
      <Field label={w.zone} problem={problems.includes("zone") ? w.badZone : undefined}>
        {(ids) => (
          <>
            <input
              {...ids}
              list={zones}
              value={draft.zone}
              spellCheck={false}
              onChange={(event) => onChange({ zone: event.target.value })}
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
  );
}
