/** The languages that every sentence of the product exists in. */
export const LOCALES = ["ko", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * One sentence in every language. The catalogues of `locale/` are functions from facts to a `Said`, so a sentence that
 * lacks a language does not compile.
 */
export type Said = Readonly<Record<Locale, string>>;

/** Which language a setting such as `LANG=ko_KR.UTF-8` or `Accept-Language` asks for; Korean unless it says English. */
export function localeOf(setting: string | undefined): Locale {
  return /^\s*en/i.test(setting ?? "") ? "en" : "ko";
}
