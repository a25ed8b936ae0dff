import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ONE_PERSON, onePersonPolicy } from "../../../test/world/one-person.ts";
import { settle, World } from "../../../test/world/world.ts";
import type { Heartbeat } from "../../heartbeat/heartbeat.ts";
import type { HeartbeatPing } from "../../heartbeat/heartbeat-state.ts";
import { asId } from "../../id/id.ts";
import type { Incident } from "../../incident/incident.ts";
import { HOUR_MS, type Instant, MINUTE_MS, type Millis, SECOND_MS } from "../../time/instant.ts";

const START: Instant = Temporal.Instant.from("2026-03-02T01:00:00Z").epochMilliseconds;
const POLICY = onePersonPolicy();
const ROSTER = `${ONE_PERSON}heartbeats:
  backup: { every: 1h, grace: 10m, service: storage }
  report: { every: 1h, grace: 10m, grade: Minor }
  shift: { cron: "0 9,12,15 * * *", zone: Asia/Seoul, grace: 30m, grade: Critical }
  weekly: { cron: "0 12 * * 1", zone: Asia/Seoul, grace: 30m, grade: Critical }
`;
const BACKUP = asId<"heartbeat">("backup");

async function begun(perilous?: (place: string) => void): Promise<World> {
  const world = await World.create({
    policy: POLICY,
    roster: ROSTER,
    start: START,
    settings: { measures: true },
    ...(perilous === undefined ? {} : { perilous }),
  });
  await world.advance(SECOND_MS);
  return world;
}

async function ping(
  world: World,
  kind: HeartbeatPing["kind"],
  more: Partial<HeartbeatPing> = {},
  id = BACKUP,
): Promise<boolean | undefined> {
  let heard: boolean | undefined;
  world.engine.heartbeats.hear({ id }, { at: world.clock.now(), kind, ...more }).then(
    (is) => {
      heard = is;
    },
    () => {},
  );
  await settle();
  // What it nudged is done at once.
  await world.advance(0);
  return heard;
}

async function incidents(world: World): Promise<readonly Incident[]> {
  return (await world.store.incidents({})).toReversed();
}
const states = async (world: World): Promise<readonly string[]> =>
  (await incidents(world)).map(({ title, grade, state }) => `${grade} ${state}: ${title}`);

/** It comes each hour, `times` times, the first at once. */
async function comes(world: World, times: number, every: Millis = HOUR_MS): Promise<void> {
  for (let nth = 0; nth < times; nth++) {
    if (nth > 0) await world.advance(every);
    await ping(world, "success");
  }
}

