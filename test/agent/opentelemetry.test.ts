import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OTLPMetricExporter as JsonExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import type { ShownMetrics } from "../../src/http/wire/monitors.ts";
import { POLICY } from "../e2e/policy.ts";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";
import { until } from "../peers/until.ts";

const ROSTER = `사람: { kim: { 이름: 김하나, 연락처: { console: kim } } }
팀:
  L1 지원팀: { 구성원: { 운영자: [kim] } }
  L2 지원팀: { 구성원: { 엔지니어: [kim] } }
  L3 지원팀: { 구성원: { 아키텍트: [kim] } }
채널: { console: {} }
`;

describe("a program that OpenTelemetry's own SDK instruments", () => {
  let bongsu: Bongsu;
  let ingest: string;
  let admin: string;
  before(async () => {
    bongsu = await startBongsu({ policy: POLICY, roster: ROSTER });
    ingest = await bongsu.token("ingest");
    admin = await bongsu.token("admin");
  });
  after(() => bongsu?.stop());

  const last = async (metric: string, match: string): Promise<number | undefined> => {
    const path = `/api/v1/metrics/query?metric=${metric}&match=${encodeURIComponent(match)}`;
    const answer = await fetch(bongsu.url + path, { headers: { authorization: `Bearer ${admin}` } });
    const { series } = (await answer.json()) as ShownMetrics;
    return series[0]?.avg.findLast((value) => value !== null) ?? undefined;
  };

  for (const [encoding, Exporter] of [
    ["protobuf", ProtobufExporter],
    ["json", JsonExporter],
  ] as const) {
    test(`sends its counters in ${encoding}, and they are told as any application's: error rate, throughput, response time`, async () => {
      const service = `shop-${encoding}`;
      const exporter = new Exporter({
        url: `${bongsu.url}/v1/metrics`,
        headers: { authorization: `Bearer ${ingest}` },
      });
      const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
      const provider = new MeterProvider({
        resource: resourceFromAttributes({ "service.name": service, "host.name": "web-1" }),
        readers: [reader],
      });
      const meter = provider.getMeter("test");
      const duration = meter.createHistogram("http.server.request.duration", {
        unit: "s",
        advice: { explicitBucketBoundaries: [0.1, 0.5, 1, 5] },
      });
      meter.createObservableGauge("queue.depth").addCallback((result) => result.observe(7));
      const serve = (count: number, seconds: number, status: number): void => {
        for (let nth = 0; nth < count; nth++) duration.record(seconds, { "http.response.status_code": status });
      };
      try {
        serve(10, 0.05, 200);
        serve(1, 0.05, 500);
        await reader.forceFlush();
        assert.equal(await until("the gauge", () => last("queue_depth", `service="${service}"`)), 7);
        serve(60, 0.05, 200);
        serve(20, 2, 503);
        await until("a later moment", async () => {
          await reader.forceFlush();
          return last("app_requests_per_second", `target="${service}"`);
        });
        assert.equal(await last("app_error_ratio", `target="${service}"`), 0.25);
        const slow = await last("app_response_seconds", `target="${service}"`);
        assert.ok(slow !== undefined);
      } finally {
        await provider.shutdown();
      }
    });
  }
});
