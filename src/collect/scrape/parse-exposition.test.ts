import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { formatOf, parseExposition, type RawSample } from "./parse-exposition.ts";

function samplesOf(text: string, format: "prometheus" | "openmetrics" = "prometheus"): readonly RawSample[] {
  const parsed = parseExposition(text, format);
  assert.ok("samples" in parsed, JSON.stringify(parsed));
  return parsed.samples;
}

function problemOf(text: string, format: "prometheus" | "openmetrics" = "prometheus"): string {
  const parsed = parseExposition(text, format);
  assert.ok("problem" in parsed, JSON.stringify(parsed));
  return `line ${parsed.line}: ${parsed.problem}`;
}

describe("Prometheus' text format", () => {
  test("is read as its specification shows it", () => {
    const samples = samplesOf(`# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400"}    3 1395066363000

# Escaping in label values:
msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
metric_without_timestamp_and_labels 12.47
something_weird{problem="division by zero"} +Inf -3982045
http_request_duration_seconds_bucket{le="+Inf"} 144320
  spaced {  a = "b" , } -.5e-3
empty{a=""} NaN
`);
    assert.deepEqual(samples, [
      { name: "http_requests_total", labels: { method: "post", code: "200" }, value: 1027, at: 1395066363000 },
      { name: "http_requests_total", labels: { method: "post", code: "400" }, value: 3, at: 1395066363000 },
      {
        name: "msdos_file_access_time_seconds",
        labels: { path: "C:\\DIR\\FILE.TXT", error: 'Cannot find file:\n"FILE.TXT"' },
        value: 1.458255915e9,
      },
      { name: "metric_without_timestamp_and_labels", labels: {}, value: 12.47 },
      {
        name: "something_weird",
        labels: { problem: "division by zero" },
        value: Number.POSITIVE_INFINITY,
        at: -3982045,
      },
      { name: "http_request_duration_seconds_bucket", labels: { le: "+Inf" }, value: 144320 },
      { name: "spaced", labels: { a: "b" }, value: -0.0005 },
      { name: "empty", labels: {}, value: Number.NaN },
    ]);
  });

  test("lines may end as on Windows, and the last without an end", () => {
    assert.deepEqual(
      samplesOf("a 1\r\n\r\nb 2\r\nc 3").map(({ value }) => value),
      [1, 2, 3],
    );
  });

  test("names in quotes are read as Prometheus 3 writes them", () => {
    assert.deepEqual(samplesOf('{"http.server.duration","서비스"="결제",a="}"} 1'), [
      { name: "http.server.duration", labels: { 서비스: "결제", a: "}" }, value: 1 },
    ]);
  });

  test("one line that is none refuses the whole, and is named", () => {
    assert.equal(problemOf("a 1\nb{x=y} 2\n"), "line 2: the value of label x is not in quotes");
    assert.equal(problemOf('a{x="1'), "line 1: the value of label x does not end");
    assert.equal(problemOf('a{x="1",x="2"} 1'), "line 1: label x stands there twice");
    assert.equal(problemOf("a"), "line 1: nothing is no value");
    assert.equal(problemOf("a 0x10"), 'line 1: "0x10" is no value');
    assert.equal(problemOf("a 1 2 3"), "line 1: what follows the value is no time");
    assert.equal(problemOf("a{x} 1"), "line 1: label x has no value");
    assert.equal(problemOf("<html>"), "line 1: a name is expected");
    assert.equal(problemOf('{x="1"} 1'), "line 1: a name is expected");
  });

  test("a label called __proto__ is a label", () => {
    const [sample] = samplesOf('a{__proto__="x",constructor="y"} 1');
    assert.equal(Object.keys(sample?.labels ?? {}).length, 2);
    assert.equal(Object.getPrototypeOf(sample?.labels), Object.prototype);
  });
});