describe("a heartbeat", () => {
  test("that never came calls nobody; one that comes calls nobody; one that stays away does, and is over when it comes late", async () => {
    const world = await begun();
    await world.advance(2 * HOUR_MS);
    await comes(world, 2);
    assert.deepEqual(await states(world), []);
    await world.advance(70 * MINUTE_MS - 1);
    assert.deepEqual(await states(world), []);
    await world.advance(SECOND_MS);
    assert.deepEqual(await states(world), ["Major triggered: backup: no heartbeat in time"]);
    const [incident] = await incidents(world);
    assert.equal(incident?.service, "storage");
    const [alert] = await world.store.alertsOfIncident(incident?.id ?? asId(""), 10);
    assert.match(alert?.description ?? "", /^Expected at Mon, 2 Mar 2026, 14:00 GMT\+9, grace 10 min\.\nLast success/);
    assert.match(alert?.links[0]?.href ?? "", /\/monitors\/heartbeats\/backup$/);
    assert.equal(world.sent.length, 1);
    // However long it stays away, it is not called silent.
    await world.advance(HOUR_MS);
    assert.equal((await world.store.alertsOfIncident(incident?.id ?? asId(""), 10))[0]?.status, "firing");
    await ping(world, "success");
    assert.deepEqual(await states(world), ["Major resolved: backup: no heartbeat in time"]);
    await world.advance(10 * MINUTE_MS);
    assert.equal((await states(world)).length, 1);
  });

  test("that says that it failed calls at once, in its own grade, with what it wrote last", async () => {
    const world = await begun();
    await ping(world, "fail", { exitCode: 137, excerpt: "no space left\n" }, asId("report"));
    assert.deepEqual(await states(world), [
      "Minor triggered: report: reported a failure (exit code 137: killed, maybe out of memory)",
    ]);
    const [incident] = await incidents(world);
    const [alert] = await world.store.alertsOfIncident(incident?.id ?? asId(""), 10);
    assert.match(alert?.description ?? "", /What it sent:\nno space left$/);
    assert.equal(incident?.service, "report");
    await ping(world, "success", {}, asId("report"));
    assert.equal((await incidents(world))[0]?.state, "resolved");
  });

  test("that started and does not end within its grace calls", async () => {
    const world = await begun();
    await ping(world, "start", { run: "r1" });
    await world.advance(10 * MINUTE_MS);
    assert.deepEqual(await states(world), ["Major triggered: backup: started and did not end within 10 min"]);
  });

  test("whose incident a person resolved is taken up again when it is missed again, and not before", async () => {
    const world = await begun();
    await comes(world, 1);
    await world.advance(71 * MINUTE_MS);
    const [incident] = await incidents(world);
    await world.act(incident?.number ?? 0, { do: "resolve" }, { kind: "person", person: asId("ann"), via: "web" });
    await world.advance(57 * MINUTE_MS);
    assert.deepEqual(
      (await states(world)).map((text) => text.split(":")[0]),
      ["Major resolved"],
    );
    await world.advance(3 * MINUTE_MS);
    assert.deepEqual(
      (await states(world)).map((text) => text.split(":")[0]),
      ["Major resolved", "Major triggered"],
    );
  });

  test("that is paused or removed waits for nobody, and what it said is over", async () => {
    const world = await begun();
    await ping(world, "fail");
    await ping(world, "fail", {}, asId("report"));
    const row = await world.store.heartbeatRow(BACKUP);
    assert.ok(row);
    await world.store.updateHeartbeat({
      ...row,
      state: { ...row.state, pausedAt: world.clock.now(), pausedBy: "ann" },
      dueAt: world.clock.now(),
    });
    await world.store.changeRoster([], [{ kind: "heartbeat", id: "report" }], world.clock.now());
    await world.advance(MINUTE_MS);
    assert.deepEqual(
      (await incidents(world)).map(({ state }) => state),
      ["resolved", "resolved"],
    );
    assert.equal(await world.store.heartbeatRow(asId("report")), undefined);
    assert.equal(await ping(world, "success", {}, asId("report")), false);
  });

  test("with another plan is expected from when it was made, and with another grade tells it", async () => {
    const world = await begun();
    await comes(world, 1);
    await world.advance(50 * MINUTE_MS);
    const put = async (change: Partial<Heartbeat>): Promise<void> => {
      const items = await world.store.rosterItems();
      const before = items.find(({ kind, id }) => kind === "heartbeat" && id === BACKUP)?.data as Heartbeat;
      const updatedAt = world.clock.now();
      await world.store.changeRoster(
        [{ kind: "heartbeat", id: BACKUP, data: { ...before, ...change }, updatedAt }],
        [],
        updatedAt,
      );
    };
    await put({ schedule: { kind: "every", every: 20 * MINUTE_MS } });
    await world.advance(29 * MINUTE_MS);
    assert.deepEqual(await states(world), []);
    await world.advance(2 * MINUTE_MS);
    assert.equal((await incidents(world))[0]?.grade, "Major");
    await put({ grade: "Critical" });
    await world.advance(MINUTE_MS);
    assert.deepEqual(
      (await incidents(world)).map(({ grade }) => grade),
      ["Critical"],
    );
  });
});

