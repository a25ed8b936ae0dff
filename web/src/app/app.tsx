import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { Problem, sendWith } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { ToastProvider } from "../kit/toast.tsx";
import { firstLocale, LanguageProvider } from "../words/locale.tsx";
import { Gate } from "./gate.tsx";
import { useTheme } from "./theme.ts";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The live stream says when something changed; what was read a while ago is read again on coming back to it.
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) =>
        failures < 3 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
    },
  },
});

const first = firstLocale();
sendWith({ locale: first });

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
  // What the server worded is read again in the new language.
  useEffect(() => void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== "me" }), [locale]);
  return (
    <LanguageProvider locale={locale}>
      <ToastProvider>
        <Gate />
      </ToastProvider>
    </LanguageProvider>
  );
}
