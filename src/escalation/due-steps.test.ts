import assert from "node:assert/strict";
import { test } from "node:test";
import { facts, type Happened, happened, incidentOf, minute, opened, person } from "../../test/fixtures/core.ts";
import { dueSteps } from "./due-steps.ts";
import { plan } from "./plan.ts";

/** What is done about an incident that nobody looked at for so many minutes. */
function missed(grade: string, minutes: number, ...history: readonly Happened[]) {
  const incident = incidentOf(opened(grade), ...history);
  const { take, superseded } = dueSteps(plan(incident, facts(2 * minutes + 600, { at: minutes })), minute(minutes));
  const shown = (steps: typeof take) => steps.map(({ kind, key }) => `${kind} ${key}`);
  return { take: shown(take), superseded: shown(superseded) };
}

test("what is not due is neither taken nor passed over", () => {
  assert.deepEqual(missed("Major", 59), { take: ["first 1.first.1", "informed 1.informed.1"], superseded: [] });
});

test("a reminder is taken at its time", () => {
  const steps = plan(incidentOf(opened("Major")), facts(600)).filter(({ kind }) => kind === "reminder");
  const { take, superseded } = dueSteps(steps, minute(60));
  assert.deepEqual([take.length, superseded.length], [1, 0]);
});

test("of missed reminders only the last is sent", () => {
  const steps = plan(incidentOf(opened("Major")), facts(600)).filter(({ kind }) => kind === "reminder");
  const { take, superseded } = dueSteps(steps, minute(96));
  assert.deepEqual(
    [take, superseded].map((some) => some.map(({ key }) => key)),
    [["1.reminder.2"], ["1.reminder.1"]],
  );
});

test("a missed reminder is not sent where a later step is due as well", () => {
  assert.deepEqual(missed("Major", 120), {
    take: ["first 1.first.1", "informed 1.informed.1", "overdue 1.overdue.1"],
    superseded: ["reminder 1.reminder.1", "reminder 1.reminder.2"],
  });
});

test("each missed level is taken once, and of the repetitions at the top only the last", () => {
  assert.deepEqual(missed("Minor", 600), {
    take: [
      "first 1.first.1",
      "informed 1.informed.1",
      "overdue 1.overdue.1",
      "level 1.late.1",
      "repeat-at-top 1.late.3",
    ],
    superseded: ["reminder 1.reminder.1", "reminder 1.reminder.2", "repeat-at-top 1.late.2"],
  });
});

test("of missed words about silence only the last is said", () => {
  const held = happened(0, { type: "acknowledged" }, person("erin"));
  const { take, superseded } = missed("Major", 400, held);
  assert.equal(take.length, 1);
  assert.match(take[0] ?? "", /\.3$/u);
  assert.equal(superseded.length, 2);
});

test("a night's absence leaves a bounded number of pages to send", () => {
  const { take } = missed("Critical", 8 * 60);
  assert.deepEqual(
    take.map((step) => step.split(" ")[0]),
    ["first", "informed", "overdue", "repeat-at-top"],
  );
});
