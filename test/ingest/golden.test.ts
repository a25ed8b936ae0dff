import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Answer, type House, startHouse } from "../peers/house.ts";
import { sendWithPdjs } from "../peers/pagerduty-client.ts";
import { until } from "../peers/until.ts";

/** The exchanges that senders out there have with the products they were written for, word by word. */
describe("the exchanges that senders know", () => {
  let house: House;
  let key: string;
  let otherKey: string;
  let read: string;
  before(async () => {
    house = await startHouse();
    key = await house.bongsu.token("ingest");
    otherKey = await house.bongsu.token("ingest");
    read = await house.bongsu.token("read");
  });
  after(() => house?.stop());

  const post = (path: string, body: unknown, token?: string): Promise<Answer> =>
    house.call(path, { method: "POST", body, token });
  const enqueue = (event: object): Promise<Answer> => post("/v2/enqueue", { routing_key: key, ...event });
  const trigger = (dedupKey: string, component: string, more: object = {}): object => ({
    event_action: "trigger",
    dedup_key: dedupKey,
    payload: { summary: `${component} 이상`, source: "db1", severity: "critical", component },
    ...more,
  });

  describe("PagerDuty, POST /v2/enqueue", () => {
    const event = {
      event_action: "trigger",
      dedup_key: "db1/disk",
      payload: {
        summary: "disk 97%",
        source: "db1",
        component: "디스크",
        severity: "critical",
        timestamp: "2026-09-01T03:12:00.000+0000",
        custom_details: { free: "3%" },
      },
      client: "Zabbix",
      client_url: "https://z.example",
      links: [{ href: "https://z.example/1", text: "Event link" }],
      images: [],
    };

    test("a trigger is answered with 202 and the three members that clients look at", async () => {
      const answer = await enqueue(event);
      assert.equal(answer.status, 202);
      assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
      assert.deepEqual(answer.json(), { status: "success", message: "Event processed", dedup_key: "db1/disk" });
      const { title, grade } = await house.incident("디스크");
      assert.deepEqual([title, grade], ["disk 97%", "Critical"]);
      await house.link("디스크", "l2@example.com");
      const text = house.smtp.mails.find(({ parsed }) => parsed.subject?.includes("disk 97%"))?.parsed.text ?? "";
      for (const words of [/"free":"3%"/, /Event link: https:\/\/z\.example\/1/, /Zabbix: https:\/\/z\.example\//])
        assert.match(text, words);
    });

    test("the same trigger again is taken and makes nothing new", async () => {
      assert.equal((await enqueue(event)).status, 202);
      assert.equal((await enqueue({ ...event, payload: { ...event.payload, summary: "disk 98%" } })).status, 202);
      await until("the inbox to be empty", async () => {
        return /bongsu_inbox_backlog 0/.test((await house.call("/metrics", { token: read })).text);
      });
      const { firing } = await house.incident("디스크");
      assert.equal(firing, 1);
    });

    test("an acknowledgement from there stops the paging here", async () => {
      assert.equal((await enqueue(trigger("ack/1", "인지"))).status, 202);
      await house.incident("인지");
      const answer = await enqueue({ event_action: "acknowledge", dedup_key: "ack/1" });
      assert.deepEqual(answer.json(), { status: "success", message: "Event processed", dedup_key: "ack/1" });
      await house.incident("인지", ({ state }) => state === "acknowledged");
    });

    test("a resolve ends it, and the same key afterwards is a new alert", async () => {
      await enqueue(trigger("cycle/1", "순환"));
      const first = await house.incident("순환");
      assert.equal((await enqueue({ event_action: "resolve", dedup_key: "cycle/1" })).status, 202);
      await house.incident("순환", ({ state }) => state === "resolved");
      await enqueue(trigger("cycle/1", "순환"));
      // Within the reopen window the incident is the same one, open again.
      const again = await house.incident("순환", ({ state }) => state === "triggered");
      assert.equal(again.number, first.number);
      assert.equal(again.firing, 1);
    });

    test("acknowledge and resolve of what is not open are taken and dropped", async () => {
      for (const event_action of ["acknowledge", "resolve"]) {
        const answer = await enqueue({ event_action, dedup_key: "unknown" });
        assert.equal(answer.status, 202);
        assert.equal(answer.json().status, "success");
      }
    });

    test("the same key of another integration is another alert", async () => {
      await enqueue(trigger("shared", "공유"));
      await post("/v2/enqueue", { routing_key: otherKey, ...trigger("shared", "공유") });
      await house.incident("공유", ({ firing }) => firing === 2);
      await enqueue({ event_action: "resolve", dedup_key: "shared" });
      const left = await house.incident("공유", ({ firing }) => firing === 1);
      assert.equal(left.state, "triggered");
    });

    test("a trigger without a key gets one, by which it can be resolved", async () => {
      const { dedup_key: _, ...keyless } = trigger("x", "무키") as { dedup_key: string };
      const made = (await enqueue(keyless)).json<{ dedup_key: string }>().dedup_key;
      assert.match(made, /^[0-9a-z-]{20,}$/);
      const other = (await enqueue(keyless)).json<{ dedup_key: string }>().dedup_key;
      assert.notEqual(other, made);
      await house.incident("무키", ({ firing }) => firing === 2);
      for (const dedup_key of [made, other]) await enqueue({ event_action: "resolve", dedup_key });
      await house.incident("무키", ({ state }) => state === "resolved");
    });

    test("what is wrong is said as a list of texts", async () => {
      const payload = { summary: "s", source: "s", severity: "critical" };
      const wrong: readonly (readonly [event: object, words: RegExp])[] = [
        [{ event_action: "resolve" }, /^'dedup_key' is missing or blank$/],
        [{ event_action: "acknowledge", dedup_key: "" }, /dedup_key/],
        [{ event_action: "explode", dedup_key: "a", payload }, /event_action/],
        [{ dedup_key: "a", payload }, /event_action/],
        [{ event_action: "trigger" }, /'payload' is missing/],
        [{ event_action: "trigger", payload: { ...payload, summary: "" } }, /payload\.summary/],
        [{ event_action: "trigger", payload: { ...payload, source: undefined } }, /payload\.source/],
        [{ event_action: "trigger", payload: { ...payload, severity: null } }, /payload\.severity/],
        [{ event_action: "trigger", payload, dedup_key: "k".repeat(256) }, /longer than 255/],
      ];
      for (const [event, words] of wrong) {
        const answer = await enqueue(event);
        assert.equal(answer.status, 400, JSON.stringify(event));
        const { status, message, errors } = answer.json<{ status: string; message: string; errors: string[] }>();
        assert.deepEqual([status, message], ["invalid event", "Event object is invalid"]);
        assert.ok(
          errors.some((error) => words.test(error)),
          `${JSON.stringify(event)}: ${errors.join("; ")}`,
        );
      }
      assert.equal((await enqueue({ ...trigger("k".repeat(255), "긴키") })).status, 202);
    });

    test("a wrong routing key is a 400 in the same form, and nothing is said of which keys there are", async () => {
      for (const routing_key of ["", "0123456789abcdef0123456789abcdef", read, 7, undefined]) {
        const answer = await post("/v2/enqueue", { routing_key, ...trigger("a", "b") });
        assert.equal(answer.status, 400, String(routing_key));
        const { errors } = answer.json<{ errors: string[] }>();
        assert.deepEqual(errors, ["'routing_key' is not a valid key of this server"]);
      }
    });

    test("the second address is as good as the first", async () => {
      const answer = await post("/integrations/pagerduty/v2/enqueue", {
        routing_key: key,
        ...trigger("second", "둘째"),
      });
      assert.deepEqual(answer.json(), { status: "success", message: "Event processed", dedup_key: "second" });
      await house.incident("둘째");
    });

    test("PagerDuty's own client is content: trigger, acknowledge, resolve, and a refusal", async () => {
      const { port } = house.bongsu;
      const payload = { summary: "pdjs", source: "test", severity: "error", component: "피디" } as const;
      const begun = await sendWithPdjs(port, { routing_key: key, event_action: "trigger", payload });
      assert.equal(begun.status, 202);
      assert.equal(begun.data.status, "success");
      const dedup_key = String(begun.data.dedup_key);
      // PagerDuty's error is one below critical: of the two grades here, the lower.
      assert.equal((await house.incident("피디")).grade, "Minor");
      await sendWithPdjs(port, { routing_key: key, event_action: "acknowledge", dedup_key });
      await house.incident("피디", ({ state }) => state === "acknowledged");
      await sendWithPdjs(port, { routing_key: key, event_action: "resolve", dedup_key });
      await house.incident("피디", ({ state }) => state === "resolved");
      const refused = await sendWithPdjs(port, { routing_key: key, event_action: "resolve" });
      assert.equal(refused.status, 400);
      assert.deepEqual(refused.data.errors, ["'dedup_key' is missing or blank"]);
    });
  });

  describe("Prometheus, POST /api/v2/alerts", () => {
    const iso = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
    const alert = (service: string, more: object = {}): object => ({
      labels: { alertname: "DiskFull", instance: "db1", severity: "critical", service },
      annotations: { summary: "disk 97%", description: "곧 가득 찹니다" },
      startsAt: iso(-60_000),
      endsAt: iso(240_000),
      generatorURL: "http://p.example/graph?g0.expr=up",
      ...more,
    });

    test("a batch is answered with 200 and nothing", async () => {
      const answer = await post("/api/v2/alerts", [alert("프롬")], key);
      assert.deepEqual([answer.status, answer.text], [200, ""]);
      const { title, grade } = await house.incident("프롬");
      assert.deepEqual([title, grade], ["disk 97%", "Critical"]);
      assert.deepEqual((await post("/api/v2/alerts", [], key)).status, 200);
    });

    test("repeated, it stays one alert, with its first start and its newest end", async () => {
      const startsAt = iso(-600_000);
      await post("/api/v2/alerts", [alert("반복", { startsAt })], key);
      await house.incident("반복");
      const endsAt = iso(900_000);
      assert.equal((await post("/api/v2/alerts", [alert("반복", { startsAt: iso(0), endsAt })], key)).status, 200);
      assert.equal((await house.incident("반복")).firing, 1);
      const [shown] = (await house.call("/api/v2/alerts?filter=service%3D%EB%B0%98%EB%B3%B5", { token: read })).json<
        { startsAt: string; fingerprint: string }[]
      >();
      assert.equal(shown?.startsAt, startsAt);
      assert.match(shown?.fingerprint ?? "", /^[0-9a-f]{16}$/);
    });

    test("the same labels with an end that is past are the end, from the source's own mouth", async () => {
      await post("/api/v2/alerts", [alert("복구")], key);
      await house.incident("복구");
      // Other annotations: they are no part of what an alert is.
      const over = alert("복구", { annotations: { summary: "disk 50%" }, endsAt: iso(-1_000) });
      assert.equal((await post("/api/v2/alerts", [over], key)).status, 200);
      await house.incident("복구", ({ state }) => state === "resolved");
      // Prometheus says so again for fifteen minutes.
      assert.equal((await post("/api/v2/alerts", [over], key)).status, 200);
      assert.equal((await house.incident("복구")).state, "resolved");
    });

    test("an end without a beginning opens nothing", async () => {
      await post("/api/v2/alerts", [alert("없던것", { endsAt: iso(-1_000) }), alert("뒤따름")], key);
      await house.incident("뒤따름");
      const { text } = await house.call(`/api/v1/incidents?service=${encodeURIComponent("없던것")}`, { token: read });
      assert.match(text, /^\{"incidents":\[\],/);
    });

    test("a batch with one alert that is none is a 400 that says why, and the valid one is stored", async () => {
      const answer = await post("/api/v2/alerts", [{ labels: {} }, alert("유효")], key);
      assert.equal(answer.status, 400);
      assert.match(answer.json<string>(), /at least one label pair required/);
      await house.incident("유효");
    });

    test("what is no list is a 400 with a JSON text", async () => {
      for (const body of [{}, "7", "null", '"text"']) {
        const answer = await post("/api/v2/alerts", body, key);
        assert.equal(answer.status, 400);
        assert.match(answer.json<string>(), /expected a JSON array/);
      }
    });

    test("severities of common rules find their grade, an unknown one the stricter neighbour", async () => {
      for (const [severity, grade] of [
        ["critical", "Critical"],
        ["page", "Critical"],
        ["CRITICAL", "Critical"],
        ["warning", "Minor"],
        ["자체등급", "Minor"],
      ] as const) {
        const service = `심각도-${severity}`;
        await post("/api/v2/alerts", [alert(service, { labels: { alertname: "S", severity, service } })], key);
        assert.equal((await house.incident(service)).grade, grade, severity);
      }
    });
  });

  describe("Bongsu's own, POST /api/v1/signals", () => {
    test("one object or a list of them: 202 and how many were taken", async () => {
      const one = await post(
        "/api/v1/signals",
        { key: "own/1", title: "하나", service: "자체", severity: "critical" },
        key,
      );
      assert.deepEqual([one.status, one.json()], [202, { accepted: 1, problems: [] }]);
      const two = [
        { key: "own/2", title: "둘", service: "자체", severity: "critical" },
        { key: "own/3", title: "셋", service: "자체", severity: "critical" },
      ];
      assert.deepEqual((await post("/api/v1/signals", two, key)).json(), { accepted: 2, problems: [] });
      await house.incident("자체", ({ firing }) => firing === 3);
    });

    test("acknowledged and resolved do what they say", async () => {
      const signal = (status: string): object => ({
        key: "own/life",
        title: "생애",
        service: "생애",
        severity: "page",
        status,
      });
      await post("/api/v1/signals", signal("firing"), key);
      await house.incident("생애", ({ state }) => state === "triggered");
      await post("/api/v1/signals", signal("acknowledged"), key);
      await house.incident("생애", ({ state }) => state === "acknowledged");
      await post("/api/v1/signals", { key: "own/life", status: "resolved" }, key);
      await house.incident("생애", ({ state }) => state === "resolved");
    });

    test("what only informs is recorded and wakes nobody", async () => {
      await post("/api/v1/signals", { key: "own/info", title: "참고", service: "참고", severity: "info" }, key);
      const shown = await until("the record", async () => {
        const alerts = (await house.call("/api/v2/alerts", { token: read })).json<{ labels: { service?: string } }[]>();
        return alerts.find(({ labels }) => labels.service === "참고");
      });
      assert.ok(shown);
      const { text } = await house.call(`/api/v1/incidents?service=${encodeURIComponent("참고")}`, { token: read });
      assert.match(text, /^\{"incidents":\[\],/);
    });
  });
});
