/** A stretch of days with the same letter. */
export type Run = { readonly letter: string; readonly start: number; readonly length: number };

/** `..ff.` as runs: what is drawn, and counted for those who cannot see it. */
export function runsOf(days: string): readonly Run[] {
  const runs: Run[] = [];
  for (const [index, letter] of Array.from(days).entries()) {
    const last = runs.at(-1);
    if (last?.letter === letter) runs[runs.length - 1] = { ...last, length: last.length + 1 };
    else runs.push({ letter, start: index, length: 1 });
  }
  return runs;
}

/** The first days of months among local days that begin with `from`, as places in the row. */
export function monthsOf(
  from: string,
  days: number,
  zone: string,
): readonly { readonly at: number; readonly month: number }[] {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "numeric", day: "numeric" });
  const of = (type: string): number =>
    Number(parts.formatToParts(new Date(from)).find((part) => part.type === type)?.value ?? 1);
  const first = { year: of("year"), month: of("month"), day: of("day") };
  const months: { at: number; month: number }[] = [];
  for (let nth = 1; nth <= 13; nth++) {
    const month = first.month - 1 + nth;
    // Whole days between two dates of the calendar: no zone is in it.
    const at = (Date.UTC(first.year, month, 1) - Date.UTC(first.year, first.month - 1, first.day)) / 86_400_000;
    if (at < days) months.push({ at, month: (month % 12) + 1 });
  }
  return months;
}
