import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256 } from "../../../test/fixtures/core.ts";
import { World } from "../../../test/world/world.ts";
import { isSealed } from "../../proof/certificate.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import { readCertificate, readProofHead } from "./stored-proof.ts";

/** Monday, 2 March 2026, 10:00 in Seoul. */
const START: Instant = Temporal.Instant.from("2026-03-02T01:00:00Z").epochMilliseconds;
const POLICY = `\`\`\`yaml
grades:
  Critical: { criteria: [a], respond within: immediate (24/7), owner: L1 }
teams:
  L1: { duties: [repair], staffing: [2 operators, 24/7 shifts] }
notifications:
  Critical: { via: [SMS], to: [L1] }
\`\`\`
`;
const rosterUntil = (end: string): string => `people:
  ann: { name: Ann, locale: en, contacts: { sms: 010-1000-0001, email: ann@example.com } }
  ben: { name: Ben, locale: en, contacts: { sms: 010-1000-0002, email: ben@example.com } }
  kim: { name: Kim, admin: yes, locale: en, contacts: { sms: 010-1000-0003, email: kim@example.com } }
teams:
  L1: { members: { operator: [ann, ben] }, rotations: [weeks] }
rotations:
  weeks: { participants: [ann, ben], turn: 1 week, start: 2026-01-05T09:00${end} }
channels: { email: {}, sms: {} }
`;
const forGood = rosterUntil("");
/** A Thursday evening: nobody is on duty from then on. */
const ENDS = "2026-04-02T18:00";
const END: Instant = Temporal.Instant.from("2026-04-02T09:00:00Z").epochMilliseconds;

/** Weeks pass: the duties look less often. */
const SLOW = { watchMs: 15 * MINUTE_MS, proves: true };

const toKim = (world: World) =>
  world.sent.filter(({ to, page }) => /kim|0003/u.test(to) && /reach/u.test(page.incident.title));

async function setEnd(world: World, end: string | undefined): Promise<void> {
  const items = await world.store.rosterItems();
  const found = items.find(({ kind }) => kind === "rotation");
  assert.ok(found);
  const { end: _, ...rest } = found.data as Record<string, unknown>;
  const data = end === undefined ? rest : { ...rest, end };
  const at = world.clock.now();
  await world.store.changeRoster([{ kind: "rotation", id: found.id, data, updatedAt: at }], [], at);
}

test("with the start there is a certificate, and it holds", async () => {
  const world = await World.create({ policy: POLICY, roster: forGood, start: START, settings: { proves: true } });
  await world.advance(MINUTE_MS);
  const certificate = await readCertificate(world.store);
  assert.ok(certificate?.holds && isSealed(certificate, sha256));
  assert.equal(certificate.contacts, "considered");
  assert.deepEqual(toKim(world), []);
  assert.ok((await world.store.audit(10)).some(({ action }) => action === "proof.computed"));
});

test("a hole is told two weeks ahead and quietly, loudly more than a day ahead and by day, and not again", async () => {
  const world = await World.create({
    policy: POLICY,
    roster: rosterUntil(`, end: ${ENDS}`),
    start: START,
    settings: SLOW,
  });
  await world.advance(END - START - 15 * DAY_MS);
  assert.deepEqual(toKim(world), [], "a month ahead it stands in the certificate and wakes nobody");
  await world.advance(2 * DAY_MS);
  assert.deepEqual(
    toKim(world).map(({ channel }) => channel),
    ["email", "email"],
    "the gap in the team, and the grade that falls through by it",
  );
  await world.advance(END - world.clock.now() - 24 * HOUR_MS);
  const loud = toKim(world).filter(({ channel }) => channel === "sms");
  assert.equal(loud.length, 2);
  for (const { at } of loud) {
    assert.ok(END - at >= 24 * HOUR_MS && END - at <= 48 * HOUR_MS, `${(END - at) / HOUR_MS} h ahead`);
    assert.ok(new Date(at + 9 * HOUR_MS).getUTCHours() >= 9);
  }
  const told = toKim(world).length;
  await world.advance(DAY_MS);
  assert.equal(toKim(world).length, told, "what is known is not told again");
});

test("a hole that a change tears for tomorrow is told at once, grows with a word, and is mended with one", async () => {
  const world = await World.create({ policy: POLICY, roster: forGood, start: START, settings: { proves: true } });
  await world.advance(HOUR_MS);
  await setEnd(world, "2026-03-02T20:00");
  await world.advance(3 * MINUTE_MS);
  const loud = toKim(world).filter(({ channel }) => channel === "sms");
  assert.equal(loud.length, 2);
  assert.match(loud[0]?.page.incident.title ?? "", /Hole in the reach: from Mon 2 Mar 2026 20:00/u);
  assert.match(loud[0]?.page.description ?? "", /Mon 2 Mar 2026 20:00–[^]*\/schedule\/proof$/u);
  const before = toKim(world).length;
  await setEnd(world, "2026-03-02T15:00");
  await world.advance(3 * MINUTE_MS);
  assert.ok(
    toKim(world)
      .slice(before)
      .some(({ page }) => /has grown/u.test(page.incident.title)),
  );
  const grown = toKim(world).length;
  await setEnd(world, undefined);
  await world.advance(3 * MINUTE_MS);
  const mended = toKim(world).slice(grown);
  assert.deepEqual(
    mended.map(({ channel, page }) => [channel, page.incident.title]),
    [
      ["email", "A hole in the reach is mended"],
      ["email", "A hole in the reach is mended"],
    ],
  );
  assert.deepEqual((await readProofHead(world.store))?.told, []);
});

test("many changes one after the other are proved once they have settled", async () => {
  const world = await World.create({
    policy: POLICY,
    roster: forGood,
    start: START,
    settings: { watchMs: 1_000, proves: true },
  });
  await world.advance(MINUTE_MS);
  const proofs = async () => (await world.store.audit(100)).filter(({ action }) => action === "proof.computed").length;
  const before = await proofs();
  for (let day = 10; day < 15; day++) {
    await setEnd(world, `2026-05-${day}T09:00`);
    await world.advance(3_000);
  }
  assert.equal(await proofs(), before);
  await world.advance(MINUTE_MS);
  assert.equal(await proofs(), before + 1);
});

test("every night there is a new one, although nothing has changed; a restart proves anew and tells nothing twice", async () => {
  const world = await World.create({
    policy: POLICY,
    roster: rosterUntil(", end: 2026-03-03T08:00"),
    start: START,
    settings: SLOW,
  });
  await world.advance(15 * MINUTE_MS);
  const first = await readCertificate(world.store);
  const told = toKim(world).length;
  assert.ok(told > 0);
  world.crash();
  await world.begin();
  await world.advance(DAY_MS);
  const next = await readCertificate(world.store);
  assert.equal(toKim(world).length, told);
  const hour = new Date(Date.parse(next?.computedAt ?? "") + 9 * HOUR_MS).getUTCHours();
  assert.equal(hour, 4);
  assert.notEqual(next?.sha256, first?.sha256);
});
