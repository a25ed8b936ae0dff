import assert from "node:assert/strict";
import { test } from "node:test";
import { initialsOf } from "./initials.ts";

test("a Korean is known by the given name, others by their first letters", () => {
  assert.deepEqual(
    ["김하나", "오열", "신열하나", "Jamie Example", "Cher", "김하나".normalize("NFD"), "남궁 민수"].map(initialsOf),
    ["하나", "오열", "열하", "JE", "Ch", "하나", "남민"],
  );
});
