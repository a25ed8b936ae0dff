import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import type { Person } from "../roster/roster.ts";
import { mentionsIn } from "./mentions.ts";

const person = (id: string, name: string): Person => ({
  id: asId(id),
  name,
  titles: [],
  locale: "ko",
  contacts: [],
  admin: false,
});
const cast = [person("minsu", "김민수"), person("minsujeong", "김민수정"), person("erin", "Erin Park")];

test("a name after an at sign is told, whatever particle follows it", () => {
  assert.deepEqual(mentionsIn("@김민수님 확인 부탁드립니다", cast), ["minsu"]);
  assert.deepEqual(mentionsIn("로그는 @erin park에게", cast), ["erin"]);
  assert.deepEqual(mentionsIn("cc @ERIN", cast), ["erin"]);
});

test("the longest name that fits is meant", () => {
  assert.deepEqual(mentionsIn("@김민수정 @김민수", cast), ["minsujeong", "minsu"]);
});

test("an address, or an unknown name, mentions nobody; the same person is told once", () => {
  assert.deepEqual(mentionsIn("ops@김민수 @아무개 @", cast), []);
  assert.deepEqual(mentionsIn("@김민수 @김민수", cast), ["minsu"]);
});

test("a name typed as decomposed syllables is the same name", () => {
  assert.deepEqual(mentionsIn("@김민수".normalize("NFD"), cast), ["minsu"]);
});
