import assert from "node:assert/strict";
import { test } from "node:test";
import { readCommand } from "./note-command.ts";

test("words are no command", () => {
  assert.equal(readCommand("재기동했습니다 a/b"), undefined);
});

test("a command is known in both languages, with what it needs", () => {
  assert.deepEqual(readCommand("/확인"), { action: "acknowledge", body: {} });
  assert.deepEqual(readCommand("/SNOOZE 45"), { action: "snooze", body: { minutes: 45 } });
  assert.deepEqual(readCommand("/미루기"), { action: "snooze", body: { minutes: 30 } });
  assert.deepEqual(readCommand("/올리기 DB팀이 봐야 합니다"), {
    action: "escalate",
    body: { note: "DB팀이 봐야 합니다" },
  });
});

test("a slash before anything else is told, and never sent as a note by mistake", () => {
  assert.equal(readCommand("/shutdown"), "unknown");
  assert.equal(readCommand("/"), "unknown");
});
