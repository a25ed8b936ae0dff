import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createServer } from "../../src/http/server.ts";
import { newToken } from "../../src/http/tokens.ts";
import type { ShownMonitor, ShownMonitors, ShownPreview } from "../../src/http/wire/monitors.ts";
import { seededChance } from "../../src/id/chance.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/instant.ts";
import { World } from "../world/world.ts";

const START = Temporal.Instant.from("2026-03-02T01:00:00Z").epochMilliseconds;
const POLICY = `\`\`\`yaml
장애 등급:
  Critical: { 정의: [중단], 대응시간: 즉시, 담당: L1 }
  Major: { 정의: [지연], 대응시간: 2시간 이내, 담당: L1 }
  Minor: { 정의: [경미], 대응시간: 4시간 이내, 담당: L1 }
대응 조직:
  L1: { 역할: [복구] }
알림 규칙:
  Critical: { 채널: [Email], 대상: [L1] }
  Major: { 채널: [Email], 대상: [L1] }
  Minor: { 채널: [Email], 대상: [L1] }
모니터링 항목:
  시스템: [CPU/메모리/디스크 사용률, GPU 상태 및 사용률]
  데이터베이스: [MariaDB 상태, 디스크 공간]
  기타: [냉각수 온도]
임계치:
  메모리 사용률: { Major: 92% 초과 3분 }
\`\`\`
`;
const ROSTER = `사람: { ann: { 이름: 안, 연락처: { email: ann@example.com } } }
팀: { L1: { 구성원: { 운영자: [ann] } } }
채널: { email: {} }
`;

