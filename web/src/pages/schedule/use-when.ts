import { toLocal } from "../../kit/local-time.ts";
import { useZone } from "../../kit/time.tsx";
import { type Locale, useLocale } from "../../words/locale.tsx";
import { addDays, dateOf } from "./days.ts";
import type { Span } from "./shifts-shown.ts";

type Kind = "whole" | "date" | "month" | "monthDay" | "weekday" | "short";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local dates are formatted as they stand, so the zone of the formatter is that of the text. */
function formatOf(locale: Locale, kind: Kind): Intl.DateTimeFormat {
  const key = `${locale} ${kind}`;
  let found = formats.get(key);
  if (found === undefined) {
    const month = locale === "ko" ? "long" : "short";
    found = new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-GB", {
      timeZone: "UTC",
      ...(kind === "month" ? { year: "numeric", month: "long" } : {}),
      ...(kind === "weekday" ? { weekday: "short" } : {}),
      ...(kind === "whole" ? { year: "numeric", month: "long", day: "numeric", weekday: "long" } : {}),
      ...(kind === "date" ? { year: "numeric", month, day: "numeric" } : {}),
      ...(kind === "monthDay" ? { month, day: "numeric" } : {}),
      ...(kind === "short" ? { month, day: "numeric", weekday: "short" } : {}),
    });
    formats.set(key, found);
  }
  return found;
}

export type When = {
  /** `2026년 11월 26일 목요일` and, by kind, less of it. */
  readonly date: (date: string, kind: Kind) => string;
  /** `09:00`, in the reader's zone. */
  readonly clock: (at: number) => string;
  /** `11월 26일 (목) 23:00`. */
  readonly moment: (at: number) => string;
  /** `22:00–07:00`. The end of a day is 24:00, not the next day's midnight. */
  readonly hours: (span: Span) => string;
  /** `11월 26일 (목) 07:00 – 15:00`, naming the second day where it is another. */
  readonly span: (span: Span) => string;
  /** The part of a span that is in a day: `… – 09:00`, `22:00 – 11월 27일 (금) 07:00`. */
  readonly within: (span: Span, day: Span) => string;
};

/** Times as the calendar writes them: short and by the 24-hour clock, in the reader's zone. */
export function useWhen(): When {
  const locale = useLocale();
  const zone = useZone();
  const date: When["date"] = (text, kind) => formatOf(locale, kind).format(Date.parse(`${text}T00:00:00Z`));
  const clock: When["clock"] = (at) => toLocal(at, zone).slice(11);
  const endOf = (end: number): { readonly day: string; readonly clock: string } => {
    const text = clock(end);
    const day = dateOf(end, zone);
    return text === "00:00" ? { day: addDays(day, -1), clock: "24:00" } : { day, clock: text };
  };
  return {
    date,
    clock,
    moment: (at) => `${date(dateOf(at, zone), "short")} ${clock(at)}`,
    hours: ({ start, end }) => `${clock(start)}–${endOf(end).clock}`,
    span({ start, end }) {
      const from = dateOf(start, zone);
      const to = endOf(end);
      const first = `${date(from, "short")} ${clock(start)}`;
      return from === to.day ? `${first} – ${to.clock}` : `${first} – ${date(to.day, "short")} ${to.clock}`;
    },
    within(span, day) {
      const to = endOf(span.end);
      const last = span.end > day.end ? `${date(to.day, "short")} ${to.clock}` : to.clock;
      return `${span.start < day.start ? "…" : clock(span.start)} – ${last}`;
    },
  };
}
