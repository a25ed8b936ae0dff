import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import { LINES_MAX } from "./history.ts";
import { type ReadHistory, readHistory } from "./read-history.ts";

const read = (...lines: readonly (object | string)[]): ReadHistory =>
  readHistory(lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"), {
    endAfter: HOUR_MS,
  });

const alertsOf = (result: ReadHistory) => {
  assert.ok(result.is === "read", JSON.stringify(result));
  return result.history.alerts;
};

const AT = "2026-03-02T03:00:00+09:00";
const at = Date.parse(AT);

test("a line is an alert: what it is about, how bad, and whether it begins or ends", () => {
  const [fired, over] = alertsOf(
    read(
      { at: AT, title: "커넥션 부족", service: "결제", severity: "critical", key: "db", labels: { host: "db-1" } },
      { time: "2026-03-01T18:10:00Z", title: "커넥션 부족", key: "db", status: "resolved" },
    ),
  );
  assert.deepEqual([fired?.at, fired?.status, fired?.line], [at, "firing", 1]);
  assert.deepEqual(fired?.body, {
    key: "db",
    title: "커넥션 부족",
    status: "firing",
    labels: { host: "db-1" },
    service: "결제",
    severity: "critical",
  });
  assert.deepEqual([over?.at, over?.status, over?.line], [at + 10 * MINUTE_MS, "resolved", 2]);
});

test("without a key the service and the title say which condition it is; a grade is taken before a severity", () => {
  const [fired] = alertsOf(read({ at: AT, title: "느림", service: "주문", severity: "info", grade: "Major" }));
  assert.equal(fired?.key, "주문/느림");
  assert.equal(fired?.body.severity, "Major");
});

test("a body that Alertmanager posted, with the time at which it did, is its alerts", () => {
  const alerts = [
    {
      status: "firing",
      labels: { alertname: "HostDown", severity: "critical" },
      annotations: { summary: "db-1 down" },
    },
    { status: "resolved", labels: { alertname: "DiskFull" }, startsAt: AT, endsAt: AT },
  ];
  const found = alertsOf(read({ at: AT, version: "4", status: "firing", alerts }));
  assert.deepEqual(
    found.filter(({ line }) => line > 0).map(({ title, status }) => [title, status]),
    [
      ["db-1 down", "firing"],
      ["DiskFull", "resolved"],
    ],
  );
});

test("what nobody told the end of ends an hour after its last word; who tells ends is believed", () => {
  const later = (minutes: number): string => new Date(at + minutes * MINUTE_MS).toISOString();
  const found = alertsOf(
    read(
      { at: AT, title: "once", key: "once" },
      { at: later(90), title: "once", key: "once" },
      { at: AT, title: "told", key: "told" },
      { at: later(240), title: "told", key: "told" },
      { at: later(250), title: "told", key: "told", status: "resolved" },
    ),
  );
  const ends = found
    .filter(({ status }) => status === "resolved")
    .map(({ key, at: end }) => [key, (end - at) / MINUTE_MS]);
  assert.deepEqual(ends, [
    ["once", 60],
    ["once", 150],
    ["told", 250],
  ]);
});

test("lines need not be in order of time, and empty ones are nothing", () => {
  const found = alertsOf(
    read({ at: "2026-03-03T00:00:00Z", title: "late" }, "", { at: "2026-03-02T00:00:00Z", title: "early" }),
  );
  assert.deepEqual(
    found.filter(({ line }) => line > 0).map(({ title, line }) => [title, line]),
    [
      ["early", 3],
      ["late", 1],
    ],
  );
});

const REFUSED: readonly (readonly [because: string, line: string, facts?: object])[] = [
  ["not-json", "{"],
  ["not-an-object", "[]"],
  ["no-time", '{"title":"x"}'],
  ["bad-time", '{"at":"yesterday","title":"x"}', { field: "at", got: '"yesterday"' }],
  ["bad-time", '{"time":1772388000,"title":"x"}', { field: "time", got: "1772388000" }],
  ["no-title", `{"at":"${AT}"}`],
  ["bad-status", `{"at":"${AT}","title":"x","status":"acknowledged"}`, { got: '"acknowledged"' }],
  ["bad-field", `{"at":"${AT}","title":"x","labels":[]}`, { field: "labels" }],
  ["bad-field", '{"incident":{"number":1}}', { field: "title" }],
];

for (const [because, line, facts] of REFUSED)
  test(`a bad line (${because}: ${line}) refuses all, and is named`, () => {
    const result = read({ at: AT, title: "good" }, line, { at: AT, title: "good" });
    assert.ok(result.is === "refused");
    assert.deepEqual([result.line, result.because], [2, because]);
    if (facts !== undefined) assert.deepEqual(result.facts, facts);
  });

test("the same incident twice would count twice, and is refused; of another installation it may have the same number", () => {
  const incident = {
    number: 7,
    title: "x",
    service: "s",
    grade: "Major",
    gradeRank: 1,
    gradeBecause: "person",
    openedAt: AT,
    by: { kind: "bongsu" },
    until: AT,
    deeds: [],
    answers: [],
  };
  const elsewhere = { ...incident, openedAt: "2026-03-02T04:00:00+09:00" };
  assert.equal(read({ incident }, { incident: elsewhere }).is, "read");
  const twice = read({ incident }, { incident: elsewhere }, { incident });
  assert.ok(twice.is === "refused");
  assert.deepEqual([twice.line, twice.because, twice.facts], [3, "told-twice", { incident: "INC-7" }]);
});

test("nothing, and more than is read, is refused", () => {
  assert.equal(read("").is, "refused");
  const line = JSON.stringify({ at: AT, title: "x" });
  const result = readHistory(`${line}\n`.repeat(LINES_MAX + 1), { endAfter: HOUR_MS });
  assert.deepEqual(result, {
    is: "refused",
    line: LINES_MAX + 1,
    because: "too-many-lines",
    facts: { linesMax: String(LINES_MAX) },
  });
});
