import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Engine } from "../engine/engine.ts";
import type { Measuring } from "../engine/hosts/measuring.ts";
import { faultCodes } from "../fault/codes.ts";
import { assert, Fault } from "../fault/fault.ts";
import { localeOf } from "../locale/said.ts";
import type { HttpFacts } from "./access.ts";
import { fastLane } from "./fast-lane.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { ackRoutes } from "./routes/ack.ts";
import { alertmanagerRoutes } from "./routes/alertmanager.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { auditRoutes } from "./routes/audit.ts";
import { backtestRoutes } from "./routes/backtest.ts";
import { calendarFeedRoutes } from "./routes/calendar-feeds.ts";
import { calendarImportRoutes } from "./routes/calendar-imports.ts";
import { channelRoutes } from "./routes/channels.ts";
import { collectorRoutes } from "./routes/collectors.ts";
import { healthRoutes } from "./routes/health.ts";
import { heartbeatRoutes } from "./routes/heartbeats.ts";
import { hostRoutes } from "./routes/hosts.ts";
import { incidentListRoutes } from "./routes/incident-list.ts";
import { incidentViewRoutes } from "./routes/incident-view.ts";
import { incidentRoutes } from "./routes/incidents.ts";
import { ingestRoutes, takeAlerts } from "./routes/ingest.ts";
import { integrationRoutes } from "./routes/integrations.ts";
import { liveRoutes } from "./routes/live.ts";
import { loadRoutes } from "./routes/load.ts";
import { maintenanceRoutes } from "./routes/maintenance.ts";
import { markRoutes } from "./routes/marks.ts";
import { metricRoutes } from "./routes/metrics.ts";
import { monitorLineRoutes } from "./routes/monitor-lines.ts";
import { monitorUsualRoutes } from "./routes/monitor-usual.ts";
import { monitorRoutes } from "./routes/monitors.ts";
import { myRoutes } from "./routes/my.ts";
import { nowRoutes } from "./routes/now.ts";
import { onboardingRoutes } from "./routes/onboarding.ts";
import { operationRoutes } from "./routes/operation.ts";
import { otlpRoutes } from "./routes/otlp.ts";
import { peopleTableRoutes } from "./routes/people-table.ts";
import { pingRoutes } from "./routes/pings.ts";
import { policyRoutes } from "./routes/policy.ts";
import { proofRoutes } from "./routes/proof.ts";
import { reachRoutes } from "./routes/reach.ts";
import { reportRoutes } from "./routes/report.ts";
import { rosterRoutes } from "./routes/roster.ts";
import { rotaRoutes } from "./routes/rota.ts";
import { scheduleRoutes } from "./routes/schedule.ts";
import { scheduleChangeRoutes } from "./routes/schedule-changes.ts";
import { schedulePreviewRoutes } from "./routes/schedule-preview.ts";
import { sessionRoutes } from "./routes/session.ts";
import { shiftRequestRoutes } from "./routes/shift-requests.ts";
import { silenceRoutes } from "./routes/silences.ts";
import { simulateRoutes } from "./routes/simulate.ts";
import { slackRoutes } from "./routes/slack.ts";
import { targetRoutes } from "./routes/targets.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { webRoutes } from "./routes/web.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { TokenBook } from "./tokens.ts";

/** Bodies larger than this are refused with 413, but for what its protocol bounds lower. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** The HTTP face: compatible inbound endpoints, the REST API, the acknowledge page, health, the web UI built in `web`. */
export function createServer(
  engine: Engine,
  version: string,
  web: string,
  trustedProxies = "",
  measuring?: Measuring,
): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { ignoreTrailingSlash: true, caseSensitive: true },
    forceCloseConnections: true,
    requestTimeout: 30_000,
    // Anybody can send X-Forwarded-For: it is believed of the proxies that the operator names, and of nobody else.
    trustProxy: trustedProxies === "" ? false : trustedProxies,
  });
  const facts: HttpFacts = { engine, tokens: new TokenBook(engine.ports.store), version, measuring };
  server.decorateRequest("caller", undefined);
  // Who may ask is never left open by forgetting it.
  server.addHook("onRoute", ({ method, url, config }) => {
    // The files of the web UI are routed by their plugin, and hold nothing of anybody.
    if (url.startsWith("/assets/")) return;
    assert(config?.permission !== undefined || config?.open !== undefined, `${String(method)} ${url} says who may ask`);
  });

  // Bodies stay text: what is stored is what came, and each route reads it in its own way.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));

  server.addHook("onSend", async (_request, reply, payload) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    return payload;
  });
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply, engine));
  const shownInBrowser = webRoutes(server, web);
  server.setNotFoundHandler((request, reply) => {
    if (shownInBrowser(request, reply)) return;
    void answer(reply, new Fault("not-found", { path: request.url }), request);
  });

  for (const routes of [
    healthRoutes,
    ingestRoutes,
    otlpRoutes,
    alertmanagerRoutes,
    incidentListRoutes,
    alertRoutes,
    silenceRoutes,
    maintenanceRoutes,
    incidentRoutes,
    incidentViewRoutes,
    reportRoutes,
    nowRoutes,
    liveRoutes,
    operationRoutes,
    policyRoutes,
    proofRoutes,
    simulateRoutes,
    backtestRoutes,
    ackRoutes,
    slackRoutes,
    rosterRoutes,
    rotaRoutes,
    loadRoutes,
    peopleTableRoutes,
    scheduleRoutes,
    schedulePreviewRoutes,
    scheduleChangeRoutes,
    shiftRequestRoutes,
    calendarFeedRoutes,
    calendarImportRoutes,
    heartbeatRoutes,
    pingRoutes,
    markRoutes,
    channelRoutes,
    collectorRoutes,
    monitorLineRoutes,
    monitorUsualRoutes,
    monitorRoutes,
    hostRoutes,
    targetRoutes,
    metricRoutes,
    reachRoutes,
    myRoutes,
    tokenRoutes,
    integrationRoutes,
    auditRoutes,
    onboardingRoutes,
    sessionRoutes,
    accountRoutes,
  ]) {
    routes(server, facts);
  }
  const lane = fastLane(server.server, (text, token) => takeAlerts(facts, text, token));
  server.addHook("preClose", async () => lane.close());
  return server;
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, engine: Engine): void {
  if (error instanceof Fault) return void answer(reply, error, request);
  const status = (error as { statusCode?: number }).statusCode;
  if (status === 413)
    return void answer(
      reply,
      new Fault("too-large", { bytesMax: request.routeOptions.bodyLimit ?? BODY_BYTES_MAX }),
      request,
    );
  if (status !== undefined && status < 500) {
    return void answer(reply, new Fault("bad-request", { because: String((error as Error).message) }), request);
  }
  engine.ports.log("error", "http.failed", {
    method: request.method,
    path: request.routeOptions.url ?? "",
    error: String(error),
  });
  return void reply
    .code(500)
    .send({ error: { code: "internal", message: "Bongsu failed to answer; the log tells why." } });
}

function answer(reply: FastifyReply, fault: Fault, request: FastifyRequest): FastifyReply {
  const { status, advice } = faultCodes[fault.code];
  const locale = localeOf(request.headers["accept-language"]?.toString() ?? "en");
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="bongsu"');
  if (status === 503) reply.header("retry-after", "5");
  const { retryAfterSeconds } = fault.facts;
  if (typeof retryAfterSeconds === "number") reply.header("retry-after", String(retryAfterSeconds));
  return reply.code(status).send({ error: { code: fault.code, message: advice[locale], facts: fault.facts } });
}
