import type { FastifyInstance } from "fastify";
import { toIso } from "../../time/instant.ts";
import { type HttpFacts, may, mayStill } from "../access.ts";
import { LiveTail, placeText, readPlace } from "../live.ts";
import { SECURITY_HEADERS } from "../security-headers.ts";
import type { LiveChange } from "../wire/live.ts";

/** Proxies end a connection on which nothing is said for long, often after 30 or 60 s. */
const BEAT_EVERY_MS = 15_000;

/**
 * `GET /api/v1/live`: server-sent events. `hello` first (with whether what was missed since Last-Event-ID follows), then
 * `change` with what changed, and a `beat` now and then. The id of each is the place to resume from.
 */
export function liveRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { ports } = facts.engine;
  const tail = new LiveTail(ports);
  server.get<{ Querystring: { last?: string } }>(
    "/api/v1/live",
    may(facts, "incidents.read"),
    async (request, reply) => {
      const { raw } = reply;
      reply.hijack();
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        ...SECURITY_HEADERS,
      });
      const say = (event: string, change: LiveChange, id?: string): void => {
        raw.write(`event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(change)}\n\n`);
      };
      const now = (): string => toIso(ports.clock.now());
      const wanted = readPlace(request.headers["last-event-id"]?.toString() ?? request.query.last);
      let stop = (): void => {};
      let over = false;
      // Whoever was signed out or lost the role hears no more from the next beat on.
      const beat = setInterval(() => {
        void mayStill(facts, request, "incidents.read").then((may) => {
          if (may) say("beat", { now: now(), incidents: [], topics: [] });
          else raw.end();
        });
      }, BEAT_EVERY_MS);
      raw.on("close", () => {
        over = true;
        clearInterval(beat);
        stop();
      });
      try {
        const listening = await tail.listen(({ place, change }) => say("change", change, placeText(place)));
        stop = listening.stop;
        if (over) return stop();
        const missed = wanted === undefined ? undefined : await tail.since(wanted, listening.place);
        const id = placeText(listening.place);
        say("hello", { now: now(), incidents: [], topics: [], resumed: missed !== undefined }, id);
        if (missed !== undefined && missed.incidents.length + missed.topics.length > 0) say("change", missed, id);
      } catch (error) {
        // The store is away: the browser says so and comes again.
        ports.log("warn", "live.failed", { error: String(error) });
        raw.end();
      }
    },
  );
}
