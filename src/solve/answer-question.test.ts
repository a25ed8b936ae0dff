import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { aroundTheClock, EVERY_DAY, person, question, stretch } from "../../test/fixtures/rota.ts";
import type { RotaAnswer, RotaFound, RotaNone } from "../rota/answer.ts";
import { argumentsAgainst } from "../rota/arguments.ts";
import { brokenRules, type RotaShift } from "../rota/broken-rules.ts";
import type { RotaQuestion } from "../rota/question.ts";
import { slotsOf } from "../rota/slots.ts";
import { answerQuestion } from "./answer-question.ts";
import { highsSolver } from "./highs/highs-solver.ts";

const solver = highsSolver();
after(() => solver.close());

const ask = (asked: RotaQuestion, timeSeconds = 60): Promise<RotaAnswer> =>
  answerQuestion(asked, { solver, timeSeconds, now: () => performance.now() });

const team = (heads: number): RotaQuestion["people"] =>
  Array.from({ length: heads }, (_, nth) => person(`operator-${nth + 1}`));

test("two operators around the clock are 84 hours a week each: no rota exists within 52, and it takes four", async () => {
  const answer = await ask(question(team(2), { weekHoursMax: 52, restHoursMin: 11 }));
  assert.equal(answer.is, "none");
  const none = answer as RotaNone;
  assert.equal(none.solver, "infeasible");
  assert.deepEqual(none.arguments[0], {
    kind: "too-many-hours",
    week: "2026-12-14",
    hours: 168,
    perShift: 1,
    heads: 2,
    hoursEach: 84,
    limit: 52,
  });
  assert.deepEqual(none.smallest, { is: "found", heads: 4, fewer: "both" });
  assert.deepEqual(none.loosened, [
    { rule: "week-hours", gives: "rota" },
    { rule: "rest", gives: "none" },
  ]);
  assert.deepEqual(none.weekHoursNeeded, { hours: 84, exact: true });
});

test("the head count that is named works, and one fewer does not", async () => {
  const limits = { weekHoursMax: 52, restHoursMin: 11 };
  assert.equal((await ask(question(team(3), limits, { weeks: 2 }))).is, "none");
  const four = await ask(question(team(4), limits, { weeks: 2 }));
  assert.equal(four.is, "rota");
  assert.deepEqual(brokenRules(question(team(4), limits, { weeks: 2 }), (four as RotaFound).shifts), []);
});

test("a rota is fair: nobody has more hours or nights than shifts that cannot be cut make needful", async () => {
  const asked = question(team(4), { weekHoursMax: 52, restHoursMin: 11 }, { weeks: 2 });
  const found = (await ask(asked)) as RotaFound;
  assert.equal(found.is, "rota");
  for (const { name, spread, least } of found.spreads)
    if (name === "hours" || name === "nights") assert.equal(spread, least, name);
});

test("who is on leave has no shift in it, and is given no more for it on other days", async () => {
  const away = stretch("2026-12-07T00:00:00", "2026-12-14T00:00:00");
  const people = [person("alice", [away]), person("bob"), person("charlie"), person("dora"), person("erin")];
  const asked = question(people, { weekHoursMax: 60, restHoursMin: 11 }, { weeks: 2 });
  const found = (await ask(asked)) as RotaFound;
  assert.deepEqual(brokenRules(asked, found.shifts), []);
  const ofAlice = found.shifts.filter(({ people: on }) => on.includes(people[0]?.id ?? ("" as never))).length;
  // 28 shifts; she is there for half the time: 28 / 9, and not a fifth of them.
  assert.ok(ofAlice <= 4, `${ofAlice} shifts`);
});

test("a rota that repeats keeps its limits over the seam", async () => {
  const limits = { weekHoursMax: 52, restHoursMin: 11, nightsInRowMax: 3, daysInRowMax: 5 };
  const asked = question(team(5), limits, { weeks: 1, repeats: true });
  const found = (await ask(asked)) as RotaFound;
  assert.equal(found.is, "rota");
  const rounds = 4;
  const slots = slotsOf(asked, rounds);
  const size = slots.length / rounds;
  const again = slots.map((slot): RotaShift => ({ ...slot, people: found.shifts[slot.index % size]?.people ?? [] }));
  assert.deepEqual(brokenRules(asked, again), []);
});

test("where nobody may be alone it takes twice the people, and that is what stands in the way", async () => {
  const none = (await ask(question(team(4), { weekHoursMax: 52 }, { perShift: 2, weeks: 1 }))) as RotaNone;
  assert.equal(none.is, "none");
  assert.ok(none.loosened.some(({ rule, gives }) => rule === "per-shift" && gives === "rota"));
  assert.deepEqual(none.smallest, { is: "found", heads: 7, fewer: "both" });
});

