import { type KeyboardEvent, useRef, useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { useNames } from "../../api/names.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { chordText, useKey } from "../../kit/keys.tsx";
import { useIsPhone } from "../../kit/media.ts";
import { Panel } from "../../kit/page.tsx";
import { useAct, useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./note-box.module.css";
import { type Command, readCommand } from "./note-command.ts";
import { words } from "./words.ts";

/** What somebody records: words, people who are to be told of them, or a command. What was not sent stays. */
export function NoteBox({ incident }: { readonly incident: IncidentOverview }) {
  const w = useWords(words);
  const may = useMay("incidents.respond");
  const phone = useIsPhone();
  const names = useNames();
  const act = useAct();
  const say = useToast();
  const kept = `bongsu.note.${incident.number}`;
  const [text, setText] = useState(() => sessionStorage.getItem(kept) ?? "");
  const [sending, setSending] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  useKey("note", may ? () => box.current?.focus() : undefined);
  if (!may) return null;

  const write = (next: string): void => {
    setText(next);
    sessionStorage.setItem(kept, next);
  };
  const submit = async (): Promise<void> => {
    const note = text.trim();
    if (note === "" || sending) return;
    const command = readCommand(note);
    if (command === "unknown") return say({ tone: "bad", text: `${w.noSuchCommand(note)} ${w.commands}` });
    setSending(true);
    const path = `/api/v1/incidents/${incident.number}`;
    const { action, body }: Command = command ?? { action: "note", body: { text: note } };
    if (await act(() => api.post(`${path}/${action}`, body), w.done[action])) write("");
    setSending(false);
  };
  const press = (event: KeyboardEvent): void => {
    // The Enter that ends a syllable is the input method's, not ours.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.code !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  return (
    <Panel>
      <div className={styles.box}>
        <Field label={w.noteBox} hint={phone ? undefined : w.noteHint(chordText("Mod+Enter"))}>
          {(ids) => (
            <textarea
              {...ids}
              ref={box}
              rows={3}
              value={text}
              placeholder={w.notePlaceholder}
              onChange={(event) => write(event.target.value)}
              onKeyDown={press}
            />
          )}
        </Field>
        <div className={styles.foot}>
          <select
            aria-label={w.mention}
            value=""
            onChange={(event) => {
              write(`${text}${text === "" || text.endsWith(" ") ? "" : " "}@${event.target.value} `);
              box.current?.focus();
            }}
          >
            <option value="">{w.mentionChoose}</option>
            {Object.entries(names).map(([id, name]) => (
              <option key={id} value={name}>
                {name}
              </option>
            ))}
          </select>
          <Button look="main" icon="note" disabled={text.trim() === "" || sending} onPress={submit}>
            {w.noteSubmit}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
