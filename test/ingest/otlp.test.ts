import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readJson } from "../../src/ingest/otlp/read-json.ts";
import { readProtobuf } from "../../src/ingest/otlp/read-protobuf.ts";
import { toSamples } from "../../src/ingest/otlp/to-samples.ts";
import { otlpProtobuf, type Resource } from "../fixtures/otlp-writer.ts";

const AT = Date.UTC(2026, 2, 2);
const NANOS = `${AT}000000`;

const RESOURCE: Resource = {
  attributes: { "host.name": "web-1", "service.name": "결제", "process.pid": 7 },
  metrics: [
    {
      name: "http.server.active_requests",
      kind: "gauge",
      unit: "{request}",
      points: [{ atMs: AT, value: 3.5, attributes: { "http.route": "/pay", secure: true, port: 8080, "": "x" } }],
    },
    {
      name: "jobs.done",
      kind: "sum",
      temporality: 2,
      monotonic: true,
      points: [{ atMs: AT, value: -12, asInt: true }],
    },
    {
      name: "http.server.request.duration",
      unit: "s",
      kind: "histogram",
      temporality: 2,
      points: [{ atMs: AT, count: 10, sum: 1.5, buckets: [2, 3, 5], bounds: [0.1, 0.5] }],
    },
    { name: "rpc", kind: "exponential", temporality: 2, points: [{ atMs: AT, count: 4, sum: 2 }] },
    { name: "gc", unit: "s", kind: "summary", points: [{ atMs: AT, count: 2, sum: 3, quantiles: [[0.5, 0.25]] }] },
  ],
};

const OF = { host: "web-1", service: "결제" };
const EXPECTED = [
  ["http_server_active_requests", { ...OF, http_route: "/pay", secure: "true", port: "8080", key_: "x" }, 3.5],
  ["jobs_done_total", OF, -12],
  ["http_server_request_duration_seconds_count", OF, 10],
  ["http_server_request_duration_seconds_sum", OF, 1.5],
  ["http_server_request_duration_seconds_bucket", { ...OF, le: "0.1" }, 2],
  ["http_server_request_duration_seconds_bucket", { ...OF, le: "0.5" }, 5],
  ["http_server_request_duration_seconds_bucket", { ...OF, le: "+Inf" }, 10],
  ["rpc_count", OF, 4],
  ["rpc_sum", OF, 2],
  ["gc_seconds_count", OF, 2],
  ["gc_seconds_sum", OF, 3],
  ["gc_seconds", { ...OF, quantile: "0.5" }, 0.25],
];

function told(read: ReturnType<typeof toSamples>) {
  return read.parts.flatMap(({ samples }) => samples.map(({ metric, labels, value }) => [metric, labels, value]));
}

