import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Asker, answerShiftRequest, askForShift } from "../../engine/shift-requests.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { RotationPart } from "../../roster/shift-request.ts";
import { DAY_MS } from "../../time/instant.ts";
import { callerMay, callerName, type HttpFacts, jsonBody, localeFor, may, personOf, textIn } from "../access.ts";
import { intervalIn, noteIn, refused } from "../read-schedule.ts";
import { shownRequest } from "../show/shown-request.ts";
import { shownChange } from "../show/shown-schedule.ts";
import type { RequestMade, ShiftAnswered, ShownShiftRequests } from "../wire/schedule.ts";

const SHOWN_MAX = 500;
const SHOWN_FOR_MS = 90 * DAY_MS;

/** "대신 부탁" and swaps: asking, answering, and what became of it. */
export function shiftRequestRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  const own = may(facts, "schedule.own");
  const rosterNow = (): ReturnType<typeof engine.knowledge.roster> => engine.knowledge.roster(store);

  server.get("/api/v1/schedule/requests", own, async (request): Promise<ShownShiftRequests> => {
    const mine = personOf(request);
    const now = clock.now();
    const roster = await rosterNow();
    const all = await store.shiftRequestsSince(now - SHOWN_FOR_MS, SHOWN_MAX);
    const shown = all
      .toSorted((one, other) => other.askedAt - one.askedAt)
      .map((one) => shownRequest(one, request, roster, now));
    return {
      requests: shown.filter(
        ({ from, to, answeredBy, mayAnswer }) =>
          (mine !== undefined && [from, to, answeredBy].includes(mine)) || mayAnswer.includes("accept"),
      ),
    };
  });

  server.post("/api/v1/schedule/requests", own, async (request, reply): Promise<RequestMade> => {
    const body = jsonBody(request);
    const { kind } = body;
    if (kind !== "cover" && kind !== "swap")
      throw new Fault("bad-request", { field: "kind", expected: ["cover", "swap"] });
    const from = personOf(request);
    if (from === undefined) throw refused("nobody-of-the-roster", request);
    const part = partIn({ ...objectIn(body, "part"), rotation: body.rotation });
    const give = body.give === undefined || body.give === null ? {} : { give: partIn(objectIn(body, "give")) };
    const to = body.to === undefined || body.to === null ? {} : { to: asId<"person">(textIn(body, "to")) };
    const wish: Parameters<typeof askForShift>[1] = { kind, from, part, ...give, ...to, ...noteIn(body) };
    const { request: made, told } = await askForShift(engine, wish, askerOf(request, body));
    reply.code(201);
    return { request: shownRequest(made, request, await rosterNow(), clock.now()), told };
  });

  server.post<{ Params: { id: string } }>(
    "/api/v1/schedule/requests/:id/answer",
    own,
    async (request): Promise<ShiftAnswered> => {
      const body = jsonBody(request);
      const { answer } = body;
      if (answer !== "accept" && answer !== "decline" && answer !== "withdraw")
        throw new Fault("bad-request", { field: "answer", expected: ["accept", "decline", "withdraw"] });
      const who = { ...askerOf(request, body), person: personOf(request), mayEdit: callerMay(request, "roster.edit") };
      const { request: answered, changes } = await answerShiftRequest(engine, asId(request.params.id), answer, who);
      return {
        request: shownRequest(answered, request, await rosterNow(), clock.now()),
        changes: changes.map(shownChange),
      };
    },
  );
}

function askerOf(request: FastifyRequest, body: Readonly<Record<string, unknown>>): Asker {
  return { by: callerName(request), locale: localeFor(request), confirmed: body.confirm === true };
}

function objectIn(body: Readonly<Record<string, unknown>>, field: string): Readonly<Record<string, unknown>> {
  const value = body[field];
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Fault("bad-request", { field, expected: "an object with start and end" });
  return value as Readonly<Record<string, unknown>>;
}

function partIn(body: Readonly<Record<string, unknown>>): RotationPart {
  return { rotation: asId(textIn(body, "rotation")), ...intervalIn(body, "start", "end") };
}
