import { fromIso, type Instant } from "./instant.ts";

const ZERO_TIME = "0001-01-01T00:00:00";

/**
 * An RFC 3339 time out of untrusted JSON: undefined where there is none (absent, empty, or Go's zero time),
 * `unreadable` where it is not one. The usual form, UTC with any fraction, is read by hand: Temporal takes twenty times
 * as long and this runs twice for every alert.
 */
export function instantOf(value: unknown): Instant | undefined | "unreadable" {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") return "unreadable";
  if (value.startsWith(ZERO_TIME)) return undefined;
  return utcByHand(value) ?? fromIso(value) ?? "unreadable";
}

function utcByHand(text: string): Instant | undefined {
  const { length } = text;
  if (length < 20 || length > 35 || text.charCodeAt(length - 1) !== 0x5a) return undefined;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":") return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60))
    return undefined;
  let millis = 0;
  if (length > 20) {
    if (text[19] !== ".") return undefined;
    const fraction = digits(text, 20, Math.min(length - 1, 23));
    if (Number.isNaN(fraction) || Number.isNaN(digits(text, 20, length - 1))) return undefined;
    millis = fraction * 10 ** (3 - Math.min(length - 21, 3));
  }
  return Date.UTC(year, month - 1, day, hour, minute, second, millis);
}

/** NaN where a character is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
