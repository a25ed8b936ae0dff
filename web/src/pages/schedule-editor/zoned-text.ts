import { toLocal } from "../../kit/local-time.ts";
import { type Locale, useLocale } from "../../words/locale.tsx";

const formats = new Map<string, Intl.DateTimeFormat>();

/** A local date is formatted as it stands: the zone of the formatter is that of the text. */
function dayFormat(locale: Locale): Intl.DateTimeFormat {
  let found = formats.get(locale);
  if (found === undefined) {
    const options = {
      timeZone: "UTC",
      month: locale === "ko" ? "numeric" : "short",
      day: "numeric",
      weekday: "short",
    } as const;
    found = new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-GB", options);
    formats.set(locale, found);
  }
  return found;
}

type Span = { readonly start: number; readonly end: number };

/** Times by the 24-hour clock of a rotation's own zone: `11. 30. (월) 09:00`, and the end of a day as 24:00. */
export function useZonedText(zone: string): {
  readonly at: (at: number) => string;
  readonly span: (span: Span) => string;
  readonly day: (at: number) => string;
} {
  const locale = useLocale();
  const dayOf = (local: string): string => dayFormat(locale).format(Date.parse(`${local.slice(0, 10)}T00:00:00Z`));
  const at = (instant: number): string => {
    const local = toLocal(instant, zone);
    return `${dayOf(local)} ${local.slice(11)}`;
  };
  return {
    at,
    day: (instant) => dayOf(toLocal(instant, zone)),
    span({ start, end }) {
      const [from, to] = [toLocal(start, zone), toLocal(end, zone)];
      const midnight = toLocal(end - 60_000, zone);
      const isWhole = to.slice(11) === "00:00" && midnight.slice(0, 10) !== to.slice(0, 10);
      const last = isWhole ? { day: midnight, clock: "24:00" } : { day: to, clock: to.slice(11) };
      const isOneDay = last.day.slice(0, 10) === from.slice(0, 10);
      return `${at(start)} – ${isOneDay ? last.clock : `${dayOf(last.day)} ${last.clock}`}`;
    },
  };
}
