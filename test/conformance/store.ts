import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Account, AccountId, Invite, Passkey, Session } from "../../src/access/account.ts";
import { asId } from "../../src/id/id.ts";
import { searchable, searchWords } from "../../src/incident/grams.ts";
import type { Incident } from "../../src/incident/incident.ts";
import type { Mark } from "../../src/monitor/mark.ts";
import type { CalendarFeed, CalendarImport } from "../../src/roster/calendars.ts";
import type { ShiftRequest } from "../../src/roster/shift-request.ts";
import { bodiesOf } from "../../src/store/queries/inbox.ts";
import type { AlertFilter, Delivery, HeartbeatRow, IncidentFilter, NewInbox, Store } from "../../src/store/store.ts";
import type { Alert } from "../../src/triage/alert.ts";
import type { Maintenance } from "../../src/triage/maintenance.ts";
import { metricConformance } from "./store-metrics.ts";

/** What every store promises, whatever it stands on. `skip` is the reason why this one cannot be tried here. */
export function storeConformance(name: string, open: () => Promise<Store>, skip?: string): void {
  describe(`the store on ${name}`, { skip: skip ?? false }, () => {
    let store: Store;
    before(async () => {
      store = await open();
    });
    after(() => store.close());

    test("keeps what it accepted, oldest first, until it is finished", async () => {
      await store.insertInbox([3, 1, 2].map((n) => inbox(`in-${n}`, n)));
      assert.deepEqual(
        (await store.dueInbox(10, 10)).map(({ id }) => id),
        ["in-1", "in-2", "in-3"],
      );
      await store.finishInbox([asId("in-1")], "done");
      await store.postponeInbox(asId("in-2"), 100);
      const due = await store.dueInbox(10, 10);
      assert.deepEqual(
        due.map(({ id }) => id),
        ["in-3"],
      );
      const [later] = await store.dueInbox(100, 1);
      assert.equal(later?.id, "in-3");
      assert.equal((await store.dueInbox(100, 10))[1]?.attempts, 1);
    });

    test("what one sender sent within one commit is one row, and each request of it is there to the letter", async () => {
      const bodies = ["첫 번째\n", "", "🔥", "x".repeat(200_000), "y".repeat(200_000)];
      await Promise.all(
        bodies.map((body, n) => store.acceptInbox({ ...inbox(`many-${n}`, 7), integration: "many", body })),
      );
      await store.acceptInbox({ ...inbox("many-z", 8), integration: "other" });
      const rows = (await store.dueInbox(10, 100)).filter(({ id }) => id.startsWith("many-"));
      assert.deepEqual(rows.flatMap(bodiesOf).sort(), [...bodies, "{}"].sort());
      assert.ok(rows.length < bodies.length + 1, "nothing was put together");
      const { count } = await store.inboxBacklog();
      await store.finishInbox(
        rows.map(({ id }) => id),
        "done",
      );
      assert.equal((await store.inboxBacklog()).count, count - bodies.length - 1);
      assert.equal((await store.recentInbox("many", 1))[0]?.outcome, "done");
    });

    metricConformance(() => store);

    test("what is known of a contact is written only over what was read", async () => {
      const contact = {
        person: asId<"person">("앨리스"),
        channel: "email",
        address: "h",
        since: 1,
        asked: [],
      } as const;
      assert.equal(await store.putContactProof({ ...contact, revision: 0, acceptedAt: 5 }), true);
      assert.equal(await store.putContactProof({ ...contact, revision: 0, acceptedAt: 6 }), false);
      const [first] = await store.contactProofsOf(contact.person);
      assert.deepEqual(first, { ...contact, revision: 1, acceptedAt: 5 });
      assert.equal(await store.putContactProof({ ...contact, revision: 1, verifiedAt: 7 }), true);
      assert.equal(await store.putContactProof({ ...contact, revision: 1, verifiedAt: 8 }), false);
      await store.putContactProof({ ...contact, channel: "sms", revision: 0 });
      const all = (await store.contactProofs()).filter(({ person }) => person === contact.person);
      assert.deepEqual(all, [
        { ...contact, revision: 2, verifiedAt: 7 },
        { ...contact, channel: "sms", revision: 1 },
      ]);
      await store.putContactProof({ ...contact, person: asId("bob"), revision: 0 });
      await store.removeContactProofs(contact.person);
      assert.deepEqual(
        (await store.contactProofs()).map(({ person }) => person),
        ["bob"],
      );
      await store.removeContactProofs(asId("bob"));
    });

    test("test pages are found among all others, newest first, and so is what came of a channel", async () => {
      const page = (n: number, more: Partial<Delivery> = {}): Delivery =>
        delivery(`test.00000000${n}.x`, { kind: "test", createdAt: n, dueAt: n, channel: "webhook", ...more });
      const { incident: _, ...first } = page(1, { state: "acknowledged", acknowledgedAt: 9 });
      await store.insertDeliveries([
        first,
        page(2, { state: "failed", because: "550" }),
        page(3),
        delivery("tesu", {}),
      ]);
      const ids = (pages: readonly Delivery[]): readonly string[] => pages.map(({ id }) => id);
      assert.deepEqual(ids(await store.testPages(2, 10)), ["test.000000003.x", "test.000000002.x"]);
      assert.deepEqual(ids(await store.testPages(0, 1)), ["test.000000003.x"]);
      assert.equal((await store.testPages(0, 10))[2]?.acknowledgedAt, 9);
      assert.deepEqual(ids(await store.lastOutcomes("webhook", 5)), ["test.000000002.x", "test.000000001.x"]);
      assert.deepEqual(ids(await store.lastOutcomes("webhook", 1)), ["test.000000002.x"]);
    });

    test("gives text back to the letter: Korean, emoji, quotes, case", async () => {
      const body = `{"말":"데이터베이스 🔥 'quoted' \\"double\\" \\\\ %_"}`;
      await store.insertInbox([{ ...inbox("in-text", 5), source: "Case", body }]);
      const [row] = await store.recentInbox("tests", 1);
      assert.equal(row?.body, body);
      await store.putSetting("Key", "upper");
      await store.putSetting("key", { lower: ["소문자"] });
      assert.equal(await store.setting("Key"), "upper");
      assert.deepEqual(await store.setting("key"), { lower: ["소문자"] });
    });

    test("holds thousands of alerts in one go and finds them by id", async () => {
      const alerts = Array.from({ length: 5_000 }, (_, n) => alert(`bulk-${String(n).padStart(5, "0")}`, {}));
      await store.putAlerts(alerts);
      const found = await store.alertsById(alerts.map(({ id }) => id));
      assert.equal(found.length, 5_000);
      const one = alert("bulk-00007", { incident: asId("i-bulk"), expiresAt: 50, status: "firing" });
      await store.putAlerts([one]);
      assert.deepEqual((await store.alertsById([one.id]))[0], one);
      assert.deepEqual(
        (await store.expiredAlerts(50, 10)).map(({ id }) => id),
        [one.id],
      );
      assert.equal((await store.openAlerts(asId("bulk-04990"), 100)).length, 9);
      await store.renewAlerts([{ id: one.id, expiresAt: 90, updatedAt: 60, count: 12 }]);
      assert.deepEqual(await store.expiredAlerts(50, 10), []);
      assert.equal((await store.alertsById([one.id]))[0]?.count, 12);
    });

    test("writes an incident only over the version that was read", async () => {
      const first = incident("i-cas", 1);
      await store.insertIncident(first, 500);
      assert.deepEqual(await store.incident(first.id), first);
      assert.equal(await store.updateIncident({ ...first, version: 2 }, 1, null), true);
      assert.equal(await store.updateIncident({ ...first, version: 2 }, 1, null), false);
      assert.deepEqual(await store.dueIncidents(1_000, 10), []);
      const numbers = await Promise.all([1, 2, 3].map(() => store.nextNumber("incident")));
      assert.equal(new Set(numbers).size, 3);
    });

    test("incidents whose pages another one holds are found by it, and made due together", async () => {
      const held = { by: asId<"incident">("i-holder"), number: 9, because: "cause", at: 1 } as const;
      await store.insertIncident({ ...incident("i-held", 11), pagingHeld: held }, 9_000);
      await store.insertIncident({ ...incident("i-held-over", 12), state: "resolved", pagingHeld: held }, null);
      await store.insertIncident(incident("i-free", 13), 9_000);
      assert.deepEqual(
        (await store.heldBy(held.by)).map(({ number }) => number),
        [11],
      );
      await store.lookAtHeldBy(held.by, 700);
      assert.deepEqual(
        (await store.dueIncidents(700, 10)).map(({ number }) => number),
        [11],
      );
      await store.removeIncident(asId("i-held"));
      await store.removeIncident(asId("i-free"));
    });

    test("a claim is won once, and whoever lost it writes nothing", async () => {
      const page = delivery("d-claim", {});
      await store.insertDeliveries([page, { ...page, priority: 5 }]);
      assert.equal((await store.delivery(page.id))?.priority, 0);
      const claims = await Promise.all(["a", "b", "c"].map((owner) => store.claimDelivery(page.id, 0, owner, 10, 50)));
      assert.equal(claims.filter(Boolean).length, 1);
      assert.equal(await store.updateDelivery({ ...page, epoch: 1, state: "accepted", sentAt: 20 }, 0), false);
      assert.equal(await store.updateDelivery({ ...page, epoch: 1, state: "accepted", sentAt: 20 }, 1), true);
      assert.deepEqual(await store.recentSends(page.person, page.channel, 10), [{ id: page.id, sentAt: 20 }]);
      const sent = async (from: number, to: number): Promise<readonly string[]> =>
        (await store.sentTo(asId<"person">(page.person), page.channel, from, to)).map(({ id }) => id);
      assert.deepEqual([await sent(20, 21), await sent(10, 20)], [[page.id], []]);
    });

    test("a lease that ended can be claimed by another, under a new epoch", async () => {
      const page = delivery("d-lease", {});
      await store.insertDeliveries([page]);
      assert.equal(await store.claimDelivery(page.id, 0, "gone", 10, 50), true);
      assert.equal(await store.claimDelivery(page.id, 1, "other", 49, 99), false);
      assert.deepEqual((await store.dueDeliveries(50, 100)).map(({ id }) => id).includes(page.id), true);
      assert.equal(await store.claimDelivery(page.id, 1, "other", 50, 99), true);
      assert.equal(await store.releaseDeliveries("other", 60), 1);
    });

    test("withdraws what is queued and leaves what is under way", async () => {
      const queued = delivery("d-queued", { incident: asId("i-with") });
      const sending = delivery("d-sending", { incident: asId("i-with") });
      await store.insertDeliveries([queued, sending]);
      await store.claimDelivery(sending.id, 0, "me", 10, 50);
      assert.equal(await store.withdrawDeliveries(asId("i-with"), ["first"], "acknowledged"), 1);
      assert.equal((await store.delivery(queued.id))?.state, "withdrawn");
      assert.equal((await store.delivery(queued.id))?.because, "acknowledged");
      assert.equal(await store.claimDelivery(queued.id, 0, "late", 10, 50), false);
      assert.equal((await store.delivery(sending.id))?.state, "sending");
    });

    test("the attempts of an incident are those of each of its deliveries, in order, and of no other's", async () => {
      const mine = { incident: asId<"incident">("i-tries") };
      await store.insertDeliveries([delivery("d-try-1", mine), delivery("d-try-2", mine), delivery("d-other", {})]);
      for (const [page, nth] of [
        ["d-try-2", 1],
        ["d-try-1", 2],
        ["d-try-1", 1],
        ["d-other", 1],
      ] as const)
        await store.putAttempt({ delivery: asId(page), nth, startedAt: nth, outcome: "later" });
      const tries = await store.attemptsOfIncident(mine.incident);
      assert.deepEqual(
        tries.map((one) => [one.delivery, one.nth]),
        [
          ["d-try-1", 1],
          ["d-try-1", 2],
          ["d-try-2", 1],
        ],
      );
      assert.deepEqual(await store.attemptsOf(asId("d-try-1")), tries.slice(0, 2));
    });

    test("a transaction that throws leaves nothing behind", async () => {
      await assert.rejects(
        store.transaction(async (queries) => {
          await queries.putSetting("half", true);
          throw new Error("stop");
        }),
        /stop/,
      );
      assert.equal(await store.setting("half"), undefined);
    });

    test("of a host what it last said is known, and that it was told to be silent outlives what it says", async () => {
      const facts = { kind: "agent", every: 10_000, spoolBytes: 5, targets: [] } as const;
      await store.heardAgent({ host: "웹-1", lastAt: 100, facts });
      await store.markSilent("웹-1", 170);
      await store.heardAgent({ host: "웹-1", lastAt: 200, facts: { ...facts, version: "2" } });
      // One that came late.
      await store.heardAgent({ host: "웹-1", lastAt: 150, facts: { ...facts, version: "1" } });
      await store.heardAgent({ host: "db", lastAt: 1, facts: { ...facts, kind: "otlp" } });
      assert.deepEqual(await store.agents(), [
        { host: "db", lastAt: 1, facts: { ...facts, kind: "otlp" } },
        { host: "웹-1", lastAt: 200, facts: { ...facts, version: "2" }, silentSince: 170 },
      ]);
      await store.markSilent("웹-1", undefined);
      assert.equal((await store.agents())[1]?.silentSince, undefined);
      assert.equal(await store.removeAgent("웹-1"), true);
      assert.equal(await store.removeAgent("웹-1"), false);
      assert.equal((await store.agents()).length, 1);
    });

    test("a named lease is one owner's until its time is over or it is given back", async () => {
      const claims = await Promise.all(["a", "b", "c"].map((owner) => store.claimLease("targets", owner, 10, 50)));
      assert.equal(claims.filter(Boolean).length, 1);
      const owner = ["a", "b", "c"][claims.indexOf(true)] ?? "";
      assert.equal(await store.claimLease("targets", owner, 20, 60), true);
      assert.equal(await store.claimLease("targets", "z", 59, 90), false);
      assert.equal(await store.claimLease("targets", "z", 60, 90), true);
      await store.endLease("targets", owner);
      assert.equal(await store.claimLease("targets", owner, 61, 99), false);
      await store.endLease("targets", "z");
      assert.equal(await store.claimLease("targets", owner, 61, 99), true);
    });

    test("of those who replace one setting at once a single one succeeds, and only on what it saw", async () => {
      const tries = await Promise.all(
        [1, 2, 3].map((n) => store.replaceSetting("shared", undefined, { n, 말: "값 🔥" })),
      );
      assert.equal(tries.filter(Boolean).length, 1);
      const first = await store.setting("shared");
      assert.equal(await store.replaceSetting("shared", undefined, { n: 4 }), false);
      assert.equal(await store.replaceSetting("shared", { n: 9 }, { n: 4 }), false);
      assert.deepEqual(await store.setting("shared"), first);
      assert.equal(await store.replaceSetting("shared", first, first), true);
      assert.equal(await store.replaceSetting("shared", first, { n: 4 }), true);
      assert.deepEqual(await store.setting("shared"), { n: 4 });
    });

    test("a setting whose first writer was undone is as if it had never been", async () => {
      const undone = store.transaction(async (queries) => {
        await queries.replaceSetting("undone", undefined, 1);
        throw new Error("stop");
      });
      await assert.rejects(undone, /stop/);
      assert.equal(await store.setting("undone"), undefined);
      assert.equal(await store.replaceSetting("undone", undefined, 2), true);
    });

    test("sessions end one by one, all but one, and when their time is over", async () => {
      const of = account("u-sessions", "sessions").id;
      const session = (hash: string, seenAt: number, expiresAt: number): Session => ({
        hash,
        account: of,
        createdAt: 1,
        seenAt,
        expiresAt,
        agent: "브라우저 🔥",
        by: "passkey",
      });
      const all = [session("s1", 10, 100), session("s2", 30, 100), session("s3", 20, 50), session("s4", 5, 100)];
      for (const one of all) await store.putSession(one);
      assert.deepEqual(
        (await store.sessionsOf(of)).map(({ hash }) => hash),
        ["s2", "s3", "s1", "s4"],
      );
      await store.touchSession("s4", 40);
      assert.deepEqual(await store.session("s4"), { ...all[3], seenAt: 40 });
      await store.pruneSessions(60);
      assert.equal(await store.session("s3"), undefined);
      await store.removeSession("s1");
      assert.equal(await store.removeSessionsOf(of, "s2"), 1);
      assert.deepEqual(await store.sessionsOf(of), [all[1]]);
      assert.equal(await store.removeSessionsOf(of), 1);
    });

    test("a passkey is found by its id however long that is, and exactly", async () => {
      const of = account("u-keys", "keys").id;
      const ids = ["short", "Short", "L".repeat(1_364), `${"L".repeat(1_363)}M`];
      for (const id of ids) await store.putPasskey(passkey(id, of));
      for (const id of ids) assert.deepEqual(await store.passkey(id), passkey(id, of));
      assert.equal((await store.passkeysOf(of)).length, ids.length);
      assert.equal(await store.removePasskey(ids[2] ?? ""), true);
      assert.equal(await store.removePasskey(ids[2] ?? ""), false);
      assert.equal((await store.passkeysOf(of)).length, ids.length - 1);
    });

    test("a one-time link is won once, in time, and those of an account end together", async () => {
      const of = account("u-links", "links").id;
      const invite = (hash: string, more: Partial<Invite> = {}): Invite => ({
        hash,
        account: of,
        expiresAt: 100,
        createdBy: "test",
        ...more,
      });
      for (const hash of ["i1", "i2", "i3"]) await store.putInvite(invite(hash));
      const { account: _of, ...setUp } = invite("i-set-up");
      await store.putInvite(setUp);
      assert.deepEqual(await store.invite("i-set-up"), setUp);
      const won = await Promise.all([store.useInvite("i1", 50), store.useInvite("i1", 50), store.useInvite("i1", 50)]);
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal((await store.invite("i1"))?.usedAt, 50);
      assert.equal(await store.useInvite("i2", 100), false, "its time is over");
      await store.endInvites(of, 60);
      assert.equal(await store.useInvite("i3", 61), false);
      assert.equal((await store.invite("i1"))?.usedAt, 50, "when it was used stays known");
      assert.equal((await store.invite("i-set-up"))?.usedAt, undefined);
      await store.endInvites(undefined, 60);
      assert.equal((await store.invite("i-set-up"))?.usedAt, 60);
    });

    test("what is asked while a transaction is open waits for its end", async () => {
      let inside = false;
      const open = store.transaction(async (queries) => {
        inside = true;
        for (let n = 0; n < 20; n++) await queries.putSetting("turn", n);
        inside = false;
      });
      if (store.kind === "sqlite") {
        await store.setting("turn");
        assert.equal(inside, false);
      }
      await open;
      assert.equal(await store.setting("turn"), 19);
    });

    test("events come back in order, by incident and across incidents", async () => {
      const start = await store.lastPosition();
      const by = { kind: "bongsu" } as const;
      await store.appendEvents(asId("i-ev"), [
        { seq: 1, at: 1, by, event: { type: "noted", text: "하나" }, hash: "a" },
        { seq: 2, at: 2, by, event: { type: "noted", text: "둘" }, hash: "b" },
      ]);
      assert.deepEqual(
        (await store.eventsOf(asId("i-ev"), 1, 10)).map(({ seq }) => seq),
        [2],
      );
      assert.equal((await store.lastEvent(asId("i-ev")))?.hash, "b");
      assert.equal((await store.eventsAfter(start, 10)).length, 2);
      await assert.rejects(
        store.appendEvents(asId("i-ev"), [{ seq: 2, at: 3, by, event: { type: "closed" }, hash: "c" }]),
      );
    });

    test("finds incidents by their words: two syllables inside a word, one alone, none of the canary's", async () => {
      const found = async (question: string): Promise<readonly number[]> => {
        const filter = { words: searchWords(question) };
        const numbers = (await store.incidents(filter)).map(({ number }) => number);
        assert.equal(await store.countIncidents(filter), numbers.length);
        return numbers;
      };
      const texts = [
        "inc-701\n결제서버 응답 지연 🔥",
        "inc-702\n주문서버 응답 지연\nkim",
        "inc-703\nCANARY 100%_'결제'",
      ];
      for (const [nth, body] of texts.entries()) {
        const one = { ...incident(`i-find-${nth}`, 701 + nth), service: nth === 2 ? "bongsu-canary" : "찾기" };
        await store.insertIncident(one, null);
        await store.putIncidentText({ incident: one.id, number: one.number, body: searchable(body) });
      }
      assert.deepEqual(await found("결제"), [701]);
      assert.deepEqual(await found("서버 지연"), [702, 701]);
      assert.deepEqual(await found("문"), [702]);
      assert.deepEqual(await found("🔥"), [701]);
      assert.deepEqual(await found("INC-702"), [702]);
      assert.deepEqual(await found("결버"), []);
      assert.deepEqual(await found("결제 주문"), []);
      await store.putIncidentText({ incident: asId("i-find-0"), number: 701, body: "inc-701\n주문" });
      assert.deepEqual(await found("결제"), []);
      await store.removeIncident(asId("i-find-1"));
      assert.equal(await store.incidentText(asId("i-find-1")), undefined);
      assert.deepEqual(await found("주문"), [701]);
    });

    test("filters incidents by everything at once, and counts what it does not list", async () => {
      const by = { kind: "person", person: asId<"person">('k"im'), via: "web" } as const;
      for (const nth of [0, 1, 2, 3]) {
        await store.insertIncident(
          {
            ...incident(`i-filter-${nth}`, 801 + nth),
            service: "거르기",
            title: `"drill":true, 'quoted'`,
            grade: nth === 0 ? "Minor" : "Major",
            openedAt: 10 + nth,
            drill: nth === 3,
            ...(nth === 2 ? { state: "acknowledged" as const, acknowledged: { by, at: 20 } } : {}),
          },
          null,
        );
      }
      const numbers = async (filter: IncidentFilter): Promise<readonly number[]> =>
        (await store.incidents({ service: "거르기", ...filter })).map(({ number }) => number);
      assert.deepEqual(await numbers({ grades: ["Minor", "Major"], from: 10, to: 13 }), [803, 802, 801]);
      assert.deepEqual(await numbers({ grades: ["Minor"] }), [801]);
      assert.ok((await store.incidentServices()).includes("거르기"));
      assert.deepEqual(await numbers({ drill: true }), [804]);
      assert.deepEqual(await numbers({ drill: false, states: ["triggered"] }), [802, 801]);
      assert.deepEqual(await numbers({ holder: by.person }), [803]);
      assert.deepEqual(await numbers({ holder: asId("im") }), []);
      assert.deepEqual(await numbers({ limit: 1, beforeNumber: 804 }), [803]);
      const last = (await store.incidents({ service: "거르기", limit: 1 }))[0];
      assert.ok(last);
      await store.updateIncident(
        { ...last, state: "resolved", resolvedAt: 30, version: last.version + 1 },
        last.version,
        null,
      );
      assert.deepEqual(await numbers({ endedSince: 30 }), [804, 803, 802, 801]);
      assert.deepEqual(await numbers({ endedSince: 31 }), [803, 802, 801]);
      assert.equal(await store.countIncidents({ service: "거르기", grades: ["Major"] }), 3);
    });

    test("lists alerts, what changed last first, page by page", async () => {
      const silenced = { because: "silenced", by: "s" } as const;
      await store.putAlerts([
        alert("list-1", { service: "목록", updatedAt: 5 }),
        alert("list-2", { service: "목록", updatedAt: 7, suppressed: silenced }),
        alert("list-3", { service: "목록", updatedAt: 7, status: "resolved", resolvedAt: 7 }),
        alert("list-4", { service: "bongsu-canary", updatedAt: 9, suppressed: silenced, status: "silent" }),
      ]);
      const ids = async (filter: Partial<AlertFilter>): Promise<readonly string[]> =>
        (await store.alerts({ service: "목록", limit: 10, ...filter })).map(({ id }) => id);
      assert.deepEqual(await ids({}), ["list-2", "list-3", "list-1"]);
      assert.deepEqual(await ids({ limit: 1, after: { updatedAt: 7, id: asId("list-2") } }), ["list-3"]);
      assert.deepEqual(await ids({ statuses: ["firing"], muted: false }), ["list-1"]);
      assert.deepEqual(await ids({ muted: true }), ["list-2"]);
      assert.deepEqual(await ids({ since: 6, statuses: ["firing", "silent"] }), ["list-2"]);
    });

    test("finds what an open incident of another service holds, and which services are in one", async () => {
      await store.insertIncident({ ...incident("i-held", 870), service: "묶음", alerts: 3 }, null);
      const held = { incident: asId<"incident">("i-held") };
      await store.putAlerts([
        alert("held-1", { ...held, service: "하나" }),
        alert("held-2", { ...held, service: "둘", status: "silent" }),
        alert("held-3", { ...held, service: "셋", status: "resolved" }),
        alert("held-4", { ...held, service: "묶음" }),
        alert("held-5", { ...held, service: "넷", suppressed: { because: "dependency", by: "i-held" } }),
      ]);
      const services = ["하나", "둘", "셋", "넷", "묶음", "없는"];
      const found = async (): Promise<readonly string[]> =>
        (await store.alertsHeldElsewhere(services, 10)).map(({ id }) => id);
      assert.deepEqual(await found(), ["held-1", "held-2"]);
      assert.deepEqual([...(await store.servicesAmong(held.incident, services))].sort(), [
        "넷",
        "둘",
        "묶음",
        "셋",
        "하나",
      ]);
      assert.deepEqual(
        (await store.openIncidentsOf(services)).map(({ id }) => id),
        ["i-held"],
      );
      const over = { ...incident("i-held", 870), service: "묶음", state: "resolved", resolvedAt: 5 } as const;
      await store.updateIncident({ ...over, version: 2 }, 1, null);
      assert.deepEqual(await found(), []);
      assert.deepEqual(await store.openIncidentsOf(services), []);
    });

    test("tells which alerts that flap have been calm for long enough", async () => {
      const flapping = (calmAt: number) => ({ flapping: { since: 1, calmAt, over: true, changes: 5 } });
      await store.putAlerts([
        alert("flap-1", flapping(7_000)),
        alert("flap-2", flapping(5_000)),
        alert("flap-3", flapping(9_000)),
      ]);
      const ids = async (at: number): Promise<readonly string[]> =>
        (await store.calmAlerts(at, 10)).map(({ id }) => id).filter((id) => id.startsWith("flap-"));
      assert.equal(await store.nextCalm(), 5_000);
      assert.deepEqual(await ids(7_000), ["flap-2", "flap-1"]);
      await store.putAlerts([alert("flap-2", { status: "resolved" }), alert("flap-1", {}), alert("flap-3", {})]);
      assert.deepEqual(await ids(9_000), []);
      assert.equal(await store.nextCalm(), undefined);
    });

    test("keeps what is watched harder after an incident, one row for each", async () => {
      const watch = { incident: asId<"incident">("i-harder"), until: 90, keys: ["disk-full/0123456789abcdef"] };
      await store.putHarderWatch({ ...watch, until: 50 });
      await store.putHarderWatch({ ...watch, incident: asId("i-other"), until: 70 });
      await store.putHarderWatch(watch);
      assert.deepEqual(
        (await store.harderWatches()).map(({ incident: id, until }) => [id, until]),
        [
          ["i-other", 70],
          ["i-harder", 90],
        ],
      );
      await store.removeHarderWatch(asId("i-other"));
      assert.deepEqual(await store.harderWatches(), [watch]);
      await store.removeHarderWatch(watch.incident);
    });

    test("keeps maintenance windows until they are removed", async () => {
      const one: Maintenance = {
        id: asId("m-1"),
        title: "정기 점검",
        services: ["결제"],
        matchers: [{ name: "host", value: "db-.*", isRegex: true, isEqual: true }],
        zone: "Asia/Seoul",
        start: "2026-01-05T02:00",
        durationMinutes: 90,
        repeat: { kind: "weekly", weekdays: [1, 7] },
        createdBy: "kim",
        updatedAt: 5,
      };
      await store.putMaintenance({ ...one, title: "먼저" });
      await store.putMaintenance(one);
      assert.deepEqual(await store.maintenances(), [one]);
      assert.equal(await store.removeMaintenance(one.id), true);
      assert.equal(await store.removeMaintenance(one.id), false);
      assert.deepEqual(await store.maintenances(), []);
    });

    test("a one-time link is used once, by whoever is first, and not after its time", async () => {
      await store.putInvite({ hash: "link", expiresAt: 100, createdBy: "test" });
      await store.putInvite({ hash: "late", expiresAt: 100, createdBy: "test", account: asId("a1") });
      const uses = await Promise.all([1, 2, 3].map((at) => store.useInvite("link", at)));
      assert.equal(uses.filter((used) => used).length, 1);
      assert.ok((await store.invite("link"))?.usedAt);
      assert.equal(await store.useInvite("late", 100), false);
      assert.equal((await store.invite("late"))?.account, "a1");
      assert.equal(await store.invite("nowhere"), undefined);
    });

    test("accounts are found by their login in any case; their sessions and passkeys are theirs alone", async () => {
      const account = (id: string, login: string): Account => ({
        id: asId(id),
        login,
        name: "김하나",
        role: "responder",
        state: "active",
        preferences: {},
        createdAt: 1,
      });
      await store.putAccount(account("a1", "Hana"));
      await store.putAccount(account("a2", "dul"));
      assert.equal((await store.accountByLogin("HANA"))?.id, "a1");
      assert.equal((await store.account(asId("a2")))?.login, "dul");
      const session = { createdAt: 1, seenAt: 1, expiresAt: 50, agent: "", by: "password" } as const;
      for (const [hash, owner] of [
        ["h1", "a1"],
        ["h2", "a1"],
        ["h3", "a2"],
      ] as const)
        await store.putSession({ ...session, hash, account: asId(owner) });
      await store.touchSession("h2", 9);
      assert.deepEqual(
        (await store.sessionsOf(asId("a1"))).map(({ hash }) => hash),
        ["h2", "h1"],
      );
      assert.equal(await store.removeSessionsOf(asId("a1"), "h2"), 1);
      assert.equal(await store.session("h1"), undefined);
      assert.ok(await store.session("h3"));
      assert.equal(await store.pruneSessions(51), 2);
      const passkey = { publicKey: "k", counter: 0, transports: [], name: "", createdAt: 1 };
      await store.putPasskey({ ...passkey, id: "p1", account: asId("a1") });
      await store.putPasskey({ ...passkey, id: "p1", account: asId("a1"), counter: 7 });
      assert.deepEqual(
        (await store.passkeysOf(asId("a1"))).map(({ counter }) => counter),
        [7],
      );
      assert.equal(await store.removePasskey("p1"), true);
      assert.equal(await store.removePasskey("p1"), false);
    });

    test("the audit log is read from the newest back, and tailed from a position on", async () => {
      const row = (action: string) => ({ at: 1, by: "test", action, facts: { 이름: action } });
      await store.appendAudit([row("a.done"), row("b.done"), row("c.done")]);
      const [last, ...older] = await store.audit(3);
      assert.deepEqual([last?.action, last?.position], ["c.done", await store.lastAuditPosition()]);
      assert.deepEqual(
        (await store.audit(10, last?.position)).map(({ action }) => action),
        ["b.done", "a.done"],
      );
      const after = await store.auditAfter(older[1]?.position ?? 0, 10);
      assert.deepEqual(
        after.map(({ action }) => action),
        ["b.done", "c.done"],
      );
      assert.deepEqual(after[0]?.facts, { 이름: "b.done" });
    });

    test("the roster changes under one revision", async () => {
      const item = {
        kind: "person",
        id: "김하나",
        data: { name: "김하나" },
        managedBy: "a.yaml",
        updatedAt: 5,
      } as const;
      const before = await store.rosterRevision();
      const revision = await store.changeRoster([item], [], 5);
      assert.equal(revision, before + 1);
      assert.deepEqual(await store.rosterItems(), [{ ...item, revision }]);
      await store.changeRoster([], [{ kind: "person", id: "김하나" }], 6);
      assert.deepEqual(await store.rosterItems(), []);
    });

    test("a request for a shift is answered once, with everything that was written along", async () => {
      const request = (id: string, end: number): ShiftRequest => ({
        id: asId(id),
        kind: "cover",
        state: "asked",
        from: asId("앨리스"),
        part: { rotation: asId("주간"), start: end - 10, end },
        note: "병원 🏥",
        askedAt: 1,
      });
      for (const one of [request("r2", 200), request("r1", 100), request("r3", 300)]) await store.putShiftRequest(one);
      assert.deepEqual(await store.shiftRequest(asId("r1")), request("r1", 100));
      assert.equal(await store.shiftRequest(asId("r9")), undefined);
      const ids = (requests: readonly ShiftRequest[]): string[] => requests.map(({ id }) => id);
      assert.deepEqual(ids(await store.openShiftRequests()), ["r1", "r2", "r3"]);

      const accept = (by: string): Promise<boolean> =>
        store.transaction(async (queries) => {
          await queries.putSetting(`accepted by ${by}`, true);
          const answered = {
            ...request("r1", 100),
            state: "accepted" as const,
            answeredAt: 5,
            answeredBy: asId<"person">(by),
          };
          if (!(await queries.answerShiftRequest(answered))) throw new Error("too late");
          return true;
        });
      const people = ["bob", "carol", "dave", "erin"];
      const answers = await Promise.allSettled(people.map(accept));
      const won = people.filter((_, index) => answers[index]?.status === "fulfilled");
      assert.equal(won.length, 1);
      assert.equal((await store.shiftRequest(asId("r1")))?.answeredBy, won[0]);
      for (const person of people)
        assert.equal(await store.setting(`accepted by ${person}`), person === won[0] ? true : undefined);

      assert.deepEqual(ids(await store.openShiftRequests()), ["r2", "r3"]);
      assert.deepEqual(ids(await store.shiftRequestsSince(100, 10)), ["r3", "r2"]);
      assert.deepEqual(ids(await store.shiftRequestsSince(0, 2)), ["r3", "r2"]);
      assert.equal(await store.pruneShiftRequests(200), 1);
      assert.deepEqual(ids(await store.shiftRequestsSince(0, 10)), ["r3", "r2"]);
    });

    test("of a heartbeat's pings the newest twenty keep all that was sent, the others its beginning", async () => {
      const of = asId<"heartbeat">("long-winded");
      for (let at = 1; at <= 23; at++)
        await store.addHeartbeatPing(of, { at, kind: "success", excerpt: "가".repeat(30_000) });
      const lengths = (await store.heartbeatPings(of, 100)).map(({ excerpt }) => excerpt?.length);
      assert.deepEqual(lengths, [...Array(20).fill(30_000), 1_000, 1_000, 1_000]);
    });

    test("a heartbeat is found by its address and its due time, and written only over what was read", async () => {
      const row = (id: string, addressHash: string, dueAt: number | null): Omit<HeartbeatRow, "revision"> => ({
        state: { id: asId(id), watchedSince: 5, plan: "[]", runs: [] },
        addressHash,
        dueAt,
      });
      await store.addHeartbeat(row("야간 백업", "hash-1", 20));
      await store.addHeartbeat(row("hourly", "", null));
      await store.addHeartbeat(row("hourly", "another", 1));
      assert.equal((await store.heartbeatByAddress("hash-1"))?.state.id, "야간 백업");
      assert.equal(await store.heartbeatByAddress("another"), undefined);
      assert.deepEqual(await store.dueHeartbeats(19, 10), []);
      assert.equal(await store.nextHeartbeatDue(), 20);
      const [due] = await store.dueHeartbeats(20, 10);
      assert.ok(due);
      const state: HeartbeatRow["state"] = { ...due.state, lastSuccess: 21, runs: [{ run: "a", startedAt: 20 }] };
      assert.equal(await store.updateHeartbeat({ ...due, state, dueAt: 30 }), true);
      assert.equal(await store.updateHeartbeat({ ...due, dueAt: 1 }), false);
      const known = await store.heartbeatRow(asId("야간 백업"));
      assert.deepEqual(known, { state, addressHash: "hash-1", dueAt: 30, revision: due.revision + 1 });
      assert.deepEqual((await store.heartbeatRows()).map((one) => one.state.id).sort(), ["hourly", "야간 백업"].sort());
    });

    test("of a heartbeat the newest hundred pings are kept, each with what was sent with it", async () => {
      const of = asId<"heartbeat">("야간 백업");
      const other = asId<"heartbeat">("hourly");
      await store.addHeartbeatPing(other, { at: 1, kind: "start", run: "r" });
      for (let at = 1; at <= 103; at++)
        await store.addHeartbeatPing(of, { at, kind: "fail", exitCode: 3, excerpt: "끝 🔥\n" });
      const pings = await store.heartbeatPings(of, 500);
      assert.deepEqual([pings.length, pings[0]?.at, pings.at(-1)?.at], [100, 103, 4]);
      const { position = 0, ...newest } = pings[0] ?? { at: 0, kind: "log" };
      assert.deepEqual(newest, { at: 103, kind: "fail", exitCode: 3, excerpt: "끝 🔥\n" });
      assert.deepEqual(await store.heartbeatPing(of, position), pings[0]);
      assert.equal(await store.heartbeatPing(other, position), undefined);
      const last = await store.lastHeartbeatPings(2);
      assert.deepEqual(last.get(of), [
        { at: 103, kind: "fail", exitCode: 3 },
        { at: 102, kind: "fail", exitCode: 3 },
      ]);
      assert.deepEqual(last.get(other), [{ at: 1, kind: "start", run: "r" }]);
      await store.removeHeartbeat(of);
      assert.deepEqual([await store.heartbeatRow(of), await store.heartbeatPings(of, 1)], [undefined, []]);
      assert.equal((await store.heartbeatPings(other, 9)).length, 1);
    });

    test("marks are found by their time, once each, until they are pruned", async () => {
      const mark = (id: string, at: number): Mark => ({
        id: asId(id),
        at,
        title: "결제 1.2.3 배포",
        kind: "deploy",
        labels: { service: "결제" },
        by: "ci",
      });
      for (const [id, at] of [
        ["m1", 10],
        ["m2", 20],
        ["m3", 30],
        ["m2", 99],
      ] as const)
        assert.equal(await store.addMark(mark(id, at)), at !== 99);
      assert.deepEqual(await store.mark(asId("m2")), mark("m2", 20));
      assert.equal(await store.mark(asId("m9")), undefined);
      assert.deepEqual(await store.marksBetween(10, 30, 10), [mark("m2", 20), mark("m1", 10)]);
      assert.deepEqual(
        (await store.marksBetween(0, 99, 1)).map(({ id }) => id),
        ["m3"],
      );
      assert.equal(await store.pruneMarks(20), 1);
      assert.deepEqual(
        (await store.marksBetween(0, 99, 10)).map(({ id }) => id),
        ["m3", "m2"],
      );
    });

    test("an imported calendar is written again only while it is there", async () => {
      const calendar: CalendarImport = {
        id: asId("i1"),
        name: "휴가 🏝",
        of: "leave",
        person: asId("앨리스"),
        url: "https://calendar.example/secret.ics",
        createdAt: 1,
        by: "alice",
        entries: 3,
        dueAt: 4,
      };
      await store.putCalendarImport(calendar);
      assert.equal(await store.updateCalendarImport({ ...calendar, entries: 4 }), true);
      assert.deepEqual(await store.calendarImports(), [{ ...calendar, entries: 4 }]);
      assert.equal(await store.removeCalendarImport(calendar.id), true);
      assert.equal(await store.updateCalendarImport(calendar), false);
      assert.equal(await store.removeCalendarImport(calendar.id), false);
      assert.deepEqual(await store.calendarImports(), []);
    });

    test("a calendar feed is found by the hash of its secret until it is ended, and never comes back by being read", async () => {
      const feed = (id: string): CalendarFeed => ({
        id: asId(id),
        hash: `hash of ${id}`,
        of: "team",
        name: "L1 지원팀",
        locale: "ko",
        createdAt: 1,
        by: { kind: "account", id: "u1" },
      });
      for (const id of ["f1", "f2"]) await store.putCalendarFeed(feed(id));
      assert.deepEqual(await store.calendarFeedByHash("hash of f1"), feed("f1"));
      assert.equal(await store.calendarFeedByHash("HASH OF F1"), undefined);
      await store.touchCalendarFeed(feed("f1"), 9);
      assert.equal((await store.calendarFeedByHash("hash of f1"))?.lastReadAt, 9);
      assert.equal(await store.removeCalendarFeed(asId("f1")), true);
      await store.touchCalendarFeed(feed("f1"), 10);
      assert.equal(await store.removeCalendarFeed(asId("f1")), false);
      assert.deepEqual(await store.calendarFeeds(), [feed("f2")]);
    });

    test("keeps what the schedule was when it is changed or removed, and nothing of people", async () => {
      const at = (updatedAt: number, data: object) => ({ kind: "rotation", id: "주간 교대", data, updatedAt }) as const;
      await store.changeRoster([at(10, { name: "one" }), { kind: "person", id: "p", data: {}, updatedAt: 10 }], [], 10);
      await store.changeRoster([at(20, { name: "two" }), { kind: "person", id: "p", data: {}, updatedAt: 20 }], [], 20);
      await store.changeRoster([], [{ kind: "rotation", id: "주간 교대" }], 30);
      const past = await store.rosterPast(0);
      assert.deepEqual(past, [
        { kind: "rotation", id: "주간 교대", data: { name: "one" }, from: 10, until: 20 },
        { kind: "rotation", id: "주간 교대", data: { name: "two" }, from: 20, until: 30 },
      ]);
      assert.deepEqual(await store.rosterPast(20), past.slice(1));
    });
  });
}

