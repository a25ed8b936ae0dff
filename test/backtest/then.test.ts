import assert from "node:assert/strict";
import { test } from "node:test";
import { type Backtest, backtest, type RosterOfThen } from "../../src/backtest/backtest.ts";
import { asId } from "../../src/id/id.ts";
import type { PastFact, PresentFact } from "../../src/roster/eras.ts";
import { readRoster } from "../../src/roster/read-roster.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/instant.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";

const MONDAY = Date.parse("2026-03-02T10:00:00+09:00");
const DAY = 24 * HOUR_MS;
/** A Minor on Monday and one on Wednesday, both at ten: whoever is on duty in L1 is woken. */
const HISTORY = [0, 2].map((days) => {
  const at = new Date(MONDAY + days * DAY).toISOString();
  return JSON.stringify({ at, title: "오류", service: "화면", grade: "Minor", key: `d${days}` });
});

/** The roster with `choi` alone on duty, then with `jung` alone. */
const [before, after] = ["choi", "jung"].map(
  (who) =>
    readRoster({ file: "roster.yaml", text: ROSTER.replace("참여자: [choi, jung]", `참여자: [${who}]`) }).items ?? [],
);

const run = (roster: RosterOfThen, asleep: readonly string[] = []): Promise<Backtest> =>
  backtest(
    {
      history: { is: "text", text: HISTORY.join("\n"), endAfter: HOUR_MS },
      a: { policy: { id: asId("policy"), file: "policy.md", text: POLICY }, roster },
      model: { answerAfter: 5 * MINUTE_MS, asleep },
      drivers: new Map([["email", "people"]]),
      zone: "Asia/Seoul",
    },
    () => {},
  );
const woken = ({ a }: Backtest): readonly (string | undefined)[] => a.outcomes.map(({ first }) => first?.person);

test("with the roster of then each incident wakes who was on duty then, with that of now who would be", async () => {
  const changedAt = MONDAY + DAY;
  const isRotation = ({ kind }: { readonly kind: string }): boolean => kind === "rotation";
  const present: PresentFact[] = (after ?? []).map((fact) => ({
    ...fact,
    updatedAt: isRotation(fact) ? changedAt : 0,
  }));
  const past: PastFact[] = (before ?? []).filter(isRotation).map((fact) => ({ ...fact, from: 0, until: changedAt }));
  const now = MONDAY + 30 * DAY;
  assert.deepEqual(woken(await run({ is: "as-it-was", present, past, now })), ["choi", "jung"]);
  assert.deepEqual(woken(await run({ is: "fixed", facts: after ?? [] })), ["jung", "jung"]);
});

test("a roster as a file is read, or refused with the line", async () => {
  assert.deepEqual(woken(await run({ is: "file", file: "roster.yaml", text: ROSTER })), ["choi", "choi"]);
  await assert.rejects(run({ is: "file", file: "roster.yaml", text: "사람: 3" }), /roster-refused/);
});

test("who sleeps is named by id or by name; who is in no roster is refused", async () => {
  const roster = { is: "fixed", facts: before ?? [] } as const;
  for (const name of ["choi", "최운영"]) {
    const { model, a } = await run(roster, [name]);
    assert.deepEqual(model.asleep, ["choi"]);
    assert.deepEqual([a.figures.reachedNobody, a.figures.acknowledged], [2, undefined]);
  }
  await assert.rejects(run(roster, ["아무개"]), /not-found/);
});
