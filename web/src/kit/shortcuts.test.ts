import assert from "node:assert/strict";
import { test } from "node:test";
import { areApart, DEFAULT_KEYS, KEY_GROUPS, type KeyName, PAGE_KEYS } from "./shortcuts.ts";

test("no two pages are jumped to by the same key", () => {
  const keys = Object.values(PAGE_KEYS);
  assert.deepEqual(
    keys.filter((key, nth) => keys.indexOf(key) !== nth),
    [],
  );
});

test("no two shortcuts that can be pressed on the same page have the same key", () => {
  const names = Object.keys(DEFAULT_KEYS) as KeyName[];
  const pairs = names.flatMap((one, nth) => names.slice(nth + 1).map((other) => [one, other] as const));
  assert.deepEqual(
    pairs.filter(([one, other]) => DEFAULT_KEYS[one] === DEFAULT_KEYS[other] && !areApart(one, other)),
    [],
  );
});

test("every shortcut is in the dialog that lists them, once", () => {
  assert.deepEqual(Object.values(KEY_GROUPS).flat().sort(), Object.keys(DEFAULT_KEYS).sort());
});