describe("an OpenTelemetry request", () => {
  test("in binary Protobuf gives a sample for each value, with the names that Prometheus exporters use", () => {
    const read = toSamples(readProtobuf(otlpProtobuf([RESOURCE])), AT + 5_000);
    assert.deepEqual(told(read), EXPECTED);
    assert.ok(read.parts[0]?.samples.every(({ at }) => at === AT));
    assert.deepEqual([read.points, read.rejected, read.because], [5, 0, undefined]);
  });

  test("in JSON gives the same", () => {
    const point = { timeUnixNano: NANOS };
    const attribute = (key: string, value: object) => ({ key, value });
    const body = {
      resourceMetrics: [
        {
          resource: {
            attributes: [
              attribute("host.name", { stringValue: "web-1" }),
              attribute("service.name", { stringValue: "결제" }),
            ],
          },
          scopeMetrics: [
            {
              unknown: 1,
              metrics: [
                {
                  name: "http.server.active_requests",
                  unit: "{request}",
                  gauge: {
                    dataPoints: [
                      {
                        ...point,
                        asDouble: 3.5,
                        attributes: [
                          attribute("http.route", { stringValue: "/pay" }),
                          attribute("secure", { boolValue: true }),
                          attribute("port", { intValue: "8080" }),
                          attribute("", { stringValue: "x" }),
                        ],
                      },
                    ],
                  },
                },
                {
                  name: "jobs.done",
                  sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [{ ...point, asInt: "-12" }] },
                },
                {
                  name: "http.server.request.duration",
                  unit: "s",
                  histogram: {
                    aggregationTemporality: 2,
                    dataPoints: [
                      { ...point, count: "10", sum: 1.5, bucketCounts: ["2", "3", 5], explicitBounds: [0.1, 0.5] },
                    ],
                  },
                },
                {
                  name: "rpc",
                  exponentialHistogram: {
                    aggregationTemporality: 2,
                    dataPoints: [{ ...point, count: 4, sum: 2, scale: 3, positive: { bucketCounts: [1, 3] } }],
                  },
                },
                {
                  name: "gc",
                  unit: "s",
                  summary: {
                    dataPoints: [{ ...point, count: "2", sum: 3, quantileValues: [{ quantile: 0.5, value: 0.25 }] }],
                  },
                },
              ],
            },
          ],
        },
      ],
    };
    assert.deepEqual(told(toSamples(readJson(body), AT)), EXPECTED);
  });

  test("deltas, values that are none and sums of no temporality are refused with the reason, the rest is taken", () => {
    const read = toSamples(
      readProtobuf(
        otlpProtobuf([
          {
            attributes: {},
            metrics: [
              { name: "a", kind: "sum", temporality: 1, points: [{ value: 1 }, { value: 2 }] },
              { name: "b", kind: "sum", points: [{ value: 1 }] },
              { name: "c", kind: "gauge", points: [{ value: Number.NaN }, { value: 4 }, { value: 9, flags: 1 }] },
            ],
          },
        ]),
      ),
      AT,
    );
    assert.deepEqual(told(read), [["c", {}, 4]]);
    assert.equal(read.rejected, 4);
    assert.match(read.because ?? "", /^2: delta temporality \(.*deltatocumulative.*; 1: /u);
    // Without a time of its own it is from now.
    assert.equal(read.parts[0]?.samples[0]?.at, AT);
  });

  test("what our own agent sends keeps its names and labels and tells its batch", () => {
    const read = toSamples(
      readProtobuf(
        otlpProtobuf([
          {
            attributes: { "host.name": "web-1", "bongsu.batch": "b-1" },
            metrics: [
              { name: "database_up", kind: "gauge", points: [{ atMs: AT, value: 1, attributes: { target: "db1" } }] },
            ],
          },
        ]),
      ),
      AT,
    );
    assert.deepEqual(read.parts, [
      {
        batch: "b-1",
        host: "web-1",
        service: undefined,
        isHost: false,
        samples: [{ metric: "database_up", labels: { target: "db1" }, at: AT, value: 1 }],
      },
    ]);
  });

  test("whatever bytes come, they are read or refused, and nothing else", () => {
    const whole = otlpProtobuf([RESOURCE]);
    for (let cut = 0; cut < whole.length; cut++) {
      try {
        toSamples(readProtobuf(whole.subarray(0, cut)), AT);
      } catch (error) {
        assert.ok(error instanceof Error);
      }
    }
    assert.throws(() => readProtobuf(whole.subarray(0, whole.length - 1)));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          toSamples(readProtobuf(bytes), AT);
        } catch (error) {
          assert.ok(error instanceof Error);
        }
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        try {
          toSamples(readJson(body), AT);
        } catch (error) {
          assert.ok(error instanceof TypeError);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("a body of nothing but small messages is refused before it fills the memory", () => {
    assert.throws(() => readProtobuf(new Uint8Array(4_000_000).fill(0).map((_, n) => (n % 2 === 0 ? 0x0a : 0))), {
      message: /more messages/,
    });
  });
});

describe("what the host metrics receiver sends", () => {
  const host = (metrics: Resource["metrics"]) =>
    Object.fromEntries(
      toSamples(readProtobuf(otlpProtobuf([{ attributes: { "host.name": "h" }, metrics }])), AT).parts.flatMap(
        ({ samples }) =>
          samples.map(({ metric, labels, value }) => [
            [metric, ...Object.values(labels).filter((label) => label !== "h")].join(" "),
            Math.round(value * 1e6) / 1e6,
          ]),
      ),
    );
  const states = (values: Readonly<Record<string, number>>, more: object = {}) =>
    Object.entries(values).map(([state, value]) => ({ atMs: AT, value, attributes: { state, ...more } }));

  test("is told in the names that our own collectors use", () => {
    const mount = (mountpoint: string, type = "ext4", mode = "rw") => ({ mountpoint, type, mode, device: "/dev/sda" });
    assert.deepEqual(
      host([
        {
          name: "system.cpu.utilization",
          unit: "1",
          kind: "gauge",
          points: [
            ...states({ idle: 0.5, wait: 0.1, user: 0.3, system: 0.1 }, { cpu: "cpu0" }),
            ...states({ idle: 0.1, wait: 0.1, user: 0.8, system: 0 }, { cpu: "cpu1" }),
          ],
        },
        {
          name: "system.memory.usage",
          unit: "By",
          kind: "sum",
          temporality: 2,
          points: states({ used: 60, free: 20, buffered: 5, cached: 15, slab_reclaimable: 3, inactive: 9 }),
        },
        { name: "system.paging.usage", unit: "By", kind: "sum", temporality: 2, points: states({ used: 1, free: 3 }) },
        {
          name: "system.filesystem.usage",
          unit: "By",
          kind: "sum",
          temporality: 2,
          points: [
            ...states({ used: 80, free: 20, reserved: 10 }, mount("/")),
            ...states({ used: 10, free: 0 }, mount("/snap/x", "squashfs")),
            ...states({ used: 10, free: 0 }, mount("/cd", "udf", "ro")),
          ],
        },
        {
          name: "system.filesystem.inodes.usage",
          unit: "{inodes}",
          kind: "sum",
          temporality: 2,
          points: states({ used: 1, free: 9 }, mount("/")),
        },
        {
          name: "system.network.errors",
          unit: "{errors}",
          kind: "sum",
          temporality: 2,
          monotonic: true,
          points: [{ atMs: AT, value: 7, asInt: true, attributes: { device: "eth0", direction: "receive" } }],
        },
      ]),
      {
        host_cpu_used_ratio: 0.6,
        host_memory_used_ratio: 0.6,
        host_memory_available_bytes: 40,
        host_swap_used_ratio: 0.25,
        "host_disk_used_ratio /": 0.8,
        "host_disk_free_bytes /": 20,
        "host_inodes_used_ratio /": 0.1,
        "system_network_errors_total eth0 receive": 7,
      },
    );
  });

  test("ratios that it sends go before those made of bytes", () => {
    assert.deepEqual(
      host([
        { name: "system.memory.utilization", unit: "1", kind: "gauge", points: states({ used: 0.7, free: 0.3 }) },
        {
          name: "system.filesystem.utilization",
          unit: "1",
          kind: "gauge",
          points: [{ atMs: AT, value: 0.91, attributes: { mountpoint: "/data", type: "xfs", mode: "rw" } }],
        },
        {
          name: "system.filesystem.usage",
          unit: "By",
          kind: "sum",
          temporality: 2,
          points: states({ used: 90, free: 10 }, { mountpoint: "/data", type: "xfs", mode: "rw" }),
        },
      ]),
      { host_memory_used_ratio: 0.7, "host_disk_used_ratio /data": 0.91, "host_disk_free_bytes /data": 10 },
    );
  });

  test("of a sender that does not tell its host nothing is made", () => {
    const metrics: Resource["metrics"] = [
      { name: "system.memory.utilization", unit: "1", kind: "gauge", points: states({ used: 0.7 }) },
    ];
    const read = toSamples(readProtobuf(otlpProtobuf([{ attributes: {}, metrics }])), AT);
    assert.deepEqual(told(read), [["system_memory_utilization_ratio", { state: "used" }, 0.7]]);
  });
});
