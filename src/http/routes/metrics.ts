import type { FastifyInstance } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { METRICS, titleOf, unitOf } from "../../metric/metric.ts";
import type { Point } from "../../metric/sample.ts";
import { DAY_MS, fromIso, HOUR_MS, type Instant, SECOND_MS, toIso } from "../../time/instant.ts";
import { patternProblem, readMatcher } from "../../triage/matchers.ts";
import type { Matcher } from "../../triage/silence.ts";
import { type HttpFacts, localeFor, may } from "../access.ts";
import type { MetricNames, ShownMetrics } from "../wire/monitors.ts";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

type Bounds = { readonly min: number; readonly max: number; readonly usual: number };
const POINTS: Bounds = { min: 2, max: 2_000, usual: 300 };
const SERIES: Bounds = { min: 1, max: 200, usual: 20 };
const MATCHERS_MAX = 20;
/** Names that brought nothing for so long have no series, and are not told unless they are ours. */
const NAMES_SINCE_MS = DAY_MS;

/** What was measured, as charts draw it. */
export function metricRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { clock } = engine.ports;
  const read = may(facts, "monitors.read");

  server.get<{ Querystring: Query }>("/api/v1/metrics/query", read, async ({ query }): Promise<ShownMetrics> => {
    const metric = one(query, "metric");
    if (metric === undefined || metric === "")
      throw new Fault("bad-request", { field: "metric", expected: "the name of a metric" });
    const to = timeOf(query, "to") ?? clock.now();
    const from = timeOf(query, "from") ?? to - HOUR_MS;
    if (from >= to) throw new Fault("bad-request", { field: "from", expected: "a time before `to`", got: toIso(from) });
    const history = await engine.metrics.history(
      { metric, matchers: matchersOf(query) },
      {
        from,
        to,
        pointsMax: countOf(query, "points", POINTS),
        seriesMax: countOf(query, "series", SERIES),
      },
    );
    const { step, resolution, series, seriesCount } = history;
    const begin = Math.floor(from / step) * step;
    const at = Array.from({ length: Math.max(Math.ceil((to - begin) / step), 1) }, (_, index) => begin + index * step);
    return {
      metric,
      unit: unitOf(metric),
      from: toIso(from),
      to: toIso(to),
      stepSeconds: step / SECOND_MS,
      resolution,
      at: at.map((instant) => instant / SECOND_MS),
      series: series.map(({ labels, points }) => {
        const column = (value: (point: Point) => number): (number | null)[] => {
          const values: (number | null)[] = Array.from(at, () => null);
          for (const point of points) {
            const place = (point.at - begin) / step;
            if (place >= 0 && place < values.length) values[place] = value(point);
          }
          return values;
        };
        return {
          labels,
          avg: column(({ sum, count }) => sum / count),
          min: column(({ min }) => min),
          max: column(({ max }) => max),
        };
      }),
      seriesCount,
    };
  });

  server.get("/api/v1/metrics/names", read, async (request): Promise<MetricNames> => {
    const locale = localeFor(request);
    const names = await engine.metrics.names(clock.now() - NAMES_SINCE_MS);
    const series = new Map([
      ...METRICS.map(({ name }) => [name, 0] as const),
      ...names.map((one) => [one.metric, one.series] as const),
    ]);
    const metrics = [...series].map(([metric, count]) => ({
      metric,
      title: titleOf(metric)[locale],
      unit: unitOf(metric),
      series: count,
    }));
    return { metrics };
  });
}

function one(query: Query, field: string): string | undefined {
  const value = query[field];
  if (value === undefined || typeof value === "string") return value;
  throw new Fault("bad-request", { field, expected: "one value" });
}

function timeOf(query: Query, field: string): Instant | undefined {
  const text = one(query, field);
  if (text === undefined) return undefined;
  const at = fromIso(text);
  if (at === undefined)
    throw new Fault("bad-request", { field, expected: "an RFC 3339 time such as 2026-03-02T09:00:00Z", got: text });
  return at;
}

function countOf(query: Query, field: string, { usual, min, max }: Bounds): number {
  const text = one(query, field);
  if (text === undefined) return usual;
  const count = Number(text);
  if (!Number.isInteger(count) || count < min || count > max)
    throw new Fault("bad-request", { field, expected: `a whole number from ${min} to ${max}`, got: text });
  return count;
}

function matchersOf({ match }: Query): readonly Matcher[] {
  const texts = match === undefined ? [] : typeof match === "string" ? [match] : match;
  if (texts.length > MATCHERS_MAX)
    throw new Fault("bad-request", { field: "match", expected: `at most ${MATCHERS_MAX} matchers` });
  return texts.map((text) => {
    const matcher = readMatcher(text);
    if (matcher === undefined)
      throw new Fault("bad-request", { field: "match", expected: 'a matcher such as host="db-1"', got: text });
    const problem = matcher.isRegex ? patternProblem(matcher.value) : undefined;
    if (problem !== undefined)
      throw new Fault("bad-request", {
        field: "match",
        expected: "an RE2 pattern of at most 500 characters",
        got: text,
      });
    return matcher;
  });
}
