import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type {
  ExceptionEnded,
  LeaveMade,
  OverrideMade,
  ShownSchedule,
  ShownShift,
} from "../../src/http/wire/schedule.ts";
import { HOUR_MS, MINUTE_MS, toIso } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

type Refusal = { readonly error: { readonly facts: Readonly<Record<string, unknown>> } };

const hour = (count: number): string => toIso(T0 + count * HOUR_MS);

describe("exceptions from the schedule", () => {
  let served: Served;
  let carol: Asker;
  let admin: Asker;
  before(async () => {
    const roster = ROSTER_TEXT.replace(
      "zone: Asia/Seoul }",
      'zone: Asia/Seoul, overrides: [{ person: grace, from: "2026-04-01T09:00", to: "2026-04-01T21:00" }] }',
    );
    served = await startServed({
      policy: "```yaml\n" + POLICY_TEXT + "```\n",
      roster,
      start: T0,
      managedBy: "roster.yaml",
    });
    carol = await served.as("respond", "carol");
    admin = await served.as("admin");
  });
  after(() => served?.stop());

  const override = (body: object): ReturnType<Asker> => admin("POST", "/api/v1/schedule/overrides", body);
  const shifts = async (): Promise<readonly ShownShift[]> => {
    const { body } = await admin<ShownSchedule>("GET", `/api/v1/schedule?from=${hour(0)}&to=${hour(72)}&team=L1`);
    return body.teams[0]?.shifts ?? [];
  };
  const onDuty = async (at: number): Promise<readonly string[]> =>
    (await shifts()).filter(({ start, end }) => start <= hour(at) && hour(at) < end).flatMap(({ people }) => people);
  const whyOf = ({ body }: Awaited<ReturnType<Asker>>): unknown => (body as unknown as Refusal).error.facts.because;

  test("an override puts somebody on duty, in a rotation that a file manages too, and tells what it changes", async () => {
    const { status, body } = await admin<OverrideMade>("POST", "/api/v1/schedule/overrides", {
      rotation: "halves",
      person: "grace",
      start: hour(2),
      end: hour(4),
      note: "하루만",
    });
    assert.equal(status, 201, JSON.stringify(body));
    assert.deepEqual(body.changes, [{ team: "L1", start: hour(2), end: hour(4), before: ["carol"], after: ["grace"] }]);
    assert.equal(body.override.managedBy, null);
    assert.deepEqual([await onDuty(1), await onDuty(2), await onDuty(4)], [["carol"], ["grace"], ["carol"]]);
    const [audit] = await served.world.store.audit(1);
    assert.equal(audit?.action, "schedule.override-made");
    const removed = await admin<ExceptionEnded>("DELETE", `/api/v1/schedule/overrides/${body.override.id}`);
    assert.equal(removed.status, 200);
    assert.deepEqual(await onDuty(2), ["carol"]);
  });

  test("what makes no sense is refused with the reason in words", async () => {
    const good = { rotation: "halves", person: "grace", start: hour(2), end: hour(4) };
    const cases: readonly (readonly [object, string])[] = [
      [{ ...good, rotation: "nights" }, "no-such-rotation"],
      [{ ...good, person: "nobody" }, "no-such-person"],
      [{ ...good, end: hour(2) }, "bad-interval"],
      [{ ...good, start: hour(-4), end: hour(-2) }, "already-over"],
      [{ ...good, end: hour(24 * 400) }, "too-long"],
      [{ ...good, instead: "dave" }, "not-their-shift"],
      [{ ...good, instead: "grace" }, "instead-of-oneself"],
    ];
    for (const [body, because] of cases) {
      const answer = await override(body);
      assert.deepEqual([answer.status, answer.code, whyOf(answer)], [409, "schedule-refused", because]);
    }
    for (const body of [
      { ...good, start: "tomorrow" },
      { ...good, note: "one\ntwo" },
      { ...good, rotation: 7 },
    ])
      assert.equal((await override(body)).code, "bad-request", JSON.stringify(body));
    assert.equal((await carol("POST", "/api/v1/schedule/overrides", good)).code, "not-allowed");
  });

  test("an override that began ends now: what was stays as it was", async () => {
    const made = await admin<OverrideMade>("POST", "/api/v1/schedule/overrides", {
      rotation: "halves",
      person: "grace",
      start: hour(-1),
      end: hour(3),
    });
    assert.equal(made.body.override.start, toIso(Math.floor(served.world.clock.now() / MINUTE_MS) * MINUTE_MS));
    await served.world.advance(HOUR_MS);
    const ended = await admin<ExceptionEnded>("DELETE", `/api/v1/schedule/overrides/${made.body.override.id}`);
    assert.equal(ended.status, 200);
    const covered = (await shifts()).filter(({ people }) => people.includes("grace"));
    assert.deepEqual(
      covered.map(({ end }) => end),
      [toIso(served.world.clock.now())],
    );
    assert.deepEqual(await onDuty(2), ["carol"]);
    const again = await admin("DELETE", `/api/v1/schedule/overrides/${made.body.override.id}`);
    assert.equal(whyOf(again), "already-over");
  });

  test("what a file declares is changed in the file", async () => {
    const { body } = await admin<ShownSchedule>(
      "GET",
      "/api/v1/schedule?from=2026-04-01T00:00:00Z&to=2026-04-02T00:00:00Z",
    );
    const [declared] = body.overrides;
    assert.equal(declared?.managedBy, "roster.yaml");
    const path = `/api/v1/schedule/overrides/${encodeURIComponent(declared?.id ?? "")}`;
    assert.equal((await admin("DELETE", path)).code, "managed-by-file");
    assert.equal((await admin("DELETE", "/api/v1/schedule/overrides/nothing")).code, "not-found");
  });

  test("leave hands the turn to the next in order, and ends when it is taken back", async () => {
    const { status, body } = await carol<LeaveMade>("POST", "/api/v1/schedule/leaves", {
      person: "carol",
      start: hour(20),
      end: hour(40),
      note: "치과",
    });
    assert.equal(status, 201, JSON.stringify(body));
    assert.deepEqual(
      body.changes.map(({ before, after }) => [before, after]),
      [[["carol"], ["dave"]]],
    );
    assert.equal(body.leave.note, "치과");
    const [audit] = await served.world.store.audit(1);
    assert.deepEqual([audit?.action, JSON.stringify(audit?.facts).includes("치과")], ["schedule.leave-taken", false]);
    assert.equal((await carol("DELETE", `/api/v1/schedule/leaves/${body.leave.id}`)).status, 200);
    assert.deepEqual(await onDuty(25), ["carol"]);
  });

  test("somebody else's leave is for those who may edit the roster", async () => {
    const leave = { person: "dave", start: hour(100), end: hour(120) };
    assert.equal((await carol("POST", "/api/v1/schedule/leaves", leave)).code, "not-allowed");
    const { body } = await admin<LeaveMade>("POST", "/api/v1/schedule/leaves", leave);
    const path = `/api/v1/schedule/leaves/${body.leave.id}`;
    assert.equal((await carol("DELETE", path)).code, "not-allowed");
    assert.equal((await admin("DELETE", path)).status, 200);
  });

  test("leave after which nobody is left asks first, and says when and in which team", async () => {
    const away = { start: hour(200), end: hour(220) };
    assert.equal((await admin("POST", "/api/v1/schedule/leaves", { person: "dave", ...away })).status, 201);
    const asked = await carol("POST", "/api/v1/schedule/leaves", { person: "carol", ...away });
    assert.deepEqual([asked.status, asked.code], [409, "needs-confirmation"]);
    const { findings } = (asked.body as unknown as Refusal).error.facts as {
      findings: { code: string; message: string }[];
    };
    assert.equal(findings[0]?.code, "schedule-gap");
    assert.match(findings[0]?.message ?? "", /^L1: nobody would be on duty from Tue, 10 Mar 2026, 18:00/);
    const meant = await carol<LeaveMade>("POST", "/api/v1/schedule/leaves", {
      person: "carol",
      ...away,
      confirm: true,
    });
    assert.equal(meant.status, 201);
    assert.deepEqual(
      meant.body.changes.map(({ after }) => after),
      [[]],
    );
  });

  test("a company day is set and taken back, and a public holiday can be worked on", async () => {
    const day = async (): Promise<unknown> =>
      (
        await admin<ShownSchedule>("GET", "/api/v1/schedule?from=2026-03-01T00:00:00Z&to=2026-03-09T00:00:00Z")
      ).body.holidays.map(({ date, public: isPublic, off }) => [date, isPublic, off]);
    assert.deepEqual(await day(), [
      ["2026-03-01", true, true],
      ["2026-03-02", true, true],
    ]);
    const put = (date: string, body: object): ReturnType<Asker> =>
      admin("PUT", `/api/v1/schedule/holidays/${date}`, body);
    assert.equal((await put("2026-03-06", { name: "창립기념일", off: true })).status, 200);
    assert.equal((await put("2026-03-02", { name: "근무일", off: false })).status, 200);
    assert.deepEqual(await day(), [
      ["2026-03-01", true, true],
      ["2026-03-02", true, false],
      ["2026-03-06", false, true],
    ]);
    for (const date of ["2026-03-06", "2026-03-02"])
      assert.equal((await admin("DELETE", `/api/v1/schedule/holidays/${date}`)).status, 200);
    assert.equal((await admin("DELETE", "/api/v1/schedule/holidays/2026-03-06")).code, "not-found");
    assert.equal((await put("2026-02-30", { name: "x", off: true })).code, "bad-request");
    assert.equal((await put("2026-03-06", { name: "x" })).code, "bad-request");
  });
});
