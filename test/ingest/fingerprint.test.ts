import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { fingerprint } from "../../src/ingest/prometheus/fingerprint.ts";
import { prometheusSource } from "../../src/ingest/prometheus/prometheus.ts";
import { ALERTMANAGER, type Daemon, startAlertmanager } from "../peers/daemon.ts";
import { missingPeer } from "../runner/debian.ts";

const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/);
/** Any text a label may hold: Korean, emoji, controls, quotes, the byte that separates; no lone surrogates, no NUL. */
const labelValue = fc
  .oneof(fc.string({ unit: "binary", maxLength: 30 }), fc.constantFrom("데이터베이스", "🔥", "\u00ff", "a\nb", '"\\'))
  .map((text) => text.toWellFormed().replaceAll("\0", ""));
const labelSet = fc.dictionary(labelName, labelValue, { maxKeys: 12, noNullPrototype: true });

describe("the fingerprint of an alert", () => {
  test("of known label sets stays what it is: stored ids depend on it", () => {
    assert.equal(fingerprint({}), "cbf29ce484222325");
    // As Alertmanager 0.25 gave them.
    assert.equal(fingerprint({ alertname: "DiskFull", instance: "db1", severity: "critical" }), "e94c744ae3d44df8");
    assert.equal(fingerprint({ service: "결제", alertname: "MariaDB다운" }), "95a8e117d7bff053");
  });

  test("is FNV-1a over the sorted labels, whatever they hold", () => {
    fc.assert(
      fc.property(labelSet, (labels) => {
        const sorted = Object.entries(labels).sort(([one], [other]) =>
          Buffer.compare(Buffer.from(one), Buffer.from(other)),
        );
        assert.equal(fingerprint(labels), reference(sorted));
      }),
      { numRuns: 1_000 },
    );
  });

  test("does not depend on the order in which labels came", () => {
    fc.assert(
      fc.property(labelSet, fc.infiniteStream(fc.nat()), (labels, chance) => {
        const shuffled = Object.entries(labels)
          .map((entry) => [chance.next().value as number, entry] as const)
          .sort(([one], [other]) => one - other)
          .map(([, entry]) => entry);
        assert.equal(fingerprint(Object.fromEntries(shuffled)), fingerprint(labels));
      }),
    );
  });

  test("tells a long value from one that is longer", () => {
    const long = "긴".repeat(10_000);
    assert.equal(fingerprint({ a: long }), reference([["a", long]]));
    assert.notEqual(fingerprint({ a: long }), fingerprint({ a: `${long.slice(1)}값` }));
  });

  test("puts names outside ASCII in the order of their bytes", () => {
    const labels = { "\u{1f525}": "fire", "\uff21": "wide A" };
    assert.equal(
      fingerprint(labels),
      reference([
        ["\uff21", "wide A"],
        ["\u{1f525}", "fire"],
      ]),
    );
  });

  describe("beside a real Alertmanager", { skip: missingPeer(ALERTMANAGER) ?? false }, () => {
    let alertmanager: Daemon;
    before(async () => {
      alertmanager = await startAlertmanager("route: { receiver: none }\nreceivers: [{ name: none }]\n");
    });
    after(() => alertmanager?.stop());

    const post = (alerts: unknown): Promise<Response> =>
      fetch(`${alertmanager.url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(alerts),
      });
    const ours = (alert: unknown): string | undefined =>
      prometheusSource.read([alert], { at: Date.now(), integration: "t" }).signals[0]?.key;

    test("is the same for every label set, empty values and all", async () => {
      const samples = [
        ...fc.sample(labelSet, { numRuns: 300, seed: 20_260_901 }),
        { alertname: "DiskFull", instance: "db1", severity: "critical" },
        { alertname: "MariaDB다운", service: "결제", empty: "" },
        { __name__: "ALERTS", alertstate: "firing" },
        { alertname: "Long", value: "긴".repeat(3_000) },
      ];
      // A label by which the answer is told apart; it is part of the set like any other.
      const sent = samples.map((labels, n) => ({ labels: { ...labels, nth: String(n) } }));
      const answer = await post(sent);
      assert.equal(answer.status, 200, await answer.text());
      const got = (await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()) as {
        labels: Record<string, string>;
        fingerprint: string;
      }[];
      const theirs = new Map(got.map((alert) => [alert.labels.nth, alert.fingerprint]));
      assert.equal(theirs.size, sent.length);
      for (const alert of sent) assert.equal(ours(alert), theirs.get(alert.labels.nth), JSON.stringify(alert));
    });

    test("what Alertmanager takes for an alert Bongsu takes too, and what it refuses is refused", async () => {
      const labels = { alertname: "A" };
      const now = Date.now();
      const iso = (offset: number): string => new Date(now + offset).toISOString();
      const alerts: readonly unknown[] = [
        { labels },
        { labels: {} },
        { labels: { alertname: "" } },
        { labels: { severity: "critical" } },
        { labels, startsAt: iso(-60_000), endsAt: iso(60_000) },
        { labels, startsAt: iso(60_000), endsAt: iso(-60_000) },
        { labels, startsAt: iso(-60_000), endsAt: iso(-60_000) },
        { labels, startsAt: "0001-01-01T00:00:00Z", endsAt: "0001-01-01T00:00:00Z" },
        { labels, startsAt: "2026-09-01T03:12:00.123456789Z" },
        { labels, startsAt: "2026-09-01T12:12:00+09:00" },
        { labels, startsAt: "yesterday" },
        { labels, endsAt: "2026-13-01T00:00:00Z" },
        { labels, annotations: { summary: "말" }, generatorURL: "http://p/graph?g0.expr=up" },
        { labels: { alertname: 7 } },
        { labels: null },
        {},
      ];
      for (const alert of alerts) {
        const { status } = await post([alert]);
        const read = prometheusSource.read([alert], { at: now, integration: "t" });
        assert.equal(
          read.signals.length === 1,
          status === 200,
          `Alertmanager says ${status} to ${JSON.stringify(alert)}`,
        );
        assert.equal(read.problems.length, 1 - read.signals.length);
      }
    });
  });
});

/** FNV-1a of 64 bits as its authors write it, with numbers that are wide enough. */
function reference(labels: readonly (readonly [name: string, value: string])[]): string {
  let hash = 0xcbf29ce484222325n;
  const eat = (bytes: Iterable<number>): void => {
    for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  };
  for (const [name, value] of labels) {
    eat(Buffer.from(name));
    eat([0xff]);
    eat(Buffer.from(value));
    eat([0xff]);
  }
  return hash.toString(16).padStart(16, "0");
}
