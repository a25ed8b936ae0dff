import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { PolicyDocument } from "../../src/http/wire/policy.ts";
import type { ComparedPlans, PolicyDiff, SimulatedPlan } from "../../src/http/wire/simulate.ts";
import { type House, startHouse } from "../peers/house.ts";

describe("the simulator over HTTP", () => {
  let house: House;
  let read: string;
  before(async () => {
    house = await startHouse();
    read = await house.bongsu.token("read");
  });
  after(() => house?.stop());

  const ask = async <T>(path: string, body: unknown, status = 200): Promise<T> => {
    const answer = await house.call(path, { method: "POST", token: read, body });
    assert.equal(answer.status, status, answer.text);
    return answer.json<T>();
  };
  const simulate = (more: object = {}): Promise<SimulatedPlan> =>
    ask("/api/v1/simulate", { grade: "Critical", at: "2026-12-25T03:00:00+09:00", ...more });
  const document = async (): Promise<PolicyDocument> =>
    (await house.call("/api/v1/policy", { token: read })).json<PolicyDocument>();
  const reached = ({ steps }: SimulatedPlan): Set<string> =>
    new Set(steps.flatMap(({ reaches }) => reaches.flatMap(({ people }) => people.map(({ id }) => id))));

  test("tells each step with when, whom, through what, whom not, and the line that demands it", async () => {
    const shown = await simulate();
    const [first] = shown.steps;
    assert.deepEqual([first?.kind, first?.after, first?.due], ["first", 0, "2026-12-24T18:00:00.000Z"]);
    assert.deepEqual(first?.because?.clause, "notifications/Critical");
    assert.ok((first?.because?.line ?? 0) > 1);
    assert.ok(first?.reaches.some(({ channel, people }) => channel === "email" && people[0]?.name === "김팀장"));
    assert.ok(first?.skipped.some(({ who, because }) => who === "phone" && because === "no-driver"));
    assert.deepEqual(shown.first?.after, 0);
    assert.ok(shown.steps.some(({ overdue, after }) => overdue && after === 600_000));
  });

  test("nothing that is simulated leaves a trace", async () => {
    await simulate();
    assert.equal(house.smtp.mails.length, 0);
    const { incidents } = (await house.call("/api/v1/incidents", { token: read })).json<{ incidents: unknown[] }>();
    assert.deepEqual(incidents, []);
  });

  test("the page and the command line tell the same plan", async () => {
    const { stdout } = await house.bongsu.cli(
      "simulate",
      "--grade",
      "Critical",
      "--at",
      "2026-12-25T03:00:00+09:00",
      "--json",
    );
    const { steps } = JSON.parse(stdout) as { steps: { kind: string; due: string; level: number }[] };
    const shape = ({ kind, due, level }: { kind: string; due: string; level: number }) => `${kind} ${due} ${level}`;
    assert.deepEqual((await simulate()).steps.map(shape), steps.map(shape));
  });

  test("whoever is supposed to be out of reach is passed over for the next, and is told as supposed", async () => {
    const shown = await simulate({ dead: { people: ["l2"], channels: ["slack"] } });
    const [first] = shown.steps;
    assert.ok(!reached({ ...shown, steps: shown.steps.slice(0, 1) }).has("l2"));
    const supposed = first?.skipped.filter(({ because }) => because === "supposed-dead").map(({ who }) => who) ?? [];
    assert.ok(supposed.includes("Jamie Fixer") && supposed.includes("slack"), JSON.stringify(first?.skipped));
    assert.ok(shown.steps.every(({ reaches }) => reaches.every(({ channel }) => channel !== "slack")));
    const all = await simulate({ dead: { channels: ["slack", "email"] } });
    assert.equal(all.first, null);
  });

  test("another version, the draft and a text are asked in the same way; one that cannot be read is refused", async () => {
    const { id, text } = await document();
    assert.equal((await simulate({ policy: id })).policy.stored, true);
    const other = await simulate({ policy: { text: text.replace("확인 기한: 600초", "확인 기한: 60초") } });
    assert.equal(other.policy.stored, false);
    assert.ok(other.steps.some(({ overdue, after }) => overdue && after === 60_000));
    await ask("/api/v1/simulate", { grade: "Critical", policy: { text: "# nothing" } }, 422);
    await ask("/api/v1/simulate", { grade: "Critical", policy: "draft" }, 404);
    await ask("/api/v1/simulate", { grade: "Critical", policy: "p0" }, 404);
  });

  test("two versions are compared on one axis, and what differs is marked", async () => {
    const { id, text } = await document();
    const same = await ask<ComparedPlans>("/api/v1/simulate/compare", { grade: "critical", left: id, right: { text } });
    assert.ok(same.same && same.rows.length > 0 && same.rows.every((row) => row.same));
    const right = { text: text.replace("대상: [운영팀장]", "대상: [L3 지원팀]") };
    const body = { grade: "Critical", left: id, right };
    const shown = await ask<ComparedPlans>("/api/v1/simulate/compare", body);
    assert.equal(shown.same, false);
    const woken = new Map(shown.woken.map(({ person, left, right }) => [person.id, [left, right]]));
    assert.equal(woken.get("boss")?.[0], 0);
    assert.equal(woken.get("l3")?.[1], 0);
    assert.notEqual(woken.get("boss")?.[1], 0);
    const gone = { text: text.replaceAll("Minor", "Small") };
    const lacking = await ask<ComparedPlans>("/api/v1/simulate/compare", { grade: "Minor", left: id, right: gone });
    assert.ok(lacking.left !== null && lacking.right === null && !lacking.same);
  });

  test("the difference of two versions is told by line, by word and by what happens", async () => {
    const { id, text } = await document();
    const admin = await house.bongsu.token("admin");
    const draft = { text: text.replace("대상: [운영팀장]", "대상: [L3 지원팀]"), revision: 0 };
    await house.call("/api/v1/policies/draft", { method: "PUT", token: admin, body: draft });
    const answer = await house.call(`/api/v1/policies/${id}/diff/draft`, { token: read });
    assert.equal(answer.status, 200, answer.text);
    const { rows, behaviour } = answer.json<PolicyDiff>();
    const changed = rows.filter(({ is }) => is !== "same");
    assert.equal(changed.length, 1);
    assert.ok(changed[0]?.left?.parts.some(({ is, text: word }) => is === "removed" && word.includes("운영팀장")));
    assert.deepEqual(
      behaviour.map(({ grade, same }) => [grade, same]),
      [
        ["Critical", false],
        // What climbs reaches the recipients of Critical in the end.
        ["Minor", false],
      ],
    );
  });

  test("what cannot be meant is refused by the name of its field", async () => {
    const bad: readonly (readonly [object, number])[] = [
      [{ grade: "Huge" }, 404],
      [{ grade: "" }, 400],
      [{ grade: "Minor", at: "tomorrow" }, 400],
      [{ grade: "Minor", at: "9999-01-01T00:00:00Z" }, 400],
      [{ grade: "Minor", hours: -1 }, 400],
      [{ grade: "Minor", hours: 1_000 }, 400],
      [{ grade: "Minor", dead: { channels: ["pigeon"] } }, 400],
      [{ grade: "Minor", dead: { people: "all" } }, 400],
    ];
    for (const [body, status] of bad) await ask("/api/v1/simulate", body, status);
  });
});
