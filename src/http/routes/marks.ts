import type { FastifyInstance } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import { readChangeEvent } from "../../ingest/pagerduty/change-event.ts";
import { concerns, type Mark } from "../../monitor/mark.ts";
import { DAY_MS, fromIso, HOUR_MS, type Instant, toIso } from "../../time/instant.ts";
import { dependenciesOf } from "../../triage/dependencies.ts";
import { authorised, callerName, type HttpFacts, integrationOf, jsonBody, may } from "../access.ts";
import { markIn } from "../read-mark.ts";
import { sha256 } from "../tokens.ts";
import type { ShownMark, ShownMarks } from "../wire/monitors.ts";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
type Sender = { readonly id: string; readonly name: string };

const MARKS_MAX = 500;
const SPAN_MS_MAX = 400 * DAY_MS;
/** Clocks differ a little; what is to be deployed tomorrow has changed nothing yet. */
const AHEAD_MS_MAX = HOUR_MS;
const BYTES_MAX = 512 * 1024;

/** What was deployed or changed: sent by programs, drawn into charts, listed beside incidents. It never calls anybody. */
export function markRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, chance } = engine.ports;

  server.get<{ Querystring: Query }>("/api/v1/marks", may(facts, "monitors.read"), async ({ query }) => {
    const now = clock.now();
    const to = timeOf(query, "to") ?? now + 1;
    const from = timeOf(query, "from") ?? to - DAY_MS;
    if (from >= to || to - from > SPAN_MS_MAX)
      throw new Fault("bad-request", {
        field: "from",
        expected: `before 'to', by at most ${SPAN_MS_MAX / DAY_MS} days`,
      });
    const { service } = query;
    const found = await store.marksBetween(from, to, MARKS_MAX);
    if (typeof service !== "string" || service === "") return { marks: found.map(shownMark) } satisfies ShownMarks;
    const [policy, { services }] = [await engine.knowledge.currentPolicy(store), await engine.knowledge.roster(store)];
    // What it stands on was changed too, and may be why it does not work.
    const beneath = dependenciesOf([...policy.services, ...services]).beneath(service);
    const about = [service, ...beneath];
    const marks = found.filter((one) => about.some((name) => concerns(one, name, services)));
    return { marks: marks.map(shownMark) } satisfies ShownMarks;
  });

  server.post("/api/v1/marks", may(facts, "signals.send"), async (request, reply): Promise<ShownMark> => {
    const body = jsonBody(request);
    const now = clock.now();
    const mark = markIn(body, now);
    const { key } = body;
    if (key !== undefined && (typeof key !== "string" || key === "" || key.length > 250))
      throw new Fault("bad-request", { field: "key", expected: "a text, the same for a repeat of the same mark" });
    const made = await add(mark, { id: integrationOf(request), name: callerName(request) }, key);
    reply.code(201);
    return shownMark(made);
  });

  for (const path of ["/v2/change/enqueue", "/integrations/pagerduty/v2/change/enqueue"]) {
    const options = { bodyLimit: BYTES_MAX, config: { open: "its token is in the body" } };
    server.post(path, options, async (request, reply) => {
      const refuse = (message: string, errors: readonly string[], status = "invalid event") =>
        reply.code(400).send({ status, message, errors });
      let body: unknown;
      try {
        body = JSON.parse(typeof request.body === "string" ? request.body : "");
      } catch {
        return refuse("Event object format is unrecognized", ["JSON parse error"], "Unrecognized object");
      }
      const key = (body as { routing_key?: unknown } | null)?.routing_key;
      let token: Sender;
      try {
        token = await authorised(facts, typeof key === "string" ? key : "");
      } catch (error) {
        if (!(error instanceof Fault) || error.code === "store-unavailable") throw error;
        return refuse("Event object is invalid", ["'routing_key' is not a valid key of this server"]);
      }
      const now = clock.now();
      const read = readChangeEvent(body, now);
      if ("errors" in read) return refuse("Event object is invalid", read.errors);
      // A clock that is far off is no reason to lose what was deployed.
      const at = read.at > now + AHEAD_MS_MAX || read.at < now - SPAN_MS_MAX ? now : read.at;
      // It has no key of its own: the same event at the same time is a repeat.
      const repeat = read.at === now ? undefined : `change ${String(request.body)}`;
      await add({ kind: "change", ...read, at }, token, repeat);
      return reply.code(202).send({ status: "success", message: "Change event processed" });
    });
  }

  /** Of the same sender the same key is the same mark: a repeated request makes no second one, and answers the first. */
  async function add(mark: Omit<Mark, "id" | "by">, sender: Sender, key: string | undefined): Promise<Mark> {
    const now = clock.now();
    if (mark.at > now + AHEAD_MS_MAX || mark.at < now - SPAN_MS_MAX)
      throw new Fault("bad-request", { field: "at", expected: "a time that has come, within the last 400 days" });
    const id = key === undefined ? randomText(chance, 16) : sha256(`${sender.id} ${key}`).slice(0, 32);
    const made: Mark = { ...mark, id: asId(`k${id}`), by: sender.name };
    return store.transaction(async (queries) => {
      if (!(await queries.addMark(made))) return (await queries.mark(made.id)) ?? made;
      const auditFacts = { id: made.id, title: made.title, kind: made.kind, ...made.labels };
      await queries.appendAudit([{ at: now, by: sender.name, action: "mark.added", facts: auditFacts }]);
      return made;
    });
  }
}

function timeOf(query: Query, field: "from" | "to"): Instant | undefined {
  const text = query[field];
  if (text === undefined || text === "") return undefined;
  const at = typeof text === "string" ? fromIso(text) : undefined;
  if (at === undefined) throw new Fault("bad-request", { field, expected: "an RFC 3339 time" });
  return at;
}

function shownMark({ id, at, title, kind, labels, link, by }: Mark): ShownMark {
  return { id, at: toIso(at), title, kind, labels, link: link ?? null, by };
}
