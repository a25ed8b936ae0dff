import type { MaintenanceRow } from "../../../../src/http/wire/maintenance.ts";
import { useLengthText } from "../../kit/time.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

type Told = Pick<MaintenanceRow, "repeat" | "start" | "durationMinutes" | "until" | "zone">;

/** The repetition as people say it: `매주 월·수요일 02:00부터 1시간 30분 (Asia/Seoul)`. */
export function useRepeatText(): (window: Told) => string {
  const { inWords: w, weekdays, nths } = useWords(words);
  const length = useLengthText();
  const locale = useLocale();
  return ({ repeat, start, durationMinutes, until, zone }) => {
    const [date = "", time = ""] = start.split("T");
    const day = (text: string): string =>
      new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
        new Date(`${text}T00:00:00Z`),
      );
    const name = (one: number): string => weekdays[one - 1] ?? "";
    const when = (): string => {
      switch (repeat.kind) {
        case "none":
          return w.once(`${day(date)} ${time}`);
        case "daily":
          return w.daily(time);
        case "weekly":
          return w.weekly(repeat.weekdays.map(name), time);
        case "monthly-day":
          return w.monthlyDay(repeat.day, time);
        case "monthly-weekday":
          return w.monthlyWeekday(nths[repeat.nth] ?? "", name(repeat.weekday), time);
      }
    };
    const end = until === null || repeat.kind === "none" ? "" : w.until(day(until));
    return `${when()}${w.length(length(durationMinutes * 60_000))}${end}${w.zone(zone)}`;
  };
}
