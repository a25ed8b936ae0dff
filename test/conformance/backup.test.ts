import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { Fault } from "../../src/fault/fault.ts";
import { asId } from "../../src/id/id.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/instant.ts";
import { type Mariadb, startMariadb, withoutMariadb } from "../peers/mariadb.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "../world/world.ts";

const START = Date.UTC(2026, 2, 2);
const LATER = START + 24 * 60 * MINUTE_MS;

describe("backup and restore", () => {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-backup-"));
  const file = join(folder, "lived.bongsu");
  let server: Mariadb | undefined;
  before(async () => {
    if (withoutMariadb === undefined) server = await startMariadb();
    const world = await livedIn();
    await world.store.backup(file);
    await world.store.close();
  });
  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("what was restored is what was there: timelines, alerts, people, policy", async () => {
    const store = await openStore(":memory:");
    const { rows } = await store.restore(file, LATER);
    assert.ok(rows > 50);
    const again = join(folder, "again.bongsu");
    await store.backup(again);
    assert.deepEqual(linesOf(again).filter(isHistory), linesOf(file).filter(isHistory));
    const [block] = await store.blocks("minute", [asId("0b".repeat(8))], { from: START - HOUR_MS, to: START });
    assert.deepEqual([...(block?.data ?? [])], [1, 1, 0, 255], "bytes are bytes again");
    assert.equal(linesOf(file).filter((line) => line.startsWith('["metric_minute"')).length, 2_700);
    await store.close();
  });

  test("a backup of one store restores into the other and back", { skip: withoutMariadb ?? false }, async () => {
    assert.ok(server);
    const elsewhere = await openStore(await server.database());
    await elsewhere.restore(file, LATER);
    const fromMariadb = join(folder, "mariadb.bongsu");
    await elsewhere.backup(fromMariadb);
    await elsewhere.close();
    const home = await openStore(":memory:");
    await home.restore(fromMariadb, LATER);
    const back = join(folder, "back.bongsu");
    await home.backup(back);
    await home.close();
    assert.deepEqual(linesOf(back).filter(isHistory), linesOf(file).filter(isHistory));
  });

  test("open incidents rest ten minutes, and what was under way then is not sent", async () => {
    const store = await openStore(":memory:");
    const { waiting } = await store.restore(file, LATER);
    assert.equal(waiting, 1);
    assert.deepEqual(await store.dueIncidents(LATER + 10 * MINUTE_MS - 1, 10), []);
    assert.equal((await store.dueIncidents(LATER + 10 * MINUTE_MS, 10)).length, 1);
    assert.deepEqual(await store.dueDeliveries(LATER * 2, 10), []);
    await store.close();
  });

  test("a store in use, a changed file, a cut file and a file of something else are refused, and nothing is written", async () => {
    const lines = linesOf(file);
    const broken = {
      "changed.bongsu": gzipSync(`${lines.join("\n").replace("결제", "결재")}\n`),
      "cut.bongsu": readFileSync(file).subarray(0, 900),
      "short.bongsu": gzipSync(`${lines.slice(0, -1).join("\n")}\n`),
      "other.bongsu": Buffer.from("id,name\n1,x\n"),
    };
    for (const [name, bytes] of Object.entries(broken)) {
      writeFileSync(join(folder, name), bytes);
      const store = await openStore(":memory:");
      await assert.rejects(
        store.restore(join(folder, name), LATER),
        (error) => codeOf(error) === "restore-refused",
        name,
      );
      assert.deepEqual(await store.incidents({ limit: 10 }), [], name);
      await store.close();
    }
    const used = await openStore(":memory:");
    await used.restore(file, LATER);
    await assert.rejects(used.restore(file, LATER), (error) => codeOf(error) === "restore-refused");
    await used.close();
  });
});

/** A store in which something has happened: one incident that is open and one that is over. */
async function livedIn(): Promise<World> {
  const world = await World.create({ policy: POLICY, roster: ROSTER, start: START });
  const by = { kind: "person", person: asId<"person">("kim"), via: "test" } as const;
  await world.receive("signals", { key: "a", title: "느림 🐢 'quoted'", service: "결제", severity: "critical" });
  await world.advance(MINUTE_MS);
  await world.act(1, { do: "acknowledge" }, by);
  await world.act(1, { do: "note", text: '여러 줄\n"따옴표" \\ 와 널' }, by);
  await world.act(1, { do: "resolve" }, by);
  await world.advance(20 * MINUTE_MS);
  await world.receive("signals", { key: "b", title: "끊김", service: "주문", severity: "critical" });
  await world.advance(7 * MINUTE_MS);
  await measured(world.store);
  return world;
}

/** More of what was measured than one page of a backup holds, to the byte. */
async function measured(store: Store): Promise<void> {
  const series = ["0a", "0b", "0c"].map((id) => asId<"series">(id.repeat(8)));
  await store.insertSeries(series.map((id) => ({ id, metric: "m", labels: { host: id }, lastAt: START })));
  await store.putBlocks(
    "minute",
    series.flatMap((id, n) =>
      Array.from({ length: 900 }, (_, hour) => ({
        series: id,
        at: START - hour * HOUR_MS,
        data: Uint8Array.of(n, hour % 256, 0, 255),
      })),
    ),
  );
}

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
}

/** Everything but what a restore changes on purpose: due times, pages under way, and the digest over them. */
function isHistory(line: string): boolean {
  return !/^\["(incident|delivery)",/.test(line) && !line.startsWith('{"end"');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Fault ? error.code : undefined;
}
