import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Action, type ActionResult, act, open } from "../../engine/actions.ts";
import { plan } from "../../escalation/plan.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { Incident } from "../../incident/incident.ts";
import { DAY_MS, fromIso, toIso } from "../../time/instant.ts";
import { actorOf, type HttpFacts, jsonBody, may, textIn } from "../access.ts";
import { incidentNamed } from "../incident-named.ts";

const EVENTS_MAX = 10_000;

/** Incidents: look, and everything that people do to them. */
export function incidentRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  const read = may(facts, "incidents.read");
  const respond = may(facts, "incidents.respond");

  const incidentOf = (request: FastifyRequest): Promise<Incident> => incidentNamed(store, request);

  server.get("/api/v1/incidents/:number", read, async (request) => shown(await incidentOf(request)));
  server.get("/api/v1/incidents/:number/timeline", read, async (request) => {
    const incident = await incidentOf(request);
    const { policy } = await engine.knowledge.planFacts(store, incident, clock.now(), clock.now());
    const events = await store.eventsOf(incident.id, 0, EVENTS_MAX);
    return {
      events: events.map((recorded) => {
        const clause = "clause" in recorded.event ? policy.clauses.get(recorded.event.clause) : undefined;
        return { ...inIso(recorded), event: inIso(recorded.event), ...(clause === undefined ? {} : { clause }) };
      }),
    };
  });
  server.get("/api/v1/incidents/:number/plan", read, async (request) => {
    const incident = await incidentOf(request);
    const at = clock.now();
    const planFacts = await engine.knowledge.planFacts(store, incident, at, at + DAY_MS);
    return { steps: plan(incident, planFacts).map((step) => ({ ...step, due: toIso(step.due) })) };
  });
  server.get("/api/v1/incidents/:number/deliveries", read, async (request) => ({
    deliveries: (await store.deliveriesOfIncident((await incidentOf(request)).id)).map(inIso),
  }));

  server.post("/api/v1/incidents", respond, async (request, reply) => {
    const body = jsonBody(request);
    const title = textIn(body, "title");
    const grade = body.grade === undefined ? {} : { grade: textIn(body, "grade") };
    const description = body.description === undefined ? {} : { description: textIn(body, "description") };
    const service = body.service === undefined ? title : textIn(body, "service");
    const result = await open(
      engine,
      { title, service, ...grade, ...description, drill: body.drill === true },
      actorOf(request),
    );
    return reply.code(201).send(shown(done(result)));
  });
  server.post("/api/v1/incidents/:number/:action", respond, async (request) => {
    const incident = await incidentOf(request);
    const action = actionOf((request.params as { action: string }).action, jsonBody(request), clock.now());
    return shown(done(await act(engine, incident.id, action, actorOf(request))));
  });
}

/** The action of that name with what the body says of it; a Fault where there is none. */
export function actionOf(name: string, body: Readonly<Record<string, unknown>>, at: number): Action {
  switch (name) {
    case "acknowledge":
    case "unacknowledge":
    case "resolve":
    case "reopen":
    case "close":
      return { do: name };
    case "note":
      return { do: "note", text: textIn(body, "text") };
    case "escalate":
      return body.note === undefined ? { do: "escalate" } : { do: "escalate", note: textIn(body, "note") };
    case "hand-over":
      return body.team === undefined
        ? { do: "hand-over", to: { kind: "person", person: asId(textIn(body, "person")) } }
        : { do: "hand-over", to: { kind: "team", team: textIn(body, "team") } };
    case "snooze": {
      const minutes = body.minutes;
      if (typeof minutes === "number" && minutes > 0) return { do: "snooze", until: at + Math.round(minutes * 60_000) };
      const until = fromIso(textIn(body, "until"));
      if (until === undefined)
        throw new Fault("bad-request", { field: "until", expected: "minutes, or an RFC 3339 time" });
      return { do: "snooze", until };
    }
    case "grade": {
      if (Array.isArray(body.criteria))
        return { do: "grade-by-criteria", ticked: body.criteria.map((one) => asId(String(one))) };
      return { do: "grade", to: textIn(body, "grade") };
    }
    case "tick":
      return { do: "tick", clause: asId(textIn(body, "clause")), done: body.done !== false };
    default:
      throw new Fault("not-found", { action: name, known: ACTIONS });
  }
}

const ACTIONS = [
  "acknowledge",
  "unacknowledge",
  "resolve",
  "reopen",
  "close",
  "note",
  "escalate",
  "hand-over",
  "snooze",
  "grade",
  "tick",
];

function done(result: ActionResult): Incident {
  if (result.is === "done") return result.incident;
  const holder = result.incident?.acknowledged?.by;
  throw new Fault("conflict", { because: result.because, ...(holder === undefined ? {} : { acknowledgedBy: holder }) });
}

const INSTANTS: ReadonlySet<string> = new Set([
  "at",
  "due",
  "next",
  "until",
  "createdAt",
  "dueAt",
  "giveUpAt",
  "leaseUntil",
  "sentAt",
]);

/** Its own instants as RFC 3339, as everywhere in the API. */
function inIso(value: object): object {
  const entries = Object.entries(value).map(([name, one]) => [
    name,
    INSTANTS.has(name) && typeof one === "number" ? toIso(one) : one,
  ]);
  return Object.fromEntries(entries);
}

export function shown(incident: Incident): object {
  const iso = (at: number | undefined): string | null => (at === undefined ? null : toIso(at));
  return {
    number: incident.number,
    id: incident.id,
    title: incident.title,
    service: incident.service,
    grade: incident.grade,
    state: incident.state,
    openedAt: toIso(incident.openedAt),
    overdueAt: iso(incident.overdueAt),
    snoozedUntil: iso(incident.snoozedUntil),
    pagingHeldBy: incident.pagingHeld?.number ?? null,
    resolvedAt: iso(incident.resolvedAt),
    acknowledged:
      incident.acknowledged === undefined
        ? null
        : { by: incident.acknowledged.by, at: toIso(incident.acknowledged.at) },
    handOver: incident.handOver?.to ?? null,
    level: incident.level,
    firing: incident.firing,
    alerts: incident.alerts,
    drill: incident.drill,
    policy: incident.policy,
    reached: [...incident.reached],
    ticked: [...incident.ticked],
  };
}
