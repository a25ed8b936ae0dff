import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Demo, startDemo } from "../peers/demo.ts";
import type { ShownIncident } from "../peers/house.ts";

describe("the demo", () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.stop());

  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${demo.url}${path}`, { headers: { authorization: `Bearer ${demo.token}` } });
    assert.equal(answer.status, 200, path);
    return (await answer.json()) as T;
  };
  const incidents = async (): Promise<readonly ShownIncident[]> =>
    (await get<{ incidents: ShownIncident[] }>("/api/v1/incidents?limit=200")).incidents;

  test("shows incidents of every grade and in every state", async () => {
    const all = await incidents();
    assert.ok(all.length >= 40, `${all.length} incidents`);
    assert.deepEqual(new Set(all.map(({ grade }) => grade)), new Set(["Critical", "Major", "Minor"]));
    const states = new Set(all.map(({ state }) => state));
    assert.deepEqual(states, new Set(["triggered", "acknowledged", "resolved", "closed"]));
  });

  test("has one Critical incident that rings now and one that nobody took in time", async () => {
    const open = (await incidents()).filter(({ state }) => state === "triggered");
    assert.ok(open.some(({ grade }) => grade === "Critical"));
    assert.ok(open.some((incident) => "overdueAt" in incident && incident.overdueAt !== null));
  });

  test("was lived through without a broken promise and without an error", () => {
    assert.doesNotMatch(demo.output(), /"level":"error"/);
  });

  test("is refused on an address that others reach", async () => {
    const { promise, resolve } = Promise.withResolvers<{ code: number; stderr: string }>();
    const { execFile } = await import("node:child_process");
    execFile(process.execPath, ["src/main.ts", "start", "--demo", "--host", "0.0.0.0"], (error, _stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stderr }),
    );
    const { code, stderr } = await promise;
    assert.equal(code, 2);
    assert.match(stderr, /--demo/);
  });
});
