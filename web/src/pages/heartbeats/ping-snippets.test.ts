import assert from "node:assert/strict";
import { test } from "node:test";
import { pingSnippets, snippetsFor } from "./ping-snippets.ts";

const COMMENTS = { job: "backup", edit: "edit", failed: "failed" };

test("an address with a percent sign is written as each of its readers wants it", () => {
  const { curl, cron, systemd } = pingSnippets("https://b.example/ping/key/%EB%B0%B1", COMMENTS);
  assert.ok(curl.includes("/key/%EB%B0%B1"));
  assert.ok(cron.includes(String.raw`/key/\%EB\%B0\%B1`));
  assert.ok(systemd.includes("/key/%%EB%%B0%%B1/fail"));
});

test("cron tells the exit code of the job, not of what tells it", () => {
  assert.match(pingSnippets("https://b.example/ping/x", COMMENTS).cronExit, /\/start; backup; curl .*\/ping\/x\/\$\?$/);
});

test("at another tool's address no line says that a job started or failed, for it knows no such thing", () => {
  const other = snippetsFor("https://b.example/integrations/v1/webhook/x/heartbeat/");
  assert.ok(other.includes("curl") && other.includes("cron"));
  assert.ok(!other.includes("cronExit") && !other.includes("systemd"));
  assert.equal(snippetsFor("https://b.example/ping/x").length, other.length + 2);
});
