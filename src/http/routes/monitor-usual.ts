import type { FastifyInstance } from "fastify";
import { surroundingsOf } from "../../engine/baselines/untaught-facts.ts";
import { usualOver } from "../../engine/baselines/usual-over.ts";
import { Fault } from "../../fault/fault.ts";
import { usualRange } from "../../monitor/baseline.ts";
import { DAY_MS, fromIso, HOUR_MS, toIso } from "../../time/instant.ts";
import { type HttpFacts, may } from "../access.ts";
import type { ShownUsual } from "../wire/monitors.ts";

type Asked = { Params: { id: string }; Querystring: { series?: string; from?: string; to?: string } };

const DAYS_MAX = 31;

/** What was usual for a series over a stretch of time: the band that a chart draws behind it. */
export function monitorUsualRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, settings } = engine.ports;

  server.get<Asked>(
    "/api/v1/monitors/:id/usual",
    may(facts, "monitors.read"),
    async ({ params, query }): Promise<ShownUsual> => {
      const [from, to] = [instantIn(query.from, "from"), instantIn(query.to, "to")];
      if (to <= from || to - from > DAYS_MAX * DAY_MS)
        throw new Fault("bad-request", { field: "to", expected: `after from, and at most ${DAYS_MAX} days after it` });
      const monitor = engine.evaluation.monitors.find(({ id }) => id === params.id);
      if (monitor === undefined) throw new Fault("not-found", { monitor: params.id });
      const series = engine.evaluation
        .seriesOf(monitor.id)
        .find(({ key }) => engine.evaluation.alertKey(monitor.id, key) === query.series);
      if (series === undefined) throw new Fault("not-found", { monitor: params.id, series: query.series ?? "" });
      const { baseline } = monitor;
      if (baseline === undefined) return { hours: [] };
      const policy = await engine.knowledge.currentPolicy(store);
      const roster = await engine.knowledge.roster(store);
      const surroundings = surroundingsOf(roster, policy, settings.zone);
      const around = { metrics: engine.metrics, queries: store, surroundings };
      const usuals = await usualOver(around, monitor, { from, to, keys: new Set([series.key]) });
      const usualAt = usuals(series.key, series.labels);
      const hours: ShownUsual["hours"][number][] = [];
      for (let at = Math.floor(from / HOUR_MS) * HOUR_MS; at < to; at += HOUR_MS) {
        const usual = usualAt(at);
        const range = usual === undefined || "learning" in usual ? undefined : usualRange(usual, baseline);
        hours.push({ at: toIso(at), low: range?.low ?? null, high: range?.high ?? null });
      }
      return { hours };
    },
  );
}

function instantIn(text: string | undefined, field: string): number {
  const at = fromIso(text ?? "");
  if (at === undefined) throw new Fault("bad-request", { field, expected: "an instant such as 2026-11-26T05:00:00Z" });
  return at;
}
