import { useMemo } from "react";
import { useSetPreferences, useSignedIn } from "../../api/me.ts";
import { words as frame } from "../../app/words.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Panel } from "../../kit/page.tsx";
import { useAct } from "../../kit/toast.tsx";
import { LOCALES, useLocale, useWords } from "../../words/locale.tsx";
import styles from "./account.module.css";
import { words } from "./words.ts";

const THEMES = ["system", "light", "dark"] as const;

/** Language, brightness, zone: kept with the account, the same on phone and desk. */
export function DisplayPanel() {
  const w = useWords(words);
  const { theme: themes } = useWords(frame);
  const { preferences } = useSignedIn();
  const locale = useLocale();
  const setPreferences = useSetPreferences();
  const act = useAct();
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const set = (change: Parameters<typeof setPreferences>[0]): Promise<boolean> =>
    act(() => setPreferences(change), w.saved);
  return (
    <Panel title={w.look}>
      <div className={styles.form}>
        <Field label={w.language}>
          {(ids) => (
            <select
              {...ids}
              value={locale}
              onChange={(event) => void set({ locale: event.target.value as (typeof LOCALES)[number] })}
            >
              {LOCALES.map((one) => (
                <option key={one} value={one} lang={one}>
                  {w.languages[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.theme}>
          {(ids) => (
            <select
              {...ids}
              value={preferences.theme ?? "system"}
              onChange={(event) => void set({ theme: event.target.value as (typeof THEMES)[number] })}
            >
              {THEMES.map((one) => (
                <option key={one} value={one}>
                  {themes[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.zone} hint={w.zoneHint}>
          {(ids) => (
            <select
              {...ids}
              value={preferences.zone ?? ""}
              onChange={(event) => void set({ zone: event.target.value === "" ? null : event.target.value })}
            >
              <option value="">{w.zoneOwn(here)}</option>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button icon="key" onPress={() => dispatchEvent(new CustomEvent("bongsu:keys"))}>
          {w.keys}
        </Button>
      </div>
    </Panel>
  );
}
