import type { Locale } from "../../words/locale.tsx";

const DAY_SECONDS = 86_400;

/** How an instant stands at the time axis: by the day where the steps are days and at midnight, else by the clock. */
export function timeAxisText(locale: Locale, zone: string): (seconds: number, everySeconds: number) => string {
  const language = locale === "ko" ? "ko-KR" : "en-GB";
  const clock = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const day = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    month: locale === "ko" ? "numeric" : "short",
    day: "numeric",
  });
  return (seconds, everySeconds) => {
    const at = seconds * 1_000;
    const time = clock.format(at);
    return everySeconds >= DAY_SECONDS || time === "00:00" ? day.format(at) : time;
  };
}
