import assert from "node:assert/strict";
import { test } from "node:test";
import { e164 } from "./phone.ts";

const GOOD: readonly (readonly [written: string, stored: string])[] = [
  ["010-1234-5678", "+821012345678"],
  ["010 1234 5678", "+821012345678"],
  ["010.1234.5678", "+821012345678"],
  ["(010) 1234-5678", "+821012345678"],
  ["011-123-4567", "+82111234567"],
  ["+82 10-1234-5678", "+821012345678"],
  ["+82-010-1234-5678", "+821012345678"],
  ["02-123-4567", "+8221234567"],
  ["02-1234-5678", "+82212345678"],
  ["031-123-4567", "+82311234567"],
  ["070-1234-5678", "+827012345678"],
  ["0502-123-4567", "+825021234567"],
  ["+1 (415) 555-2671", "+14155552671"],
  ["+44 20 7946 0958", "+442079460958"],
];
for (const [written, stored] of GOOD) {
  test(`${written} is stored as ${stored}, which is itself stored as it is`, () => {
    assert.equal(e164(written), stored);
    assert.equal(e164(stored), stored);
  });
}

const BAD = [
  "",
  "112",
  "119",
  "1588-1234",
  "15881234",
  "010-1234",
  "010-1234-56789",
  "+0 10 1234 5678",
  "+82",
  "call me",
  "010-1234-567a",
  "１０-1234-5678",
];
for (const written of BAD) {
  test(`'${written}' is no number that a person can be reached at`, () => {
    assert.equal(e164(written), undefined);
  });
}
