import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../../test/fixtures/core.ts";
import { readMatcher } from "./matchers.ts";
import { mayMuteTopGrade } from "./mutes-top-grade.ts";

test("whoever mutes without naming a lesser severity may mute the most severe grade", () => {
  const may = (...texts: readonly string[]): boolean =>
    mayMuteTopGrade(
      texts.map((text) => readMatcher(text) ?? assert.fail(text)),
      policy,
      [],
    );
  for (const texts of [
    ["host=db-01"],
    ["severity=critical"],
    ["severity=~crit.*"],
    ["severity!=warning"],
    ["severity=P1"],
  ])
    assert.equal(may(...texts), true, texts.join());
  for (const texts of [
    ["severity=warning"],
    ["severity=~warning|info", "host=db-01"],
    ["severity=info"],
    ["severity!~(?i).*crit.*|page|emergency|fatal|disaster|p1|sev1"],
  ])
    assert.equal(may(...texts), false, texts.join());
});
