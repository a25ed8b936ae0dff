import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asId } from "../../src/id/id.ts";
import { gettableAlert } from "../../src/ingest/prometheus/to-alertmanager.ts";
import { sources } from "../../src/ingest/registry.ts";
import type { Read, Source } from "../../src/ingest/source.ts";
import { toIso } from "../../src/time/instant.ts";
import { mergeSignal } from "../../src/triage/merge-signal.ts";
import { serviceOf } from "../../src/triage/service-of.ts";
import type { Signal } from "../../src/triage/signal.ts";

const AT = Date.parse("2026-11-24T03:00:00Z");
const FACTS = { at: AT, integration: "t1", newKey: () => "made" };

/** Any text, the nasty ones often: lone surrogates, NUL, controls, names of JavaScript's own, very long. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", " ", "__proto__", "constructor", "toString", "\ud800", "\udfff\ud800", "a\u0000b", "\u202e\r\n"),
  fc.constantFrom("가".repeat(12_000), "critical", "firing", "resolved", "trigger", "javascript:alert(1)", "HTTPS://x"),
);
const time = fc.oneof(
  fc.constantFrom(
    "0001-01-01T00:00:00Z",
    "2026-09-01T03:12:00.000+0000",
    "2026-02-30T00:00:00Z",
    "9999-12-31T23:59:60Z",
  ),
  fc.constantFrom("+275760-09-13T00:00:00Z", "-271821-04-20T00:00:00Z", "+275760-09-13T00:00:00.001Z", "24:00"),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer(),
  text,
);
const anything = fc.oneof(text, time, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>(null, 1e308, -0, true));
const texts = fc.oneof(
  fc.dictionary(text, fc.oneof({ arbitrary: text, weight: 4 }, { arbitrary: anything, weight: 1 })),
  anything,
);
const links = fc.oneof(
  fc.array(fc.oneof(fc.record({ href: anything, text: anything }), anything), { maxLength: 4 }),
  anything,
);

/** Something of the right outline with anything in its places, or with places missing. */
const outline = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: fc.record(members, { requiredKeys: [] }), weight: 5 }, { arbitrary: anything, weight: 1 });
const alert = outline({ labels: texts, annotations: texts, startsAt: time, endsAt: time, generatorURL: anything });
const event = outline({
  routing_key: text,
  event_action: fc.oneof(fc.constantFrom("trigger", "acknowledge", "resolve"), anything),
  dedup_key: anything,
  payload: outline({
    summary: anything,
    source: anything,
    severity: anything,
    timestamp: time,
    component: anything,
    group: anything,
    class: anything,
    custom_details: texts,
  }),
  client: anything,
  client_url: anything,
  links,
});
const own = outline({
  key: anything,
  title: anything,
  status: fc.oneof(fc.constantFrom("firing", "acknowledged", "resolved"), anything),
  severity: anything,
  service: anything,
  description: anything,
  labels: texts,
  startsAt: time,
  expiresAt: time,
  links,
});
const watched = outline({
  source: anything,
  integration: anything,
  key: anything,
  action: fc.oneof(fc.constantFrom("fire", "resolve"), anything),
  title: anything,
  severity: anything,
  description: anything,
  labels: texts,
  annotations: texts,
  startsAt: fc.oneof(fc.integer(), anything),
  expiresAt: fc.oneof(fc.integer(), anything),
  links,
});
const heartbeat = outline({
  heartbeat: anything,
  action: fc.oneof(fc.constantFrom("fire", "resolve"), anything),
  title: anything,
  description: anything,
  grade: anything,
  service: anything,
  since: fc.oneof(fc.integer(), anything),
  link: anything,
});
const bodies: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  prometheus: fc.oneof(fc.array(alert, { maxLength: 6 }), alert),
  pagerduty: event,
  signals: fc.oneof(fc.array(own, { maxLength: 6 }), own),
  monitor: outline({ signals: fc.oneof(fc.array(watched, { maxLength: 6 }), anything) }),
  heartbeat,
};

for (const [name, source] of sources) {
  const body = bodies[name];
  assert.ok(body !== undefined, `there is an arbitrary for ${name}`);
  describe(`anything at all, sent to ${name}`, () => {
    test("never throws, is answered in the sender's protocol, and what is kept can be stored and shown", () => {
      fc.assert(
        fc.property(fc.oneof({ arbitrary: body, weight: 8 }, { arbitrary: fc.jsonValue(), weight: 1 }), (value) => {
          const sent = asReceived(value);
          const read = source.read(sent, FACTS);
          const { status, body: answer } = source.reply(read);
          assert.equal(status < 300, read.problems.length === 0);
          assert.ok(status < 300 || status === 400, String(status));
          assert.doesNotThrow(() => JSON.stringify(answer));
          for (const signal of read.signals) checkSignal(signal);
          for (const { index, message } of read.problems) {
            assert.ok(Number.isInteger(index) && index >= 0);
            assert.ok(message !== "");
          }
        }),
        { numRuns: 1_500 },
      );
    });

    test("gives the same signals when the stored text is read again", () => {
      fc.assert(
        fc.property(body, (value) => {
          const stored = JSON.stringify(asReceived(value));
          const once = source.read(JSON.parse(stored), FACTS);
          assert.deepEqual(source.read(JSON.parse(stored), FACTS), once);
        }),
        { numRuns: 200 },
      );
    });
  });
}

