import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../time/system-clock.ts";
import { holidayCalendar, holidaysKnownUntil } from "./holidays.ts";

test("Korean public holidays are there with their substitutes and election days", () => {
  const calendar = holidayCalendar("Asia/Seoul", []);
  assert.equal(calendar.get("2026-02-17"), "설날");
  assert.equal(calendar.get("2026-03-02"), "대체공휴일(3ㆍ1절)");
  assert.equal(calendar.get("2026-06-03"), "전국동시지방선거");
  assert.equal(calendar.get("2026-06-04"), undefined);
});

test("where no country's days are known the company's are all there is", () => {
  assert.equal(holidayCalendar("Europe/London", []).size, 0);
  assert.equal(holidaysKnownUntil("Europe/London"), undefined);
  const company = [{ date: "2026-12-24", name: "Party", off: true }];
  assert.deepEqual([...holidayCalendar("Europe/London", company)], [["2026-12-24", "Party"]]);
});

test("from November on the next year's public holidays are known: else a new version of the package is due", () => {
  const today = Temporal.Instant.fromEpochMilliseconds(systemClock.now()).toZonedDateTimeISO("Asia/Seoul");
  const wanted = today.month >= 11 ? today.year + 1 : today.year;
  const known = holidaysKnownUntil("Asia/Seoul") ?? "";
  assert.ok(known >= `${wanted}-12-31`, `npm install @hyunbinseo/holidays-kr@latest: known until ${known}`);
});
