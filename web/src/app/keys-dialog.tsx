import { useEffect, useState } from "react";
import { useSetPreferences } from "../api/me.ts";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { chordOf, chordText, useKeys } from "../kit/keys.tsx";
import { Notice } from "../kit/page.tsx";
import { areApart, DEFAULT_KEYS, KEY_GROUPS, type KeyName } from "../kit/shortcuts.ts";
import { useWords } from "../words/locale.tsx";
import styles from "./keys-dialog.module.css";
import { routes } from "./routes.tsx";
import { words } from "./words.ts";

/** Every shortcut, each to be rebound or turned off (WCAG 2.1.4). */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { keys: w, pages } = useWords(words);
  const keys = useKeys();
  const setPreferences = useSetPreferences();
  const [waiting, setWaiting] = useState<KeyName>();
  const [taken, setTaken] = useState<string>();
  useEffect(() => {
    if (waiting === undefined) return;
    const press = (event: KeyboardEvent): void => {
      if (/^(Shift|Control|Alt|Meta)/.test(event.code)) return;
      event.preventDefault();
      event.stopPropagation();
      setWaiting(undefined);
      if (event.code === "Escape") return;
      const chord = chordOf(event);
      const other = (Object.keys(keys) as KeyName[]).find(
        (name) => name !== waiting && keys[name] === chord && !areApart(name, waiting),
      );
      if (other !== undefined) return setTaken(w.taken(w.names[other] ?? other));
      setTaken(undefined);
      void setPreferences({ keys: { ...keys, [waiting]: chord } });
    };
    addEventListener("keydown", press, { capture: true });
    return () => removeEventListener("keydown", press, { capture: true });
  }, [waiting, keys, setPreferences, w]);
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      acts={<Button onPress={() => setPreferences({ keys: DEFAULT_KEYS })}>{w.reset}</Button>}
    >
      <p>{w.lead}</p>
      {taken !== undefined && <Notice tone="warn">{taken}</Notice>}
      {(Object.keys(KEY_GROUPS) as (keyof typeof KEY_GROUPS)[]).map((group) => (
        <section key={group}>
          <h3>{w.groups[group]}</h3>
          <ul className={styles.list}>
            {KEY_GROUPS[group].map((name) => (
              <li key={name} className={styles.row}>
                <span>{w.names[name]}</span>
                <button
                  type="button"
                  className={styles.key}
                  aria-label={w.change(w.names[name] ?? name)}
                  onClick={() => setWaiting(name)}
                >
                  {waiting === name ? w.press : keys[name] === "" ? w.off : <kbd>{chordText(keys[name])}</kbd>}
                </button>
                <Button
                  size="small"
                  look="quiet"
                  icon="cross"
                  bare
                  disabled={keys[name] === ""}
                  onPress={() => setPreferences({ keys: { ...keys, [name]: "" } })}
                >
                  {w.turnOff(w.names[name] ?? name)}
                </Button>
              </li>
            ))}
            {group === "everywhere" &&
              routes.map((route) =>
                route.key === undefined ? null : (
                  <li key={route.path} className={styles.row}>
                    <span>{pages[route.name]}</span>
                    <span>
                      <kbd>{chordText(keys.go)}</kbd> <kbd>{chordText(route.key)}</kbd>
                    </span>
                  </li>
                ),
              )}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
