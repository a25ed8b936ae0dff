import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { searchable, searchWords } from "../../incident/grams.ts";
import { bodiesOf } from "../../store/queries/inbox.ts";
import type { AlertFilter, Inbox } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { callerMay, type HttpFacts, may } from "../access.ts";
import { alertRows } from "../show/shown-alert.ts";
import { iso } from "../show/shown-incident.ts";
import type { AlertDetail, AlertList } from "../wire/alerts.ts";

type AlertQuery = {
  readonly q?: string;
  readonly status?: string;
  readonly service?: string;
  readonly muted?: string;
  /** The number of an incident: its alerts, all of them at once. */
  readonly incident?: string;
  readonly limit?: string;
  readonly after?: string;
};

const STATUSES: ReadonlySet<string> = new Set(["firing", "silent", "resolved"]);
const LISTED = 100;
const LIST_MAX = 500;
const BATCH = 1_000;
const OF_INCIDENT_MAX = 1_000;
/** A question that fits nothing ends here and goes on with the next part. */
const BATCHES_MAX = 20;
const RECEIVED_LOOKED_AT = 100;
const BODY_LENGTH_MAX = 64_000;

/** Alerts as the web UI looks at them: the list with what mutes them, and one with what came last. */
export function alertRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store } = engine.ports;

  server.get<{ Querystring: AlertQuery }>(
    "/api/v1/alerts",
    may(facts, "alerts.read"),
    async ({ query }): Promise<AlertList> => {
      const { found, after } = await find(engine, query);
      return {
        alerts: await alertRows(engine, found),
        after: after === undefined ? null : `${after.updatedAt}~${after.id}`,
        counts: await store.alertCounts(),
        services: await store.incidentServices(),
      };
    },
  );

  server.get<{ Params: { id: string } }>(
    "/api/v1/alerts/:id",
    may(facts, "alerts.read"),
    async (request): Promise<AlertDetail> => {
      const [alert] = await store.alertsById([asId(request.params.id)]);
      const [row] = alert === undefined ? [] : await alertRows(engine, [alert]);
      if (alert === undefined || row === undefined) throw new Fault("not-found", { alert: request.params.id });
      const integration = (await store.tokens()).find(({ id }) => id === alert.integration)?.name;
      return {
        ...row,
        description: alert.description ?? null,
        key: alert.key,
        integration: integration ?? alert.integration,
        annotations: alert.annotations,
        links: alert.links,
        expiresAt: iso(alert.expiresAt),
        // What came may say more than what was read of it, so it is for those who work with it.
        received: callerMay(request, "incidents.respond") ? await lastReceived(engine, alert) : null,
      };
    },
  );
}

type Place = NonNullable<AlertFilter["after"]>;

async function find(
  { ports }: Engine,
  query: AlertQuery,
): Promise<{ readonly found: readonly Alert[]; readonly after: Place | undefined }> {
  const limit = Math.min(Math.max(Number(query.limit) || LISTED, 1), LIST_MAX);
  const words = searchWords(query.q ?? "");
  const statuses = query.status?.split(",").filter((one): one is Alert["status"] => STATUSES.has(one));
  const { muted = "" } = query;
  const filter = {
    ...(statuses === undefined || statuses.length === 0 ? {} : { statuses }),
    ...(query.service === undefined || query.service === "" ? {} : { service: query.service }),
    ...(muted === "" ? {} : { muted: muted !== "none" }),
  };
  const fits = (alert: Alert): boolean => {
    if (muted !== "" && muted !== "none" && muted !== "any" && alert.suppressed?.because !== muted) return false;
    if (words.length === 0) return true;
    const text = textOf(alert);
    return words.every(({ word }) => text.includes(word));
  };
  if (query.incident !== undefined && query.incident !== "") {
    const incident = await ports.store.incidentByNumber(Number(query.incident) || 0);
    const { service } = filter;
    const most = service === undefined ? OF_INCIDENT_MAX : OF_INCIDENT_MAX * 10;
    const all = incident === undefined ? [] : await ports.store.alertsOfIncident(incident.id, most);
    const some = all.filter(
      (alert) =>
        (statuses === undefined || statuses.includes(alert.status)) &&
        (service === undefined || alert.service === service) &&
        fits(alert),
    );
    return { found: some.sort((one, other) => other.updatedAt - one.updatedAt), after: undefined };
  }
  const found: Alert[] = [];
  let after = placeOf(query.after);
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const page: readonly Alert[] = await ports.store.alerts({
      ...filter,
      limit: BATCH,
      ...(after === undefined ? {} : { after }),
    });
    for (const alert of page) {
      after = { updatedAt: alert.updatedAt, id: alert.id };
      if (!fits(alert)) continue;
      found.push(alert);
      if (found.length === limit) return { found, after };
    }
    if (page.length < BATCH) return { found, after: undefined };
  }
  return { found, after };
}

function textOf({ title, service, labels, severity }: Alert): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return searchable([title, service, severity ?? "", ...pairs].join("\n"));
}

function placeOf(text: string | undefined): Place | undefined {
  const [, updatedAt, id] = /^(\d{1,15})~(.+)$/su.exec(text ?? "") ?? [];
  return id === undefined ? undefined : { updatedAt: Number(updatedAt), id: asId(id) };
}

/** The newest request kept of its integration that names the alert. */
async function lastReceived({ ports, intake }: Engine, alert: Alert): Promise<AlertDetail["received"]> {
  for (const row of await ports.store.recentInbox(alert.integration, RECEIVED_LOOKED_AT)) {
    for (const body of bodiesOf(row as unknown as Inbox)) {
      if (!names(body)) continue;
      const text = body.slice(0, BODY_LENGTH_MAX).toWellFormed();
      return { at: toIso(row.receivedAt), body: text, isCut: text.length < body.length };
    }

    function names(body: string): boolean {
      try {
        const { signals } = ports.readSignals(row.source, body, { at: row.receivedAt, integration: row.integration });
        return signals.some((signal) => intake.idOf(signal) === alert.id);
      } catch {
        return false;
      }
    }
  }
  return null;
}
