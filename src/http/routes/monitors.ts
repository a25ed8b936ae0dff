import type { FastifyInstance, FastifyRequest } from "fastify";
import { surroundingsOf } from "../../engine/baselines/untaught-facts.ts";
import { changeRoster } from "../../engine/change-roster.ts";
import { previewRule } from "../../engine/evaluate/preview-rule.ts";
import { Fault } from "../../fault/fault.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { monitorsOf } from "../../monitor/monitors-of.ts";
import { ruleWarnings } from "../../monitor/rule-warnings.ts";
import { ruleText } from "../../monitor/words.ts";
import type { RosterEdit } from "../../roster/edit-roster.ts";
import { sameName } from "../../roster/same-name.ts";
import type { RosterItem } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { alertsOfMonitors } from "../alerts-of-monitors.ts";
import { ruleIn } from "../read-rule.ts";
import { type MonitorFacts, shownMonitor, shownMonitors } from "../show/shown-monitors.ts";
import type { ShownMonitor, ShownMonitors, ShownPreview } from "../wire/monitors.ts";

type ToMonitor = { Params: { id: string } };

const FIRINGS_SHOWN_MAX = 100;
const PREVIEW_DAYS_MAX = 7;

/** What is watched, by which rules, and what a rule would have done. */
export function monitorRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  const read = may(facts, "monitors.read");
  const edit = may(facts, "monitors.edit");

  server.get("/api/v1/monitors", read, async (request): Promise<ShownMonitors> => shownMonitors(await known(request)));

  server.get<ToMonitor>("/api/v1/monitors/:id", read, async (request): Promise<ShownMonitor> => {
    const all = await known(request);
    const monitor = all.monitors.find(({ id }) => id === request.params.id);
    if (monitor === undefined) throw new Fault("not-found", { monitor: request.params.id });
    return shownMonitor(monitor, all);
  });

  server.put<ToMonitor>("/api/v1/monitors/:id", edit, async (request): Promise<ShownMonitor> => {
    const { id } = request.params;
    const policy = await engine.knowledge.currentPolicy(store);
    const body = jsonBody(request);
    const data = ruleIn(body, { id, policy });
    const wanted = (items: readonly RosterItem[]): RosterEdit => {
      demandUnchanged(items, request, body.revision);
      return { put: [{ kind: "monitor", id, data }], remove: [] };
    };
    await change(request, id, wanted, "monitor.changed");
    engine.duties.nudge("evaluate");
    const all = await known(request);
    const monitor = all.monitors.find((one) => one.id === id);
    return shownMonitor(monitor ?? data, all);
  });

  server.delete<ToMonitor>("/api/v1/monitors/:id", edit, async (request) => {
    const { id } = request.params;
    const removal = (items: readonly RosterItem[]): RosterEdit => {
      if (!items.some((item) => item.kind === "monitor" && item.id === id))
        throw new Fault("not-found", { monitor: id });
      demandUnchanged(items, request, jsonBody(request).revision);
      return { put: [], remove: [{ kind: "monitor", id }] };
    };
    await change(request, id, removal, "monitor.removed");
    engine.duties.nudge("evaluate");
    return { removed: id };
  });

  server.post("/api/v1/monitors/preview", read, async (request): Promise<ShownPreview> => {
    const body = jsonBody(request);
    const days = body.days ?? PREVIEW_DAYS_MAX;
    if (!Number.isInteger(days) || Number(days) < 1 || Number(days) > PREVIEW_DAYS_MAX)
      throw new Fault("bad-request", { field: "days", expected: `1 to ${PREVIEW_DAYS_MAX}` });
    if (typeof body.rule !== "object" || body.rule === null)
      throw new Fault("bad-request", { field: "rule", expected: "a rule" });
    const policy = await engine.knowledge.currentPolicy(store);
    const roster = await engine.knowledge.roster(store);
    const written = ruleIn(body.rule as Record<string, unknown>, { id: idOf(body.rule), policy });
    // With the lines that the document demands, as it would be in force.
    const others = roster.monitors.filter(({ id }) => id !== written.id);
    const monitor = monitorsOf(policy, [...others, written]).find(({ id }) => id === written.id) ?? written;
    const preview = await previewRule(
      {
        ports: engine.ports,
        metrics: engine.metrics,
        queries: store,
        holidays: roster.holidays,
        surroundings: surroundingsOf(roster, policy, engine.ports.settings.zone),
        deaf: engine.heartbeats.deaf.all,
      },
      monitor,
      Number(days),
    );
    const firings = preview.series
      .flatMap(({ labels, fired }) => fired.map((one) => ({ labels, ...one })))
      .sort((one, other) => other.from - one.from);
    const rank = (grade: string): number => policy.grades.findIndex(({ name }) => name === grade);
    return {
      words: ruleText(monitor)[localeFor(request)],
      warnings: ruleWarnings(monitor, policy).map(({ text }) => text[localeFor(request)]),
      from: toIso(preview.from),
      to: toIso(preview.to),
      series: preview.seriesCount,
      played: preview.series.length,
      firings: firings.slice(0, FIRINGS_SHOWN_MAX).map(({ labels, grade, from, to, worst }) => ({
        labels,
        grade,
        gradeRank: rank(grade),
        from: toIso(from),
        to: to === undefined ? null : toIso(to),
        worst: Number.isFinite(worst) ? worst : null,
      })),
      firingCount: firings.length,
      covered: meanOf(preview.series.map(({ covered }) => covered)),
      usualKnown:
        monitor.baseline === undefined ? null : meanOf(preview.series.map(({ usualKnown }) => usualKnown ?? 0)),
    };
  });

  async function known(request: FastifyRequest): Promise<MonitorFacts> {
    const policy = await engine.knowledge.currentPolicy(store);
    const items = await store.rosterItems();
    const roster = await engine.knowledge.roster(store);
    return {
      policy,
      monitors: monitorsOf(policy, roster.monitors),
      evaluation: engine.evaluation,
      metrics: engine.metrics,
      items,
      alerts: await alertsOfMonitors(engine),
      locale: localeFor(request),
      zone: engine.ports.settings.zone,
      at: clock.now(),
    };
  }

  /** Compare and set: what is changed is what the caller has seen; else Fault `changed-meanwhile` with what holds now. */
  function demandUnchanged(items: readonly RosterItem[], request: FastifyRequest<ToMonitor>, seen: unknown): void {
    const { id } = request.params;
    const stored = items.find((item) => item.kind === "monitor" && sameName(item.id, id));
    const is = stored?.revision ?? null;
    if ((seen ?? null) === is) return;
    const now = stored === undefined ? {} : { now: ruleText(stored.data as Monitor)[localeFor(request)] };
    throw new Fault("changed-meanwhile", { kind: "monitor", id, seen: seen ?? null, is, ...now });
  }

  async function change(
    request: FastifyRequest,
    id: string,
    wanted: (items: readonly RosterItem[]) => RosterEdit,
    action: string,
  ): Promise<void> {
    await changeRoster(engine, {
      edit: (items) => {
        const managed = items.find((item) => item.kind === "monitor" && sameName(item.id, id))?.managedBy;
        if (managed !== undefined) throw new Fault("managed-by-file", { kind: "monitor", id, file: managed });
        return wanted(items);
      },
      by: callerName(request),
      locale: localeFor(request),
      // What is watched has no bearing on whom the policy reaches.
      confirmed: true,
      action,
      facts: { monitor: id },
    });
  }
}

function meanOf(shares: readonly number[]): number {
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function idOf(rule: object): string {
  const { id } = rule as { id?: unknown };
  return typeof id === "string" && id !== "" ? id : "preview";
}
