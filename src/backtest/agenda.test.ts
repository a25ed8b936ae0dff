import assert from "node:assert/strict";
import { test } from "node:test";
import { Agenda, type Happening } from "./agenda.ts";

const happening = (at: number, before = false): Happening => ({ at, before, happens: async () => {} });

test("what was added comes between what was given, in order of time", () => {
  const [one, three] = [happening(1), happening(3)];
  const agenda = new Agenda([one, three]);
  const two = happening(2);
  const four = happening(4);
  agenda.add(four);
  agenda.add(two);
  const order: Happening[] = [];
  for (let next = agenda.peek(); next !== undefined; next = agenda.peek()) {
    order.push(next);
    agenda.take();
  }
  assert.deepEqual(order, [one, two, three, four]);
  assert.equal(agenda.done, agenda.total);
});

test("at one moment what goes before the engine comes first, and the history before what people make of it", () => {
  const given = happening(1);
  const agenda = new Agenda([given]);
  const answer = happening(1, true);
  agenda.add(happening(1));
  assert.equal(agenda.peek(), given);
  agenda.add(answer);
  assert.equal(agenda.peek(), answer);
});
