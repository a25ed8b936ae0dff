import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { alice, bob, charlie, dave, local, rosterWith, rotationOf } from "../../test/fixtures/rosters.ts";
import { rulesInDoc } from "../../test/fixtures/schedule-doc.ts";
import { asId } from "../id/id.ts";
import { HOUR_MS } from "../time/instant.ts";
import type { StoredItem } from "./change-plan.ts";
import { edited } from "./edit-roster.ts";
import { acceptedEdit } from "./hand-over-shift.ts";
import type { Leave, Override, PersonId, Roster } from "./roster.ts";
import { rosterOf } from "./roster-of.ts";
import { askedRequest, busyWith, candidates, expiryOf, type ShiftRequest, whyNotAnswer } from "./shift-request.ts";
import { shiftsOf } from "./shifts.ts";

/** Daily at 09:00: alice on Monday 5 January 2026, bob on Tuesday, charlie on Wednesday, alice on Thursday … */
const daily = rotationOf({ turns: [{ unit: "days", count: 1 }] });
const roster = rosterWith([daily], {});
const now = local("2026-01-05T08:00");
const day = (date: number): ShiftRequest["part"] => ({
  rotation: daily.id,
  start: local(`2026-01-${String(date).padStart(2, "0")}T09:00`),
  end: local(`2026-01-${String(date + 1).padStart(2, "0")}T09:00`),
});
const asked = (more: Partial<ShiftRequest> = {}): ShiftRequest => ({
  id: asId("r"),
  kind: more.give === undefined ? "cover" : "swap",
  state: "asked",
  from: alice,
  to: bob,
  part: day(5),
  askedAt: now,
  ...more,
});
const everybody: Roster["people"] = roster.people;
const itemsOf = (more: Partial<Roster>): readonly StoredItem[] => [
  ...[...everybody.values()].map((data) => ({ kind: "person", id: data.id, data })),
  ...roster.teams.map((data) => ({ kind: "team", id: data.name, data })),
  ...[...roster.rotations.values()].map((data) => ({ kind: "rotation", id: data.id, data })),
  ...(more.overrides ?? []).map((data) => ({ kind: "override", id: data.id, data })),
  ...(more.leaves ?? []).map((data) => ({ kind: "leave", id: data.id, data })),
];
const ids = (): (() => Override["id"]) => {
  let nth = 0;
  return () => asId(`new-${++nth}`);
};
const override = (person: PersonId, date: number, instead?: PersonId): Override => {
  const { start, end } = day(date);
  return {
    id: asId(`${person}/${date}`),
    rotation: daily.id,
    person,
    start,
    end,
    ...(instead === undefined ? {} : { instead }),
  };
};
const leave = (person: PersonId, date: number): Leave => {
  const { start, end } = day(date);
  return { id: asId(`${person}/${date}`), person, start, end };
};
const told = (items: Parameters<typeof rosterOf>[0]): readonly string[] =>
  shiftsOf(daily, rosterOf(items), { start: day(5).start, end: day(9).end }).map(
    ({ start, end, people }) =>
      `${new Date(start + 9 * HOUR_MS).getUTCDate()} ${(end - start) / HOUR_MS}h ${people.join("+")}`,
  );

describe("asking", () => {
  const ask = (more: Partial<ShiftRequest>, others: readonly ShiftRequest[] = []): string => {
    const { state: _, askedAt: __, ...wish } = asked(more);
    const found = askedRequest(wish, { roster, others, now });
    return "no" in found ? found.no : "asked";
  };
  const open = (() => {
    const { to: _, ...request } = asked();
    return request;
  })();
  const cases: readonly (readonly [string, Partial<ShiftRequest>, string])[] = [
    ["for one's own turn", {}, "asked"],
    ["for a part of it", { part: { ...day(5), end: local("2026-01-05T21:00") } }, "asked"],
    ["for a shift of a week from now", { part: day(8) }, "asked"],
    ["for a shift that is another's", { part: day(6) }, "not-your-shift"],
    ["for more than one's own shift", { part: { ...day(5), end: local("2026-01-06T10:00") } }, "not-your-shift"],
    ["oneself", { to: alice }, "asks-oneself"],
    ["somebody who is not there", { to: asId("nobody") }, "no-such-person"],
    ["for what is over", { part: day(2) }, "already-over"],
    ["for nothing", { part: { ...day(5), end: day(5).start } }, "bad-interval"],
    ["in a rotation that is not there", { part: { ...day(5), rotation: asId("other") } }, "no-such-rotation"],
    ["to swap with one's partner's own turn", { give: day(6) }, "asked"],
    ["to swap with what is not the partner's", { give: day(7) }, "not-their-shift"],
    ["to swap a time with itself", { give: day(5) }, "same-time"],
    ["to swap without saying for what", { kind: "swap" }, "swap-needs-both"],
  ];
  for (const [promise, more, answer] of cases) test(`${promise}: ${answer}`, () => assert.equal(ask(more), answer));

  test("the same person for the same shift is not asked twice, another one is", () => {
    assert.equal(ask({}, [asked()]), "already-asked");
    assert.equal(ask({ to: charlie }, [asked()]), "asked");
    assert.equal(ask({}, [open]), "already-asked");
    assert.equal(ask({}, [asked({ state: "declined" })]), "asked");
  });

  test("of a shift that has begun the rest can be asked for, until it is over", () => {
    const { state: _, askedAt: __, ...wish } = asked();
    const later = local("2026-01-05T12:00") + 30_000;
    const found = askedRequest(wish, { roster, others: [], now: later });
    assert.ok("request" in found);
    assert.equal(found.request.part.start, local("2026-01-05T12:00"));
    assert.equal(expiryOf(found.request), day(5).end);
    assert.equal(expiryOf(asked({ part: day(8), give: day(6) })), day(6).start);
  });

  test("everybody means the members of the rotation's teams and those who take turns in it", () => {
    assert.deepEqual([...candidates(roster, daily.id, alice)].sort(), ["bob", "charlie", "dave"]);
  });
});

