import assert from "node:assert/strict";
import { test } from "node:test";
import { minute } from "../../test/fixtures/core.ts";
import { ownIncidentsLeft } from "./storm.ts";

test("so many services have an incident of their own within a minute, those of a storm counted in", () => {
  const at = minute(5);
  const left = (opened: readonly number[], joined: readonly number[]): number =>
    ownIncidentsLeft({ after: 3, opened, joined, at });
  assert.equal(left([], []), 3);
  assert.equal(left([at, at - 1], []), 1);
  assert.equal(left([at, at], [at]), 0);
  assert.equal(left([at, at, at, at], [at, at]), 0);
  // A minute later those of before count no more, whatever the storm did then.
  assert.equal(left([minute(4), minute(3)], [minute(4)]), 3);
  assert.equal(left([minute(4) + 1], [minute(4) + 1]), 1);
});
