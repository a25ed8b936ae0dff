import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { LiveChange } from "../../src/http/wire/live.ts";
import { type EventStream, openStream, type StreamEvent } from "../peers/event-stream.ts";
import { type House, startHouse } from "../peers/house.ts";

const changeOf = ({ data }: StreamEvent): LiveChange => data as LiveChange;
const tellsOf =
  (number: number) =>
  (event: StreamEvent): boolean =>
    event.event === "change" && changeOf(event).incidents.includes(number);

describe("the live stream", () => {
  let house: House;
  let token: string;
  const streams: EventStream[] = [];
  const listen = async (headers: Record<string, string> = {}): Promise<EventStream> => {
    const stream = await openStream(`${house.bongsu.url}/api/v1/live`, {
      authorization: `Bearer ${token}`,
      ...headers,
    });
    streams.push(stream);
    return stream;
  };
  const open = async (title: string): Promise<number> => {
    const answer = await house.call("/api/v1/incidents", { token, method: "POST", body: { title } });
    return answer.json<{ number: number }>().number;
  };
  before(async () => {
    house = await startHouse();
    token = await house.bongsu.token("respond");
  });
  after(async () => {
    for (const stream of streams) stream.close();
    await house?.stop();
  });

  test("it greets, and tells every listener of each incident that changes", async () => {
    const [one, other] = [await listen(), await listen()];
    for (const stream of [one, other]) {
      const hello = await stream.next("the greeting", ({ event }) => event === "hello");
      assert.equal(changeOf(hello).resumed, false);
    }
    const number = await open("the first");
    for (const stream of [one, other]) await stream.next("the change", tellsOf(number));
  });

  test("it tells by topic what changed of the settings", async () => {
    const stream = await listen();
    await stream.next("the greeting", ({ event }) => event === "hello");
    const at = Date.now();
    const silence = {
      matchers: [{ name: "a", value: "b", isRegex: false, isEqual: true }],
      startsAt: new Date(at).toISOString(),
      endsAt: new Date(at + 60_000).toISOString(),
      createdBy: "test",
      comment: "test",
    };
    await house.call("/api/v2/silences", { token, method: "POST", body: silence });
    await stream.next("the topic", (event) => changeOf(event).topics.includes("silence"));
  });

  test("who comes back with the last id is told what they missed, and only that", async () => {
    const first = await listen();
    const known = await open("before");
    const heard = await first.next("the change", tellsOf(known));
    first.close();
    const missed = await open("while away");
    assert.ok(heard.id);
    const again = await listen({ "last-event-id": heard.id });
    const hello = await again.next("the greeting", ({ event }) => event === "hello");
    assert.equal(changeOf(hello).resumed, true);
    const change = await again.next("what was missed", tellsOf(missed));
    assert.equal(changeOf(change).incidents.includes(missed), true);
  });

  test("an id from another life means that everything is read anew", async () => {
    const stream = await listen({ "last-event-id": "999999999.0" });
    const hello = await stream.next("the greeting", ({ event }) => event === "hello");
    assert.equal(changeOf(hello).resumed, false);
  });

  test("nobody listens without a token that may read", async () => {
    assert.equal((await house.call("/api/v1/live")).status, 401);
    assert.equal((await house.call("/api/v1/live", { token: await house.bongsu.token("ingest") })).status, 403);
  });

  test("the canary's own incidents are nobody's business", async () => {
    const stream = await listen();
    await stream.next("the greeting", ({ event }) => event === "hello");
    const number = await open("after it");
    await stream.next("the change", tellsOf(number));
    const told = stream.events.flatMap((event) => changeOf(event).incidents);
    const { incidents } = (await house.call("/api/v1/incidents", { token })).json<{
      incidents: { number: number }[];
    }>();
    const known = new Set(incidents.map((incident) => incident.number));
    assert.deepEqual(
      told.filter((one) => !known.has(one)),
      [],
    );
  });
});
