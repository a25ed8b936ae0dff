import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readEntries } from "./read-entries.ts";

const interval = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2027, 0, 1) };

const event = (...lines: readonly string[]): string =>
  ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", ...lines, "END:VEVENT"].join("\r\n");
const calendar = (...parts: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...parts, "END:VCALENDAR", ""].join("\r\n");

const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
function told(text: string, zone = "Asia/Seoul"): readonly string[] {
  const read = readEntries(text, { interval, zone });
  if (read.is !== "read") return [read.because];
  return read.entries.map(
    ({ title, start, end, days }) =>
      `${title} ${iso(start)}–${iso(end)}${days === undefined ? "" : ` ${days.join(" ")}`}`,
  );
}

describe("a calendar that is read", () => {
  test("whole days are those of the company's zone, and the last one belongs to them", () => {
    const text = calendar(
      event("UID:a", "SUMMARY:휴가", "DTSTART;VALUE=DATE:20260304", "DTEND;VALUE=DATE:20260306"),
      event("UID:b", "SUMMARY:하루", "DTSTART;VALUE=DATE:20260310"),
    );
    assert.deepEqual(told(text), [
      "휴가 2026-03-03T15:00–2026-03-05T15:00 2026-03-04 2026-03-05",
      "하루 2026-03-09T15:00–2026-03-10T15:00 2026-03-10",
    ]);
    // The night on which the clocks go forward is 23 hours long.
    const spring = calendar(event("UID:a", "SUMMARY:off", "DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260309"));
    assert.deepEqual(told(spring, "America/New_York"), ["off 2026-03-08T05:00–2026-03-09T04:00 2026-03-08"]);
  });

  test("times are those of their own zone, by its IANA name or by the one that Outlook writes", () => {
    const text = calendar(
      event("UID:a", "SUMMARY:utc", "DTSTART:20260304T010000Z", "DTEND:20260304T020000Z"),
      event(
        "UID:b",
        "SUMMARY:iana",
        "DTSTART;TZID=Asia/Seoul:20260305T090000",
        "DTEND;TZID=Asia/Seoul:20260305T180000",
      ),
      event("UID:c", "SUMMARY:outlook", "DTSTART;TZID=Korea Standard Time:20260306T090000", "DURATION:PT90M"),
    );
    assert.deepEqual(told(text), [
      "utc 2026-03-04T01:00–2026-03-04T02:00",
      "iana 2026-03-05T00:00–2026-03-05T09:00",
      "outlook 2026-03-06T00:00–2026-03-06T01:30",
    ]);
  });

  test("a series is spread at its local time across a change of the clocks, without what it leaves out, with what was moved", () => {
    const ny = "TZID=America/New_York";
    const text = calendar(
      event(
        "UID:w",
        "SUMMARY:class",
        `DTSTART;${ny}:20260302T090000`,
        `DTEND;${ny}:20260302T100000`,
        "RRULE:FREQ=WEEKLY;COUNT=5",
        `EXDATE;${ny}:20260323T090000`,
      ),
      event(
        "UID:w",
        "SUMMARY:class, later",
        `RECURRENCE-ID;${ny}:20260316T090000`,
        `DTSTART;${ny}:20260317T130000`,
        `DTEND;${ny}:20260317T140000`,
      ),
    );
    assert.deepEqual(told(text), [
      "class 2026-03-02T14:00–2026-03-02T15:00",
      "class 2026-03-09T13:00–2026-03-09T14:00",
      "class, later 2026-03-17T17:00–2026-03-17T18:00",
      "class 2026-03-30T13:00–2026-03-30T14:00",
    ]);
  });

  test("whole days repeat too, an entry that began before counts, and what was called off does not", () => {
    const text = calendar(
      event("UID:y", "SUMMARY:창립기념일", "DTSTART;VALUE=DATE:20200401", "RRULE:FREQ=YEARLY"),
      event("UID:o", "SUMMARY:육아휴직", "DTSTART;VALUE=DATE:20251201", "DTEND;VALUE=DATE:20260201"),
      event("UID:x", "SUMMARY:취소", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20260505"),
      event("UID:z", "SUMMARY:지난 것", "DTSTART;VALUE=DATE:20241201"),
    );
    assert.deepEqual(
      told(text).map((line) => line.split(" ").slice(0, 2).join(" ")),
      ["육아휴직 2025-11-30T15:00–2026-01-31T15:00", "창립기념일 2026-03-31T15:00–2026-04-01T15:00"],
    );
  });

  test("what is no calendar is refused, and so is one that repeats by the minute", () => {
    assert.deepEqual(told("<html>Sign in</html>"), ["not-a-calendar"]);
    assert.deepEqual(told(""), ["not-a-calendar"]);
    assert.deepEqual(told(calendar()), []);
    const often = event(
      "UID:m",
      "SUMMARY:x",
      "DTSTART:20260301T000000Z",
      "DURATION:PT1M",
      "RRULE:FREQ=MINUTELY;COUNT=5000",
    );
    assert.deepEqual(told(calendar(often)), ["too-many-entries"]);
  });
});
