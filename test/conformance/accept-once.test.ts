import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readConfig } from "../../src/cli/config.ts";
import { ROOT } from "../../src/cli/package.ts";
import { engineOver } from "../../src/cli/program.ts";
import { policyIdOf } from "../../src/cli/read-files.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { answerShiftRequest, askForShift } from "../../src/engine/shift-requests.ts";
import { Fault } from "../../src/fault/fault.ts";
import { asId } from "../../src/id/id.ts";
import { readRoster } from "../../src/roster/read-roster.ts";
import type { ShiftRequest } from "../../src/roster/shift-request.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { HOUR_MS } from "../../src/time/instant.ts";
import { SimClock } from "../../src/time/sim-clock.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Mariadb, startMariadb, withoutMariadb } from "../peers/mariadb.ts";

const ROUNDS = 4;
const PEOPLE = ["dave", "erin", "frank"] as const;

/** Whoever accepts first has the shift, whichever node they ask: the answer and the override are one. */
function acceptedOnce(name: string, open: () => Promise<readonly Store[]>, skip?: string): void {
  describe(`a shift that everybody is asked for, on ${name}`, { skip: skip ?? false }, () => {
    let stores: readonly Store[];
    let engines: readonly Engine[];
    before(async () => {
      stores = await open();
      const [store] = stores;
      const text = `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`;
      const roster = ROSTER_TEXT.replace("operator: [carol, dave]", "operator: [carol, dave, erin, frank]");
      await store?.putPolicy({ id: policyIdOf(text), file: "policy.md", text, activatedAt: T0, by: "test" });
      const { items = [] } = readRoster({ file: "roster.yaml", text: roster });
      await store?.changeRoster(
        items.map((item) => ({ ...item, updatedAt: T0 })),
        [],
        T0,
      );
      const clock = new SimClock(T0);
      engines = stores.map((one, nth) =>
        engineOver(one, readConfig({}, {}, ROOT), { node: `node-${nth}`, log: () => {}, clock }),
      );
    });
    after(async () => {
      for (const store of stores ?? []) await store.close();
    });

    test("goes to one of those who accept at once, with one override, and the others are told", async () => {
      const [engine] = engines;
      assert.ok(engine !== undefined);
      const who = { by: "test", locale: "en", confirmed: true } as const;
      for (let round = 1; round <= ROUNDS; round++) {
        const start = T0 + (24 * round - 1) * HOUR_MS;
        const part = { rotation: asId<"rotation">("halves"), start, end: start + 12 * HOUR_MS };
        const { request } = await askForShift(engine, { kind: "cover", from: asId("carol"), part }, who);
        const answers = await Promise.allSettled(
          PEOPLE.map((person, nth) =>
            answerShiftRequest(engines[nth % engines.length] as Engine, request.id, "accept", {
              ...who,
              person: asId(person),
              mayEdit: false,
            }),
          ),
        );
        const outcomes = answers.map((answer): unknown => {
          if (answer.status === "fulfilled") return "accepted";
          const error: unknown = answer.reason;
          return error instanceof Fault ? error.facts.because : error;
        });
        assert.deepEqual(outcomes.map(String).toSorted(), ["accepted", "already-answered", "already-answered"]);
        const items = await stores[0]?.rosterItems();
        const overrides = (items ?? []).filter(({ kind }) => kind === "override");
        assert.equal(overrides.length, round);
        const answered: ShiftRequest | undefined = await engine.ports.store.shiftRequest(request.id);
        assert.equal(answered?.answeredBy, PEOPLE[outcomes.indexOf("accepted")]);
      }
    });
  });
}

acceptedOnce("SQLite", async () => [await openStore(":memory:")]);

let server: Mariadb | undefined;
before(async () => {
  if (withoutMariadb === undefined) server = await startMariadb();
});
after(() => server?.stop());

acceptedOnce(
  "MariaDB, three nodes",
  async () => {
    if (server === undefined) throw new Error("there is no MariaDB");
    const database = await server.database();
    return [await openStore(database), await openStore(database), await openStore(database)];
  },
  withoutMariadb,
);
