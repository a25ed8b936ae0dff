import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import type { WatchedSeries } from "../../engine/evaluate/watched-series.ts";
import { Fault } from "../../fault/fault.ts";
import { type Point, seriesKey } from "../../metric/sample.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { monitorsOf } from "../../monitor/monitors-of.ts";
import { HOUR_MS, type Instant, type Millis, SECOND_MS, toIso } from "../../time/instant.ts";
import { type HttpFacts, may } from "../access.ts";
import type { ShownLines } from "../wire/monitors.ts";

const HOURS = { usual: 6, max: 48 } as const;
const POINTS = 72;
/** Many boards hang on many walls; what they show is a picture of hours. */
const KEPT_MS = 30 * SECOND_MS;

/** The shape of the last hours, of the worst series of each monitor: what tiles and boards draw. */
export function monitorLineRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { clock } = engine.ports;
  const kept = new Map<number, { readonly at: Instant; readonly lines: Promise<ShownLines> }>();

  server.get<{ Querystring: { hours?: string } }>(
    "/api/v1/monitors/lines",
    may(facts, "monitors.read"),
    async ({ query }): Promise<ShownLines> => {
      const hours = Number(query.hours ?? HOURS.usual);
      if (!Number.isInteger(hours) || hours < 1 || hours > HOURS.max)
        throw new Fault("bad-request", { field: "hours", expected: `a whole number from 1 to ${HOURS.max}` });
      const at = clock.now();
      const known = kept.get(hours);
      if (known !== undefined && at - known.at < KEPT_MS) return known.lines;
      const lines = linesOf(engine, { from: at - hours * HOUR_MS, to: at });
      kept.set(hours, { at, lines });
      // What failed is asked anew.
      lines.catch(() => kept.delete(hours));
      return lines;
    },
  );
}

async function linesOf(
  engine: Engine,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<ShownLines> {
  const { store } = engine.ports;
  const policy = await engine.knowledge.currentPolicy(store);
  const { monitors } = await engine.knowledge.roster(store);
  const lines: Record<string, readonly (number | null)[]> = {};
  for (const monitor of monitorsOf(policy, monitors)) {
    const worst = worstOf(monitor, engine.evaluation.seriesOf(monitor.id));
    if (worst === undefined || !monitor.enabled) continue;
    const { metric } = monitor.query;
    const matchers = Object.entries(worst.labels).map(([name, value]) => ({
      name,
      value,
      isRegex: false,
      isEqual: true,
    }));
    const history = await engine.metrics.history(
      { metric, matchers },
      { from, to, pointsMax: POINTS * 2, seriesMax: SAME_LABELS_MAX },
    );
    // Others may have these labels and more.
    const wanted = seriesKey(metric, worst.labels);
    const found = history.series.find(({ key }) => key === wanted);
    if (found !== undefined) lines[monitor.id] = evenly(found.points, { from, to }, monitor);
  }
  return { from: toIso(from), to: toIso(to), lines };
}

const SAME_LABELS_MAX = 20;
const ORDER = ["firing", "pending", "no-data", "ok", "unseen"] as const;

/** What fires first, then what is nearest to the line. */
function worstOf({ thresholds }: Monitor, series: readonly WatchedSeries[]): WatchedSeries | undefined {
  const first = thresholds[0]?.when;
  const sign = first === "below" || first === "at-most" ? -1 : 1;
  const value = ({ standing }: WatchedSeries): number =>
    standing.value === undefined ? Number.NEGATIVE_INFINITY : standing.value * sign;
  const place = ({ verdict }: WatchedSeries): number => ORDER.indexOf(verdict.state);
  return series
    .filter(({ exempt }) => !exempt)
    .toSorted((one, other) => place(one) - place(other) || value(other) - value(one))[0];
}

/** The mean of each equal part of the time; null where nothing was measured. A counter is told as how fast it grows. */
function evenly(
  points: readonly Point[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
  { measure }: Monitor,
): readonly (number | null)[] {
  const part: Millis = (to - from) / POINTS;
  const sums = Array.from({ length: POINTS }, () => ({ sum: 0, count: 0 }));
  let before: Point | undefined;
  for (const point of points) {
    const slot = sums[Math.min(Math.floor((point.at - from) / part), POINTS - 1)];
    const value = valueOf(point, before, measure);
    before = point;
    if (slot === undefined || value === undefined) continue;
    slot.sum += value;
    slot.count++;
  }
  return sums.map(({ sum, count }) => (count === 0 ? null : sum / count));
}

function valueOf(point: Point, before: Point | undefined, measure: Monitor["measure"]): number | undefined {
  if (measure.form !== "rate" && measure.form !== "increase") return point.sum / point.count;
  if (before === undefined) return undefined;
  const grown = point.last < before.last ? point.last : point.last - before.last;
  const perSecond = grown / ((point.at - before.at) / SECOND_MS);
  return measure.form === "rate" ? perSecond : perSecond * (measure.window / SECOND_MS);
}
