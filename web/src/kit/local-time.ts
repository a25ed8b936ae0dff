/**
 * The text of `<input type="datetime-local">` in the reader's zone, and back. Not by Temporal, which not every browser
 * has: the offset is read off the clock of that zone.
 */
export function toLocal(at: number, zone: string): string {
  return wall(at, zone).slice(0, 16);
}

/** The instant of a local time; undefined where it is none. Where the clocks skip it, as much later as they skip. */
export function fromLocal(text: string, zone: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return undefined;
  const utc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(utc)) return undefined;
  // The clocks change at most once within a day of it: the time is of the offset before, unless only the one after fits.
  const before = utc - offsetAt(utc - DAY_MS, zone);
  const after = utc - offsetAt(utc + DAY_MS, zone);
  return toLocal(before, zone) !== text && toLocal(after, zone) === text ? after : before;
}

const DAY_MS = 86_400_000;

function offsetAt(at: number, zone: string): number {
  return Date.parse(`${wall(at, zone)}Z`) - Math.floor(at / 1_000) * 1_000;
}

/** Making one costs more than using it a hundred times, and a calendar asks for hundreds of times. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-29T02:30:00`: the Swedish write it nearly so. */
function wall(at: number, zone: string): string {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    clocks.set(zone, clock);
  }
  return clock.format(at).replace(" ", "T");
}
