import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { begun, incidents, measure } from "../../../test/world/rule-world.ts";
import { asId } from "../../id/id.ts";
import type { Labels } from "../../metric/sample.ts";
import { DEFAULT_RULES, type DefaultLine, type DefaultRule } from "../../monitor/default-rules.ts";
import { QUANTITIES, type QuantityKind } from "../../monitor/quantity.ts";
import { MINUTE_MS } from "../../time/instant.ts";

/** The grades and the monitored items of the first users' document. */
const POLICY = `\`\`\`yaml
장애 등급:
  Critical: { 정의: [서비스 완전 중단], 대응시간: 즉시 (24/7), 담당: L1 지원팀 }
  Major: { 정의: [주요 기능 장애], 대응시간: 2시간 이내, 담당: L1 지원팀 }
  Minor: { 정의: [일부 기능 장애], 대응시간: 4시간 이내, 담당: L1 지원팀 }
대응 조직:
  L1 지원팀: { 역할: [초기 장애 접수] }
알림 규칙:
  Critical: { 채널: [SMS], 대상: [L1 지원팀] }
  Major: { 채널: [SMS], 대상: [L1 지원팀] }
  Minor: { 채널: [Email], 대상: [L1 지원팀] }
모니터링 항목:
  시스템: [CPU/메모리/디스크 사용률, GPU 상태 및 사용률, 네트워크 상태, 프로세스 상태]
  애플리케이션: [API 응답시간, 에러율, 처리량, 세션 상태]
  데이터베이스: [MariaDB 상태, 쿼리 성능, 연결 상태, 디스크 공간]
\`\`\`
`;
const GRADES = ["Critical", "Major", "Minor"];

/** Of each quantity what breaks, its most severe line, and what the person at night reads. */
const TOLD: Readonly<Record<Exclude<QuantityKind, "throughput">, RegExp>> = {
  "cpu-usage": /^db-1 CPU 사용률 100% \(95% 이상\)$/u,
  "memory-usage": /^db-1 메모리 사용률 100% \(95% 이상\)$/u,
  "disk-usage": /^db-1 디스크 사용률 100% \(98% 이상\)$/u,
  "gpu-state": /^db-1 GPU 인식: 중단$/u,
  "gpu-usage": /^db-1 GPU 사용률 100% \(98% 이상\)$/u,
  "network-state": /^db-1 네트워크 인터페이스: 중단$/u,
  "process-state": /^db-1 프로세스 수 0 \(1 미만\)$/u,
  "response-time": /^db-1 API 응답시간 \(95번째 백분위\) 6초 \(3초 이상\)$/u,
  "error-rate": /^db-1 에러율 75% \(50% 이상\)$/u,
  "session-state": /^db-1 세션 사용률 100% \(98% 이상\)$/u,
  "database-state": /^db-1 데이터베이스 응답: 중단$/u,
  "query-performance": /^db-1 느린 쿼리 초당 60 \(초당 30 이상\)$/u,
  "database-connections": /^db-1 연결 사용률 100% \(99% 이상\)$/u,
  "database-disk": /^db-1 데이터 디스크 사용률 100% \(98% 이상\)$/u,
};

function principal(kind: QuantityKind): DefaultRule {
  const rule = DEFAULT_RULES.find((one) => one.quantity === kind && one.principal);
  return rule ?? assert.fail(`no rule for ${kind}`);
}

/** Well past the line, and no more than there can be. */
function past({ when, bound }: DefaultLine, metric: string): number {
  if (when === "below" || when === "at-most") return 0;
  return metric.endsWith("_ratio") ? Math.min(bound * 1.5, 1) : bound * 2;
}

describe("each item that the document says is watched raises an incident of the policy's grade, and ends it", () => {
  for (const { kind } of QUANTITIES) {
    if (kind === "throughput") continue;
    test(kind, async () => {
      const rule = principal(kind);
      const [line] = rule.lines.toSorted((one, other) => one.rank - other.rank);
      assert.ok(line);
      const world = await begun(POLICY);
      const labels: Labels = { host: "db-1", ...rule.labels };
      const series = { metric: rule.metric, labels };
      const normal = line.when === "below" ? 1 : 0;
      await measure(world, MINUTE_MS, () => normal, series);
      assert.deepEqual(await incidents(world), []);
      const bad = past(line, rule.metric);
      await measure(world, line.hold + rule.measure.window + MINUTE_MS, () => bad, series);
      const [incident] = await incidents(world);
      assert.equal(incident?.grade, GRADES[line.rank]);
      // The incident is called by the alert that opened it, which a milder line of the same series may have done.
      const [alert] = await world.store.alertsOfIncident(incident?.id ?? asId(""), 10);
      assert.match(alert?.title ?? "", TOLD[kind]);
      assert.match(incident?.title ?? "", new RegExp(`^db-1 ${RegExp.escape(rule.title.ko)}`, "u"));
      assert.equal(incident?.state, "triggered");
      await measure(world, rule.measure.window + MINUTE_MS, () => normal, series);
      assert.equal((await incidents(world))[0]?.state, "resolved");
    });
  }
});

test("what each default rule holds against its lines is measured by something", () => {
  const sources = ["collect", "agent", "http/routes"].flatMap((folder) => {
    const path = join(import.meta.dirname, "..", "..", folder);
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
      .map((name) => readFileSync(join(path, name), "utf8"));
  });
  const all = sources.join("\n");
  const unmeasured = DEFAULT_RULES.filter(({ metric }) => !all.includes(metric)).map(({ id }) => id);
  assert.deepEqual(unmeasured, []);
});
