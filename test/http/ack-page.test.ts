import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Answer, type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

/** What a bad line can still carry at 3 a.m.: the first round trip of TCP, ten segments. */
const PAGE_BYTES_MAX = 14_000;

describe("the page behind the link of a mail", () => {
  let house: House;
  let ingest: string;
  let respond: string;
  before(async () => {
    house = await startHouse();
    ingest = await house.bongsu.token("ingest");
    respond = await house.bongsu.token("respond");
  });
  after(() => house?.stop());

  /** A new incident of a service of its own; `title` in the words of the source. */
  async function fire(service: string, title = "응답 없음", severity = "critical"): Promise<void> {
    const body = { key: service, title, service, severity };
    const { status } = await house.call("/api/v1/signals", { token: ingest, method: "POST", body });
    assert.equal(status, 202);
  }
  const stateOf = async (service: string): Promise<string> => (await house.incident(service)).state;
  const act = async (service: string, action: string): Promise<Answer> => {
    const { number } = await house.incident(service);
    return house.call(`/api/v1/incidents/${number}/${action}`, { token: respond, method: "POST", body: {} });
  };
  const post = (link: string): Promise<Answer> => house.call(link, { method: "POST" });

  test("asks in the person's language, with one button and no script, within the first packets", async () => {
    await fire("언어");
    const english = await house.call(await house.link("언어", "l2@example.com"));
    const korean = await house.call(await house.link("언어", "boss@example.com"), {
      headers: { "accept-language": "en" },
    });
    assert.match(english.text, /<html lang="en">[\s\S]*I am on it/);
    assert.match(korean.text, /<html lang="ko">[\s\S]*확인했습니다/);
    for (const page of [english, korean]) {
      assert.equal(page.status, 200);
      assert.match(page.headers.get("content-type") ?? "", /^text\/html; charset=utf-8$/);
      assert.equal(page.headers.get("cache-control"), "no-store");
      assert.match(page.text, /Critical · INC-\d+ · 언어: 응답 없음/);
      assert.equal(page.text.match(/<button/g)?.length, 1);
      assert.doesNotMatch(page.text, /<script|javascript:|\son\w+=|<link|<img|@import|url\(/i);
      assert.ok(Buffer.byteLength(page.text) < PAGE_BYTES_MAX);
    }
  });

  test("getting it changes nothing, however often and however it is asked for", async () => {
    await fire("스캐너");
    const link = await house.link("스캐너", "l2@example.com");
    const asked = [
      { method: "GET" },
      { method: "HEAD" },
      { method: "GET", headers: { purpose: "prefetch", "sec-purpose": "prefetch;prerender" } },
      { method: "GET", headers: { "x-moz": "prefetch" } },
      { method: "GET", headers: { "user-agent": "Mozilla/5.0 (compatible; SafeLinks)" } },
      { method: "OPTIONS" },
      { method: "PUT", body: "" },
      { method: "DELETE" },
      { method: "PATCH", body: "" },
    ];
    for (const request of asked) {
      const { status } = await house.call(link, request);
      assert.ok(status === 200 || status === 404 || status === 405, `${request.method}: ${status}`);
    }
    for (let n = 0; n < 100; n++) assert.equal((await house.call(`${link}?n=${n}`)).status, 200);
    assert.equal(await stateOf("스캐너"), "triggered");
    // Only what paging itself records: nothing that anybody did.
    const ours = ["opened", "alerts-joined", "step-taken", "delivery-accepted"];
    assert.deepEqual(
      (await timeline("스캐너")).filter((type) => !ours.includes(type)),
      [],
    );
    assert.match((await post(link)).text, /Acknowledged and recorded/);
  });

  test("posting it acknowledges, in the name of the person whose mail it was", async () => {
    await fire("누름");
    const page = await post(await house.link("누름", "boss@example.com"));
    assert.equal(page.status, 200);
    assert.match(page.text, /확인되었습니다. 기록되었습니다/);
    assert.doesNotMatch(page.text, /<button/);
    assert.ok(Buffer.byteLength(page.text) < PAGE_BYTES_MAX);
    const { state, acknowledged } = await house.incident("누름");
    assert.equal(state, "acknowledged");
    assert.deepEqual(acknowledged?.by, { kind: "person", person: "boss", via: "mail-link" });
  });

  test("pressed twice by the same person it says the same and records it once", async () => {
    await fire("두번");
    const link = await house.link("두번", "boss@example.com");
    const pages = await Promise.all([post(link), post(link), post(link)]);
    for (const page of pages) assert.match(page.text, /확인되었습니다/);
    const acknowledgements = (await timeline("두번")).filter((type) => type === "acknowledged");
    assert.equal(acknowledgements.length, 1);
  });

  test("whoever comes second is told who was first", async () => {
    await fire("둘째");
    const first = await house.link("둘째", "boss@example.com");
    const second = await house.link("둘째", "l2@example.com");
    await post(first);
    assert.match((await house.call(second)).text, /Somebody else has taken it already: 김팀장/);
    assert.match((await post(second)).text, /Somebody else has taken it already: 김팀장/);
    const { acknowledged } = await house.incident("둘째");
    assert.equal(acknowledged?.by.person, "boss");
  });

  test("of two who press at the same moment exactly one takes it, and the other is told", async () => {
    await fire("동시");
    const links = [await house.link("동시", "boss@example.com"), await house.link("동시", "l2@example.com")];
    const pages = await Promise.all(links.map(post));
    const won = pages.filter(({ text }) => /확인되었습니다|Acknowledged and recorded/.test(text));
    const lost = pages.filter(({ text }) => /이미 다른 분이 확인했습니다|Somebody else has taken it/.test(text));
    assert.deepEqual([won.length, lost.length], [1, 1]);
    assert.equal((await timeline("동시")).filter((type) => type === "acknowledged").length, 1);
  });

  test("an incident that is over says so and stays over", async () => {
    await fire("끝난");
    const link = await house.link("끝난", "l2@example.com");
    assert.equal((await act("끝난", "resolve")).status, 200);
    for (const page of [await house.call(link), await post(link)]) {
      assert.match(page.text, /This incident is over/);
      assert.doesNotMatch(page.text, /<button/);
    }
    assert.equal(await stateOf("끝난"), "resolved");
  });

  test("a forged link says in the reader's language that it cannot be used", async () => {
    await fire("위조");
    const link = await house.link("위조", "l2@example.com");
    const oneOff = link.slice(0, -1) + (link.endsWith("0") ? "1" : "0");
    for (const forged of [oneOff, link.toUpperCase(), "/a/x", "/a/0", `${link}0`, `/a/${"0".repeat(26)}`]) {
      for (const method of ["GET", "POST"]) {
        const korean = await house.call(forged, { method, headers: { "accept-language": "ko" } });
        assert.ok(korean.status === 410 || korean.status === 404, `${method} ${forged}: ${korean.status}`);
        if (korean.status === 410) {
          assert.match(korean.text, /쓸 수 없는 링크입니다/);
          const english = await house.call(forged, { method, headers: { "accept-language": "en" } });
          assert.match(english.text, /This link cannot be used/);
        }
      }
    }
    assert.equal(await stateOf("위조"), "triggered");
  });

  test("a link whose day is over says the same and does nothing", async () => {
    await fire("만료");
    const link = await house.link("만료", "l2@example.com");
    const hash = createHash("sha256").update(link.slice(3)).digest("hex");
    assert.equal(house.tamper("update ack_link set expires_at = ? where hash = ?", Date.now() - 1, hash), 1);
    for (const method of ["GET", "POST"]) {
      const page = await house.call(link, { method, headers: { "accept-language": "en" } });
      assert.equal(page.status, 410);
      assert.match(page.text, /This link cannot be used \(expired/);
    }
    assert.equal(await stateOf("만료"), "triggered");
  });

  test("a link that was used acknowledges nothing a second time", async () => {
    await fire("한번");
    const link = await house.link("한번", "boss@example.com");
    await post(link);
    assert.equal((await act("한번", "unacknowledge")).status, 200);
    assert.equal((await post(link)).status, 410);
    assert.equal(await stateOf("한번"), "triggered");
  });

  test("a link acknowledges the incident it was sent for, and no other", async () => {
    await fire("하나");
    await fire("다른");
    await post(await house.link("하나", "l2@example.com"));
    assert.equal(await stateOf("하나"), "acknowledged");
    assert.equal(await stateOf("다른"), "triggered");
  });

  test("what an alert says is text on the page, whatever it says", async () => {
    const title = `"><script>alert(1)</script><img src=x onerror=alert(2)>\r\n<b>'&amp;`;
    await fire("마크업<i>", title);
    const page = await house.call(await house.link("마크업<i>", "l2@example.com"));
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /<script|<img|<b>|<i>/);
    assert.match(page.text, /&#60;script&#62;alert\(1\)/);
  });

  test("only the hash of a link is kept, so a copy of the store opens nothing", async () => {
    await fire("해시");
    const link = await house.link("해시", "l2@example.com");
    assert.equal(house.tamper("update ack_link set used_at = used_at where hash = ?", link.slice(3)), 0);
    assert.ok(!house.bongsu.output().includes(link.slice(3)), "the log holds it");
  });

  test("the form posts to where it was got from", async () => {
    await fire("양식");
    const link = await house.link("양식", "l2@example.com");
    const action = /<form method="post" action="([^"]+)">/.exec((await house.call(link)).text)?.[1];
    assert.equal(action, link);
    const pressed = await house.call(link, {
      method: "POST",
      body: "",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    assert.match(pressed.text, /Acknowledged and recorded/);
    await until("the acknowledgement", async () => (await stateOf("양식")) === "acknowledged");
  });

  async function timeline(service: string): Promise<string[]> {
    const { number } = await house.incident(service);
    const { events } = (await house.call(`/api/v1/incidents/${number}/timeline`, { token: respond })).json<{
      events: { event: { type: string } }[];
    }>();
    return events.map(({ event }) => event.type);
  }
});
