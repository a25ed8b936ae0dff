import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { askAhead, rememberSomebody } from "../api/ahead.ts";
import { sendWith } from "../api/client.ts";
import { MeContext, useMe } from "../api/me.ts";
import { ToastProvider } from "../kit/toast.tsx";
import { firstLocale, LanguageProvider } from "../words/locale.tsx";
import { Gate } from "./gate.tsx";
import { queries } from "./queries.ts";
import { useTheme } from "./theme.ts";

const first = firstLocale();
sendWith({ locale: first });

/** What the address shows first is there: what to draw at once instead of after two drawings that say to wait. */
export const asked = askAhead(queries, location.pathname, first);

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Reader />
    </QueryClientProvider>
  );
}

/** Language and theme of whoever reads; before they signed in, those that the browser was used in last. */
function Reader() {
  const me = useMe().data;
  const preferences = me?.signedIn === true ? me.preferences : {};
  const locale = preferences.locale ?? first;
  sendWith({ locale, ...(me?.signedIn === true ? { csrf: me.csrf } : {}) });
  useTheme(preferences.theme);
  const isIn = me?.signedIn;
  useEffect(() => {
    if (isIn !== undefined) rememberSomebody(isIn);
  }, [isIn]);
  const worded = useRef(locale);
  useEffect(() => {
    if (worded.current === locale) return;
    worded.current = locale;
    // What the server worded is read again in the new language.
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== "me" });
  }, [locale]);
  return (
    <LanguageProvider locale={locale}>
      <MeContext value={me}>
        <ToastProvider>
          <Gate />
        </ToastProvider>
      </MeContext>
    </LanguageProvider>
  );
}
