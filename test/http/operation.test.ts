import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

describe("what Bongsu tells of itself", () => {
  let house: House;
  let read: string;
  let ingest: string;
  before(async () => {
    house = await startHouse();
    read = await house.bongsu.token("read");
    ingest = await house.bongsu.token("ingest");
  });
  after(() => house?.stop());

  test("it lives, and it is ready, for whoever asks", async () => {
    const live = await house.call("/healthz");
    assert.deepEqual([live.status, live.text], [200, "ok\n"]);
    const ready = await house.call("/readyz");
    assert.equal(ready.status, 200);
    assert.deepEqual(ready.json(), { ready: true, problems: [] });
    for (const path of ["/-/healthy", "/-/ready"]) assert.equal((await house.call(path)).text, "OK");
    assert.equal((await house.call("/healthz", { method: "HEAD" })).text, "");
  });

  test("an installation without an incident counts none as open", async () => {
    assert.equal((await metrics()).get('bongsu_incidents_open{state="triggered"}'), 0);
  });

  test("the metrics are in Prometheus's own text form and follow what happens", async () => {
    // The canary of the start opens and closes an incident of its own.
    const before = await until("the end of the canary", async () => {
      const seen = await metrics();
      return seen.get('bongsu_incidents_open{state="triggered"}') === 0 ? seen : undefined;
    });
    for (const name of [
      "bongsu_incidents_open",
      "bongsu_inbox_backlog",
      "bongsu_inbox_oldest_seconds",
      "bongsu_alerts_remembered",
      "bongsu_duty_last_run_seconds",
      "bongsu_duty_failed",
      "process_resident_memory_bytes",
    ])
      assert.ok(
        [...before.keys()].some((key) => key.startsWith(name)),
        name,
      );
    const body = { key: "m/1", title: "측정", service: "측정", severity: "critical" };
    assert.equal((await house.call("/api/v1/signals", { method: "POST", token: ingest, body })).status, 202);
    await until("the incident in the metrics", async () => {
      return (await metrics()).get('bongsu_incidents_open{state="triggered"}') === 1;
    });
    const now = await metrics();
    assert.equal(now.get("bongsu_alerts_remembered"), (before.get("bongsu_alerts_remembered") ?? 0) + 1);
    assert.ok([...now].every(([name, value]) => !name.startsWith("bongsu_duty_failed") || value === 0));
  });

  test("every duty says what it promises, in both languages, and when it last kept it", async () => {
    type Duties = {
      now: string;
      violations: Record<string, number>;
      duties: {
        name: string;
        promise: { ko: string; en: string };
        everyMs: number;
        last: { startedAt: string; endedAt: string; outcome: string } | null;
      }[];
    };
    const ran = await until("a run of triage and deliver", async () => {
      const answer = (await house.call("/api/v1/duties", { token: read })).json<Duties>();
      return answer.duties.every(({ name, last }) => last !== null || !["triage", "deliver"].includes(name))
        ? answer
        : undefined;
    });
    assert.deepEqual(ran.duties.map(({ name }) => name).sort(), [
      "aggregate",
      "canary",
      "contacts",
      "deliver",
      "escalate",
      "evaluate",
      "expire",
      "harder-watch",
      "heartbeats",
      "hosts",
      "housekeep",
      "index",
      "prove",
      "schedule",
      "triage",
      "watch",
    ]);
    for (const { name, promise, everyMs, last } of ran.duties) {
      assert.ok(/[가-힣]/.test(promise.ko) && /^[A-Z].*\.$/.test(promise.en), name);
      assert.ok(everyMs > 0, name);
      if (last !== null) {
        assert.ok(Date.parse(last.startedAt) <= Date.parse(last.endedAt), name);
        assert.notEqual(last.outcome, "failed", name);
      }
    }
    assert.deepEqual(ran.violations, {});
  });

  test("who is on duty, now and at another time", async () => {
    type OnCall = {
      at: string;
      teams: { team: string; until: string | null; onDuty: { id: string; name: string }[] }[];
    };
    const now = (await house.call("/api/v1/oncall", { token: read })).json<OnCall>();
    assert.deepEqual(
      now.teams.map(({ team, onDuty }) => [team, onDuty.map(({ name }) => name)]),
      [
        ["L1 지원팀", ["이접수"]],
        ["L2 지원팀", ["Jamie Fixer"]],
        ["L3 지원팀", ["최구조"]],
      ],
    );
    const then = await house.call("/api/v1/oncall?at=2030-01-01T00:00:00Z", { token: read });
    assert.equal(then.json<OnCall>().at, "2030-01-01T00:00:00.000Z");
    const wrong = await house.call("/api/v1/oncall?at=tomorrow", { token: read });
    assert.equal(wrong.status, 400);
    assert.match(wrong.text, /"field":"at"/);
  });

  test("the list of people gives names and nothing by which they are reached", async () => {
    const answer = await house.call("/api/v1/people", { token: read });
    assert.equal(answer.json<{ people: Record<string, string> }>().people.boss, "김팀장");
    assert.doesNotMatch(answer.text, /@example\.com|U0000BOSS/);
  });

  /** What cannot be worked off is put aside and paged about, and whatever came behind it is not held up. */
  test("a request that cannot be made sense of pages as such, with what came", async () => {
    const body = "<alarm level='9'>디스크가 가득 찼습니다</alarm>";
    house.tamper(
      `insert into inbox (id, source, integration, received_at, due_at, attempts, state, body)
       values ('000000000-poison', 'prometheus', 'tpoison', ?, 0, 0, 'new', ?)`,
      Date.now(),
      body,
    );
    const behind = { key: "behind", title: "뒤에 온 것", service: "뒤", severity: "critical" };
    assert.equal((await house.call("/api/v1/signals", { method: "POST", token: ingest, body: behind })).status, 202);
    await house.incident("뒤");
    const incident = await house.incident("prometheus", ({ title }) => title.startsWith("unrenderable alert"));
    assert.equal(incident.title, "unrenderable alert (prometheus)");
    assert.equal(incident.state, "triggered");
    const mail = await until("the page about it", () =>
      house.smtp.mails.find(({ parsed }) => parsed.subject?.includes("unrenderable alert")),
    );
    assert.match(mail.parsed.text ?? "", /<alarm level='9'>디스크가 가득 찼습니다<\/alarm>/);
    assert.match(mail.parsed.text ?? "", /SyntaxError/);
    assert.doesNotMatch(mail.parsed.html || "", /<alarm/);
    assert.equal((await house.call("/readyz")).status, 200);
    assert.equal((await metrics()).get("bongsu_inbox_backlog"), 0);
  });

  async function metrics(): Promise<Map<string, number>> {
    const answer = await house.call("/metrics", { token: read });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
    const lines = answer.text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return new Map(
      lines.map((line) => {
        const found = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line);
        assert.ok(found !== null && !Number.isNaN(Number(found[2])), line);
        return [found[1] ?? "", Number(found[2])];
      }),
    );
  }
});