describe("monitors over HTTP", () => {
  let world: World;
  let server: ReturnType<typeof createServer>;
  let token: string;
  const call = async (method: "GET" | "PUT" | "POST" | "DELETE", url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${token}`, "accept-language": "ko" };
    const body = payload === undefined ? {} : { payload: JSON.stringify(payload) };
    const answer = server.inject({ method, url, headers: { ...headers, "content-type": "application/json" }, ...body });
    // Long work lets others have their turn by the clock, which only passes here.
    let isDone = false;
    void answer.finally(() => {
      isDone = true;
    });
    while (!isDone) await world.advance(1);
    return answer;
  };
  const monitor = async (id: string): Promise<ShownMonitor> => (await call("GET", `/api/v1/monitors/${id}`)).json();
  before(async () => {
    world = await World.create({ policy: POLICY, roster: ROSTER, start: START, settings: { measures: true } });
    const made = newToken(seededChance(1), { name: "test", scopes: ["admin"], at: START });
    await world.store.putToken(made.token);
    token = made.text;
    server = createServer(world.engine, "test", "/nonexistent");
    const labels = { host: "db-1", mount: "/var" };
    for (let minute = 0; minute < 20; minute++) {
      const at = world.clock.now();
      const samples = [
        { metric: "host_disk_used_ratio", labels, at, value: minute < 10 ? 0.5 : 0.96 },
        { metric: "host_memory_used_ratio", labels: { host: "db-1" }, at, value: 0.4 },
      ];
      await world.engine.metrics.accept({ id: `b${minute}`, samples });
      await world.advance(MINUTE_MS);
    }
  });
  after(async () => {
    await server.close();
  });

  test("are listed by the areas and items of the document, with what watches each and what watches nothing", async () => {
    const { areas, monitors } = (await call("GET", "/api/v1/monitors")).json<ShownMonitors>();
    assert.deepEqual(
      areas.map(({ title, items }) => [title, items.map(({ name, series }) => `${name} ${series}`)]),
      [
        ["시스템", ["CPU 사용률 0", "메모리 사용률 1", "디스크 사용률 1", "GPU 상태 0", "GPU 사용률 0"]],
        ["애플리케이션", []],
        ["데이터베이스", ["MariaDB 상태 0", "디스크 공간 0"]],
        ["기타", ["냉각수 온도 0"]],
      ],
    );
    const [cpu, , disk] = areas[0]?.items ?? [];
    assert.match(cpu?.advice ?? "", /에이전트/u);
    assert.equal(disk?.advice, null);
    assert.ok(disk?.monitors.includes("disk-full"));
    assert.ok((areas.at(-1)?.items[0]?.monitors ?? []).length === 0);
    assert.ok(monitors.length > 30);
  });

  test("tell their rule in words, and where each series stands", async () => {
    const disk = await monitor("disk-full");
    assert.equal(disk.state, "firing");
    assert.equal(disk.grade, "Major");
    assert.equal(disk.series[0]?.value, 0.96);
    assert.equal(disk.series[0]?.incident, 1);
    assert.match(disk.words, /^디스크 사용률의 마지막 값이 98% 이상인 채 5분 이어지면 Critical/u);
    const memory = await monitor("memory-high");
    assert.equal(memory.from, "policy");
    assert.equal(memory.words, "메모리 사용률의 5분 평균이 92% 초과인 채 3분 이어지면 Major");
    assert.equal((await monitor("gpu-lost")).state, "unseen");
    assert.equal((await call("GET", "/api/v1/monitors/nope")).statusCode, 404);
  });

  test("show what a rule would have done before it is saved", async () => {
    const { rule } = await monitor("disk-full");
    const lower = { ...rule, thresholds: [{ grade: "Minor", when: "above", bound: 0.45, hold: 2 * MINUTE_MS }] };
    const preview = (await call("POST", "/api/v1/monitors/preview", { rule: lower, days: 1 })).json<ShownPreview>();
    assert.equal(preview.series, 1);
    assert.deepEqual(
      preview.firings.map(({ grade, to, worst }) => [grade, to, worst]),
      [["Minor", null, 0.96]],
    );
    assert.ok(preview.covered > 0 && preview.covered < 0.05, String(preview.covered));
    const higher = { ...rule, thresholds: [{ grade: "Minor", when: "above", bound: 0.99, hold: 0 }] };
    assert.equal(
      (await call("POST", "/api/v1/monitors/preview", { rule: higher })).json<ShownPreview>().firingCount,
      0,
    );
    assert.equal(preview.usualKnown, null);
    const unusual = { grade: "Minor", weeks: 4, spreads: 4, side: "both", hold: 0 };
    const learning = await call("POST", "/api/v1/monitors/preview", { rule: { ...higher, baseline: unusual } });
    const { firingCount, usualKnown } = learning.json<ShownPreview>();
    assert.deepEqual([firingCount, usualKnown], [0, 0]);
    // Nothing was changed by asking.
    assert.equal((await monitor("disk-full")).from, "default");
  });

  test("are changed, and put back to what comes with Bongsu", async () => {
    const { rule, revision } = await monitor("disk-full");
    assert.equal(revision, null);
    const changed = await call("PUT", "/api/v1/monitors/disk-full", { ...rule, enabled: false, revision });
    assert.equal(changed.statusCode, 200, changed.body);
    assert.equal(changed.json<ShownMonitor>().state, "off");
    assert.equal(changed.json<ShownMonitor>().replacesDefault, true);
    await world.advance(MINUTE_MS);
    assert.equal((await world.store.incidentByNumber(1))?.state, "resolved");
    assert.ok((await world.store.audit(10)).some(({ action }) => action === "monitor.changed"));
    const seen = { revision: (await monitor("disk-full")).revision };
    assert.equal((await call("DELETE", "/api/v1/monitors/disk-full", seen)).statusCode, 200);
    assert.equal((await monitor("disk-full")).from, "default");
    assert.equal((await call("DELETE", "/api/v1/monitors/disk-full", seen)).statusCode, 404);
  });

  test("are changed only by who has seen what holds: of two who save at once, the second is told the other's rule", async () => {
    const { rule, revision } = await monitor("inodes-full");
    const line = (bound: number) => ({
      ...rule,
      thresholds: [{ grade: "Minor", when: "above", bound, hold: 0 }],
      revision,
    });
    const both = [
      await call("PUT", "/api/v1/monitors/inodes-full", line(0.7)),
      await call("PUT", "/api/v1/monitors/inodes-full", line(0.6)),
    ];
    assert.deepEqual(
      both.map(({ statusCode }) => statusCode),
      [200, 409],
    );
    const { code, facts } =
      both[1]?.json<{ error: { code: string; facts: { is: number; now: string } } }>().error ?? {};
    assert.equal(code, "changed-meanwhile");
    assert.match(facts?.now ?? "", /70% 초과/u);
    const theirs = await monitor("inodes-full");
    assert.equal(theirs.rule.thresholds[0]?.bound, 0.7);
    assert.equal(theirs.revision, facts?.is);
    // Without having seen anything nothing is taken away either.
    assert.equal((await call("DELETE", "/api/v1/monitors/inodes-full")).statusCode, 409);
    assert.equal(
      (await call("PUT", "/api/v1/monitors/inodes-full", { ...line(0.6), revision: facts?.is })).statusCode,
      200,
    );
  });

  test("that come with Bongsu are called in the reader's language, and their alerts in the policy's", async () => {
    assert.equal((await monitor("cpu-high")).title, "CPU 사용률");
    const answer = server.inject({
      method: "GET",
      url: "/api/v1/monitors/cpu-high",
      headers: { authorization: `Bearer ${token}`, "accept-language": "en" },
    });
    const { title, rule } = (await answer).json<ShownMonitor>();
    assert.deepEqual([title, rule.title], ["CPU use", "CPU 사용률"]);
  });

  for (const [what, change, field] of [
    ["no title", { title: "" }, "title"],
    [
      "a grade that the policy does not have",
      { thresholds: [{ grade: "P9", when: "above", bound: 1 }] },
      "thresholds.0.grade",
    ],
    [
      "an end on the wrong side",
      { thresholds: [{ grade: "Minor", when: "above", bound: 1, clear: 2 }] },
      "thresholds.0.clear",
    ],
    [
      "what is usual of a highest value",
      {
        measure: { form: "max", window: MINUTE_MS },
        baseline: { grade: "Minor", weeks: 4, spreads: 4, side: "both", hold: 0 },
      },
      "baseline",
    ],
    ["a window of a week", { measure: { form: "avg", window: 7 * DAY_MS } }, "measure.window"],
    [
      "a percentile of 100",
      { measure: { form: "percentile", window: HOUR_MS, percentile: 100 } },
      "measure.percentile",
    ],
    ["no such item", { quantity: "beer" }, "quantity"],
    ["a metric that is none", { query: { metric: "a b", matchers: [] } }, "query.metric"],
    ["an exception for everything", { exceptions: [{ matchers: [], thresholds: [] }] }, "exceptions.0.matchers"],
  ] as const) {
    test(`${what} is refused with the field that is to be mended`, async () => {
      const { rule } = await monitor("cpu-high");
      const answer = await call("PUT", "/api/v1/monitors/cpu-high", { ...rule, ...change });
      assert.equal(answer.statusCode, 400);
      assert.match(answer.body, new RegExp(field.replaceAll(".", "\\."), "u"));
    });
  }
});
