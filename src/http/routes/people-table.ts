import type { FastifyInstance, FastifyRequest } from "fastify";
import { changeRoster } from "../../engine/change-roster.ts";
import { Fault } from "../../fault/fault.ts";
import type { Locale } from "../../locale/said.ts";
import { both, edited, type RosterEdit } from "../../roster/edit-roster.ts";
import { type PeoplePlan, planPeople } from "../../roster/plan-people.ts";
import { type PeopleTable, type RowProblem, readPeopleTable } from "../../roster/read-people-table.ts";
import type { RosterItem } from "../../store/store.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import type { PeopleTableAnswer, ShownProblem } from "../wire/roster.ts";
import { withoutExample } from "./roster.ts";

const TEXT_LENGTH_MAX = 512 * 1024;
const ROWS_MAX = 2_000;

/** People from a spreadsheet: what would become of each row, and doing it. */
export function peopleTableRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { knowledge } = engine;
  const { store } = engine.ports;

  const plannerOf = async (request: FastifyRequest): Promise<Planner> => {
    const body = jsonBody(request);
    const text = typeof body.text === "string" ? body.text : "";
    if (text.length > TEXT_LENGTH_MAX) throw new Fault("too-large", { field: "text", charactersMax: TEXT_LENGTH_MAX });
    const table = readPeopleTable(text);
    if (table.rows.length > ROWS_MAX) throw new Fault("too-large", { field: "text", rowsMax: ROWS_MAX });
    const version = await store.currentPolicy();
    const policy = version === undefined ? undefined : await knowledge.policy(store, version.id);
    const teams = policy?.teams.map(({ name }) => name) ?? [];
    const locale = localeFor(request);
    const replace = body.replaceExample === true;
    return {
      table,
      plan(items) {
        const first: RosterEdit = replace ? withoutExample(items) : { put: [], remove: [] };
        const owners = new Map(items.map((item) => [`${item.kind}/${item.id}`, item.managedBy]));
        const changed = new Set(first.put.map(({ kind, id }) => `${kind}/${id}`));
        const rest = edited(items, first).map((fact) => {
          const managedBy = changed.has(`${fact.kind}/${fact.id}`) ? undefined : owners.get(`${fact.kind}/${fact.id}`);
          return managedBy === undefined ? { kind: fact.kind, id: fact.id, data: fact.data } : { ...fact, managedBy };
        });
        const planned = planPeople(table, rest, { teams, locale: policy?.locale ?? locale });
        return { ...planned, edit: both(first, planned.edit) };
      },
    };
  };

  server.post("/api/v1/roster/people/read", may(facts, "roster.edit"), async (request): Promise<PeopleTableAnswer> => {
    const { table, plan } = await plannerOf(request);
    return answerOf(table, plan(await store.rosterItems()), localeFor(request));
  });

  server.post(
    "/api/v1/roster/people/import",
    may(facts, "roster.edit"),
    async (request): Promise<PeopleTableAnswer> => {
      const { table, plan } = await plannerOf(request);
      const auditFacts: Record<string, unknown> = { change: "imported" };
      let answer = answerOf(table, plan(await store.rosterItems()), localeFor(request));
      if (answer.created + answer.changed + answer.same === 0)
        throw new Fault("conflict", { because: "nothing-to-apply", rows: table.rows.length });
      await changeRoster(engine, {
        edit: (items) => {
          const planned = plan(items);
          answer = answerOf(table, planned, localeFor(request));
          Object.assign(auditFacts, { created: answer.created, changed: answer.changed, skipped: answer.skipped });
          return planned.edit;
        },
        by: callerName(request),
        locale: localeFor(request),
        // Nobody is removed by a table. Where the example goes, everybody knows that it does.
        confirmed: true,
        facts: auditFacts,
      });
      return answer;
    },
  );
}

type Planner = { readonly table: PeopleTable; readonly plan: (items: readonly RosterItem[]) => PeoplePlan };

function answerOf(table: PeopleTable, { rows }: PeoplePlan, locale: Locale): PeopleTableAnswer {
  const inLocale = ({ level, message }: RowProblem): ShownProblem => ({ level, message: message[locale] });
  const count = (becomes: string): number => rows.filter((row) => row.becomes === becomes).length;
  return {
    rows: rows.map(({ line, name, team, role, titles, contacts, becomes, problems }) => ({
      line,
      name,
      team: team ?? null,
      role: role ?? null,
      titles,
      contacts,
      becomes,
      problems: problems.map(inLocale),
    })),
    problems: table.problems.map(inLocale),
    created: count("create"),
    changed: count("change"),
    same: count("same"),
    skipped: count("skip"),
  };
}
