import assert from "node:assert/strict";
import { test } from "node:test";
import type { Engine } from "../../src/engine/engine.ts";
import { acknowledgeTestPage } from "../../src/engine/test-page.ts";
import { askCode, typeCode } from "../../src/engine/verify-contact.ts";
import { Fault } from "../../src/fault/fault.ts";
import { asId } from "../../src/id/id.ts";
import type { PersonId } from "../../src/roster/roster.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT } from "../fixtures/core.ts";
import { type Provider, settle, World } from "./world.ts";

/** Midnight of a Sunday in Seoul, before two weeks without holidays. */
const SUNDAY: Instant = Temporal.Instant.from("2026-03-07T15:00:00Z").epochMilliseconds;
const CAROL = asId<"person">("carol");

const worldOf = (provider?: Provider): Promise<World> =>
  World.create({
    policy: `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`,
    roster: ROSTER_TEXT,
    start: SUNDAY,
    settings: { watchMs: DAY_MS },
    ...(provider === undefined ? {} : { provider }),
  });
const proofOf = async ({ store }: World, person: PersonId, channel = "email") =>
  (await store.contactProofsOf(person)).find((one) => one.channel === channel);
const tests = ({ sent }: World) => sent.filter(({ page }) => page.occasion === "test");

async function answered<T>(work: Promise<T>): Promise<T | Fault> {
  let result: T | Fault | undefined;
  work.then(
    (value) => (result = value),
    (error: unknown) => (result = error as Fault),
  );
  while (result === undefined) await settle();
  return result;
}

test("once a week everybody gets one quiet test by mail, in working hours, and it wakes nobody", async () => {
  const world = await worldOf();
  await world.advance(7 * DAY_MS);
  const first = tests(world);
  assert.deepEqual(new Set(first.map(({ to }) => to)).size, 7);
  assert.equal(first.length, 7);
  for (const { at, channel, page } of first) {
    assert.equal(channel, "email");
    assert.equal(page.urgency, "tell");
    assert.match(page.incident.title, /시험/);
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("Asia/Seoul");
    assert.ok(local.dayOfWeek <= 5 && local.hour >= 10 && local.hour < 17, local.toString());
  }
  assert.equal((await proofOf(world, CAROL))?.acceptedAt !== undefined, true);
  assert.equal((await proofOf(world, CAROL))?.proven, undefined);
  assert.deepEqual(await world.store.incidents({}), []);
  await world.advance(7 * DAY_MS);
  assert.equal(tests(world).length, 14);
});

test("whoever answers the test is proven, and is left alone until the next week", async () => {
  const world = await worldOf();
  await world.advance(7 * DAY_MS);
  const mine = tests(world).find(({ to }) => to === "carol@example.com");
  await answered(acknowledgeTestPage(world.engine, asId(mine?.page.delivery ?? ""), "carol"));
  assert.equal((await proofOf(world, CAROL))?.proven?.by, "test");
  await world.advance(7 * DAY_MS);
  assert.ok(tests(world).filter(({ to }) => to === "carol@example.com").length <= 2);
});

test("a mail that the provider refuses is told with its words and since when", async () => {
  const world = await worldOf(({ channel }) =>
    channel === "email" ? { is: "refused", because: "550 no such user" } : { is: "accepted", receipt: "ok" },
  );
  await world.advance(7 * DAY_MS);
  const failing = (await proofOf(world, CAROL))?.failing;
  assert.equal(failing?.because, "550 no such user");
  await world.advance(7 * DAY_MS);
  const later = (await proofOf(world, CAROL))?.failing;
  assert.equal(later?.since, failing?.since);
  assert.ok((later?.at ?? 0) > (failing?.at ?? 0));
});

test("turned off, nobody is tested", async () => {
  const world = await worldOf();
  await world.store.putSetting("reachability", { silentTests: false });
  await world.advance(7 * DAY_MS);
  assert.equal(tests(world).length, 0);
});

test("the administrators are told once, quietly, of those on duty whom nothing has proven for thirty days", async () => {
  const world = await worldOf();
  const told = () => world.sent.filter(({ page }) => page.occasion === "watch");
  await world.advance(30 * DAY_MS);
  assert.deepEqual(told(), []);
  await world.advance(2 * DAY_MS);
  // alice administers; her SMS stays quiet.
  assert.deepEqual(new Set(told().map(({ channel }) => channel)), new Set(["email", "slack"]));
  const [first] = told();
  assert.equal(first?.page.urgency, "tell");
  assert.match(first?.page.description ?? "", /Carol, Dave, Erin, Frank, Grace/);
  // alice and bob take no turns: nobody has to be woken about them.
  assert.doesNotMatch(first?.page.description ?? "", /Alice|Bob/);
  const count = told().length;
  await world.advance(10 * DAY_MS);
  assert.equal(told().length, count);
});

test("a code is void after ten minutes, and one that was sent again is as good as the first", async () => {
  let tries = 0;
  const world = await worldOf(({ page }) =>
    page.occasion === "verify" && ++tries === 1
      ? { is: "unknown", because: "no answer" }
      : { is: "accepted", receipt: "ok" },
  );
  const contact = { person: CAROL, channel: "email", by: "carol" } as const;
  const codes = (): readonly string[] =>
    world.sent.flatMap(({ page }) => /\b(\d{6})\b/.exec(page.incident.title)?.[1] ?? []);
  const type = (engine: Engine, code: string) => answered(typeCode(engine, { ...contact, code }));
  await answered(askCode(world.engine, contact));
  await world.advance(MINUTE_MS);
  assert.equal(codes().length, 2);
  assert.notEqual(codes()[0], codes()[1]);
  const stored = JSON.stringify([await world.store.contactProofs(), await world.store.lastOutcomes("email", 9)]);
  for (const code of codes()) assert.ok(!stored.includes(`"${code}"`) && !stored.includes(` ${code}`));
  const first = await type(world.engine, codes()[0] ?? "");
  assert.ok(!(first instanceof Fault));
  await answered(askCode(world.engine, contact));
  await world.advance(11 * MINUTE_MS);
  const late = await type(world.engine, codes().at(-1) ?? "");
  assert.ok(late instanceof Fault);
  assert.deepEqual([late.code, late.facts.because], ["code-refused", "expired"]);
  assert.ok((await proofOf(world, CAROL))?.verifiedAt !== undefined);
});

test("a code for an address that was changed meanwhile does not leave", async () => {
  const world = await worldOf(() => ({ is: "later", because: "busy", after: HOUR_MS / 12 }));
  await answered(askCode(world.engine, { person: CAROL, channel: "email", by: "carol" }));
  const items = await world.store.rosterItems();
  const carol = items.find(({ kind, id }) => kind === "person" && id === "carol");
  const data = { ...(carol?.data as object), contacts: [{ channel: "email", address: "eve@example.com" }] };
  await world.store.changeRoster([{ kind: "person", id: "carol", data, updatedAt: SUNDAY }], [], SUNDAY);
  await world.advance(30 * MINUTE_MS);
  assert.ok(world.log.every((line) => !line.includes("eve@example.com")));
});

test("what was known of people who left is forgotten", async () => {
  const world = await worldOf();
  await world.advance(HOUR_MS);
  assert.ok((await world.store.contactProofsOf(CAROL)).length > 0);
  await world.store.changeRoster([], [{ kind: "person", id: "carol" }], SUNDAY);
  await world.advance(HOUR_MS);
  assert.deepEqual(await world.store.contactProofsOf(CAROL), []);
});
