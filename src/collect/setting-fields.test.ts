import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault } from "../fault/fault.ts";
import { collectors } from "./registry.ts";
import { COLLECTOR_FIELDS, type CollectorField } from "./setting-fields.ts";

/** What a member is given; where it is particular, of its name. */
const SAMPLES = { text: "db-1:3306", number: 1, flag: true, texts: ["x"], secret: "s" } as const;
const OF_NAME: Readonly<Record<string, string>> = {
  url: "http://127.0.0.1:9/x",
  timeout: "5s",
  ping: "db-1",
  dns: "db-1",
  "expect.status": "200",
};

test("a form asks what each collector reads, and nothing that it refuses", async () => {
  assert.deepEqual(new Set(Object.keys(COLLECTOR_FIELDS)), new Set(collectors.keys()));
  for (const [kind, fields] of Object.entries(COLLECTOR_FIELDS)) {
    const collector = collectors.get(kind as "http");
    assert.ok(collector);
    const groups = new Set(fields.flatMap(({ oneOf }) => oneOf ?? []));
    const basic = fields.filter((field) => field.required || (groups.has(field.oneOf ?? "") && isFirst(field, fields)));
    await collector.open(settingsOf(basic)).close();
    for (const field of fields) {
      const others = basic.filter(({ oneOf }) => oneOf === undefined || oneOf !== field.oneOf);
      const method: readonly CollectorField[] =
        field.name === "body" ? fields.filter(({ name }) => name === "method") : [];
      await collector.open(settingsOf([...others, ...method, field])).close();
      const { [field.name]: _, ...rest } = settingsOf(basic);
      if (field.required) assert.throws(() => collector.open(rest), Fault, `${kind}.${field.name}`);
    }
  }
});

function isFirst({ name, oneOf }: CollectorField, fields: readonly CollectorField[]): boolean {
  return fields.find((field) => field.oneOf === oneOf)?.name === name;
}

function settingsOf(fields: readonly CollectorField[]): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const { name, type, choices } of fields) {
    const value = OF_NAME[name] ?? (type === "choice" ? choices?.at(name === "method" ? 2 : 0) : SAMPLES[type]);
    const [outer = "", inner] = name.split(".");
    if (inner === undefined) settings[outer] = value;
    else settings[outer] = { ...(settings[outer] as object | undefined), [inner]: value };
  }
  return settings;
}
