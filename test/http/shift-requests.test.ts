import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { RequestMade, ShiftAnswered, ShownSchedule, ShownShiftRequests } from "../../src/http/wire/schedule.ts";
import { HOUR_MS, toIso } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

type Refusal = { readonly error: { readonly facts: Readonly<Record<string, unknown>> } };

/** T0 is 10:00 in Seoul. Carol has 09:00 to 21:00, dave the night. */
const hour = (count: number): string => toIso(T0 + count * HOUR_MS);
const carols = (day: number): object => ({ start: hour(day * 24 - 1), end: hour(day * 24 + 11) });
const daves = (day: number): object => ({ start: hour(day * 24 + 11), end: hour(day * 24 + 23) });

describe("asking colleagues", () => {
  let served: Served;
  let carol: Asker;
  let dave: Asker;
  let erin: Asker;
  let admin: Asker;
  let nobody: Asker;
  before(async () => {
    const roster = ROSTER_TEXT.replace("operator: [carol, dave]", "operator: [carol, dave, frank]").replace(
      "frank: { name: Frank,",
      "frank: { name: Frank, locale: en,",
    );
    served = await startServed({ policy: "```yaml\n" + POLICY_TEXT + "```\n", roster, start: T0 });
    carol = await served.as("respond", "carol");
    dave = await served.as("respond", "dave");
    erin = await served.as("respond", "erin");
    admin = await served.as("admin");
    nobody = await served.as("respond");
  });
  after(() => served?.stop());

  const ask = (who: Asker, body: object): ReturnType<typeof who<RequestMade>> =>
    who<RequestMade>("POST", "/api/v1/schedule/requests", { kind: "cover", rotation: "halves", ...body });
  const answer = (who: Asker, id: string, body: object): ReturnType<typeof who<ShiftAnswered>> =>
    who<ShiftAnswered>("POST", `/api/v1/schedule/requests/${id}/answer`, body);
  const whyOf = ({ body }: { body: unknown }): unknown => (body as Refusal).error.facts.because;
  const onDuty = async (at: number): Promise<readonly string[]> => {
    const { body } = await admin<ShownSchedule>("GET", `/api/v1/schedule?from=${hour(0)}&to=${hour(240)}&team=L1`);
    return (body.teams[0]?.shifts ?? [])
      .filter(({ start, end }) => start <= hour(at) && hour(at) < end)
      .flatMap(({ people }) => people);
  };
  const newMail = async (since: number): Promise<readonly string[]> => {
    await served.world.advance(2_000);
    return served.world.sent
      .slice(since)
      .map(({ to, page }) => `${to}: ${page.incident.title} | ${page.description.split("\n")[0]} | ${page.urgency}`);
  };

  test("a cover is asked, told quietly, accepted and told back, and is on duty from then on", async () => {
    const sent = served.world.sent.length;
    const made = await ask(carol, { part: carols(1), to: "dave", note: "병원에 갑니다" });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.deepEqual([made.body.told, made.body.request.mayAnswer], [["dave"], ["withdraw"]]);
    assert.deepEqual(await newMail(sent), [
      "dave@example.com: Carol 님이 근무를 대신 부탁합니다 | halves, 2026. 3. 3.(화) 09:00 ~ 2026. 3. 3.(화) 21:00 | tell",
    ]);
    const text = served.world.sent.at(-1)?.page.description ?? "";
    assert.match(
      text,
      /“병원에 갑니다”\n2026\. 3\. 3\.\(화\) 09:00까지 답할 수 있습니다\.\nhttp:.*\/schedule\?request=r/,
    );

    const seen = await dave<ShownShiftRequests>("GET", "/api/v1/schedule/requests");
    assert.deepEqual(
      seen.body.requests.map(({ id, mayAnswer }) => [id, mayAnswer]),
      [[made.body.request.id, ["accept", "decline"]]],
    );
    const accepted = await answer(dave, made.body.request.id, { answer: "accept" });
    assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
    assert.deepEqual(accepted.body.changes, [{ team: "L1", ...carols(1), before: ["carol"], after: ["dave"] }]);
    assert.deepEqual([await onDuty(24), await onDuty(36)], [["dave"], ["dave"]]);
    assert.deepEqual(
      (await newMail(sent + 1)).map((line) => line.split(" | ")[0]),
      ["carol@example.com: Dave 님이 근무를 대신 맡았습니다"],
    );
    const audit = await served.world.store.audit(2);
    assert.deepEqual(
      audit.map(({ action, facts }) => [action, JSON.stringify(facts).includes("병원")]),
      [
        ["schedule.request-accepted", false],
        ["schedule.request-made", false],
      ],
    );
  });

  test("a swap moves both shifts or none", async () => {
    const made = await ask(carol, {
      kind: "swap",
      part: carols(2),
      to: "dave",
      give: { ...daves(3), rotation: "halves" },
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const accepted = await answer(dave, made.body.request.id, { answer: "accept" });
    assert.equal(accepted.body.changes.length, 2);
    assert.deepEqual([await onDuty(48), await onDuty(84)], [["dave"], ["carol"]]);
  });

  test("of two who accept at once one is told that it is answered", async () => {
    const made = await ask(carol, { part: carols(4) });
    assert.deepEqual(made.body.told, ["dave", "frank"]);
    const frank = await served.as("respond", "frank");
    const id = made.body.request.id;
    const both = await Promise.all([answer(dave, id, { answer: "accept" }), answer(frank, id, { answer: "accept" })]);
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    const refused = both.find(({ status }) => status === 409);
    assert.equal(refused?.code, "schedule-refused");
    assert.equal(whyOf(refused ?? { body: {} }), "already-answered");
    assert.equal((await onDuty(96)).length, 1);
  });

  test("who is busy then is asked for once more, on either side", async () => {
    const asked = await ask(carol, { part: carols(5), to: "frank" });
    assert.equal(asked.status, 201);
    await answer(carol, asked.body.request.id, { answer: "withdraw" });
    const leave = { person: "frank", start: hour(119), end: hour(130) };
    assert.equal((await admin("POST", "/api/v1/schedule/leaves", leave)).status, 201);
    const again = await ask(carol, { part: carols(5), to: "frank" });
    assert.equal(again.code, "needs-confirmation");
    const { findings } = (again.body as unknown as Refusal).error.facts as { findings: { message: string }[] };
    assert.equal(
      findings[0]?.message,
      "Frank is on leave from Sat, 7 Mar 2026, 09:00 GMT+9 to Sat, 7 Mar 2026, 20:00 GMT+9.",
    );
    const meant = await ask(carol, { part: carols(5), to: "frank", confirm: true });
    assert.equal(meant.status, 201);
    const frank = await served.as("respond", "frank");
    assert.equal((await answer(frank, meant.body.request.id, { answer: "accept" })).code, "needs-confirmation");
    assert.equal((await answer(frank, meant.body.request.id, { answer: "accept", confirm: true })).status, 200);
    assert.deepEqual(await onDuty(120), ["frank"]);
  });

  test("only those concerned answer, and a reason stands with every refusal", async () => {
    const made = await ask(carol, { part: carols(6), to: "dave" });
    const { id } = made.body.request;
    for (const [who, what, because] of [
      [erin, "accept", "not-asked"],
      [carol, "accept", "not-asked"],
      [dave, "withdraw", "not-yours-to-withdraw"],
      [nobody, "decline", "not-asked"],
    ] as const)
      assert.equal(whyOf(await answer(who, id, { answer: what })), because);
    const sent = served.world.sent.length;
    assert.equal((await answer(dave, id, { answer: "decline" })).body.request.state, "declined");
    assert.deepEqual((await newMail(sent)).length, 1);
    assert.equal(whyOf(await answer(dave, id, { answer: "accept" })), "already-answered");
    assert.equal((await answer(dave, "nothing", { answer: "accept" })).code, "not-found");
    assert.equal((await answer(dave, id, { answer: "perhaps" })).code, "bad-request");
    assert.equal(whyOf(await ask(nobody, { part: carols(6), to: "dave" })), "nobody-of-the-roster");
    assert.equal(whyOf(await ask(erin, { part: carols(6), to: "dave" })), "not-your-shift");
    assert.equal((await ask(carol, { part: "soon", to: "dave" })).code, "bad-request");
  });

  test("a shift that was given to another meanwhile cannot be accepted", async () => {
    const made = await ask(carol, { part: carols(7), to: "dave" });
    const override = { rotation: "halves", person: "grace", ...carols(7) };
    assert.equal((await admin("POST", "/api/v1/schedule/overrides", override)).status, 201);
    assert.equal(whyOf(await answer(dave, made.body.request.id, { answer: "accept" })), "changed-meanwhile");
    assert.equal((await answer(carol, made.body.request.id, { answer: "withdraw" })).status, 200);
  });

  test("when the shift begins unanswered, the request is over and who asked is told that they have it", async () => {
    const made = await ask(carol, { part: carols(8) });
    const sent = served.world.sent.length;
    await served.world.advance(T0 + (8 * 24 - 1) * HOUR_MS - served.world.clock.now() - 1);
    assert.equal((await served.world.store.shiftRequest(made.body.request.id as never))?.state, "asked");
    const told = served.world.sent.length;
    await served.world.advance(2);
    assert.equal((await served.world.store.shiftRequest(made.body.request.id as never))?.state, "expired");
    assert.ok(told >= sent);
    assert.deepEqual(
      (await newMail(told)).map((line) => line.split(" | ")[0]),
      ["carol@example.com: 아무도 답하지 않아 근무가 그대로입니다"],
    );
    assert.deepEqual(await onDuty(8 * 24), ["carol"]);
  });
});