describe("OpenMetrics", () => {
  test("times are seconds, exemplars are passed over, and the end is the end", () => {
    const text = `# TYPE foo histogram
foo_bucket{le="0.1"} 8 # {trace_id="KOO5S4vxi0o"} 0.054
foo_bucket{le="+Inf"} 17 1520879607.789 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
foo_count 17
# UNIT foo seconds
# EOF
foo_count 18
`;
    assert.deepEqual(
      samplesOf(text, "openmetrics").map(({ value, at }) => [value, at]),
      [
        [8, undefined],
        [17, 1520879607789],
        [17, undefined],
      ],
    );
  });

  test("a text that was torn off is none, whichever line it was torn at", () => {
    assert.equal(problemOf("foo 1\nbar 2\n", "openmetrics"), "line 3: the text ends before its # EOF");
    assert.equal(problemOf("", "openmetrics"), "line 1: the text ends before its # EOF");
  });

  test("native histograms are passed over and counted", () => {
    const text = `# TYPE rpc histogram
rpc {count:17,sum:324.8,schema:3,zero_threshold:1e-4,zero_count:0,positive_spans:[0:2],positive_buckets:[5,12]} 1520879607.789
rpc{code="200"} {count:3,sum:0.5,schema:3} # {trace_id="a"} 0.2
up 1
# EOF
`;
    const parsed = parseExposition(text, "openmetrics");
    assert.ok("samples" in parsed, JSON.stringify(parsed));
    assert.equal(parsed.histograms, 2);
    assert.deepEqual(
      parsed.samples.map(({ name }) => name),
      ["up"],
    );
  });

  test("the format is told by the answer", () => {
    assert.equal(formatOf("application/openmetrics-text; version=1.0.0; charset=utf-8"), "openmetrics");
    assert.equal(formatOf("text/plain; version=0.0.4"), "prometheus");
    assert.equal(formatOf(""), "prometheus");
  });
});

describe("whatever comes", () => {
  const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,12}$/u);
  const label = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/u);
  const value = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
  const sample = fc.record({
    name,
    labels: fc.dictionary(label, fc.string({ unit: "grapheme", minLength: 1 })),
    value,
    at: fc.option(fc.integer({ min: -1e12, max: 1e13 }), { nil: undefined }),
  });
  const escaped = (text: string): string => text.replace(/[\\"\n]/gu, (mark) => (mark === "\n" ? "\\n" : `\\${mark}`));
  const told = (number: number): string =>
    Number.isNaN(number)
      ? "NaN"
      : Object.is(number, -0)
        ? "-0"
        : Number.isFinite(number)
          ? String(number)
          : number > 0
            ? "+Inf"
            : "-Inf";

  test("what is written is read back", () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const text = samples
          .map(({ name: metric, labels, value: number, at }) => {
            const pairs = Object.entries(labels).map(([one, other]) => `${one}="${escaped(other)}"`);
            return `${metric}{${pairs.join(",")}} ${told(number)}${at === undefined ? "" : ` ${at}`}\n`;
          })
          .join("# TYPE x gauge\n");
        const read = samplesOf(text);
        assert.deepEqual(
          read.map((one) => [one.name, { ...one.labels }, one.value, one.at]),
          samples.map((one) => [one.name, { ...one.labels }, one.value, one.at]),
        );
      }),
    );
  });

  test("nothing that is not in the format is anything but refused", () => {
    const pieces = fc.constantFrom(
      "a",
      "{",
      "}",
      '"',
      "=",
      ",",
      " ",
      "\n",
      "\\",
      "1",
      "#",
      "e",
      "+Inf",
      "NaN",
      "\r",
      "한",
    );
    const scraps = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), scraps), (text) => {
        for (const format of ["prometheus", "openmetrics"] as const) {
          const parsed = parseExposition(text, format);
          if ("samples" in parsed) assert.ok(parsed.samples.every(({ name: metric }) => metric !== ""));
          else assert.ok(parsed.line >= 1 && parsed.problem !== "");
        }
      }),
      { numRuns: 500 },
    );
  });
});