for (const name of ["prometheus", "signals"] as const) {
  const source = sources.get(name) as Source;
  test(`of a batch to ${name} exactly the valid part is kept, in order, and every other is named`, () => {
    const valid = fc
      .record({ nth: fc.nat(1_000_000) })
      .map(({ nth }): unknown =>
        name === "prometheus" ? { labels: { alertname: `a${nth}` } } : { key: `k${nth}`, title: "t" },
      );
    const broken = fc.constantFrom<unknown>(
      null,
      7,
      "x",
      [],
      { labels: 7 },
      { labels: {} },
      { key: "" },
      { title: "t" },
    );
    const part = fc.oneof(
      valid.map((value) => ({ value, isValid: true })),
      broken.map((value) => ({ value, isValid: false })),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const read: Read = source.read(
          parts.map(({ value }) => value),
          FACTS,
        );
        const alone = parts
          .filter(({ isValid }) => isValid)
          .flatMap(({ value }) => source.read([value], FACTS).signals);
        assert.equal(alone.length, parts.filter(({ isValid }) => isValid).length);
        assert.deepEqual(read.signals, alone);
        const bad = parts.flatMap(({ isValid }, index) => (isValid ? [] : [index]));
        assert.deepEqual(
          read.problems.map(({ index }) => index),
          bad,
        );
      }),
    );
  });
}

test("a batch beyond the bound keeps what is within, and says that there was more", () => {
  const alerts = Array.from({ length: 10_001 }, (_, n) => ({ labels: { alertname: `a${n}` } }));
  const prometheus = (sources.get("prometheus") as Source).read(alerts, FACTS);
  assert.equal(prometheus.signals.length, 10_000);
  assert.deepEqual(
    prometheus.problems.map(({ code, index }) => [code, index]),
    [["too-many", 10_000]],
  );
  const signals = (sources.get("signals") as Source).read(
    Array.from({ length: 1_001 }, (_, n) => ({ key: `k${n}`, title: "t" })),
    FACTS,
  );
  assert.equal(signals.signals.length, 1_000);
  assert.equal(signals.problems[0]?.code, "too-many");
});

const FIRES = "🔥".repeat(6_000);

test("a text that is cut is not cut through a character", () => {
  const read = [
    ...(sources.get("prometheus") as Source).read(
      [{ labels: { a: "b" }, annotations: { summary: `x${FIRES}` } }],
      FACTS,
    ).signals,
    ...(sources.get("signals") as Source).read({ key: "k", title: `x${FIRES}`, description: `x${FIRES}` }, FACTS)
      .signals,
    ...(sources.get("pagerduty") as Source).read(pagerdutyEvent({ more: "" }), FACTS).signals,
  ];
  assert.equal(read.length, 3);
  for (const signal of read) checkSignal(signal);
});

test("nor are PagerDuty's details", () => {
  const { signals } = (sources.get("pagerduty") as Source).read(pagerdutyEvent({ more: FIRES, x: FIRES }), FACTS);
  assert.equal(signals.length, 1);
  for (const signal of signals) checkSignal(signal);
});

function pagerdutyEvent(details: Record<string, string>): object {
  const payload = { summary: `x${FIRES}`, source: "s", severity: "critical", custom_details: details };
  return { event_action: "trigger", dedup_key: "k", payload };
}

/** As it is after the wire: JSON knows no undefined and no -0. */
function asReceived(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? "null");
}

/** What every signal promises to whatever comes after it: columns, screens, messages. */
function checkSignal(signal: Signal): void {
  const { key, title, labels, annotations, startsAt, expiresAt, links, severity, description } = signal;
  assert.ok(key !== "" && key.length <= 10_000, "a key by which it is known again");
  assert.ok(title !== "" || signal.action !== "fire", "words for a human");
  for (const at of [startsAt, ...(expiresAt === undefined ? [] : [expiresAt])]) {
    assert.ok(Number.isSafeInteger(at), `a whole instant: ${at}`);
    assert.match(toIso(at), /Z$/);
  }
  const shown = [
    key,
    title,
    severity ?? "",
    description ?? "",
    ...Object.values(labels),
    ...Object.values(annotations),
  ];
  for (const one of shown) {
    assert.equal(typeof one, "string");
    assert.ok(
      one.isWellFormed() && !one.includes("\0"),
      `a text that every store keeps: ${JSON.stringify(one.slice(-40))}`,
    );
  }
  assert.equal(Object.getPrototypeOf(labels), Object.prototype);
  assert.ok(!Object.hasOwn(labels, "__proto__"));
  for (const { href } of links) assert.match(href, /^https?:\/\//i);
  // As far as triage takes it.
  const { name } = serviceOf(labels, [], signal.source);
  assert.ok(name !== "" && name.length <= 120);
  const { alert: begun } = mergeSignal(undefined, signal, { id: asId("a"), service: name, at: AT });
  if (begun === undefined) return;
  assert.doesNotThrow(() => JSON.stringify(gettableAlert(begun)));
  assert.equal(
    mergeSignal(begun, { ...signal, action: "resolve" }, { id: asId("a"), service: name, at: AT }).is,
    "resolved",
  );
}
