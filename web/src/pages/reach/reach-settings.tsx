import { useState } from "react";
import type { ShownReachSettings } from "../../../../src/http/wire/reach.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useSave } from "../settings/use-save.tsx";
import styles from "./reach.module.css";
import { words } from "./words.ts";

/** Rooms are left out: everybody in them would read each test. */
const TO_PEOPLE = ["email", "webhook", "push", "sms", "phone"] as const;

/** How contacts are kept proven. */
export function ReachSettingsDialog({
  settings,
  onClose,
}: {
  readonly settings: ShownReachSettings;
  readonly onClose: () => void;
}) {
  const { settings: w } = useWords(words);
  const { channels: names, save: saveWord, cancel } = useWords(shared);
  const [silentTests, setSilentTests] = useState(settings.silentTests);
  const [channels, setChannels] = useState(settings.channels);
  const [days, setDays] = useState(String(settings.provenWithinDays));
  const { save, problem } = useSave(["reach"]);
  const store = async (): Promise<void> => {
    const body = { silentTests, channels, provenWithinDays: Number(days) } satisfies ShownReachSettings;
    if (await save(() => api.put("/api/v1/reach/settings", body), w.saved)) onClose();
  };
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" onPress={store}>
            {saveWord}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Tick
          label={w.silent}
          hint={w.silentHint}
          checked={silentTests}
          onChange={({ target }) => setSilentTests(target.checked)}
        />
        <fieldset className={styles.group} disabled={!silentTests}>
          <legend>{w.channels}</legend>
          {TO_PEOPLE.map((kind) => (
            <Tick
              key={kind}
              label={names[kind]}
              checked={channels.includes(kind)}
              onChange={({ target }) =>
                setChannels(target.checked ? [...channels, kind] : channels.filter((one) => one !== kind))
              }
            />
          ))}
          <p className={styles.quiet}>{w.loud}</p>
        </fieldset>
        <Field label={w.days}>
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={1}
              max={365}
              value={days}
              onChange={({ target }) => setDays(target.value)}
            />
          )}
        </Field>
        {problem}
      </div>
    </Dialog>
  );
}