test("what no argument shows the solver still finds out: rest between shifts of eight hours", async () => {
  const asked = question(
    team(2),
    { restHoursMin: 11, daysInRowMax: 6 },
    {
      weeks: 1,
      pattern: {
        kind: "daily",
        shifts: [
          { days: EVERY_DAY, from: "08:00", to: "20:00" },
          { days: [6], from: "20:00", to: "08:00" },
        ],
      },
    },
  );
  assert.deepEqual(argumentsAgainst(asked), []);
  assert.equal((await ask(asked)).is, "rota");
  const alone = { ...asked, people: team(1) };
  assert.equal((await ask(alone)).is, "none");
});

test("an answer that takes longer than its time is none: unknown, with the reason", async () => {
  const asked = question(
    team(9),
    { weekHoursMax: 52, restHoursMin: 11 },
    { weeks: 8, pattern: { kind: "daily", shifts: aroundTheClock(8) } },
  );
  const answer = await ask(asked, 0.001);
  assert.equal(answer.is, "unknown");
  assert.equal(answer.is === "unknown" && answer.because, "time");
});

/** Every way to fill the shifts, given up where a person's rules are broken already: a rule is never mended by more shifts. */
function exists(asked: RotaQuestion): boolean {
  const slots = slotsOf(asked);
  // Of what repeats several rounds are looked at in a row; at the ends it breaks no more than in the middle.
  const rounds = asked.repeats ? ROUNDS : 1;
  const unrolled = slotsOf(asked, rounds);
  const again = (some: readonly RotaShift[]): readonly RotaShift[] =>
    rounds === 1
      ? some
      : unrolled.flatMap((slot) => {
          const people = some[slot.index % slots.length]?.people;
          return people === undefined ? [] : [{ ...slot, people }];
        });
  // Leave is of the first round alone.
  const { people } = asked;
  const later = { ...asked, people: people.map((one) => ({ ...one, away: [] })) };
  const isKept = (some: readonly RotaShift[]): boolean =>
    brokenRules(asked, some).length === 0 && (rounds === 1 || brokenRules(later, again(some)).length === 0);
  const chosen: RotaShift[] = [];
  const choices = combinations(
    asked.people.map(({ id }) => id),
    asked.perShift,
  );
  const fill = (at: number): boolean => {
    const slot = slots[at];
    if (slot === undefined) return true;
    return choices.some((chosenPeople) => {
      chosen.push({ ...slot, people: chosenPeople });
      const fits = isKept(chosen) && fill(at + 1);
      chosen.pop();
      return fits;
    });
  };
  return fill(0);
}

const ROUNDS = 5;

function combinations<T>(all: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]];
  return all.flatMap((one, at) => combinations(all.slice(at + 1), count - 1).map((rest) => [one, ...rest]));
}

test("whatever the solver answers, trying every rota says the same", async () => {
  const shift = fc.record({
    days: fc.subarray(EVERY_DAY, { minLength: 1, maxLength: 4 }),
    from: fc.constantFrom("00:00", "06:00", "08:00", "14:00", "20:00", "22:00"),
    to: fc.constantFrom("00:00", "06:00", "08:00", "14:00", "20:00", "22:00"),
  });
  const leave = fc.record({ day: fc.integer({ min: 0, max: 6 }), days: fc.integer({ min: 1, max: 3 }) });
  const asked = fc.record({
    heads: fc.integer({ min: 1, max: 3 }),
    shifts: fc.array(shift, { minLength: 1, maxLength: 2 }),
    perShift: fc.integer({ min: 1, max: 2 }),
    weekHoursMax: fc.constantFrom(undefined, 24, 30, 40, 52),
    restHoursMin: fc.constantFrom(undefined, 8, 11, 24),
    nightsInRowMax: fc.constantFrom(undefined, 1, 2),
    daysInRowMax: fc.constantFrom(undefined, 1, 2, 3),
    leaves: fc.array(leave, { maxLength: 2 }),
    from: fc.constantFrom("2026-12-07", "2026-12-10"),
    repeats: fc.boolean(),
  });
  const met = { rota: 0, none: 0 };
  await fc.assert(
    fc.asyncProperty(asked, async ({ heads, shifts, perShift, leaves, from, repeats, ...limits }) => {
      const people = team(heads).map(({ id }, nth) => {
        const one = leaves[nth];
        const start = stretch(`${from}T00:00:00`, `${from}T00:00:01`).start + (one?.day ?? 0) * 86_400_000;
        return person(id, one === undefined ? [] : [{ start, end: start + one.days * 86_400_000 }]);
      });
      const set = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
      const small = question(people, set, { weeks: 1, from, repeats, perShift, pattern: { kind: "daily", shifts } });
      const answer = await ask(small, 20);
      assert.equal(answer.is, exists(small) ? "rota" : "none");
      if (answer.is === "rota") assert.deepEqual(brokenRules(small, answer.shifts), []);
      met[answer.is as "rota" | "none"]++;
    }),
    { numRuns: 40 },
  );
  assert.ok(met.rota > 5 && met.none > 5, JSON.stringify(met));
});
