import { useContext } from "react";
import { MeContext } from "../api/me.ts";
import { type Locale, useLocale, useWords } from "../words/locale.tsx";
import { words } from "../words/words.ts";
import { useNow } from "./clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The zone in which the reader sees times: their own choice, else the browser's. */
export function useZone(): string {
  const me = useContext(MeContext);
  const own = me?.signedIn === true ? me.preferences.zone : undefined;
  return own ?? browserZone();
}

let known: string | undefined;

/** Asking for it makes a formatter, which costs more than a row of a list. */
function browserZone(): string {
  known ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return known;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: Locale, zone: string, kind: "full" | "day" | "clock"): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${kind}`;
  let found = formats.get(key);
  if (found === undefined) {
    const day = {
      year: "numeric",
      month: locale === "ko" ? "numeric" : "short",
      day: "numeric",
      weekday: "short",
    } as const;
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    found = new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-GB", {
      timeZone: zone,
      ...(kind === "clock" ? {} : day),
      ...(kind === "day" ? {} : clock),
    });
    formats.set(key, found);
  }
  return found;
}

/** `2026. 11. 23. (월) 19:26`, or `Mon, 23 Nov 2026, 19:26`. */
export function useTimeText(): (at: string | number, kind?: "full" | "day" | "clock") => string {
  const locale = useLocale();
  const zone = useZone();
  return (at, kind = "full") => format(locale, zone, kind).format(new Date(at));
}

/** `1시간 36분`, `3분 12초`: the two largest units; seconds only below ten minutes. */
export function useLengthText(): (ms: number) => string {
  const { units } = useWords(words);
  return (ms) => {
    const whole = Math.max(0, Math.floor(ms / 1_000) * 1_000);
    if (whole >= 2 * DAY) return units.days(Math.floor(whole / DAY));
    if (whole >= HOUR) {
      const minutes = Math.floor((whole % HOUR) / MINUTE);
      return [units.hours(Math.floor(whole / HOUR)), ...(minutes > 0 ? [units.minutes(minutes)] : [])].join(" ");
    }
    if (whole >= 10 * MINUTE) return units.minutes(Math.floor(whole / MINUTE));
    const seconds = Math.floor((whole % MINUTE) / 1_000);
    if (whole < MINUTE) return units.seconds(seconds);
    return [units.minutes(Math.floor(whole / MINUTE)), units.seconds(seconds)].join(" ");
  };
}

/** `3분 전`, `in 2 h`: rounded down to one unit. */
export function useAgoText(): (at: string | number, now: number) => string {
  const { units, ago } = useWords(words);
  return (at, now) => {
    const away = Math.abs(now - new Date(at).getTime());
    if (away < 10_000) return ago.now;
    const length =
      away < MINUTE
        ? units.seconds(Math.floor(away / 1_000))
        : away < HOUR
          ? units.minutes(Math.floor(away / MINUTE))
          : away < 2 * DAY
            ? units.hours(Math.floor(away / HOUR))
            : units.days(Math.floor(away / DAY));
    return new Date(at).getTime() <= now ? ago.past(length) : ago.future(length);
  };
}

/** An instant, relative and absolute together. `only` shows one of the two; the other is its title. */
export function Time({ at, only }: { readonly at: string; readonly only?: "relative" | "absolute" | "clock" }) {
  const now = useNow(10_000);
  const text = useTimeText();
  const ago = useAgoText();
  const absolute = text(at);
  const relative = ago(at, now);
  if (only === "relative")
    return (
      <time dateTime={at} title={absolute}>
        {relative}
      </time>
    );
  if (only === "clock")
    return (
      <time dateTime={at} title={`${absolute} (${relative})`}>
        {text(at, "clock")}
      </time>
    );
  if (only === "absolute")
    return (
      <time dateTime={at} title={relative}>
        {absolute}
      </time>
    );
  return (
    <time dateTime={at}>
      {absolute} <span className="relative">({relative})</span>
    </time>
  );
}

/** How long until an instant, each second; `since` where it has passed. */
export function Countdown({ to, past }: { readonly to: string; readonly past?: (length: string) => string }) {
  const now = useNow();
  const length = useLengthText();
  const { ago } = useWords(words);
  const left = new Date(to).getTime() - now;
  return (
    <time dateTime={to} style={{ fontVariantNumeric: "tabular-nums" }}>
      {left >= 0 ? length(left) : (past ?? ago.past)(length(-left))}
    </time>
  );
}
