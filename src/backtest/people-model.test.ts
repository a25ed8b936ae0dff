import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import { MINUTE_MS } from "../time/instant.ts";
import { answerDelay, answerer } from "./people-model.ts";

const [kim, lee, choi] = [asId<"person">("kim"), asId<"person">("lee"), asId<"person">("choi")];
const model = { answerAfter: 5 * MINUTE_MS, asleep: [] };

test("somebody answers as long after the first page as in the record", () => {
  assert.equal(answerDelay({ is: "answered", after: 90_000 }, model), 90_000);
});

test("where the record has no answer it takes the default, and not less than the silence that it has", () => {
  assert.equal(answerDelay(undefined, model), 5 * MINUTE_MS);
  assert.equal(answerDelay({ is: "silent", during: 2 * MINUTE_MS }, model), 5 * MINUTE_MS);
  assert.equal(answerDelay({ is: "silent", during: 30 * MINUTE_MS }, model), 30 * MINUTE_MS);
});

test("whoever answered then answers again where they were woken, else the first who was", () => {
  const then = { is: "answered", after: 0, by: lee } as const;
  assert.equal(answerer(then, [kim, lee], model), lee);
  assert.equal(answerer(then, [kim, choi], model), kim);
  assert.equal(answerer(undefined, [kim, choi], model), kim);
});

test("who is asleep answers nothing", () => {
  const asleep = { ...model, asleep: [kim, lee] };
  assert.equal(answerer({ is: "answered", after: 0, by: lee }, [kim, lee, choi], asleep), choi);
  assert.equal(answerer(undefined, [kim, lee], asleep), undefined);
});
