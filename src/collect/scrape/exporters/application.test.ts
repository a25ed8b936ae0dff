import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSettings } from "../../settings.ts";
import { parseExposition, type RawSample } from "../parse-exposition.ts";
import { quantileOf } from "../quantile.ts";
import { Earlier, Reading } from "../reading.ts";
import { APPLICATION_SETTINGS, applicationExporter, readApplicationNames } from "./application.ts";

function samplesOf(text: string): readonly RawSample[] {
  const parsed = parseExposition(text, "prometheus");
  assert.ok("samples" in parsed);
  return parsed.samples;
}

/** What comes of two scrapes ten seconds apart. */
function translate(before: string, now: string, settings: Record<string, unknown> = {}): Record<string, number> {
  const exporter = applicationExporter(readApplicationNames(readSettings(settings, APPLICATION_SETTINGS)));
  const second = new Reading(samplesOf(now), { earlier: new Earlier(samplesOf(before)), seconds: 10 });
  assert.ok(exporter.recognizes(second));
  const facts = { reading: second, host: "here", target: "shop", at: 0, known: new Set<string>() };
  return Object.fromEntries(
    exporter
      .translate(facts)
      .map(({ metric, labels, value }) => [
        labels.quantile === undefined ? metric : `${metric} ${labels.quantile}`,
        value,
      ]),
  );
}

describe("what an application tells of its requests", () => {
  test("a counter with the status gives throughput and error rate", () => {
    const told = translate(
      'http_requests_total{code="200"} 100\nhttp_requests_total{code="404"} 10\nhttp_requests_total{code="500"} 1\n',
      'http_requests_total{code="200"} 170\nhttp_requests_total{code="404"} 20\nhttp_requests_total{code="500"} 21\n',
    );
    assert.equal(told.app_requests_per_second, 10);
    assert.equal(told.app_error_ratio, 0.2);
  });

  test("the first error there ever was counts, although its series was not there before", () => {
    const told = translate(
      'http_requests_total{status_code="200"} 100\n',
      'http_requests_total{status_code="200"} 106\nhttp_requests_total{status_code="503"} 4\n',
    );
    assert.equal(told.app_error_ratio, 0.4);
  });

  test("an application that was started anew counts from nothing", () => {
    const told = translate(
      'http_requests_total{code="200"} 100000\nhttp_requests_total{code="500"} 9000\n',
      'http_requests_total{code="200"} 30\nhttp_requests_total{code="500"} 10\n',
    );
    assert.equal(told.app_requests_per_second, 4);
    assert.equal(told.app_error_ratio, 0.25);
  });

  test("where nobody asked there is throughput and no error rate", () => {
    const same = 'http_requests_total{code="200"} 100\n';
    assert.deepEqual(translate(same, same), { app_requests_per_second: 0 });
  });

  test("OpenTelemetry, Spring and gRPC are known by their names", () => {
    const otel = (ok: number, bad: number): string =>
      `http_server_request_duration_seconds_count{http_response_status_code="200"} ${ok}\nhttp_server_request_duration_seconds_count{http_response_status_code="502"} ${bad}\n`;
    assert.equal(translate(otel(0, 0), otel(15, 5)).app_error_ratio, 0.25);
    const spring = (ok: number, bad: number): string =>
      `http_server_requests_seconds_count{outcome="SUCCESS",status="200",uri="/"} ${ok}\nhttp_server_requests_seconds_sum{outcome="SUCCESS",status="200",uri="/"} ${ok / 2}\nhttp_server_requests_seconds_count{outcome="SERVER_ERROR",status="500",uri="/"} ${bad}\nhttp_server_requests_seconds_sum{outcome="SERVER_ERROR",status="500",uri="/"} ${bad}\n`;
    const told = translate(spring(10, 0), spring(20, 10));
    assert.equal(told.app_error_ratio, 0.5);
    assert.equal(told["app_response_seconds mean"], 0.75);
    const grpc = (ok: number, bad: number): string =>
      `grpc_server_handled_total{grpc_code="OK"} ${ok}\ngrpc_server_handled_total{grpc_code="NotFound"} ${ok}\ngrpc_server_handled_total{grpc_code="Unavailable"} ${bad}\n`;
    assert.equal(translate(grpc(0, 0), grpc(4, 2)).app_error_ratio, 0.2);
  });

  test("response times come from the buckets of all instances together, in seconds", () => {
    const buckets = (counts: readonly number[]): string =>
      [
        ...["100", "200", "400", "+Inf"].map(
          (le, nth) => `http_server_duration_milliseconds_bucket{http_status_code="200",le="${le}"} ${counts[nth]}\n`,
        ),
        `http_server_duration_milliseconds_count{http_status_code="200"} ${counts[3]}\n`,
      ].join("");
    const told = translate(buckets([1_000, 1_000, 1_000, 1_000]), buckets([1_050, 1_090, 1_100, 1_100]));
    assert.equal(told["app_response_seconds 0.5"], 0.1);
    assert.equal(told["app_response_seconds 0.95"], 0.3);
    assert.ok(Math.abs((told["app_response_seconds 0.99"] ?? 0) - 0.38) < 1e-9);
  });

  test("of summaries the slowest counts", () => {
    const text = `http_request_duration_seconds{handler="a",quantile="0.95"} 0.2
http_request_duration_seconds{handler="b",quantile="0.95"} 1.5
http_request_duration_seconds{handler="c",quantile="0.95"} NaN
http_request_duration_seconds_count{handler="a"} 1
`;
    assert.equal(translate(text, text)["app_response_seconds 0.95"], 1.5);
  });

  test("names of one's own are told by the settings", () => {
    const text = (n: number): string =>
      `shop_calls ${n}\nshop_failures ${n / 10}\nshop_users{kind="a"} 30\nshop_users{kind="b"} 20\n`;
    const told = translate(text(100), text(200), {
      requests: "shop_calls",
      errors: "shop_failures",
      sessions: "shop_users",
      sessions_max: 80,
    });
    assert.deepEqual(told, {
      app_requests_per_second: 10,
      app_error_ratio: 0.1,
      app_sessions: 50,
      app_sessions_used_ratio: 0.625,
    });
  });
});

describe("a quantile of buckets", () => {
  const INF = Number.POSITIVE_INFINITY;

  test("lies inside its bucket, and at the bound where that is open", () => {
    const buckets = [
      { upTo: 1, count: 50 },
      { upTo: 2, count: 100 },
      { upTo: INF, count: 100 },
    ];
    assert.equal(quantileOf(0.5, buckets), 1);
    assert.equal(quantileOf(0.75, buckets), 1.5);
    assert.equal(quantileOf(0.25, buckets), 0.5);
    assert.equal(
      quantileOf(0.99, [
        { upTo: 1, count: 1 },
        { upTo: INF, count: 100 },
      ]),
      1,
    );
  });

  test("is not known where nothing was counted, or not to the end", () => {
    assert.equal(quantileOf(0.95, []), undefined);
    assert.equal(quantileOf(0.95, [{ upTo: 1, count: 5 }]), undefined);
    assert.equal(
      quantileOf(0.95, [
        { upTo: 1, count: 0 },
        { upTo: INF, count: 0 },
      ]),
      undefined,
    );
  });
});
