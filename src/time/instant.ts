/**
 * An instant: whole milliseconds since 1970-01-01T00:00:00Z. Why a number and not `Temporal.Instant`: it is what a row
 * holds, what the hash chain digests and what two instants are compared by; Temporal is used where a calendar is
 * (docs/adr/0002).
 */
export type Instant = number;

/** A length of time in milliseconds. */
export type Millis = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** RFC 3339 in UTC with milliseconds, the only form in which instants leave the process. */
export function toIso(at: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "millisecond" });
}

/** Reads RFC 3339; also accepts an offset without a colon (`+0000`), which PagerDuty's own example carries. */
export function fromIso(text: string): Instant | undefined {
  const withColon = text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
  try {
    return Temporal.Instant.from(withColon).epochMilliseconds;
  } catch {
    return undefined;
  }
}
