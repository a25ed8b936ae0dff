import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";

export const LOCALES = ["ko", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** `pseudo` shows English 40 % longer and in brackets: what is cut off or was never in a catalogue shows. */
type Shown = Locale | "pseudo";

type Language = { readonly locale: Locale; readonly shown: Shown };

const LanguageContext = createContext<Language>({ locale: "ko", shown: "ko" });

/** The language that the browser was last used in, before anybody signed in. */
export function firstLocale(): Locale {
  const kept = localStorage.getItem("bongsu.locale");
  if (kept === "ko" || kept === "en") return kept;
  return /^en/i.test(navigator.language) ? "en" : "ko";
}

export function LanguageProvider({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) {
  const shown: Shown = new URLSearchParams(location.search).has("pseudo") ? "pseudo" : locale;
  useEffect(() => {
    document.documentElement.lang = locale;
    localStorage.setItem("bongsu.locale", locale);
  }, [locale]);
  const language = useMemo(() => ({ locale, shown }), [locale, shown]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLocale(): Locale {
  return useContext(LanguageContext).locale;
}

/**
 * The words of one catalogue in the language of the reader. A catalogue is `{ ko, en }` of one shape, so that a sentence
 * that lacks a language does not compile; an entry is a text or a function that makes one.
 */
export function useWords<W extends object>(catalogue: { readonly ko: W; readonly en: W }): W {
  const { shown } = useContext(LanguageContext);
  return useMemo(() => (shown === "pseudo" ? pseudo(catalogue.en) : catalogue[shown]), [catalogue, shown]);
}

function pseudo<W>(words: W): W {
  if (typeof words === "string") return `[${words}${"·".repeat(Math.ceil(words.length * 0.4))}]` as W;
  if (typeof words === "function")
    return ((...args: readonly unknown[]) =>
      pseudo((words as unknown as (...all: readonly unknown[]) => unknown)(...args))) as W;
  if (Array.isArray(words)) return words.map(pseudo) as W;
  if (typeof words === "object" && words !== null)
    return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, pseudo(value)])) as W;
  return words;
}
