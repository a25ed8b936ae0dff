import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../../src/id/id.ts";
import { searchWords } from "../../src/incident/grams.ts";
import { SECOND_MS } from "../../src/time/instant.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "../world/world.ts";

const START = Date.UTC(2026, 2, 2);
const KIM = { kind: "person", person: asId<"person">("kim"), via: "test" } as const;

async function world(perilous?: (place: string) => void): Promise<World> {
  return World.create({
    policy: POLICY,
    roster: ROSTER,
    start: START,
    settings: { pollMs: SECOND_MS, canaryEveryMs: 60 * SECOND_MS },
    ...(perilous === undefined ? {} : { perilous }),
  });
}

const numbers = async (of: World, question: string): Promise<readonly number[]> =>
  (await of.store.incidents({ words: searchWords(question) })).map(({ number }) => number);

test("within seconds an incident is found by its title, its alerts, its notes and who acknowledged it", async () => {
  const lived = await world();
  await lived.receive("signals", { key: "a", title: "결제서버 느림", service: "결제", severity: "critical" });
  await lived.receive("signals", { key: "b", title: "큐가 밀림", service: "결제", severity: "critical" });
  await lived.act(1, { do: "acknowledge" }, KIM);
  await lived.act(1, { do: "note", text: "디스크를\n비웠습니다" }, KIM);
  await lived.advance(2 * SECOND_MS);
  for (const question of ["결제", "서버", "밀림", "디스크", "비웠", "팀장", "inc-1", "큐가 결제"])
    assert.deepEqual(await numbers(lived, question), [1], question);
  assert.deepEqual(await numbers(lived, "다른말"), []);
  await lived.store.close();
});

test("Bongsu's own sign of life is never found", async () => {
  const lived = await world();
  await lived.advance(180 * SECOND_MS);
  assert.deepEqual(await numbers(lived, "canary"), []);
  assert.deepEqual(await numbers(lived, "bongsu"), []);
  await lived.store.close();
});

test("killed at any place, it goes on where it stopped, and holds what it would have held", async () => {
  for (let at = 0; at < 60; at += 7) {
    let calls = 0;
    let armed = false;
    const lived: World = await world(() => {
      if (armed && calls++ === at) lived.crash();
    });
    armed = true;
    await lived.receive("signals", { key: "a", title: "결제서버 느림", service: "결제", severity: "critical" });
    await lived.advance(2 * SECOND_MS);
    armed = false;
    if (!lived.isAlive) await lived.begin();
    await lived.receive("signals", { key: "a", title: "결제서버 느림", service: "결제", severity: "critical" });
    await lived.act(1, { do: "note", text: "살아났습니다" }, KIM);
    await lived.advance(20 * SECOND_MS);
    assert.deepEqual(await numbers(lived, "결제서버 살아났"), [1], `killed at ${at}`);
    const [found] = await lived.store.incidents({});
    assert.equal(await lived.store.incidentText(found?.id ?? asId("")), "inc-1\n결제서버 느림\n결제\n살아났습니다");
    await lived.store.close();
  }
});

test("what a store held before it was indexed is found once it has been read", async () => {
  const lived = await world();
  for (let nth = 0; nth < 40; nth++) {
    await lived.receive("signals", {
      key: `k${nth}`,
      title: `경보 ${nth}`,
      service: `서비스-${nth}`,
      severity: "minor",
    });
    // Not so many in a minute that they are one storm.
    if (nth % 8 === 7) await lived.advance(90 * SECOND_MS);
  }
  await lived.advance(2 * SECOND_MS);
  await lived.store.putSetting("index.position", 0);
  for (const { id, number } of await lived.store.incidents({ limit: 500 }))
    await lived.store.putIncidentText({ incident: id, number, body: "" });
  assert.deepEqual(await numbers(lived, "서비스-7"), []);
  lived.crash();
  await lived.begin();
  await lived.advance(2 * SECOND_MS);
  assert.equal((await numbers(lived, "서비스-7")).length, 1);
  assert.equal((await numbers(lived, "서비스")).length, 40);
  await lived.store.close();
});
