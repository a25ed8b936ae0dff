import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { api } from "../api/client.ts";
import { useSetPreferences, useSignedIn } from "../api/me.ts";
import { Icon } from "../kit/icon.tsx";
import { useLocale, useWords } from "../words/locale.tsx";
import type { PageRoute } from "./routes.tsx";
import styles from "./shell.module.css";
import { words } from "./words.ts";

/** On a phone the other pages; everywhere the account, the language, the brightness and the way out. */
export function NavigationMore({ routes }: { readonly routes: readonly PageRoute[] }) {
  const w = useWords(words);
  const me = useSignedIn();
  const locale = useLocale();
  const setPreferences = useSetPreferences();
  const queries = useQueryClient();
  const [location] = useLocation();
  const ref = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (ref.current !== null) ref.current.open = false;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes it.
  useEffect(close, [location]);
  useEffect(() => {
    const outside = (event: Event): void => {
      if (ref.current?.open === true && event.target instanceof Node && !ref.current.contains(event.target)) close();
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.code !== "Escape" || ref.current?.open !== true) return;
      close();
      ref.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", escape);
    };
  }, []);
  const theme = me.preferences.theme ?? "system";
  return (
    <details ref={ref} className={styles.more}>
      <summary className={styles.item}>
        <Icon name="person" size={22} />
        <span className={styles.deskOnly}>{me.account.name}</span>
        <span className={styles.phoneOnly}>{w.moreNavigation}</span>
      </summary>
      <div className={styles.sheet}>
        <ul className={styles.sheetItems}>
          {routes.map((route) => (
            <li key={route.path} className={styles.phoneOnly}>
              <Link href={route.path} className={styles.item}>
                <Icon name={route.icon} size={22} />
                {w.pages[route.name]}
              </Link>
            </li>
          ))}
          <li>
            <Link href="/account" className={styles.item}>
              <Icon name="person" size={22} />
              {w.pages.account}
            </Link>
          </li>
          <li>
            <button type="button" className={styles.item} onClick={() => dispatchEvent(new CustomEvent("bongsu:keys"))}>
              <Icon name="key" size={22} />
              {w.keys.title}
            </button>
          </li>
          <li>
            <button
              type="button"
              className={styles.item}
              lang={locale === "ko" ? "en" : "ko"}
              onClick={() => void setPreferences({ locale: locale === "ko" ? "en" : "ko" })}
            >
              <Icon name="note" size={22} />
              {w.language}
            </button>
          </li>
          <li>
            <label className={styles.item}>
              <Icon name={theme === "light" ? "sun" : "moon"} size={22} />
              <span>{w.themeName}</span>
              <select
                className={styles.select}
                value={theme}
                onChange={(event) => void setPreferences({ theme: event.target.value as typeof theme })}
              >
                {(["system", "light", "dark"] as const).map((one) => (
                  <option key={one} value={one}>
                    {w.theme[one]}
                  </option>
                ))}
              </select>
            </label>
          </li>
          <li>
            <button
              type="button"
              className={styles.item}
              onClick={() =>
                void api.delete("/api/v1/session").then(() => {
                  queries.clear();
                  window.location.assign("/");
                })
              }
            >
              <Icon name="external" size={22} />
              {w.signOut}
            </button>
          </li>
        </ul>
      </div>
    </details>
  );
}
