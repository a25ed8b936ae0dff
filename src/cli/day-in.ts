import { Fault } from "../fault/fault.ts";
import { fromIso, toIso } from "../time/instant.ts";

/** A day, or a local time, in the configured zone; or an RFC 3339 time. */
export function dayIn(option: string, text: string, zone: string): string {
  const at = fromIso(text) ?? dayStart(text, zone);
  if (at === undefined)
    throw new Fault("usage", {
      option,
      got: text,
      expected: "a day or time such as 2026-09-01 or 2026-09-01T18:00, or an RFC 3339 time",
    });
  return toIso(at);
}

function dayStart(text: string, zone: string): number | undefined {
  try {
    // A date alone would swallow the time of a text that has one.
    if (/[T\s]\d/u.test(text)) return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
    return Temporal.PlainDate.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}
