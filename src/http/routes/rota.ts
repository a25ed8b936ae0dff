import type { FastifyInstance } from "fastify";
import { changeRoster } from "../../engine/change-roster.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { RosterTeam, Rotation } from "../../roster/roster.ts";
import type { RosterFact } from "../../roster/roster-of.ts";
import { sameName } from "../../roster/same-name.ts";
import { readRotaQuestion } from "../../rota/read-question.ts";
import { highsSolver } from "../../solve/highs/highs-solver.ts";
import { rotaDesk } from "../../solve/rota-desk.ts";
import type { RosterItem } from "../../store/store.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may, textIn } from "../access.ts";
import { rotaRequestIn } from "../read-rota.ts";
import { itemName } from "../roster-data.ts";
import { shownRota } from "../show/shown-rota.ts";
import type { RotaApplied, ShownRotaAnswer } from "../wire/rota.ts";

type Body = Readonly<Record<string, unknown>>;

const TIME_SECONDS = 20;
/** Proxies give up on an answer after a minute. */
const TIME_SECONDS_MAX = 50;
const PRIORITY_MAX = 100;
const ROTATIONS_MAX = 24;

/** Rotas that keep every limit, or the proof that there is none; and a rota put into the roster. */
export function rotaRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, settings } = engine.ports;
  const desk = rotaDesk(clock, highsSolver);
  server.addHook("preClose", () => desk.close());

  server.post("/api/v1/rota", may(facts, "roster.edit"), async (request): Promise<ShownRotaAnswer> => {
    const body = jsonBody(request);
    const locale = localeFor(request);
    const roster = await engine.knowledge.roster(store);
    const { zone } = settings;
    const read = readRotaQuestion(rotaRequestIn(body), { roster, at: clock.now(), zone });
    if ("problems" in read) {
      const problems = read.problems.map(({ field, message }) => ({ field, message: message[locale] }));
      throw new Fault("bad-request", { field: problems[0]?.field, expected: problems[0]?.message, problems });
    }
    const { answer, tookSeconds } = await desk.ask(read.question, secondsIn(body));
    return shownRota(read, answer, { locale, tookSeconds });
  });

  server.post("/api/v1/rota/apply", may(facts, "roster.edit"), async (request): Promise<RotaApplied> => {
    const body = jsonBody(request);
    const team = textIn(body, "team");
    const wanted = rotationsIn(body);
    let names: readonly string[] = [];
    await changeRoster(engine, {
      edit: (items) => {
        const put = withRotations(items, team, wanted);
        names = put.flatMap(({ kind, id }) => (kind === "rotation" ? [id] : []));
        return { put, remove: [] };
      },
      by: callerName(request),
      locale: localeFor(request),
      confirmed: body.confirm === true,
      facts: { kind: "rotation", change: "created", team, rotations: wanted.map(({ name }) => name) },
    });
    return { revision: await store.rosterRevision(), rotations: names };
  });
}

function secondsIn({ timeSeconds = TIME_SECONDS }: Body): number {
  if (typeof timeSeconds === "number" && timeSeconds >= 1 && timeSeconds <= TIME_SECONDS_MAX) return timeSeconds;
  throw new Fault("bad-request", { field: "timeSeconds", expected: `a number from 1 to ${TIME_SECONDS_MAX}` });
}

function rotationsIn(body: Body): readonly { readonly name: string; readonly data: Rotation }[] {
  const { rotations } = body;
  const expected = `a list of at most ${ROTATIONS_MAX} { name, data }, as POST /api/v1/rota answers`;
  if (!Array.isArray(rotations) || rotations.length === 0 || rotations.length > ROTATIONS_MAX)
    throw new Fault("bad-request", { field: "rotations", expected });
  return rotations.map((one: unknown) => {
    const { data, ...rest } = (one ?? {}) as Body;
    if (typeof data !== "object" || data === null) throw new Fault("bad-request", { field: "rotations", expected });
    const { participants, turns, hours } = data as Body;
    if (!Array.isArray(participants) || !Array.isArray(turns) || !Array.isArray(hours))
      throw new Fault("bad-request", { field: "rotations", expected });
    return { name: itemName(rest, "name"), data: data as Rotation };
  });
}

/** The rotations under names that are free, above those that the team has, and the team with them. */
function withRotations(
  items: readonly RosterItem[],
  wanted: string,
  rotations: readonly { readonly name: string; readonly data: Rotation }[],
): readonly RosterFact[] {
  const item = items.find(({ kind, id }) => kind === "team" && sameName(id, wanted));
  if (item === undefined) throw new Fault("not-found", { kind: "team", id: wanted });
  if (item.managedBy !== undefined)
    throw new Fault("managed-by-file", { kind: "team", id: item.id, file: item.managedBy });
  const team = item.data as RosterTeam;
  const existing = items.filter(({ kind }) => kind === "rotation");
  const priority =
    1 +
    Math.max(
      -1,
      ...existing
        .filter(({ id }) => team.rotations.includes(asId(id)))
        .map(({ data }) => (data as Rotation).priority ?? 0),
    );
  if (priority > PRIORITY_MAX) throw new Fault("conflict", { because: "priority-exhausted", max: PRIORITY_MAX });
  const taken = (name: string): boolean => existing.some(({ id }) => sameName(id, name));
  const named = rotations.map(({ name, data }): RosterFact => {
    let free = name;
    for (let nth = 2; taken(free); nth++) free = `${name} ${nth}`;
    return { kind: "rotation", id: free, data: { ...data, id: free, name: free, priority } };
  });
  const ids = named.map(({ id }) => asId<"rotation">(id));
  return [...named, { kind: "team", id: item.id, data: { ...team, rotations: [...team.rotations, ...ids] } }];
}
