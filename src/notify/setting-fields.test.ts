import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault } from "../fault/fault.ts";
import { channels } from "./registry.ts";
import { SETTING_FIELDS } from "./setting-fields.ts";

const SAMPLES = { text: "x", number: 25, flag: true, texts: [], secret: "s" } as const;

test("a form asks what each channel reads, and nothing that it refuses", () => {
  assert.deepEqual(Object.keys(SETTING_FIELDS).sort(), [...channels.keys()].sort());
  for (const [kind, fields] of Object.entries(SETTING_FIELDS)) {
    const channel = channels.get(kind as "email");
    assert.ok(channel);
    const sample = (only: (required: boolean) => boolean) =>
      Object.fromEntries(
        fields.filter(({ required }) => only(required)).map(({ name, type }) => [name, SAMPLES[type]]),
      );
    assert.ok(channel.parse(sample(() => true)));
    assert.ok(channel.parse(sample((required) => required)));
    for (const { name, required } of fields) {
      if (!required) continue;
      const { [name]: _, ...rest } = sample(() => true);
      assert.throws(() => channel.parse(rest), Fault, `${kind}.${name}`);
    }
  }
});