describe("answering", () => {
  const why = (
    request: ShiftRequest,
    answer: "accept" | "decline" | "withdraw",
    by: PersonId,
    more: { at?: number; mayEdit?: boolean } = {},
  ): string =>
    whyNotAnswer(request, answer, { by, mayEdit: more.mayEdit ?? false, roster, now: more.at ?? now }) ?? "yes";
  const { to: _, ...open } = asked();

  test("only the one asked accepts or declines, only who asked withdraws, and a manager too", () => {
    assert.deepEqual(
      (["accept", "decline", "withdraw"] as const).map((answer) =>
        [alice, bob, charlie].map((by) => why(asked(), answer, by)),
      ),
      [
        ["not-asked", "yes", "not-asked"],
        ["not-asked", "yes", "not-asked"],
        ["yes", "not-yours-to-withdraw", "not-yours-to-withdraw"],
      ],
    );
    assert.equal(why(asked(), "withdraw", dave, { mayEdit: true }), "yes");
    assert.equal(why(asked(), "accept", dave, { mayEdit: true }), "not-asked");
  });

  test("what everybody was asked anybody accepts, and nobody declines for the others", () => {
    assert.deepEqual(
      [alice, bob, charlie, dave].map((by) => why(open, "accept", by)),
      ["not-asked", "yes", "yes", "yes"],
    );
    assert.equal(why(open, "decline", bob), "asked-of-all");
  });

  test("an answer is given once, and no more when the shift has begun", () => {
    for (const state of ["accepted", "declined", "withdrawn", "expired"] as const)
      assert.equal(why(asked({ state }), "accept", bob), "already-answered");
    assert.equal(why(asked(), "accept", bob, { at: day(5).start }), "already-over");
    assert.equal(why(asked(), "withdraw", alice, { at: day(5).start }), "yes");
  });

  test("who has a shift or leave in that time is busy; what they give away does not count", () => {
    assert.deepEqual(busyWith(roster, bob, day(5)), []);
    assert.equal(busyWith(roster, bob, day(6)).length, 1);
    assert.equal(busyWith(roster, bob, day(6), day(6)).length, 0);
    assert.equal(busyWith({ ...roster, leaves: [leave(bob, 5)] }, bob, day(5)).length, 1);
  });
});

type Row = readonly [
  promise: string,
  facts: Partial<Roster>,
  requests: readonly ShiftRequest[],
  outcome: readonly string[] | string,
];

