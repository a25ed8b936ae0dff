import assert from "node:assert/strict";
import { test } from "node:test";
import { DRIVERS, ROSTER_TEXT, rosterFrom } from "../../test/fixtures/core.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { type ContactProof, proofOf, proven } from "./contact-proof.ts";
import { DEFAULT_REACH_SETTINGS, type ReachSettings, reachSettingsOf } from "./reach-settings.ts";
import { proofKey, silentTestsDue } from "./silent-tests.ts";

/** A Monday of a week without holidays, midnight in Seoul. */
const MONDAY: Instant = Temporal.Instant.from("2026-03-08T15:00:00Z").epochMilliseconds;
const roster = rosterFrom(
  ROSTER_TEXT.replaceAll(
    /email: (\w+)@example.com/g,
    "email: $1@example.com, webhook: 'https://$1.example.com'",
  ).replace("channels: {", "channels: { webhook: { secret: x },"),
);
const drivers = new Map([...DRIVERS, ["webhook", "people"]] as const);

/** Runs a week in steps of five minutes and gives what was sent, each noted as the duty notes it. */
function run(settings: Partial<ReachSettings> = {}, days = 7, proofs = new Map<string, ContactProof>(), from = MONDAY) {
  for (const person of roster.people.keys())
    for (const channel of ["email", "webhook", "sms", "slack"] as const)
      if (!proofs.has(proofKey(person, channel)))
        proofs.set(
          proofKey(person, channel),
          proofOf(undefined, { person, channel, address: "" }, MONDAY - 30 * DAY_MS),
        );
  const sent: { readonly at: Instant; readonly person: string; readonly channel: string }[] = [];
  for (let at = from; at < from + days * DAY_MS; at += 5 * MINUTE_MS) {
    const facts = {
      roster,
      drivers,
      settings: { ...DEFAULT_REACH_SETTINGS, ...settings },
      proofs,
      zone: "Asia/Seoul",
      at,
    };
    for (const { person, channel } of silentTestsDue(facts)) {
      const known = proofs.get(proofKey(person, channel));
      if (known !== undefined) proofs.set(proofKey(person, channel), { ...known, testedAt: at });
      sent.push({ at, person, channel });
    }
  }
  return sent;
}

const local = (at: Instant): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("Asia/Seoul");

test("each contact is tested once a week, in working hours, never two of a person on a day", () => {
  const sent = run();
  assert.equal(sent.length, roster.people.size * 2);
  assert.equal(new Set(sent.map(({ person, channel }) => `${person} ${channel}`)).size, sent.length);
  assert.equal(
    new Set(sent.map(({ person, at }) => `${person} ${local(at).toPlainDate().toString()}`)).size,
    sent.length,
  );
  for (const { at } of sent) {
    assert.ok(local(at).dayOfWeek <= 5);
    assert.ok(local(at).hour >= 10 && local(at).hour < 17);
  }
  const days = new Set(sent.map(({ at }) => local(at).dayOfWeek));
  assert.ok(days.size >= 3, `all on ${[...days].join(", ")}`);
});

test("the next week it is their turn again", () => {
  assert.equal(run({}, 14).length, roster.people.size * 4);
});

test("phone and text messages are left alone unless somebody says otherwise, and rooms always", () => {
  assert.ok(run().every(({ channel }) => channel === "email" || channel === "webhook"));
  const said = run({ channels: ["sms", "slack"] });
  assert.equal(said.length, roster.people.size);
  assert.ok(said.every(({ channel }) => channel === "sms"));
});

test("turned off, nobody is tested", () => {
  assert.deepEqual(run({ silentTests: false }), []);
});

test("a contact that was entered today is not tested before tomorrow", () => {
  const contact = { person: "alice", channel: "email", address: "" } as never;
  const proofs = new Map([["email/alice", proofOf(undefined, contact, MONDAY + 4 * DAY_MS + 11 * HOUR_MS)]]);
  const sent = run({}, 14, proofs).filter(({ person, channel }) => person === "alice" && channel === "email");
  assert.equal(sent.length, 1);
  assert.ok((sent[0]?.at ?? 0) > MONDAY + 7 * DAY_MS);
});

test("whoever answered a page lately is not asked again", () => {
  const contact = { person: "alice", channel: "email", address: "" } as never;
  const proofs = new Map([["email/alice", proven(proofOf(undefined, contact, MONDAY), MONDAY + 5 * DAY_MS, "link")]]);
  assert.ok(!run({}, 7, proofs).some(({ person, channel }) => person === "alice" && channel === "email"));
});

test("what a pause missed is made up for later in the week", () => {
  const late = run({}, 4, new Map(), MONDAY + 3 * DAY_MS + 12 * HOUR_MS);
  assert.equal(late.filter(({ channel }) => channel === "email").length > 0, true);
  assert.equal(
    new Set(late.map(({ person, at }) => `${person} ${local(at).toPlainDate().toString()}`)).size,
    late.length,
  );
});

test("nobody is tested on a public holiday", () => {
  // 설날: Monday 16 to Wednesday 18 February 2026.
  const from = Temporal.Instant.from("2026-02-15T15:00:00Z").epochMilliseconds;
  const days = run({}, 7, new Map(), from).map(({ at }) => local(at).dayOfWeek);
  assert.ok(days.length > 0 && days.every((day) => day === 4 || day === 5));
});

test("settings that cannot be read are the defaults, one by one", () => {
  assert.deepEqual(reachSettingsOf(undefined), DEFAULT_REACH_SETTINGS);
  assert.deepEqual(reachSettingsOf({ silentTests: false, channels: ["sms", "smoke"], provenWithinDays: 0 }), {
    silentTests: false,
    channels: ["sms"],
    provenWithinDays: DEFAULT_REACH_SETTINGS.provenWithinDays,
  });
});
