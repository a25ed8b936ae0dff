import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { POLICY } from "../e2e/policy.ts";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";
import { until } from "../peers/until.ts";

const ROSTER = `사람: { kim: { 이름: 김하나, 연락처: { console: kim } } }
팀:
  L1 지원팀: { 구성원: { 운영자: [kim] } }
  L2 지원팀: { 구성원: { 엔지니어: [kim] } }
  L3 지원팀: { 구성원: { 아키텍트: [kim] } }
채널: { console: {} }
모니터:
  disk-full: { 이름: 데이터 디스크, 항목: 디스크 사용률, 메트릭: host_disk_used_ratio, 값: 1분 마지막 값, 임계치: { Minor: 70% 이상 } }
`;

describe("monitors on the command line", () => {
  let bongsu: Bongsu;
  before(async () => {
    bongsu = await startBongsu({
      policy: `${POLICY}\n\`\`\`yaml\n모니터링 항목:\n  시스템: [디스크 사용률, GPU 상태]\n\`\`\`\n`,
      roster: ROSTER,
    });
    const token = await bongsu.token("ingest");
    const attributes = [
      { key: "host", value: { stringValue: "db-1" } },
      { key: "mount", value: { stringValue: "/data" } },
    ];
    const point = { attributes, timeUnixNano: `${Date.now()}000000`, asDouble: 0.82 };
    const metrics = [{ name: "host_disk_used_ratio", gauge: { dataPoints: [point] } }];
    const answer = await fetch(`${bongsu.url}/v1/metrics`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
    });
    assert.equal(answer.status, 200, await answer.text());
  });
  after(() => bongsu?.stop());

  test("what fires, with its rule, its value and its incident", async () => {
    const shown = await until("the incident", async () => {
      const { stdout } = await bongsu.cli("monitor", "show", "disk-full");
      return /INC-\d/u.test(stdout) ? stdout : undefined;
    });
    assert.match(
      shown,
      /^데이터 디스크\n디스크 사용률의 마지막 값이 70% 이상이면 Minor \(사람이 정함\)\n {2}db-1 \/data 82% +경보 Minor +INC-1/u,
    );
  });

  test("each item of the document, and what to do where nothing watches it; exit code 1", async () => {
    const { code, stdout } = await bongsu.cli("monitor");
    assert.equal(code, 1);
    assert.match(stdout, /디스크 사용률 +데이터 디스크 +경보 Minor +db-1 \/data 82%/u);
    const unknown = await bongsu.cli("monitor", "show", "nope");
    assert.match(unknown.stderr, /not-found \(monitor=nope\)/u);
    assert.match(stdout, /GPU 상태 +지켜보는 것이 없습니다\. GPU 서버에 에이전트를/u);
  });
});
