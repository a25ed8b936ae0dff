import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { minute, policy, sha256, T0 } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Alert, AlertId } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import { gradeOf } from "./grade-of.ts";
import type { Maintenance } from "./maintenance.ts";
import type { Signal } from "./signal.ts";
import type { Silence } from "./silence.ts";
import { muted, silencedBy, type TriageFacts, triageBatch } from "./triage-batch.ts";

function signal(key: string, more: Partial<Signal> = {}): Signal {
  return {
    source: "prometheus",
    integration: "prod",
    key,
    action: "fire",
    severity: "critical",
    title: key,
    labels: { service: "payment", alertname: key },
    annotations: {},
    startsAt: T0,
    links: [],
    ...more,
  };
}

const ends = (key: string): Signal => signal(key, { action: "resolve" });
const idOf = ({ integration, key }: Signal): AlertId => alertId(integration, key, sha256);

function triage(signals: readonly Signal[], facts: Partial<TriageFacts> = {}) {
  return triageBatch(signals, {
    policy,
    services: [],
    silences: [],
    maintenances: [],
    known: new Map(),
    idOf,
    at: T0,
    ...facts,
  });
}

/** The alerts as a batch left them, as what is known to the next. */
function known(signals: readonly Signal[], change: Partial<Alert> = {}): TriageFacts["known"] {
  return new Map([...triage(signals).alerts].map(([id, alert]) => [id, { ...alert, ...change }]));
}

function keys(groups: ReadonlyMap<string, readonly (Alert | { readonly alert: Alert })[]>) {
  return Object.fromEntries(
    [...groups].map(([name, group]) => [name, group.map((one) => ("alert" in one ? one.alert : one).key)]),
  );
}

const silence: Silence = {
  id: asId("s1"),
  matchers: [{ name: "alertname", value: "a", isRegex: false, isEqual: true }],
  startsAt: minute(-10),
  endsAt: minute(10),
  updatedAt: minute(-10),
  createdBy: "alice",
  comment: "maintenance",
};

const maintenance: Maintenance = {
  id: asId("m1"),
  title: "정기 점검",
  services: ["payment"],
  matchers: [],
  zone: "Asia/Seoul",
  start: "2026-03-02T00:00",
  durationMinutes: 60,
  repeat: { kind: "none" },
  createdBy: "alice",
  updatedAt: T0,
};

describe("deduplication", () => {
  test("signals of one key are one alert, counted, that joins once", () => {
    const { alerts, joining, repeating } = triage([signal("a"), signal("a"), signal("a")]);
    assert.deepEqual(
      [...alerts.values()].map(({ count }) => count),
      [3],
    );
    assert.deepEqual(keys(joining), { payment: ["a"] });
    assert.equal(joining.get("payment")?.[0]?.alert.count, 3, "it joins as it last stood");
    assert.deepEqual(repeating, []);
  });

  test("the same key from another integration is another alert", () => {
    assert.equal(triage([signal("a"), signal("a", { integration: "test" })]).alerts.size, 2);
  });

  test("a known alert that goes on firing joins nothing and is looked at once more", () => {
    const result = triage([signal("a"), signal("a")], { known: known([signal("a")], { incident: asId("i1") }) });
    assert.equal(result.joining.size, 0);
    assert.deepEqual(
      result.repeating.map(({ key, count }) => [key, count]),
      [["a", 3]],
    );
  });
});

describe("grouping", () => {
  test("alerts are grouped by service, in order of appearance", () => {
    const { joining } = triage([signal("a"), signal("b", { labels: { service: "search" } }), signal("c")]);
    assert.deepEqual(keys(joining), { payment: ["a", "c"], search: ["b"] });
    assert.deepEqual([...joining.keys()], ["payment", "search"]);
  });

  test("a storm of ten thousand alerts of one service is one group", () => {
    const { joining, alerts } = triage(Array.from({ length: 10_000 }, (_, index) => signal(`a${index}`)));
    assert.deepEqual([...joining.keys()], ["payment"]);
    assert.deepEqual([joining.get("payment")?.length, alerts.size], [10_000, 10_000]);
  });

  test("each alert brings its grade and why", () => {
    const services = [{ name: "batch", match: { job: "batch" }, grade: "Minor", dependsOn: [] }];
    const { severity: _, ...plain } = signal("b", { labels: { job: "batch" } });
    const { joining } = triage([signal("a"), plain, { ...plain, key: "c", labels: { job: "other" } }], { services });
    assert.deepEqual(
      [...joining.values()].flat().map(({ grade, because }) => [grade, because]),
      [
        ["Critical", "source-severity"],
        ["Minor", "service-rule"],
        ["Major", "unknown-severity"],
      ],
    );
  });
});