describe("a server that was away", () => {
  test("blames nobody for what could not arrive, and says since when it hears again", async () => {
    const world = await begun();
    await comes(world, 1);
    await world.advance(55 * MINUTE_MS);
    world.crash();
    await world.advance(30 * MINUTE_MS);
    await world.begin();
    // Due at 60, back at 85: the next that can come does so at 120.
    await world.advance(44 * MINUTE_MS);
    assert.deepEqual(await states(world), []);
    const duty = world.engine.duties.lastRuns().find(({ name }) => name === "heartbeats");
    assert.match(JSON.stringify(duty?.status), /"deafUntil":"2026-03-02T02:25:/);
    await world.advance(2 * MINUTE_MS);
    assert.deepEqual(await states(world), ["Major triggered: backup: no heartbeat in time"]);
    const [alert] = await world.store.alertsOfIncident((await incidents(world))[0]?.id ?? asId(""), 1);
    assert.match(
      alert?.description ?? "",
      /could not receive anything from .* to .*: whether what was expected then came/,
    );
  });

  test("for two hours pages nobody for what it could not have received, and says of a weekly job, quietly, that it is unknown", async () => {
    const world = await begun();
    for (const id of ["shift", "weekly"]) await ping(world, "success", {}, asId(id));
    // It is ten o'clock in Seoul; both are expected at twelve.
    await world.advance(HOUR_MS);
    world.crash();
    await world.advance(2 * HOUR_MS);
    await world.begin();
    await world.advance(29 * MINUTE_MS);
    assert.deepEqual(await states(world), []);
    await world.advance(2 * MINUTE_MS);
    assert.deepEqual(await states(world), ["Minor triggered: weekly: it is not known whether the heartbeat came"]);
    await world.advance(HOUR_MS + 58 * MINUTE_MS);
    assert.equal((await incidents(world)).length, 1);
    // Missed by a server that could hear, it is paged in its own grade.
    await world.advance(2 * MINUTE_MS);
    assert.deepEqual((await states(world)).slice(1), ["Critical triggered: shift: no heartbeat in time"]);
  });

  test("or whose clock is set forward, pages nobody for the time that never was", async () => {
    const world = await begun();
    await comes(world, 1);
    await world.advance(50 * MINUTE_MS);
    world.clock.jump(2 * HOUR_MS);
    await world.advance(15 * MINUTE_MS);
    assert.deepEqual(await states(world), []);
    // By the clock of now it is expected at four hours, and its grace ends ten minutes later.
    await world.advance(HOUR_MS + 10 * MINUTE_MS);
    assert.equal((await incidents(world)).length, 1);
  });

  test("tells what the other nodes heard of its silence", async () => {
    const world = await begun();
    await comes(world, 1);
    await world.advance(59 * MINUTE_MS);
    const spell = { start: world.clock.now(), end: world.clock.now() + 2 * MINUTE_MS };
    await world.store.putSetting("heartbeats.deaf", [spell]);
    await world.advance(15 * MINUTE_MS);
    assert.deepEqual(await states(world), []);
    assert.deepEqual(world.engine.heartbeats.deaf.all, [spell]);
  });

  test("knows after one more restart that it had been away", async () => {
    const world = await begun();
    await comes(world, 1);
    await world.advance(58 * MINUTE_MS);
    world.crash();
    await world.advance(5 * MINUTE_MS);
    await world.begin();
    await world.advance(MINUTE_MS);
    world.crash();
    await world.begin();
    await world.advance(30 * MINUTE_MS);
    assert.deepEqual(await states(world), []);
  });

  test("that was away at another time is no excuse", async () => {
    const world = await begun();
    await comes(world, 1);
    await world.advance(10 * MINUTE_MS);
    world.crash();
    await world.advance(20 * MINUTE_MS);
    await world.begin();
    await world.advance(41 * MINUTE_MS);
    assert.equal((await states(world)).length, 1);
  });
});

for (const place of ["heartbeat-heard", "heartbeat-judged", "store"]) {
  test(`killed at any ${place} between a ping and its verdict, nothing is lost`, async () => {
    // Each place once, until a run comes through without being killed.
    for (let nth = 1, survived = false; !survived; nth++) {
      let armed = false;
      let seen = 0;
      let killed = false;
      const world: World = await begun((at) => {
        if (!armed || killed || at !== place || ++seen < nth) return;
        killed = true;
        world.crash();
      });
      await ping(world, "success");
      armed = true;
      const answered = await ping(world, "fail");
      armed = place !== "store" || seen < 40;
      await world.advance(5 * SECOND_MS);
      if (!world.isAlive) await world.begin();
      armed = false;
      await world.advance(40 * SECOND_MS);
      const found = await incidents(world);
      // What was answered has called; what was not may have.
      if (answered === true) assert.equal(found.length, 1, `killed at ${place} ${nth}`);
      assert.ok(found.length <= 1);
      if (answered !== true) await ping(world, "fail");
      await world.advance(40 * SECOND_MS);
      assert.deepEqual(
        (await incidents(world)).map(({ state }) => state),
        ["triggered"],
      );
      await ping(world, "success");
      await world.advance(40 * SECOND_MS);
      assert.deepEqual(
        (await incidents(world)).map(({ state }) => state),
        ["resolved"],
      );
      assert.deepEqual(await world.violations(), []);
      survived = !killed;
      assert.ok(nth < 300);
    }
  });
}
