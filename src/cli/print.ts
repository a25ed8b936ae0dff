import { faultCodes } from "../fault/codes.ts";
import { Fault } from "../fault/fault.ts";
import type { Locale } from "../locale/said.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import { MINUTE_MS, type Millis } from "../time/instant.ts";

export const LEVELS = {
  error: { ko: "오류", en: "error" },
  warning: { ko: "경고", en: "warning" },
  info: { ko: "안내", en: "note" },
} as const;

/** `file:line:column: error unknown-key: … (found: …; expected: …)`: a form that editors jump from. */
export function diagnosticText(diagnostic: Diagnostic, locale: Locale): string {
  const { file, line, column, level, code, message, found, expected } = diagnostic;
  const words = locale === "ko" ? { found: "발견", expected: "필요" } : { found: "found", expected: "expected" };
  const seen = found === "" ? "" : `\n    ${words.found}: ${found}`;
  return `${file}:${line}:${column}: ${LEVELS[level][locale]} ${code}: ${message[locale]}${seen}\n    ${words.expected}: ${expected[locale]}`;
}

/** A failure as the person at the terminal needs it: what, with its facts, and what to do. */
export function faultText(error: unknown, locale: Locale): string {
  if (!(error instanceof Fault)) return `bongsu: ${error instanceof Error ? error.message : String(error)}`;
  const facts = Object.entries(error.facts).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const cause = error.cause instanceof Error ? `\n  ${error.cause.message}` : "";
  return `bongsu: ${error.code}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}${cause}\n  ${faultCodes[error.code].advice[locale]}`;
}

/** `+00:05`, `+02:00`: hours and minutes after it begins. */
export function offsetText(length: Millis): string {
  const minutes = Math.round(length / MINUTE_MS);
  return `+${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Columns padded to what stands in them; Hangul takes two places. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
  return rows
    .map((row) =>
      row
        .map((cell, index) => (index === row.length - 1 ? cell : cell + " ".repeat((widths[index] ?? 0) - width(cell))))
        .join("  "),
    )
    .map((line) => line.trimEnd())
    .join("\n");
}

function width(text: string): number {
  let total = 0;
  for (const character of text)
    total += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(character)
      ? 2
      : 1;
  return total;
}