function inbox(id: string, at: number): NewInbox {
  return { id: asId(id), source: "signals", integration: "tests", receivedAt: at, body: "{}" };
}

function alert(id: string, more: Partial<Alert>): Alert {
  return {
    id: asId(id),
    source: "signals",
    integration: "tests",
    key: id,
    status: "firing",
    title: "제목",
    service: "api",
    labels: { job: "api" },
    annotations: {},
    links: [],
    startsAt: 1,
    updatedAt: 1,
    count: 1,
    ...more,
  };
}

function incident(id: string, number: number): Incident {
  return {
    id: asId(id),
    number,
    title: "결제 API 중단",
    service: "payment",
    grade: "Critical",
    policy: asId("p"),
    drill: false,
    openedAt: 1,
    state: "triggered",
    cycle: 1,
    cycleAt: 1,
    cycleBecause: "opened",
    taken: { first: 1 },
    level: 0,
    pulls: 0,
    handOvers: 0,
    lastWordAt: 1,
    reached: new Set([asId<"person">("alice")]),
    ticked: new Set(),
    firing: 1,
    alerts: 1,
    version: 1,
    head: "0",
  };
}

function delivery(id: string, more: Partial<Delivery>): Delivery {
  const clause = asId<"clause">("c");
  return {
    id: asId(id),
    step: asId("1.first.1"),
    kind: "first",
    grade: "Critical",
    priority: 0,
    reach: {
      target: { kind: "person", person: asId("alice") },
      channel: "email",
      urgency: "wake",
      people: [asId("alice")],
      clause,
    },
    person: asId("alice"),
    channel: "email",
    clause,
    state: "queued",
    createdAt: 1,
    dueAt: 1,
    giveUpAt: 100,
    attempts: 0,
    unknowns: 0,
    epoch: 0,
    ...more,
  };
}

function account(id: string, login: string): Account {
  return { id: asId(id), login, name: "김", role: "admin", state: "active", preferences: {}, createdAt: 1 };
}

function passkey(id: string, of: AccountId): Passkey {
  return { id, account: of, name: "키", publicKey: "pk", counter: 0, transports: ["internal"], createdAt: 1 };
}
