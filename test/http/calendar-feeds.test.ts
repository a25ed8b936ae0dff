import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import ical, { type VEvent } from "node-ical";
import type { ShownFeed, ShownFeeds } from "../../src/http/wire/schedule.ts";
import { asId } from "../../src/id/id.ts";
import { DAY_MS, HOUR_MS, toIso } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

describe("calendar feeds", () => {
  let served: Served;
  let carol: Asker;
  let dave: Asker;
  let admin: Asker;
  let viewer: Asker;
  before(async () => {
    served = await startServed({ policy: "```yaml\n" + POLICY_TEXT + "```\n", roster: ROSTER_TEXT, start: T0 });
    carol = await served.as("respond", "carol");
    dave = await served.as("respond", "dave");
    admin = await served.as("admin");
    viewer = await served.as("read");
  });
  after(() => served?.stop());

  const make = (who: Asker, of: string, name: string): ReturnType<typeof who<ShownFeed>> =>
    who<ShownFeed>("POST", "/api/v1/calendar/feeds", { of, name });
  const read = async (url: string | undefined, headers: Record<string, string> = {}) => {
    const {
      statusCode,
      body,
      headers: got,
    } = await served.server.inject({ url: new URL(url ?? "").pathname, headers });
    return { status: statusCode, body, headers: got };
  };
  const events = (text: string): readonly VEvent[] =>
    Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === "VEVENT");

  test("a person's own is made by them, read without signing in, and follows what changes", async () => {
    const made = await make(carol, "person", "carol");
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.match(made.body.url ?? "", /\/calendar\/bgc_[0-9a-z]{26}\.ics$/);
    const first = await read(made.body.url);
    assert.equal(first.status, 200);
    assert.equal(first.headers["content-type"], "text/calendar; charset=utf-8");
    const mine = events(first.body);
    assert.ok(mine.length >= 180, String(mine.length));
    assert.ok(mine.every(({ summary }) => summary === "On call for L1 (halves)"));

    const tag = String(first.headers.etag);
    assert.deepEqual([(await read(made.body.url, { "if-none-match": `W/"x", ${tag}` })).status], [304]);
    const override = {
      rotation: "halves",
      person: "carol",
      instead: "dave",
      start: toIso(T0 + 11 * HOUR_MS),
      end: toIso(T0 + 13 * HOUR_MS),
    };
    assert.equal((await admin("POST", "/api/v1/schedule/overrides", override)).status, 201);
    const second = await read(made.body.url, { "if-none-match": tag });
    assert.equal(second.status, 200);
    const added = events(second.body).find(({ start }) => start.getTime() === T0 + 11 * HOUR_MS);
    assert.equal(added?.summary, "On call for L1 (halves) [for Dave]");
    assert.ok(Number(added?.sequence) > Number(mine[0]?.sequence));
  });

  test("of a team and of a rotation everybody's shifts are in it", async () => {
    for (const [of, name] of [
      ["team", "l1"],
      ["rotation", "halves"],
    ] as const) {
      const { body } = await make(carol, of, name);
      const found = events((await read(body.url)).body);
      assert.ok(found.length >= 360, `${of} ${found.length}`);
      assert.ok(found.some(({ summary }) => summary === "Carol · L1 (halves)"));
      assert.ok(found.some(({ summary }) => summary === "Dave · L1 (halves)"));
    }
  });

  test("somebody else's is for those who may edit the roster, and nobody lists or ends another's", async () => {
    assert.equal((await make(carol, "person", "dave")).code, "not-allowed");
    assert.equal((await make(viewer, "team", "L1")).code, "not-allowed");
    assert.equal((await make(carol, "person", "nobody")).code, "not-found");
    assert.equal((await make(carol, "moon", "L1")).code, "bad-request");
    const { body } = await make(admin, "person", "dave");
    const listed = async (who: Asker): Promise<readonly ShownFeed[]> =>
      (await who<ShownFeeds>("GET", "/api/v1/calendar/feeds")).body.feeds;
    assert.ok(!(await listed(carol)).some(({ id }) => id === body.id));
    // Whose shifts they are sees who reads along, and ends it.
    assert.deepEqual(
      (await listed(dave)).map(({ id, by, url }) => [id, by, url]),
      [[body.id, "admin", undefined]],
    );
    assert.ok((await listed(admin)).length >= 4);
    assert.equal((await carol("DELETE", `/api/v1/calendar/feeds/${body.id}`)).code, "not-found");
    assert.equal((await dave("DELETE", `/api/v1/calendar/feeds/${body.id}`)).status, 200);
    assert.equal((await read(body.url)).status, 404);
  });

  test("the address is nowhere in the store, and one that is invented or dead is not found", async () => {
    const { body } = await make(dave, "person", "dave");
    const secret = /bgc_\w+/.exec(body.url ?? "")?.[0] ?? "";
    const kept = JSON.stringify([await served.world.store.calendarFeeds(), await served.world.store.audit(500)]);
    assert.ok(kept.includes(body.id) && !kept.includes(secret));
    assert.equal((await read(`http://x/calendar/bgc_${"0".repeat(26)}.ics`)).status, 404);
    assert.equal((await read(`http://x/calendar/${secret.slice(4)}.ics`)).status, 404);
    assert.equal((await read(body.url)).status, 200);
    const [feed] = (await served.world.store.calendarFeeds()).filter(({ id }) => id === body.id);
    assert.equal(feed?.lastReadAt, served.world.clock.now());
    // Whoever made it may not come in any more.
    const token = (await served.world.store.tokens()).find(({ name }) => name === "dave");
    assert.ok(token !== undefined);
    await served.world.store.putToken({ ...token, revokedAt: served.world.clock.now() });
    assert.equal((await read(body.url)).status, 404);
    await served.world.store.putToken(token);
    assert.equal((await read(body.url)).status, 200);
  });

  test("what it is of goes, and it is gone; a day later the window has moved on", async () => {
    const { body } = await make(admin, "team", "L3");
    assert.equal((await read(body.url)).status, 200);
    const rotation = await make(admin, "rotation", "halves");
    const before = events((await read(rotation.body.url)).body);
    await served.world.advance(DAY_MS);
    const later = events((await read(rotation.body.url)).body);
    assert.equal((later.at(-1)?.start.getTime() ?? 0) - (before.at(-1)?.start.getTime() ?? 0), DAY_MS);
    await served.world.store.changeRoster([], [{ kind: "team", id: asId("L3") }], served.world.clock.now());
    assert.equal((await read(body.url)).status, 404);
  });
});
