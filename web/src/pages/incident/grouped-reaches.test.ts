import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownReach } from "../../../../src/http/wire/incident.ts";
import { groupedReaches } from "./grouped-reaches.ts";

const reach = (delivery: string, name: string, channel = "email", insteadOf: string | null = null): ShownReach => ({
  delivery,
  who: [{ id: name, name }],
  room: false,
  channel,
  urgency: "wake",
  mention: null,
  insteadOf,
});

test("people who were sent the same with the same success stand in one line, in order", () => {
  const states = new Map([
    ["a", { is: "accepted", because: null }],
    ["b", { is: "failed", because: "550" }],
    ["c", { is: "accepted", because: null }],
  ] as const);
  const groups = groupedReaches([reach("a", "가"), reach("b", "나"), reach("c", "다")], states);
  assert.deepEqual(
    groups.map(({ names, state }) => [names, state?.is]),
    [
      [["가", "다"], "accepted"],
      [["나"], "failed"],
    ],
  );
});

test("another channel, or the place of another one, is another line", () => {
  const groups = groupedReaches(
    [reach("a", "가"), reach("b", "나", "sms"), reach("c", "다", "email", "phone")],
    undefined,
  );
  assert.equal(groups.length, 3);
});
