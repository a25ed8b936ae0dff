import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { faultCodes } from "../fault/codes.ts";
import type { StepKind } from "../incident/event.ts";
import type { PageOccasion } from "../notify/channel.ts";
import { CHANNEL_KINDS } from "../policy/policy.ts";
import { HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import { agentSaid } from "./agent.ts";
import { bindingSaid, bindingShort } from "./bindings.ts";
import { cliSaid } from "./cli.ts";
import { hostCliSaid } from "./host-cli.ts";
import { hostSaid } from "./hosts.ts";
import { loadSaid } from "./load.ts";
import { stormSaid } from "./muting.ts";
import { durationText, incidentLine, pageSaid, timeText } from "./page.ts";
import { policySaid } from "./policy.ts";
import { proofSaid } from "./proof.ts";
import { reachSaid } from "./reach.ts";
import { reachCliSaid } from "./reach-cli.ts";
import { reportSaid } from "./report.ts";
import { rosterSaid } from "./roster.ts";
import { rotaSaid } from "./rota.ts";
import { LOCALES, localeOf, type Said } from "./said.ts";
import { channelName, STEP_KINDS, timelineSaid } from "./timeline.ts";

const WORDS = {
  key: "k",
  message: "broken",
  words: ["one", "two"],
  nearest: "one",
  word: "w",
  in: "block",
  example: "2h",
  what: "thing",
  text: "text",
  team: "L1",
  grade: "Critical",
  block: "report",
};

/** Facts enough for every sentence of each catalogue; one that wants another fact does not compile. */
const POLICY = { ...WORDS, most: 100 };
const ROSTER = { ...WORDS, field: "f", name: "n", ko: "예", en: "such as" };
const PAGE = {
  occasion: "first",
  at: "10:00",
  left: "5 min",
  names: ["Ann", "Ben"],
  clause: "c",
  text: "t",
  line: 3,
  count: 2,
};
const TIMELINE = {
  source: "prometheus",
  grade: "Critical",
  service: "payment",
  title: "db-down",
  because: "person",
  drill: true,
  count: 2,
  firing: 1,
  number: 7,
  names: ["INC-7", "INC-8"],
  since: "10:00",
  changes: 7,
  unseen: 1,
  titles: ["a", "b"],
  from: "Minor",
  to: "Major",
  newCycle: true,
  kind: "first",
  level: 1,
  overdue: true,
  clause: "c",
  line: 3,
  inMs: MINUTE_MS,
  who: "Ann",
  channel: "email",
  mention: "",
  urgency: "tell",
  insteadOf: "phone",
  attempt: 2,
  instead: ["sms"],
  note: "n",
  until: "11:00",
  text: "t",
  done: true,
  cause: "db",
  storm: 0,
  services: ["api"],
  series: 2,
  found: 0,
};
const STORM = { services: 12, cause: "db", title: "db-down" };
const PROOF = {
  grade: "Critical",
  owner: "L3",
  recipients: ["lead"],
  heads: 2,
  shifted: ["L1"],
  minutes: 5,
  team: "L1",
  role: "operator",
  hours: 84,
  needed: 4,
  rotation: "turns",
  people: ["ann", "ben"],
  channel: "phone",
  grades: [{ name: "Critical", respond: HOUR_MS, level: HOUR_MS }],
  step: "tell",
  area: "System",
  items: ["CPU usage", "errors", "latency", "throughput", "state"],
  count: 2,
  have: 1,
  at: 0,
  name: "lead",
  person: "Ann",
  id: "ann",
  channels: ["email", "slack"],
  service: "payment",
  known: ["Critical", "Minor"],
  code: "timing.reminders",
  value: "0.5,0.8",
};
const BINDING = {
  within: HOUR_MS,
  repeat: null,
  reminders: [0.5, 0.8],
  level: HOUR_MS,
  names: ["Ann"],
  members: ["Ann", "Ben"],
  duty: ["Ann"],
  until: "10:00",
  wanted: 2,
  turns: 1,
  gap: null,
  because: undefined,
  kind: "email",
  usable: "yes",
  with: 1,
  of: 2,
  rules: ["r"],
  labels: ["a=b"],
  block: "monitoring",
  at: 0,
  zone: "Asia/Seoul",
};
const CLI = {
  name: "Ann",
  duty: true,
  url: "http://127.0.0.1",
  data: "data",
  file: "f",
  command: "c",
  number: 1,
  grade: "Critical",
  state: "open",
  at: "10:00",
  who: "Ann",
  left: "5 min",
  what: "w",
  by: "b",
  create: 1,
  update: 1,
  remove: 1,
  unchanged: 1,
  done: true,
  rows: 3,
  waiting: 2,
  id: "t",
  names: "Ann",
  told: 1,
  entries: 3,
  line: 3,
  errors: 1,
  warnings: 2,
  clauses: 3,
  link: "http://127.0.0.1:7119/setup#t",
  login: "kim",
  expires: "2026-12-01T00:00:00.000Z",
  password: "demo-1234-5678",
};

const ROTA = {
  ...WORDS,
  name: "rest",
  known: ["L1"],
  min: 1,
  max: 5,
  weeks: 4,
  people: 4,
  shifts: 28,
  hours: 168,
  hoursEach: 84,
  limit: 52,
  heads: 2,
  perShift: 2,
  shiftsEach: 4,
  shiftHours: 12,
  at: "10:00",
  rest: 11,
  nights: 4,
  inRow: 3,
  there: 1,
  rule: "rest",
  gives: "rota",
  exact: true,
  fewer: "both",
  because: "time",
  detail: "20 s",
  withLeave: true,
  spread: 12,
  least: 0,
  count: 2,
  from: "2026-12-07",
  shift: "08:00-20:00",
};
const LOAD = { byShift: true, monday: "2026-12-07", hours: 60, at: "10:00", team: "L1", heads: 2, teams: ["L1"] };
const REPORT = {
  number: 1,
  title: "CPU",
  at: "10:00",
  line: 7,
  who: { ko: "가", en: "a" },
  afterMs: 60_000,
  times: 2,
  grade: "Critical",
  drill: true,
  names: "web",
  count: 2,
  lastedMs: 60_000,
  forMs: 60_000,
  status: "resolved" as const,
  kind: "deploy",
  by: "ci",
  beforeMs: 60_000,
  service: "web",
  pages: 2,
  people: 2,
  series: 2,
  leads: 1,
  found: 1,
  unseen: 1,
};
const { fields: reportFields, ...reportSentences } = reportSaid;
const reportSpoken = { ...reportSentences, fields: () => reportFields };
function spoken<F>(catalogue: Readonly<Record<string, (facts: F) => unknown>>, facts: F): readonly [string, unknown][] {
  return Object.entries(catalogue).map(([name, say]) => [name, say(facts)]);
}

/** Every sentence in whatever a function of a catalogue gives: one, or several by name. */
function sentences(said: unknown): readonly Said[] {
  assert.ok(typeof said === "object" && said !== null);
  if ("ko" in said && "en" in said) return [said as Said];
  return Object.values(said).flatMap(sentences);
}

const CATALOGUES = {
  policy: spoken(policySaid, { ...POLICY, item: "CPU", problem: "unit" as const }),
  rota: spoken(rotaSaid, ROTA),
  load: spoken(loadSaid, LOAD),
  roster: spoken(rosterSaid, ROSTER),
  page: spoken(pageSaid, PAGE),
  timeline: spoken(timelineSaid, TIMELINE),
  storm: spoken(stormSaid, STORM),
  proof: spoken(proofSaid, {
    ...PROOF,
    items: [{ name: "CPU", proposed: { ko: "90% 이상", en: "at least 90%" } }],
    item: "CPU",
    quantities: [{ ko: "가", en: "a" }],
    title: { ko: "가", en: "a" },
    text: { ko: "가", en: "a" },
    meant: "db",
    name: "bd",
  }),
  bindings: spoken(bindingSaid, {
    ...BINDING,
    rules: [{ ko: "가", en: "a" }],
    item: "CPU",
    monitors: [{ ko: "CPU", en: "CPU" }],
    series: 2,
    last: "10:00",
    advice: { ko: "가", en: "a" },
    answeredBy: "both" as const,
  }),
  "bindings in short": spoken(bindingShort, {
    ...BINDING,
    names: ["Ann", "Ben", "Cho"],
    have: 1,
    gap: true,
    count: 2,
    series: 2,
    answeredBy: "record" as const,
  }),
  report: spoken(reportSpoken, REPORT),
  cli: spoken(cliSaid, CLI),
  hostCli: spoken(hostCliSaid, { state: "late" as const, kind: "agent" as const, host: "web-1" }),
  agent: spoken(agentSaid, {
    host: "web-1",
    url: "https://bongsu",
    data: "/var/lib/bongsu-agent",
    because: "ECONNREFUSED",
    advice: "Mend it.",
    at: "2026-12-01T00:00:00Z",
    sentAt: null,
    problem: "503",
    trouble: "ENOSPC",
    spool: { records: 1, samples: 2, bytes: 3 },
    lostSamples: 4,
    targets: [{ id: "db", up: false, because: "timeout" }],
  }),
  hosts: spoken(hostSaid, {
    host: "web-1",
    kind: "agent",
    afterMs: 60_000,
    target: "api",
    agent: "web-2",
    wasAsked: true,
    seriesMax: 100_000,
  }),
  reach: spoken(reachSaid, { minutes: 10, count: 2, names: ["A", "B"], days: 30 }),
  "reach on the command line": spoken(reachCliSaid, { state: "proven" }),
  faults: Object.entries(faultCodes).map(([code, { advice }]) => [code, advice] as const),
};
/** Sentences that are names, numbers and marks in both languages. */
const WORDLESS = new Set(["grade", "acted", "ranAt", "ticked", "expects"]);

for (const [catalogue, entries] of Object.entries(CATALOGUES)) {
  describe(`the catalogue ${catalogue}`, () => {
    for (const [name, said] of entries) {
      test(`${name} is said in both languages`, () => {
        const all = sentences(said);
        assert.ok(all.length > 0);
        for (const { ko, en } of all) {
          for (const text of [ko, en]) {
            assert.notEqual(text.trim(), "");
            assert.doesNotMatch(text, /undefined|NaN|\[object/u);
          }
          if (WORDLESS.has(name)) continue;
          assert.match(ko, /[가-힣]/u);
          assert.doesNotMatch(en, /[가-힣]/u);
        }
      });
    }
  });
}

test("each sentence that tells a reason, a kind or an occasion knows all there are", () => {
  const occasions: Readonly<Record<PageOccasion, true>> = {
    first: true,
    reminder: true,
    overdue: true,
    level: true,
    "repeat-at-top": true,
    stalled: true,
    "handed-over": true,
    informed: true,
    resolved: true,
    mentioned: true,
    bundle: true,
    test: true,
    verify: true,
    schedule: true,
    watch: true,
  };
  const unknown = pageSaid.occasion({ occasion: "?" });
  for (const occasion of Object.keys(occasions))
    assert.notDeepEqual(pageSaid.occasion({ occasion }), unknown, occasion);
  const kinds: Readonly<Record<StepKind, true>> = {
    first: true,
    reminder: true,
    overdue: true,
    level: true,
    "repeat-at-top": true,
    stalled: true,
    "handed-over": true,
    informed: true,
    resolved: true,
  };
  assert.deepEqual(Object.keys(STEP_KINDS).sort(), Object.keys(kinds).sort());
  for (const kind of CHANNEL_KINDS.filter((one) => one !== "slack" && one !== "sms" && one !== "email"))
    assert.match(channelName(kind).ko, /[가-힣]/u, kind);
  for (const because of [
    "nobody-on-duty",
    "no-such-recipient",
    "no-contact",
    "no-driver",
    "not-configured",
    "already-reached",
    "superseded",
  ])
    assert.doesNotMatch(timelineSaid.skipped({ who: "Ann", channel: "email", because }).ko, new RegExp(because, "u"));
  for (const because of ["source-severity", "service-rule", "unknown-severity", "person", "criteria", "unrenderable"]) {
    const { ko } = timelineSaid.opened({ grade: "g", service: "s", title: "t", because, drill: false });
    assert.doesNotMatch(ko, new RegExp(because, "u"));
  }
});

test("a setting asks for English by its first letters, and for Korean otherwise", () => {
  for (const setting of ["en", "en_US.UTF-8", "EN-GB,en;q=0.9", " en"]) assert.equal(localeOf(setting), "en");
  for (const setting of [undefined, "", "ko_KR.UTF-8", "C", "de", "ko,en;q=0.5"]) assert.equal(localeOf(setting), "ko");
});

test("a length of time is told in its two largest units, and a short one in seconds", () => {
  const rows: readonly (readonly [length: number, ko: string, en: string])[] = [
    [0, "0초", "0 s"],
    [400, "0초", "0 s"],
    [40_000, "40초", "40 s"],
    [5 * MINUTE_MS, "5분", "5 min"],
    [HOUR_MS + 36 * MINUTE_MS, "1시간 36분", "1 h 36 min"],
    [2 * HOUR_MS, "2시간", "2 h"],
    [26 * HOUR_MS, "26시간", "26 h"],
  ];
  for (const [length, ko, en] of rows)
    assert.deepEqual(
      LOCALES.map((locale) => durationText(length, locale)),
      [ko, en],
    );
});

test("sixty seconds are a minute, however little is missing", () => {
  assert.equal(durationText(59_900, "en"), "1 min");
});

test("a time is told in its zone, with its day, in the words of the language", () => {
  const at = Temporal.Instant.from("2026-11-23T10:26:00Z").epochMilliseconds;
  assert.equal(timeText(at, "Asia/Seoul", "ko"), "2026. 11. 23.(월) 19:26");
  assert.equal(timeText(at, "America/New_York", "ko"), "2026. 11. 23.(월) 05:26");
  assert.match(timeText(at, "Asia/Seoul", "en"), /^Mon,? 23 Nov 2026,? 19:26/u);
  const midnight = Temporal.Instant.from("2026-11-22T15:05:00Z").epochMilliseconds;
  assert.equal(timeText(midnight, "Asia/Seoul", "ko"), "2026. 11. 23.(월) 00:05");
  assert.match(timeText(midnight, "Asia/Seoul", "en"), /^Mon,? 23 Nov 2026,? 00:05/u);
});

test("a title that begins with the service is not given its name twice", () => {
  assert.equal(incidentLine({ service: "web-1", title: "web-1 CPU use 97 %" }), "web-1 CPU use 97 %");
  assert.equal(incidentLine({ service: "web-1", title: "web-11 CPU use 97 %" }), "web-1: web-11 CPU use 97 %");
  assert.equal(incidentLine({ service: "결제", title: "응답 지연" }), "결제: 응답 지연");
});