describe("the end", () => {
  const open = known([signal("a"), signal("b")], { incident: asId("i1") });

  test("what the source resolves is cleared from its incident", () => {
    const { clearing, alerts } = triage([ends("a")], { known: open });
    assert.deepEqual(keys(clearing), { i1: ["a"] });
    assert.equal(alerts.get(idOf(signal("a")))?.status, "resolved");
  });

  test("what is resolved twice is cleared once, and what was never begun not at all", () => {
    assert.deepEqual(keys(triage([ends("a"), ends("a")], { known: open }).clearing), { i1: ["a"] });
    const never = triage([ends("x")]);
    assert.deepEqual([never.alerts.size, never.clearing.size], [0, 0]);
  });

  test("what is resolved and fires again within a batch is not cleared but joins", () => {
    const { clearing, joining } = triage([ends("a"), signal("a")], { known: open });
    assert.deepEqual([keys(clearing), keys(joining)], [{}, { payment: ["a"] }]);
  });

  test("what came and went within a batch has happened: it joins, and stands as resolved", () => {
    const { joining, alerts } = triage([signal("x"), ends("x")]);
    assert.deepEqual(keys(joining), { payment: ["x"] });
    assert.equal(alerts.get(idOf(signal("x")))?.status, "resolved");
  });

  test("a silent alert is not over: heard again it speaks, and resolved it is cleared", () => {
    const silent = known([signal("a")], { incident: asId("i1"), status: "silent" });
    const heard = triage([signal("a")], { known: silent });
    assert.deepEqual([keys(heard.speaking), keys(heard.clearing), heard.joining.size], [{ i1: ["a"] }, {}, 0]);
    assert.deepEqual(keys(triage([ends("a")], { known: silent }).clearing), { i1: ["a"] });
  });

  test("what fires again after its end joins again and remembers where it belonged", () => {
    const over = known([signal("a")], { incident: asId("i1"), status: "resolved", resolvedAt: T0 });
    const { joining } = triage([signal("a")], { known: over, at: minute(5) });
    assert.equal(joining.get("payment")?.[0]?.alert.incident, "i1");
  });

  test("what its source acknowledged is told to the incident, by the last word of it", () => {
    const first = signal("a", { action: "acknowledge", title: "first" });
    const last = signal("b", { action: "acknowledge", title: "last" });
    assert.deepEqual([...triage([first, last], { known: open }).acknowledging], [["i1", last]]);
    assert.equal(triage([signal("x"), { ...first, key: "x" }]).acknowledging.size, 0);
  });
});

describe("what opens nothing", () => {
  test("a word for no action needed is recorded, with that reason, and joins nothing", () => {
    const { alerts, joining, repeating } = triage([
      signal("a", { severity: "info" }),
      signal("a", { severity: "info" }),
    ]);
    assert.equal(joining.size, 0);
    assert.deepEqual(repeating, []);
    assert.deepEqual(alerts.get(idOf(signal("a")))?.suppressed, { because: "record-only", by: "info" });
  });

  test("a silenced alert is recorded, with the silence, and joins nothing; the others do", () => {
    const { alerts, joining } = triage([signal("a"), signal("b")], { silences: [silence] });
    assert.deepEqual(keys(joining), { payment: ["b"] });
    assert.deepEqual(alerts.get(idOf(signal("a")))?.suppressed, { because: "silenced", by: "s1" });
  });

  test("a silence holds from its first instant and no longer at its last", () => {
    const [alert] = known([signal("a")]).values();
    assert.ok(alert);
    const held = (at: number) => silencedBy(alert, [silence], at) !== undefined;
    assert.deepEqual([minute(-10) - 1, minute(-10), minute(10) - 1, minute(10)].map(held), [false, true, true, false]);
  });

  test("a silence is named before a severity", () => {
    const { alerts } = triage([signal("a", { severity: "info" })], { silences: [silence] });
    assert.equal(alerts.get(idOf(signal("a")))?.suppressed?.because, "silenced");
  });

  test("what was muted before its end is judged anew when it fires again", () => {
    const muted = known([signal("a")], { status: "resolved", suppressed: { because: "silenced", by: "s0" } });
    const { alerts, joining } = triage([signal("a")], { known: muted });
    assert.deepEqual(keys(joining), { payment: ["a"] });
    assert.equal(alerts.get(idOf(signal("a")))?.suppressed, undefined);
  });

  test("what is muted and goes on firing stays muted", () => {
    const muted = known([signal("a")], { suppressed: { because: "silenced", by: "s0" } });
    const { joining, repeating } = triage([signal("a")], { known: muted });
    assert.deepEqual([joining.size, repeating.length], [0, 0]);
  });

  test("in a maintenance window it opens nothing and says which one, a silence coming first", () => {
    const [alert] = [...triage([signal("a")], { maintenances: [maintenance] }).alerts.values()];
    assert.deepEqual(alert?.suppressed, { because: "maintenance", by: "m1" });
    assert.equal(triage([signal("a")], { maintenances: [maintenance] }).joining.size, 0);
    assert.equal(triage([signal("a")], { maintenances: [{ ...maintenance, services: ["other"] }] }).joining.size, 1);
    const both = triage([signal("a")], { maintenances: [maintenance], silences: [silence] });
    assert.deepEqual([...both.alerts.values()][0]?.suppressed, { because: "silenced", by: "s1" });
    const canary = triage([signal("a")], { maintenances: [maintenance], unmutable: () => true });
    assert.equal(canary.joining.size, 1);
  });

  test("muted while it is on an incident, it stays there and asks for no new one", () => {
    const on = known([signal("a")], { incident: asId("i1") });
    const { alerts, repeating } = triage([signal("a")], { known: on, silences: [silence] });
    assert.deepEqual(repeating, []);
    assert.equal([...alerts.values()][0]?.suppressed, undefined);
    assert.equal(triage([ends("a")], { known: on, silences: [silence] }).clearing.size, 1);
    assert.equal(triage([signal("a")], { known: on, silences: [silence], at: minute(10) }).repeating.length, 1);
  });

  test("looked at again, what was muted is free once nothing mutes it any more", () => {
    const again = (severity: string, silences: readonly Silence[], at = T0): unknown => {
      const [alert] = known([signal("a", { severity })], { suppressed: { because: "silenced", by: "s0" } }).values();
      assert.ok(alert);
      return muted(alert, gradeOf(alert.severity, policy, undefined), { silences, maintenances: [], at }).suppressed;
    };
    assert.equal(again("critical", []), undefined);
    assert.deepEqual(again("info", []), { because: "record-only", by: "info" });
    assert.deepEqual(again("critical", [silence]), { because: "silenced", by: "s1" });
    assert.equal(again("critical", [silence], minute(10)), undefined);
  });
});

