import assert from "node:assert/strict";
import { test } from "node:test";
import { person, question } from "../../test/fixtures/rota.ts";
import { Fault } from "../fault/fault.ts";
import type { Solved } from "../rota/linear-model.ts";
import { SimClock } from "../time/sim-clock.ts";
import { rotaDesk } from "./rota-desk.ts";

test("one question is answered at a time, and too many at once are told to come again", async () => {
  const waiting: ((solved: Solved) => void)[] = [];
  let open = 0;
  const desk = rotaDesk(new SimClock(0), () => {
    open++;
    return {
      solve: () => new Promise((resolve) => waiting.push(resolve)),
      close: async () => void open--,
    };
  });
  const asked = question([person("alice")], {}, { weeks: 1 });
  const asks = [1, 2, 3].map(() => desk.ask(asked, 10));
  await assert.rejects(desk.ask(asked, 10), (error) => error instanceof Fault && error.code === "overloaded");
  for (const ask of asks) {
    let done = false;
    const settled = ask.finally(() => {
      done = true;
    });
    while (!done) {
      assert.ok(open <= 1 && waiting.length <= 1);
      waiting.pop()?.({ is: "unknown", because: "solver", detail: "test" });
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await settled).answer.is, "unknown");
  }
  assert.equal(open, 0);
});
