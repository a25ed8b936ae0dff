import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { CANARY_SOURCE } from "../../engine/canary/canary-policy.ts";
import { gettableAlert, gettableSilence, RECEIVER, readSilence } from "../../ingest/prometheus/to-alertmanager.ts";
import { toIso } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import { matches, readMatcher } from "../../triage/matchers.ts";
import type { Matcher } from "../../triage/silence.ts";
import { callerName, type HttpFacts, may, openTo, send } from "../access.ts";

type AlertQuery = {
  readonly filter?: string | string[];
  readonly active?: string;
  readonly silenced?: string;
  readonly inhibited?: string;
  readonly receiver?: string;
};

const PAGE = 5_000;

/** The rest of Alertmanager's API v2, as far as amtool, Grafana and karma use it. */
export function alertmanagerRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  const read = may(facts, "alerts.read");
  const edit = may(facts, "silences.edit");
  const probe = openTo("amtool and load balancers probe it without a token");
  const startedAt = clock.now();

  const found = async (query: AlertQuery): Promise<readonly Alert[] | string> => {
    const matchers = matchersOf(query.filter);
    if (typeof matchers === "string") return matchers;
    const alerts: Alert[] = [];
    for (let after: AlertId | "" = ""; ; ) {
      const page: readonly Alert[] = await store.openAlerts(after, PAGE);
      alerts.push(...page);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.id;
    }
    return alerts.filter((alert) => {
      if (alert.source === CANARY_SOURCE) return false;
      const because = alert.suppressed?.because;
      if (query.active === "false" && (because === undefined || because === "record-only")) return false;
      if (query.inhibited === "false" && because === "dependency") return false;
      if (query.silenced === "false" && because === "silenced") return false;
      return matches(matchers, alert.labels);
    });
  };

  server.get("/-/healthy", probe, async (_request, reply) => reply.type("text/plain").send("OK"));
  server.get("/-/ready", probe, async (_request, reply) => reply.type("text/plain").send("OK"));
  server.get("/api/v2/status", read, async () => ({
    cluster: { status: "disabled", peers: [] },
    config: { original: "# the policy document is the configuration\n" },
    uptime: toIso(startedAt),
    versionInfo: {
      branch: "",
      buildDate: "",
      buildUser: "",
      goVersion: "",
      revision: "",
      version: facts.version,
    },
  }));
  server.get("/api/v2/receivers", read, async () => [{ name: RECEIVER }]);
  server.get<{ Querystring: AlertQuery }>("/api/v2/alerts", read, async (request, reply) => {
    const alerts = await found(request.query);
    if (typeof alerts === "string") return send(reply, { status: 400, body: alerts });
    return alerts.map(gettableAlert);
  });
  server.get<{ Querystring: AlertQuery }>("/api/v2/alerts/groups", read, async (request, reply) => {
    const alerts = await found(request.query);
    if (typeof alerts === "string") return send(reply, { status: 400, body: alerts });
    const groups = new Map<string, Alert[]>();
    for (const alert of alerts) groups.set(alert.service, [...(groups.get(alert.service) ?? []), alert]);
    return [...groups].map(([service, members]) => ({
      alerts: members.map(gettableAlert),
      labels: { service },
      receiver: { name: RECEIVER },
    }));
  });

  server.get<{ Querystring: { filter?: string | string[] } }>("/api/v2/silences", read, async (request, reply) => {
    const wanted = matchersOf(request.query.filter);
    if (typeof wanted === "string") return send(reply, { status: 400, body: wanted });
    const at = clock.now();
    const silences = await store.silences();
    const asLabels = (matchers: readonly Matcher[]): Record<string, string> =>
      Object.fromEntries(matchers.map(({ name, value }) => [name, value]));
    return silences
      .filter(({ matchers }) => matches(wanted, asLabels(matchers)))
      .map((silence) => gettableSilence(silence, at));
  });
  server.post("/api/v2/silences", edit, async (request, reply) => {
    const at = clock.now();
    let body: unknown;
    try {
      body = JSON.parse(String(request.body));
    } catch {
      return send(reply, { status: 400, body: "the body is not valid JSON" });
    }
    const silence = readSilence(body, { at, newId: randomUUID });
    if (typeof silence === "string") return send(reply, { status: 400, body: silence });
    const known = await store.silences();
    const posted = (body as { id?: unknown }).id;
    if (typeof posted === "string" && posted !== "" && !known.some(({ id }) => id === posted)) {
      return send(reply, { status: 404, body: `silence ${posted} not found` });
    }
    await store.putSilence(silence);
    await store.appendAudit([{ at, by: callerName(request), action: "silence.created", facts: silence }]);
    engine.duties.nudge("triage");
    return { silenceID: silence.id };
  });
  server.get<{ Params: { id: string } }>("/api/v2/silence/:id", read, async (request, reply) => {
    const silence = (await store.silences()).find(({ id }) => id === request.params.id);
    return silence === undefined ? reply.code(404).send() : gettableSilence(silence, clock.now());
  });
  server.delete<{ Params: { id: string } }>("/api/v2/silence/:id", edit, async (request, reply) => {
    const at = clock.now();
    const silence = (await store.silences()).find(({ id }) => id === request.params.id);
    if (silence === undefined) return reply.code(404).send();
    await store.putSilence({ ...silence, endsAt: Math.min(silence.endsAt, at), updatedAt: at });
    await store.appendAudit([{ at, by: callerName(request), action: "silence.expired", facts: { id: silence.id } }]);
    engine.duties.nudge("triage");
    return reply.code(200).send();
  });
}

/** The `filter` parameters as matchers; a text where one of them is none. */
function matchersOf(filter: string | string[] | undefined): readonly Matcher[] | string {
  const texts = filter === undefined ? [] : Array.isArray(filter) ? filter : [filter];
  const matchers: Matcher[] = [];
  for (const text of texts) {
    const matcher = readMatcher(text);
    if (matcher === undefined) return `bad matcher format: ${text}`;
    matchers.push(matcher);
  }
  return matchers;
}