describe("a repetition that is more severe than before", () => {
  test("of what was only recorded wants an incident, unless it is silenced", () => {
    const noted = known([signal("a", { severity: "info" })]);
    const { joining, alerts } = triage([signal("a", { severity: "critical" })], { known: noted });
    assert.deepEqual(keys(joining), { payment: ["a"] });
    assert.equal(alerts.get(idOf(signal("a")))?.suppressed, undefined);
    assert.equal(
      triage([signal("a", { severity: "critical" })], { known: noted, silences: [silence] }).joining.size,
      0,
    );
  });

  test("of what belongs to an incident asks for its grade", () => {
    const open = known([signal("a", { severity: "warning" })], { incident: asId<"incident">("i1") });
    const { regraded } = triage([signal("a", { severity: "critical" })], { known: open });
    assert.deepEqual(
      [...regraded].map(([id, joins]) => [id, joins.map(({ grade }) => grade)]),
      [["i1", ["Critical"]]],
    );
    assert.equal(triage([signal("a", { severity: "warning" })], { known: open }).regraded.size, 0);
  });

  test("brings its new grade to the joining of the same batch", () => {
    const { joining } = triage([signal("a", { severity: "warning" }), signal("a", { severity: "critical" })]);
    assert.equal(joining.get("payment")?.[0]?.grade, "Critical");
  });
});

test("an id is readable where it is plain and short, and the same for the same key always", () => {
  assert.equal(alertId("prod", "db-down", sha256), "prod:db-down");
  for (const key of ["한글", "a b", "x".repeat(300), "", "é"]) {
    const id = alertId("prod", key, sha256);
    assert.equal(id, alertId("prod", key, sha256));
    assert.ok(id.length <= 180);
    assert.match(id, /^[\x21-\x7e]*$/u);
  }
  assert.notEqual(alertId("prod", "é", sha256), alertId("prod", "é".normalize("NFD"), sha256));
});

test("one batch of signals amounts to the same alerts as the same signals one by one", () => {
  const some = fc.array(
    fc.record({
      key: fc.constantFrom("a", "b", "c"),
      action: fc.constantFrom<Signal["action"]>("fire", "fire", "resolve", "acknowledge"),
      severity: fc.constantFrom("critical", "warning", "info"),
      startsAt: fc.nat(1_000).map((ago) => T0 - ago),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(some, (raw) => {
      const signals = raw.map(({ key, ...more }) => signal(key, more));
      const together = triage(signals).alerts;
      let apart = new Map<AlertId, Alert>();
      for (const one of signals) apart = new Map([...apart, ...triage([one], { known: apart }).alerts]);
      assert.deepEqual(together, apart);
    }),
    { numRuns: 2_000 },
  );
});
