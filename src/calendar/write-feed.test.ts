import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import ical, { type VEvent } from "node-ical";
import { alice, bob, charlie, dave, rosterWith, rotationOf } from "../../test/fixtures/rosters.ts";
import { asId } from "../id/id.ts";
import { feedEvents } from "../roster/feed-events.ts";
import { finalShifts } from "../roster/on-duty.ts";
import type { Override, Roster, Rotation } from "../roster/roster.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../time/instant.ts";
import { type FeedFacts, writeFeed } from "./write-feed.ts";

const FACTS: FeedFacts = {
  feed: "f1",
  title: "L1 근무",
  of: "team",
  locale: "ko",
  zone: "Asia/Seoul",
  changedAt: Date.UTC(2026, 0, 1),
  revision: 7,
  nameOf: (person) => person,
  url: "https://bongsu.example/schedule",
};
const year = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2027, 0, 1) };

function textOf(roster: Roster, interval = year, facts: Partial<FeedFacts> & { name?: string } = {}): string {
  const { name = "L1", ...more } = facts;
  const all = { ...FACTS, ...more };
  const shifts = new Map(roster.teams.map((team) => [team.name, finalShifts(roster, team.name, interval)]));
  return writeFeed(feedEvents({ of: all.of, name }, { roster, shifts, interval }), all);
}

function eventsIn(text: string): readonly VEvent[] {
  return Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === "VEVENT");
}

const said = ({ summary }: VEvent): string => (typeof summary === "string" ? summary : summary.val);
const stretch = (event: VEvent): string => `${event.start.getTime()}–${event.end?.getTime() ?? ""}`;
const uids = (text: string): ReadonlyMap<string, string> =>
  new Map(eventsIn(text).map((event) => [event.uid, stretch(event)]));

const ZONES = ["America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Santiago", "Asia/Seoul"];
const rotations: fc.Arbitrary<Rotation> = fc.record({
  id: fc.constant(asId<"rotation">("turns")),
  name: fc.constantFrom("주간", "야간 교대, 긴 이름; 쉼표와 \\ 역사선", "turns"),
  zone: fc.constantFrom(...ZONES),
  participants: fc.array(fc.uniqueArray(fc.constantFrom(alice, bob, charlie), { minLength: 1, maxLength: 2 }), {
    minLength: 1,
    maxLength: 4,
  }),
  turns: fc
    .array(
      fc.record({ unit: fc.constantFrom("hours", "days", "weeks", "months"), count: fc.integer({ min: 1, max: 3 }) }),
      { minLength: 1, maxLength: 2 },
    )
    .map((turns) => turns.map(({ unit, count }) => ({ unit, count: unit === "hours" ? count * 8 : count }))),
  start: fc.constantFrom("2026-02-02T09:00", "2025-12-31T02:30", "2026-01-05T00:00"),
  priority: fc.constant(0),
  hours: fc.constantFrom<Rotation["hours"]>([], [{ days: [1, 2, 3, 4, 5], from: "18:00", to: "02:30" }]),
  holidays: fc.constantFrom("as-usual", "off"),
  shadow: fc.boolean(),
});

