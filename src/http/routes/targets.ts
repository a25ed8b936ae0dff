import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { changeRoster } from "../../engine/change-roster.ts";
import { Fault } from "../../fault/fault.ts";
import { titleOf, unitOf } from "../../metric/metric.ts";
import { newestStates } from "../../monitor/agent.ts";
import type { Target } from "../../monitor/target.ts";
import type { RosterItem } from "../../store/store.ts";
import { callerMay, callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { demandOwnHost } from "../own-host.ts";
import { itemName } from "../roster-data.ts";
import { shownReasons, shownTarget } from "../show/shown-target.ts";
import { reachesIntoMachine, targetIn } from "../target-data.ts";
import type { ShownTargets, TriedTarget } from "../wire/monitors.ts";
import { demandSeen } from "./roster.ts";

type ToTarget = { Params: { id: string } };

const TRIED_SHOWN_MAX = 200;

/** What is measured, by whom, and how that goes. */
export function targetRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine, measuring } = facts;
  const { store, clock } = engine.ports;
  const edit = may(facts, "monitors.edit");

  server.get("/api/v1/targets", may(facts, "monitors.read"), async (request): Promise<ShownTargets> => {
    const locale = localeFor(request);
    const items = await store.rosterItems();
    const states = newestStates(await store.agents());
    const targets = targetsIn(items);
    const named = new Set(targets.map(({ data }) => (data as Target).id));
    return {
      targets: [
        ...targets.map(({ data, managedBy, revision }) => {
          const target = data as Target;
          return shownTarget(target, { state: states.get(target.id)?.state, managedBy, revision, locale });
        }),
        // What hosts measure of themselves: known by what became of it.
        ...[...states.values()]
          .filter(({ state }) => !named.has(state.id))
          .map(({ state, host, every }) => {
            const target = { id: state.id, collector: state.collector, settings: {}, every, agent: host, labels: {} };
            return shownTarget(target, { state, managedBy: undefined, revision: null, locale });
          }),
      ],
    };
  });

  server.put<ToTarget>("/api/v1/targets/:id", edit, async (request) => {
    const body = jsonBody(request);
    const id = itemName({ id: request.params.id }, "id");
    await changeRoster(engine, {
      edit: (items) => {
        const known = targetsIn(items).find((item) => item.id === id);
        if (known === undefined && body.revision !== undefined && body.revision !== null)
          throw new Fault("changed-meanwhile", { kind: "target", id, seen: body.revision, is: null });
        if (known !== undefined) demandSeen(items, "target", id, body.revision);
        const data = targetIn(id, body.target, known?.data as Target | undefined);
        demandReach(request, data, known?.data as Target | undefined);
        checked(data);
        return { put: [{ kind: "target", id, data }], remove: [] };
      },
      by: callerName(request),
      locale: localeFor(request),
      // What is measured reaches nobody less.
      confirmed: true,
      action: "target.changed",
      facts: { kind: "target", id },
    });
    return { id, revision: await store.rosterRevision() };
  });

  server.delete<ToTarget>("/api/v1/targets/:id", edit, async (request) => {
    const { id } = request.params;
    await changeRoster(engine, {
      edit: (items) => {
        demandSeen(items, "target", id, jsonBody(request).revision);
        return { put: [], remove: [{ kind: "target", id }] };
      },
      by: callerName(request),
      locale: localeFor(request),
      confirmed: true,
      action: "target.removed",
      facts: { kind: "target", id },
    });
    return { id, revision: await store.rosterRevision() };
  });

  server.post("/api/v1/targets/try", edit, async (request): Promise<TriedTarget> => {
    const body = jsonBody(request);
    if (measuring === undefined) throw new Fault("conflict", { because: "measures-nothing" });
    const id = typeof body.id === "string" && body.id !== "" ? itemName(body, "id") : "try";
    const known = targetsIn(await store.rosterItems()).find((item) => item.id === id)?.data as Target | undefined;
    const target = targetIn(id, body.target, known);
    demandReach(request, target, known);
    checked(target);
    const began = clock.monotonic();
    const { samples, failed, notes } = await measuring.tryOnce(target);
    const locale = localeFor(request);
    return {
      up: failed === undefined,
      because: shownReasons([...(failed ?? []), ...(notes ?? [])], locale),
      tookMs: Math.round(clock.monotonic() - began),
      samples: samples.slice(0, TRIED_SHOWN_MAX).map(({ metric, labels, value }) => ({
        metric,
        title: titleOf(metric)[locale],
        unit: unitOf(metric),
        labels: { ...labels, ...target.labels },
        value,
      })),
      sampleCount: samples.length,
    };
  });

  server.get<{ Querystring: { host?: string } }>(
    "/api/v1/agent/targets",
    may(facts, "agent.targets"),
    async (request, reply) => {
      const { host = "" } = request.query;
      if (host === "") throw new Fault("bad-request", { field: "host", expected: "the name of the agent's host" });
      await demandOwnHost(facts, request, host.normalize("NFC"));
      const targets = targetsIn(await store.rosterItems())
        .map(({ data }) => data as Target)
        .filter(({ agent }) => agent === host.normalize("NFC"));
      const text = JSON.stringify({ targets });
      const tag = `"${createHash("sha256").update(text).digest("hex").slice(0, TAG_LENGTH)}"`;
      reply.header("etag", tag).header("cache-control", "private, no-cache");
      if (request.headers["if-none-match"] === tag) return reply.code(304).send();
      return reply.type("application/json; charset=utf-8").send(text);
    },
  );

  /** The collector itself judges its settings; where another machine runs it, that machine's secrets are not asked for. */
  function checked(target: Target): void {
    try {
      measuring?.check(target);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.code === "secret-unreadable" && target.agent !== undefined) return;
      throw new Fault("target-refused", { ...error.facts, because: error.code }, error);
    }
  }

  /** Files, environment variables and programs of a machine are its administrators' to name. */
  function demandReach(request: FastifyRequest, target: Target, known: Target | undefined): void {
    if (!reachesIntoMachine(target.settings, known?.settings ?? {}) || callerMay(request, "channels.edit")) return;
    throw new Fault("role-too-low", { needs: "admin", because: "settings name a file, a variable or a program" });
  }
}

const TAG_LENGTH = 32;

function targetsIn(items: readonly RosterItem[]): readonly RosterItem[] {
  return items.filter(({ kind }) => kind === "target");
}
