import assert from "node:assert/strict";
import { test } from "node:test";
import { labelName, metricName } from "./metric-name.ts";
import type { OtlpData } from "./otlp.ts";

const gauge: OtlpData = { kind: "gauge", points: [] };
const counter: OtlpData = { kind: "sum", points: [], temporality: 2, monotonic: true };
const sum: OtlpData = { kind: "sum", points: [], temporality: 2, monotonic: false };
const histogram: OtlpData = { kind: "histogram", points: [], temporality: 2 };

// The examples of the collector's own table, and what else senders write.
for (const [name, unit, data, expected] of [
  ["(lambda).function.executions(#)", "", gauge, "lambda_function_executions"],
  ["system.filesystem.usage", "By", sum, "system_filesystem_usage_bytes"],
  ["system.network.dropped", "{packets}", sum, "system_network_dropped"],
  ["system.network.dropped", "packets", sum, "system_network_dropped_packets"],
  ["system.memory.utilization", "1", gauge, "system_memory_utilization_ratio"],
  ["storage.filesystem.utilization", "%", gauge, "storage_filesystem_utilization_percent"],
  ["astro.light.speed", "m/s", gauge, "astro_light_speed_meters_per_second"],
  ["system.processes.created", "{processes}", counter, "system_processes_created_total"],
  ["http.server.request.duration", "s", histogram, "http_server_request_duration_seconds"],
  ["http.requests.total", "", counter, "http_requests_total"],
  ["already_named_total", "", counter, "already_named_total"],
  ["host_cpu_used_ratio", "", gauge, "host_cpu_used_ratio"],
  ["net.io", "By/s", gauge, "net_io_bytes_per_second"],
  ["5xx.count", "1", counter, "_5xx_count_total"],
  ["사용률", "", gauge, ""],
] as const) {
  test(`${name} in ${unit || "no unit"} (${data.kind}) is ${expected || "no name"}`, () => {
    assert.equal(metricName(name, unit, data), expected);
  });
}

test("a label is a name that Prometheus takes", () => {
  assert.deepEqual(["http.status_code", "2 cents", "_x"].map(labelName), ["http_status_code", "key_2_cents", "_x"]);
});