describe("a calendar feed, read back by another program", () => {
  test("holds the same stretches and the same people as the final schedule, across every change of the clocks", () => {
    const exception = fc.record({
      person: fc.constantFrom(alice, bob, charlie, dave),
      at: fc.integer({ min: year.start, max: year.end }),
      hours: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(rotations, fc.array(exception, { maxLength: 4 }), fc.nat(300), (rotation, exceptions, day) => {
        const minute = (at: Instant): Instant => Math.floor(at / 60_000) * 60_000;
        const overrides = exceptions.map(({ person, at, hours }, nth): Override => {
          const start = minute(at);
          return { id: asId(`o${nth}`), rotation: rotation.id, person, start, end: start + hours * HOUR_MS };
        });
        const roster = rosterWith([rotation], { overrides });
        const interval = { start: year.start + day * DAY_MS, end: year.start + (day + 60) * DAY_MS };
        const wanted = finalShifts(roster, "L1", interval).map(
          ({ start, end, people, shadow }) =>
            `${start}–${end} ${shadow ? "[참관] " : ""}${people.length === 0 ? "당번 없음" : people.join(", ")} · L1 (${rotation.name})`,
        );
        const text = textOf(roster, interval);
        const found = eventsIn(text).map((event) => `${stretch(event)} ${said(event).replace(/ \[[^[]*대신\]$/u, "")}`);
        assert.deepEqual(found.toSorted(), wanted.toSorted());
        for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
      }),
      { numRuns: 150 },
    );
  });

  test("a shift keeps its id when its rotation is handed over at another time, and nothing is there twice", () => {
    const daily = rotationOf({ turns: [{ unit: "days", count: 1 }] });
    const before = uids(textOf(rosterWith([daily])));
    const after = uids(textOf(rosterWith([{ ...daily, start: "2026-01-05T10:30" }])));
    assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort());
    const moved = [...before].filter(([uid, when]) => after.get(uid) !== when);
    assert.equal(moved.length, before.size);
  });

  test("an exception leaves the ids of all other shifts as they were", () => {
    const weekdays = rotationOf({ hours: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" }] });
    const before = uids(textOf(rosterWith([weekdays])));
    const start = Date.UTC(2026, 4, 6, 2);
    const override: Override = { id: asId("o1"), rotation: weekdays.id, person: dave, start, end: start + 2 * HOUR_MS };
    const after = uids(textOf(rosterWith([weekdays], { overrides: [override] })));
    const lost = [...before.keys()].filter((uid) => !after.has(uid));
    const changed = [...before].filter(([uid, when]) => after.has(uid) && after.get(uid) !== when);
    assert.deepEqual([lost.length, changed.length, after.size - before.size], [0, 1, 2]);
  });

  test("a person reads their own shifts, whom they stand for, their leave as whole days, and nobody else's", () => {
    const daily = rotationOf({ turns: [{ unit: "days", count: 1 }] });
    const start = Temporal.ZonedDateTime.from("2026-01-06T09:00[Asia/Seoul]").epochMilliseconds;
    const away = Temporal.ZonedDateTime.from("2026-01-10T00:00[Asia/Seoul]").epochMilliseconds;
    const roster = rosterWith([daily], {
      overrides: [{ id: asId("o1"), rotation: daily.id, person: alice, instead: bob, start, end: start + DAY_MS }],
      leaves: [{ id: asId("l1"), person: alice, start: away, end: away + 2 * DAY_MS, note: "secret" }],
    });
    const interval = { start: Date.UTC(2026, 0, 4), end: Date.UTC(2026, 0, 13) };
    const text = textOf(roster, interval, { of: "person", name: alice });
    assert.ok(!text.includes("secret"));
    assert.deepEqual(
      eventsIn(text).map(({ summary, start: from, datetype, transparency }) => [
        summary,
        datetype === "date" ? `${from.getFullYear()}-${from.getMonth() + 1}-${from.getDate()}` : from.toISOString(),
        transparency,
      ]),
      [
        ["L1 당번 (turns)", "2026-01-05T00:00:00.000Z", "OPAQUE"],
        ["L1 당번 (turns) [bob 대신]", "2026-01-06T00:00:00.000Z", "OPAQUE"],
        ["L1 당번 (turns)", "2026-01-08T00:00:00.000Z", "OPAQUE"],
        ["휴가", "2026-1-10", "TRANSPARENT"],
        // Back from leave at midnight, in the middle of the turn.
        ["L1 당번 (turns)", "2026-01-11T15:00:00.000Z", "OPAQUE"],
      ],
    );
  });

  test("the same facts give the same bytes, and say how often and when the schedule was changed", () => {
    const roster = rosterWith([rotationOf()]);
    assert.equal(textOf(roster), textOf(roster));
    const [event] = eventsIn(textOf(roster));
    assert.equal(Number(event?.sequence), 7);
    assert.equal(event?.dtstamp.getTime(), FACTS.changedAt);
    assert.equal(event?.lastmodified?.getTime(), FACTS.changedAt);
  });
});
