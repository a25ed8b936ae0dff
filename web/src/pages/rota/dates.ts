/** Local dates as texts (`2026-12-07`), reckoned in UTC, where every day has 24 hours. */
const DAY_MS = 86_400_000;

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00Z`).getUTCDay() || 7;
}

export function nextMonday(date: string): string {
  return addDays(date, 8 - weekdayOf(date));
}
