import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MutePreview, SilenceRow } from "../../../../src/http/wire/alerts.ts";
import type { Matcher } from "../../../../src/triage/silence.ts";
import { api, serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { fromLocal, toLocal } from "../../kit/local-time.ts";
import { useZone } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { MatcherEditor } from "../muting/matcher-editor.tsx";
import { matcher, written } from "../muting/matchers.ts";
import { PreviewPanel } from "../muting/preview-panel.tsx";
import { useSettled } from "../muting/use-settled.ts";
import styles from "./silence-dialog.module.css";
import { words } from "./words.ts";

const LENGTHS = [30, 60, 120, 240, 480, 1_440, 10_080];

export type SilenceDraft = {
  readonly matchers: readonly Matcher[];
  readonly others?: readonly Matcher[];
  readonly comment: string;
  /** The silence that is changed; a new one where absent. */
  readonly known?: SilenceRow;
};

/** Makes or changes a silence, and shows what it would hold back while it is written. */
export function SilenceDialog({ draft, onClose }: { readonly draft: SilenceDraft; readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel, save } = useWords(shared);
  const zone = useZone();
  const act = useAct();
  const { known } = draft;
  const [matchers, setMatchers] = useState(draft.matchers.length > 0 ? draft.matchers : [matcher("", "")]);
  const [comment, setComment] = useState(draft.comment);
  const [starts, setStarts] = useState(known?.state === "pending" ? toLocal(Date.parse(known.startsAt), zone) : "");
  const [minutes, setMinutes] = useState(known === undefined ? 60 : 0);
  const [ends, setEnds] = useState(known === undefined ? "" : toLocal(Date.parse(known.endsAt), zone));
  const [confirmed, setConfirmed] = useState(false);

  const startsAt = starts === "" ? undefined : fromLocal(starts, zone);
  const begin = startsAt ?? (known === undefined ? serverNow() : Date.parse(known.startsAt));
  const endsAt = minutes > 0 ? begin + minutes * 60_000 : fromLocal(ends, zone);
  const isBackwards = endsAt !== undefined && (endsAt <= begin || endsAt <= serverNow());
  const good = written(matchers);
  const times = {
    ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt).toISOString() }),
    ...(minutes > 0 ? { minutes } : endsAt === undefined ? {} : { endsAt: new Date(endsAt).toISOString() }),
  };
  const question = useSettled(JSON.stringify({ matchers: good, ...times }));
  const preview = useQuery({
    queryKey: ["alerts", "preview", "silence", question],
    queryFn: () => api.post<MutePreview>("/api/v1/silences/preview", JSON.parse(question)),
    enabled: (JSON.parse(question) as { matchers: readonly unknown[] }).matchers.length > 0,
    placeholderData: (before) => before,
    retry: false,
  });
  const shown = good.length > 0 ? preview.data : undefined;
  const mustConfirm = shown !== undefined && shown.warning !== null;
  const isReady =
    good.length > 0 && comment.trim() !== "" && endsAt !== undefined && !isBackwards && (!mustConfirm || confirmed);
  const put = async (): Promise<void> => {
    // A changed silence that runs keeps its beginning, so its end is said as a time.
    const end = known === undefined ? {} : { endsAt: new Date(endsAt ?? 0).toISOString(), minutes: undefined };
    const body = { matchers: good, comment: comment.trim(), ...times, ...end, confirm: confirmed };
    const run = (): Promise<unknown> =>
      known === undefined ? api.post("/api/v1/silences", body) : api.put(`/api/v1/silences/${known.id}`, body);
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
          <Button look="main" icon="silence" disabled={!isReady} onPress={put}>
            {known === undefined ? w.make : save}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <MatcherEditor matchers={matchers} others={draft.others ?? []} onChange={setMatchers} />
        <fieldset className={styles.lengths}>
          <legend>{w.length}</legend>
          <div className={styles.pills}>
            {LENGTHS.map((one) => (
              <Pill key={one} name="length" checked={minutes === one} onChange={() => setMinutes(one)}>
                {w.lengths[one]}
              </Pill>
            ))}
            <Pill
              name="length"
              checked={minutes === 0}
              onChange={() => {
                setMinutes(0);
                if (ends === "") setEnds(toLocal(begin + 3_600_000, zone));
              }}
            >
              {w.until}
            </Pill>
          </div>
          {minutes === 0 && (
            <Field label={w.endsAt} hint={w.zone(zone)} problem={isBackwards ? w.endsBefore : undefined}>
              {(ids) => (
                <input {...ids} type="datetime-local" value={ends} onChange={(event) => setEnds(event.target.value)} />
              )}
            </Field>
          )}
        </fieldset>
        {known?.state !== "active" && (
          <fieldset className={styles.lengths}>
            <legend>{w.begin}</legend>
            <div className={styles.pills}>
              <Pill name="begin" checked={starts === ""} onChange={() => setStarts("")}>
                {w.now}
              </Pill>
              <Pill
                name="begin"
                checked={starts !== ""}
                onChange={() => setStarts(toLocal(serverNow() + 3_600_000, zone))}
              >
                {w.later}
              </Pill>
            </div>
            {starts !== "" && (
              <Field label={w.startsAt} hint={w.zone(zone)}>
                {(ids) => (
                  <input
                    {...ids}
                    type="datetime-local"
                    value={starts}
                    onChange={(event) => setStarts(event.target.value)}
                  />
                )}
              </Field>
            )}
          </fieldset>
        )}
        <Field label={w.comment} hint={w.commentHint}>
          {(ids) => (
            <input {...ids} value={comment} maxLength={500} onChange={(event) => setComment(event.target.value)} />
          )}
        </Field>
        <PreviewPanel
          preview={shown}
          error={good.length > 0 ? preview.error : null}
          confirmed={confirmed}
          onConfirm={setConfirmed}
        />
      </div>
    </Dialog>
  );
}

function Pill({ children, ...input }: React.InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className={styles.pill}>
      <input type="radio" {...input} />
      <span>{children}</span>
    </label>
  );
}