/** What accepting does, after what was before (docs/schedule.md). Each request is accepted by whom it asks. */
const ACCEPTED: readonly Row[] = [
  [
    "a cover puts the other in that place",
    {},
    [asked()],
    ["5 24h bob", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "a part is covered, the rest stays",
    {},
    [asked({ part: { ...day(5), end: local("2026-01-05T21:00") } })],
    ["5 12h bob", "5 12h alice", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "a swap goes both ways",
    {},
    [asked({ give: day(6) })],
    ["5 24h bob", "6 24h alice", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "who took a shift passes it on",
    {},
    [asked(), asked({ from: bob, to: charlie })],
    ["5 24h charlie", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "a shift that comes back is one's own again, however often it went",
    {},
    [asked(), asked({ from: bob, to: alice }), asked(), asked({ from: bob, to: alice })],
    ["5 24h alice", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "the swap of a swap",
    {},
    [asked({ give: day(6) }), asked({ from: bob, to: charlie, part: day(5), give: day(7) })],
    ["5 24h charlie", "6 24h alice", "7 24h bob", "8 24h alice", "9 24h bob"],
  ],
  [
    "a swap is swapped back",
    {},
    [asked({ give: day(6) }), asked({ from: bob, to: alice, give: day(6) })],
    ["5 24h alice", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "who is on duty by an override of the rotation can be covered too",
    { overrides: [override(dave, 5)] },
    [asked({ from: dave, to: bob })],
    ["5 24h bob", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "who stands in for somebody away can be covered too",
    { leaves: [leave(alice, 5)] },
    [asked({ from: bob, to: charlie })],
    ["5 24h charlie", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "who accepted while being away was meant",
    { leaves: [leave(dave, 5)] },
    [asked({ to: dave })],
    ["5 24h dave", "6 24h bob", "7 24h charlie", "8 24h alice", "9 24h bob"],
  ],
  [
    "a shift that was overridden meanwhile is theirs no more",
    { overrides: [override(dave, 5)] },
    [asked()],
    "changed-meanwhile",
  ],
  ["nor one that another took over", { overrides: [override(dave, 5, alice)] }, [asked()], "changed-meanwhile"],
  ["nor one of somebody who went on leave", { leaves: [leave(alice, 5)] }, [asked()], "changed-meanwhile"],
  [
    "and what is to be given back has to be there",
    { overrides: [override(dave, 6)] },
    [asked({ give: day(6) })],
    "changed-meanwhile",
  ],
];

test("docs/schedule.md lists what accepting does in every one of these cases, and in no other", () => {
  assert.deepEqual(
    rulesInDoc("requests"),
    ACCEPTED.map(([promise]) => promise),
  );
});

describe("accepting", () => {
  for (const [promise, facts, requests, outcome] of ACCEPTED) {
    test(promise, () => {
      let items = itemsOf(facts);
      const newId = ids();
      let no = "";
      for (const request of requests) {
        const found = acceptedEdit(request, request.to ?? bob, { items, now, newId });
        if ("no" in found) no = found.no;
        else items = edited(items, found.edit);
      }
      assert.deepEqual(no === "" ? told(items) : no, outcome);
    });
  }

  test("of what a file declares nothing is cut: the new one stands on top", () => {
    const items = itemsOf({ overrides: [override(bob, 5, alice)] }).map((item) =>
      item.kind === "override" ? { ...item, managedBy: "roster.yaml" } : item,
    );
    const found = acceptedEdit(asked({ from: bob, to: charlie }), charlie, { items, now, newId: ids() });
    assert.ok("edit" in found);
    assert.deepEqual(found.edit.remove, []);
    assert.equal(told(edited(items, found.edit))[0], "5 24h charlie");
  });

  test("of a shift that has begun the rest goes over, and what was is nobody's to change", () => {
    const items = itemsOf({});
    const later = local("2026-01-05T15:00");
    const found = acceptedEdit(asked(), bob, { items, now: later, newId: ids() });
    assert.ok("edit" in found);
    assert.deepEqual(told(edited(items, found.edit)).slice(0, 2), ["5 6h alice", "5 18h bob"]);
  });

  test("however shifts are passed round, who holds what is what a list on paper says", () => {
    const people = [alice, bob, charlie, dave];
    const half = (nth: number): ShiftRequest["part"] => {
      const start = day(5).start + nth * 12 * HOUR_MS;
      return { rotation: daily.id, start, end: start + 12 * HOUR_MS };
    };
    const HALVES = 6;
    const move = fc.record({
      first: fc.nat(HALVES - 1),
      length: fc.integer({ min: 1, max: 3 }),
      to: fc.constantFrom(...people),
      give: fc.option(fc.nat(HALVES - 1)),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 14 }), (moves) => {
        let items = itemsOf({});
        const newId = ids();
        const paper: PersonId[] = [alice, alice, bob, bob, charlie, charlie];
        for (const { first, length, to, give } of moves) {
          const last = Math.min(HALVES - 1, first + length - 1);
          const from = paper[first] as PersonId;
          if (from === to || paper.slice(first, last + 1).some((person) => person !== from)) continue;
          const back = give !== null && (give < first || give > last) && paper[give] === to ? give : undefined;
          const part = { ...half(first), end: half(last).end };
          const request = asked({ from, to, part, ...(back === undefined ? {} : { give: half(back) }) });
          const found = acceptedEdit(request, to, { items, now, newId });
          assert.ok("edit" in found, JSON.stringify(found));
          items = edited(items, found.edit);
          for (let nth = first; nth <= last; nth++) paper[nth] = to;
          if (back !== undefined) paper[back] = from;
          const held = paper.map((_, nth) =>
            shiftsOf(daily, rosterOf(items), half(nth)).flatMap((shift) => shift.people),
          );
          assert.deepEqual(
            held,
            paper.map((person) => [person]),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
