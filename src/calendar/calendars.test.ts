import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { after, before, describe, test } from "node:test";
import { type HttpPeer, startHttpPeer } from "../../test/peers/http-peer.ts";
import { readNetwork } from "../net/networks.ts";
import { CALENDAR_BYTES_MAX, calendarsOver } from "./calendars.ts";

const interval = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2027, 0, 1) };
const facts = { interval, zone: "Asia/Seoul" };
const TEXT =
  "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:휴가\r\nDTSTART;VALUE=DATE:20260305\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

describe("a calendar of others", () => {
  let peer: HttpPeer;
  let answer: (response: ServerResponse) => void;
  const loopback = readNetwork("127.0.0.0/8");
  const calendars = calendarsOver(loopback === undefined ? [] : [loopback]);
  before(async () => {
    peer = await startHttpPeer((_request, response) => answer(response));
  });
  after(() => peer?.stop());
  const answering = (status: number, headers: Record<string, string> = {}, body: string | Buffer = ""): void => {
    answer = (response) => void response.writeHead(status, headers).end(body);
  };

  test("is fetched with its tag, and not again while that holds", async () => {
    answering(200, { etag: '"v1"' }, TEXT);
    assert.deepEqual(await calendars.fetch(`${peer.url}/me.ics`, undefined), {
      is: "fetched",
      text: TEXT,
      etag: '"v1"',
    });
    answering(304);
    assert.deepEqual(await calendars.fetch(`${peer.url}/me.ics`, '"v1"'), { is: "unchanged" });
    assert.equal(peer.received.at(-1)?.headers["if-none-match"], '"v1"');
    assert.equal(peer.received.at(-1)?.headers["content-length"], undefined);
  });

  test("is not fetched from where it is not meant to be, nor through a redirect, nor without end", async () => {
    answering(200, {}, TEXT);
    const nobody = calendarsOver([]);
    const requests = peer.received.length;
    const because = async (url: string, from = nobody): Promise<string> => {
      const fetched = await from.fetch(url, undefined);
      return fetched.is === "failed" ? fetched.because : fetched.is;
    };
    for (const url of [
      peer.url,
      "http://[::ffff:127.0.0.1]/",
      "http://2130706433/",
      "http://169.254.169.254/latest/meta-data",
      "http://user:pass@example.com/",
      "file:///etc/passwd",
      "not an address",
    ])
      assert.equal(await because(url), "refused-address", url);
    assert.equal(peer.received.length, requests);
    answering(302, { location: `${peer.url}/elsewhere` });
    assert.equal(await because(peer.url, calendars), "redirected");
    answering(403, {}, "secret words of that server");
    assert.equal(await because(peer.url, calendars), "refused");
    answering(200, {}, Buffer.alloc(CALENDAR_BYTES_MAX + 1, 0x20));
    assert.equal(await because(peer.url, calendars), "too-large");
  });

  test("is read in a thread of its own, which ends where a series never does", async () => {
    const read = await calendars.read(TEXT, facts);
    assert.deepEqual(read.is === "read" ? read.entries.map(({ title, days }) => [title, days]) : read, [
      ["휴가", ["2026-03-05"]],
    ]);
    assert.deepEqual(await calendars.read("<html>", facts), { is: "failed", because: "not-a-calendar" });
    const never = TEXT.replace("DTSTART;VALUE=DATE:20260305", "DTSTART:19700101T000000Z\r\nRRULE:FREQ=SECONDLY");
    const failed = await calendars.read(never, facts);
    assert.equal(failed.is, "failed");
    // Paging went on meanwhile, and the next one is read.
    assert.equal((await calendars.read(TEXT, facts)).is, "read");
  });
});
