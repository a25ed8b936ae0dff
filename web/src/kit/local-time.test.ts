import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLocal, toLocal } from "./local-time.ts";

test("a local time goes there and back, all through the days when the clocks change", () => {
  for (const zone of ["Asia/Seoul", "Europe/London", "America/New_York", "America/Santiago", "Australia/Lord_Howe"]) {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7 * 3_600_000) {
      const back = fromLocal(toLocal(at, zone), zone) ?? 0;
      // In the hour that comes twice the first is meant.
      assert.equal(toLocal(back, zone), toLocal(at, zone), `${zone} ${new Date(at).toISOString()}`);
    }
  }
});

test("is what Temporal makes of it, but for the hour that comes twice", () => {
  for (const zone of ["Asia/Seoul", "Europe/London", "America/New_York"]) {
    for (const text of ["2026-03-29T01:30", "2026-03-08T02:30", "2026-07-01T12:00", "2026-12-25T00:00"])
      assert.equal(
        fromLocal(text, zone),
        Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds,
        `${text} ${zone}`,
      );
  }
});

test("what is no local time is none", () => {
  for (const text of ["", "2026-01-01", "2026-13-01T00:00", "tomorrow"])
    assert.equal(fromLocal(text, "Asia/Seoul"), undefined);
});
