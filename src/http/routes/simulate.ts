import type { FastifyInstance, FastifyRequest } from "fastify";
import { policyDraft, readVersion } from "../../engine/policies.ts";
import { driversOf } from "../../engine/ports.ts";
import type { Dead } from "../../escalation/simulate.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { CHANNEL_KINDS } from "../../policy/policy.ts";
import { textDiff } from "../../policy/text-diff.ts";
import { DAY_MS, fromIso, HOUR_MS, type Instant } from "../../time/instant.ts";
import { type HttpFacts, jsonBody, localeFor, may, textIn } from "../access.ts";
import { listIn, POLICY_BODY_BYTES_MAX } from "../policy-body.ts";
import { type Subject, shownComparison, shownSimulation, shownSubject, type WhatIf } from "../show/show-simulation.ts";
import { whichPolicy } from "../which-policy.ts";
import type { ComparedPlans, PolicyDiff, SimulatedPlan } from "../wire/simulate.ts";

type Body = Readonly<Record<string, unknown>>;

const HOURS_MAX = 72;
/** How far from today a rotation is followed. */
const DAYS_MAX = 1_830;

/** Incidents that have not happened: one plan, two of them side by side, and two versions of the policy compared. */
export function simulateRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, channels } = engine.ports;
  const read = { ...may(facts, "policy.read"), bodyLimit: 2 * POLICY_BODY_BYTES_MAX };

  const told = async (request: FastifyRequest) => ({
    roster: await engine.knowledge.roster(store),
    drivers: driversOf(channels),
    locale: localeFor(request),
  });
  const subjectOf = (request: FastifyRequest, which: unknown): Promise<Subject> =>
    whichPolicy(engine, which, localeFor(request));

  server.post("/api/v1/simulate", read, async (request): Promise<SimulatedPlan> => {
    const body = jsonBody(request);
    const whatIf = whatIfIn(body, clock.now());
    const subject = await subjectOf(request, body.policy);
    const shown = shownSimulation(subject, whatIf, await told(request));
    if (shown === undefined)
      throw new Fault("not-found", { grade: whatIf.grade, known: subject.policy.grades.map(({ name }) => name) });
    return shown;
  });
  server.post("/api/v1/simulate/compare", read, async (request): Promise<ComparedPlans> => {
    const body = jsonBody(request);
    const whatIf = whatIfIn(body, clock.now());
    const [left, right] = [await subjectOf(request, body.left), await subjectOf(request, body.right)];
    const shown = shownComparison(left, right, whatIf, await told(request));
    if (shown.left === null && shown.right === null)
      throw new Fault("not-found", { grade: whatIf.grade, known: left.policy.grades.map(({ name }) => name) });
    return shown;
  });
  server.get<{ Params: { id: string; other: string }; Querystring: { at?: string } }>(
    "/api/v1/policies/:id/diff/:other",
    read,
    async (request): Promise<PolicyDiff> => {
      const at = instantIn(request.query.at, clock.now());
      const sources = await Promise.all([request.params.id, request.params.other].map((id) => sourceOf(engine, id)));
      const [before, after] = [sources[0]?.text ?? "", sources[1]?.text ?? ""];
      const left = await subjectOf(request, request.params.id);
      const right = await subjectOf(request, request.params.other);
      const grades = new Set([...left.policy.grades, ...right.policy.grades].map(({ name }) => name));
      const shown = await told(request);
      return {
        left: shownSubject(left),
        right: shownSubject(right),
        rows: textDiff(before, after),
        behaviour: [...grades].map((grade) => ({
          grade,
          ...shownComparison(left, right, { grade, at, dead: { people: [], channels: [] } }, shown),
        })),
      };
    },
  );
}

async function sourceOf(engine: HttpFacts["engine"], id: string): Promise<{ readonly text: string }> {
  if (id !== "draft") return readVersion(engine, id);
  const draft = await policyDraft(engine.ports.store);
  if (draft?.text == null) throw new Fault("not-found", { policy: "draft" });
  return { text: draft.text };
}

function whatIfIn(body: Body, now: Instant): WhatIf {
  const { hours } = body;
  if (hours !== undefined && !(typeof hours === "number" && hours > 0 && hours <= HOURS_MAX))
    throw new Fault("bad-request", { field: "hours", expected: `a number of hours, at most ${HOURS_MAX}` });
  return {
    grade: textIn(body, "grade"),
    at: instantIn(body.at, now),
    dead: deadIn(body),
    ...(body.service === undefined || body.service === "" ? {} : { service: textIn(body, "service") }),
    ...(hours === undefined ? {} : { ahead: Math.round(hours * HOUR_MS) }),
  };
}

function instantIn(at: unknown, now: Instant): Instant {
  if (at === undefined || at === null || at === "") return now;
  const instant = typeof at === "string" ? fromIso(at) : undefined;
  if (instant === undefined || Math.abs(instant - now) > DAYS_MAX * DAY_MS)
    throw new Fault("bad-request", { field: "at", expected: "an RFC 3339 time, at most five years from now" });
  return instant;
}

function deadIn({ dead }: Body): Dead {
  if (dead === undefined || dead === null) return { people: [], channels: [] };
  if (typeof dead !== "object") throw new Fault("bad-request", { field: "dead", expected: "{people, channels}" });
  const names = listIn(dead as Body, "channels");
  const channels = CHANNEL_KINDS.filter((kind) => names.includes(kind));
  if (channels.length < new Set(names).size)
    throw new Fault("bad-request", { field: "dead.channels", expected: CHANNEL_KINDS });
  return { people: listIn(dead as Body, "people").map((id) => asId(id)), channels };
}
