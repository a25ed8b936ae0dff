import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FetchedCalendar } from "../../src/calendar/calendars.ts";
import { readEntries } from "../../src/calendar/read-entries.ts";
import type { ImportMade, ShownImports, ShownSchedule } from "../../src/http/wire/schedule.ts";
import { DAY_MS, HOUR_MS, toIso } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

type Refusal = { readonly error: { readonly facts: Readonly<Record<string, unknown>> } };

const calendar = (...events: readonly (readonly [uid: string, title: string, from: string, to: string])[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    ...events.flatMap(([uid, title, from, to]) => [
      "BEGIN:VEVENT",
      `UID:${uid}`,
      `SUMMARY:${title}`,
      `DTSTART;VALUE=DATE:${from}`,
      `DTEND;VALUE=DATE:${to}`,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");

describe("calendars of others", () => {
  let served: Served;
  let carol: Asker;
  let admin: Asker;
  let answer: FetchedCalendar = { is: "failed", because: "not-reached" };
  const asked: { readonly url: string; readonly etag: string | undefined }[] = [];
  before(async () => {
    served = await startServed({
      policy: "```yaml\n" + POLICY_TEXT + "```\n",
      roster: ROSTER_TEXT,
      start: T0,
      calendars: {
        fetch: async (url, etag) => {
          asked.push({ url, etag });
          return answer;
        },
        read: async (text, facts) => {
          const read = readEntries(text, facts);
          return read.is === "read" ? read : { is: "failed", because: read.because };
        },
      },
    });
    carol = await served.as("respond", "carol");
    admin = await served.as("admin");
  });
  after(() => served?.stop());

  const add = (who: Asker, body: object): ReturnType<typeof who<ImportMade>> =>
    who<ImportMade>("POST", "/api/v1/calendar/imports", { name: "휴가 달력", of: "leave", ...body });
  const imports = async (who: Asker): Promise<ShownImports["imports"]> =>
    (await who<ShownImports>("GET", "/api/v1/calendar/imports")).body.imports;
  const schedule = async (): Promise<ShownSchedule> =>
    (await carol<ShownSchedule>("GET", `/api/v1/schedule?from=${toIso(T0)}&to=${toIso(T0 + 30 * DAY_MS)}`)).body;
  const leaves = async (): Promise<readonly string[]> =>
    (await schedule()).leaves.map(
      ({ person, start, note, managedBy }) => `${person} ${start.slice(0, 10)} ${note} ${managedBy}`,
    );

  test("what is given as text becomes leave of its person, read-only here, and goes with the calendar", async () => {
    const text = calendar(["a", "휴가: 제주도", "20260305", "20260306"], ["b", "회의", "20260306", "20260307"]);
    const made = await add(carol, { text, match: "휴가" });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.deepEqual([made.body.calendar.entries, made.body.calendar.host, made.body.calendar.nextAt], [1, null, null]);
    assert.deepEqual(
      made.body.changes.map(({ before, after }) => [before, after]),
      [[["carol"], ["dave"]]],
    );
    assert.deepEqual(await leaves(), ["carol 2026-03-04 휴가: 제주도 휴가 달력"]);
    const [leave] = (await schedule()).leaves;
    const ended = await carol("DELETE", `/api/v1/schedule/leaves/${encodeURIComponent(leave?.id ?? "")}`);
    assert.equal((ended.body as unknown as Refusal).error.facts.because, "from-calendar");
    assert.equal((await carol("DELETE", `/api/v1/calendar/imports/${made.body.calendar.id}`)).status, 200);
    assert.deepEqual([await leaves(), await imports(carol)], [[], []]);
  });

  test("an address is read every hour, follows what changes there, and shows its host alone", async () => {
    answer = { is: "fetched", text: calendar(["a", "휴가", "20260305", "20260306"]), etag: '"one"' };
    const url = "https://calendar.example/private-c0ffee/basic.ics";
    const made = await add(carol, { url });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.deepEqual([made.body.calendar.host, made.body.calendar.entries], ["calendar.example", 1]);
    const kept = JSON.stringify([await imports(admin), await served.world.store.audit(100)]);
    assert.ok(!kept.includes("c0ffee"));

    asked.length = 0;
    answer = { is: "unchanged" };
    await served.world.advance(HOUR_MS);
    assert.deepEqual(asked, [{ url, etag: '"one"' }]);
    assert.deepEqual(await leaves(), ["carol 2026-03-04 휴가 휴가 달력"]);

    answer = { is: "fetched", text: calendar(["a", "휴가", "20260306", "20260307"]), etag: '"two"' };
    await served.world.advance(HOUR_MS);
    assert.deepEqual(await leaves(), ["carol 2026-03-05 휴가 휴가 달력"]);
    const [audit] = await served.world.store.audit(1);
    assert.deepEqual([audit?.action, audit?.by], ["schedule.calendar-refreshed", "bongsu"]);
  });

  test("while it cannot be read the last stays, the reason is shown, and it is tried again later and later", async () => {
    answer = { is: "failed", because: "refused" };
    asked.length = 0;
    await served.world.advance(DAY_MS);
    assert.deepEqual(await leaves(), ["carol 2026-03-05 휴가 휴가 달력"]);
    const [shown] = await imports(carol);
    assert.equal(shown?.failure?.because, "refused");
    assert.match(shown?.failure?.why ?? "", /^The server gave no calendar/);
    assert.ok(asked.length >= 5 && asked.length <= 9, String(asked.length));
    answer = { is: "fetched", text: calendar(["a", "휴가", "20260306", "20260307"]) };
    await served.world.advance(6 * HOUR_MS + 1);
    assert.equal((await imports(carol))[0]?.failure, null);
  });

  test("a gap asks first where somebody is there, and is told to those concerned where nobody is", async () => {
    const dave = await served.as("respond", "dave");
    const text = calendar(["d", "휴가", "20260306", "20260307"]);
    const refused = await add(dave, { text });
    assert.equal(refused.code, "needs-confirmation");
    const { findings } = (refused.body as unknown as Refusal).error.facts as { findings: { code: string }[] };
    assert.equal(findings[0]?.code, "schedule-gap");
    assert.deepEqual(await imports(dave), []);
    const later = calendar(["d", "휴가", "20260310", "20260311"]);
    assert.equal((await add(dave, { text: later })).status, 201);

    const sent = served.world.sent.length;
    answer = { is: "fetched", text: calendar(["a", "휴가", "20260310", "20260311"]) };
    await served.world.advance(2 * HOUR_MS);
    const told = served.world.sent.slice(sent).map(({ to, page }) => `${to}: ${page.incident.title}`);
    assert.deepEqual(told.toSorted(), [
      "alice@example.com: 달력 '휴가 달력'의 휴가 때문에 당번 없는 시간이 생겼습니다",
      "carol@example.com: 달력 '휴가 달력'의 휴가 때문에 당번 없는 시간이 생겼습니다",
    ]);
    await served.world.advance(2 * HOUR_MS);
    assert.equal(served.world.sent.length, sent + 2, "told once");
  });

  test("holidays of a calendar are the company's, but where somebody has said something of that day", async () => {
    await admin("PUT", "/api/v1/schedule/holidays/2026-03-20", { name: "우리 날", off: true });
    const text = calendar(["h", "창립기념일", "20260319", "20260321"]);
    assert.equal((await add(carol, { of: "holidays", text })).code, "not-allowed");
    const made = await add(admin, { of: "holidays", name: "회사 달력", text });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const shown = (await schedule()).holidays.filter(({ date }) => date > "2026-03-10");
    assert.deepEqual(
      shown.map(({ date, name, managedBy }) => [date, name, managedBy]),
      [
        ["2026-03-19", "창립기념일", "회사 달력"],
        ["2026-03-20", "우리 날", null],
      ],
    );
    assert.equal((await admin("DELETE", "/api/v1/schedule/holidays/2026-03-19")).code, "schedule-refused");
  });

  test("what cannot be read is refused with the reason, and nobody adds a calendar to another", async () => {
    answer = { is: "failed", because: "redirected" };
    const refused = await add(carol, { url: "https://calendar.example/x" });
    assert.deepEqual([refused.status, refused.code], [422, "calendar-unreadable"]);
    assert.equal((refused.body as unknown as Refusal).error.facts.because, "redirected");
    assert.equal((await add(carol, { text: "<html>" })).code, "calendar-unreadable");
    for (const body of [{}, { text: "x", url: "https://x" }, { url: "file:///etc/passwd" }, { of: "moon", text: "x" }])
      assert.equal((await add(carol, body)).code, "bad-request", JSON.stringify(body));
    assert.equal((await add(carol, { text: calendar(), person: "dave" })).code, "not-allowed");
    assert.equal((await add(admin, { text: calendar(), person: "nobody" })).code, "not-found");
    assert.equal((await carol("DELETE", "/api/v1/calendar/imports/nothing")).code, "not-found");
  });
});
