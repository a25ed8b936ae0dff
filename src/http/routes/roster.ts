import type { FastifyInstance, FastifyRequest } from "fastify";
import { changeRoster, type RosterWish } from "../../engine/change-roster.ts";
import { Fault } from "../../fault/fault.ts";
import { type RosterEdit, withoutFile, withoutPeople } from "../../roster/edit-roster.ts";
import { withoutRotation, withRotation } from "../../roster/edit-rotations.ts";
import type { Rotation } from "../../roster/roster.ts";
import type { RosterFact } from "../../roster/roster-of.ts";
import { sameName } from "../../roster/same-name.ts";
import type { RosterItem } from "../../store/store.ts";
import { callerMay, callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { itemName, ROSTER_KINDS, teamsIn } from "../roster-data.ts";
import { EXAMPLE_ROSTER, shownRoster } from "../show/shown-roster.ts";
import type { RosterKind, RosterPutAnswer, ShownRoster } from "../wire/roster.ts";

type ToItem = { Params: { kind: string; id: string } };

/** Who there is: read, and changed where no file manages it. */
export function rosterRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store } = engine.ports;

  server.get("/api/v1/roster", may(facts, "roster.read"), async (request): Promise<ShownRoster> => {
    const version = await store.currentPolicy();
    const policy = version === undefined ? undefined : await engine.knowledge.policy(store, version.id);
    const contactsShown = callerMay(request, "contacts.read");
    return shownRoster(await store.rosterItems(), { revision: await store.rosterRevision(), contactsShown, policy });
  });

  server.post<{ Params: { kind: string } }>(
    "/api/v1/roster/:kind",
    may(facts, "roster.edit"),
    async (request, reply): Promise<RosterPutAnswer> => {
      const { kind, read } = kindOf(request.params.kind);
      const data = dataIn(request);
      const answer = await write(request, "created", kind, (items) => {
        const id = newId(items, kind, data);
        const known = items.find((item) => item.kind === kind && sameName(item.id, id));
        if (known !== undefined) throw new Fault("conflict", { because: "already-there", kind, id: known.id });
        return { id, edit: putOf(items, { kind, id, data: read(id, data) }, data) };
      });
      reply.code(201);
      return answer;
    },
  );

  server.put<ToItem>("/api/v1/roster/:kind/:id", may(facts, "roster.edit"), async (request) => {
    const { kind, read } = kindOf(request.params.kind);
    const { id } = request.params;
    const data = dataIn(request);
    return write(request, "updated", kind, (items) => {
      demandSeen(items, kind, id, jsonBody(request).revision);
      return { id, edit: putOf(items, { kind, id, data: read(id, data) }, data) };
    });
  });

  server.delete<ToItem>("/api/v1/roster/:kind/:id", may(facts, "roster.edit"), async (request) => {
    const { kind } = kindOf(request.params.kind);
    const { id } = request.params;
    return write(request, "removed", kind, (items) => {
      demandSeen(items, kind, id, jsonBody(request).revision);
      return { id, edit: removalOf(items, kind, id) };
    });
  });

  server.post("/api/v1/roster/example/remove", may(facts, "roster.edit"), async (request) => {
    const wish = {
      edit: withoutExample,
      by: callerName(request),
      locale: localeFor(request),
      // An example that goes leaves nobody, as everybody who presses this knows.
      confirmed: true,
      facts: { change: "removed", example: EXAMPLE_ROSTER },
    };
    await changeRoster(engine, wish);
    return { revision: await store.rosterRevision() };
  });

  async function write(
    request: FastifyRequest,
    change: "created" | "updated" | "removed",
    kind: RosterFact["kind"],
    plan: (items: readonly RosterItem[]) => { readonly id: string; readonly edit: RosterEdit },
  ): Promise<RosterPutAnswer> {
    let id = "";
    const auditFacts: Record<string, unknown> = { kind, change };
    const wish: RosterWish = {
      edit: (items) => {
        const planned = plan(items);
        id = planned.id;
        auditFacts.id = id;
        return planned.edit;
      },
      by: callerName(request),
      locale: localeFor(request),
      // What is added takes nobody's pages away; but in a team that takes turns not everybody is on duty any more.
      confirmed: jsonBody(request).confirm === true || (change === "created" && kind !== "rotation"),
      facts: auditFacts,
    };
    await changeRoster(engine, wish);
    return { id, revision: await store.rosterRevision() };
  }
}

/** The example goes; the channel that prints on the server's own output stays, so that there is one. */
export function withoutExample(items: readonly RosterItem[]): RosterEdit {
  const { put, remove } = withoutFile(items, EXAMPLE_ROSTER);
  const console = items.find(
    ({ kind, id, managedBy }) => kind === "channel" && id === "console" && managedBy === EXAMPLE_ROSTER,
  );
  if (console === undefined) return { put, remove };
  return {
    put: [...put, { kind: "channel", id: "console", data: console.data }],
    remove: remove.filter(({ kind, id }) => kind !== "channel" || id !== "console"),
  };
}

function kindOf(name: string): (typeof ROSTER_KINDS)[RosterKind] {
  if (!Object.hasOwn(ROSTER_KINDS, name))
    throw new Fault("not-found", { kind: name, kinds: Object.keys(ROSTER_KINDS) });
  return ROSTER_KINDS[name as RosterKind];
}

function dataIn(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const { data } = jsonBody(request);
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new Fault("bad-request", { field: "data", expected: "an object" });
  return data as Readonly<Record<string, unknown>>;
}

/** Compare and set: what is changed is what the caller has seen, and no file's. */
export function demandSeen(items: readonly RosterItem[], kind: string, id: string, seen: unknown): void {
  const item = items.find((one) => one.kind === kind && one.id === id);
  if (item === undefined) throw new Fault("not-found", { kind, id });
  if (item.managedBy !== undefined) throw new Fault("managed-by-file", { kind, id, file: item.managedBy });
  if (seen !== item.revision) throw new Fault("changed-meanwhile", { kind, id, seen: seen ?? null, is: item.revision });
}

/** What is changed so that this fact stands there; a rotation is put into its teams as well. */
function putOf(items: readonly RosterItem[], fact: RosterFact, body: Readonly<Record<string, unknown>>): RosterEdit {
  if (fact.kind !== "rotation") return { put: [fact], remove: [] };
  const rotation = fact.data as Rotation;
  const other = items.find(
    ({ kind, id, data }) => kind === "rotation" && id !== fact.id && sameName((data as Rotation).name, rotation.name),
  );
  if (other !== undefined) throw new Fault("conflict", { because: "already-there", kind: "rotation", id: other.id });
  const teams = teamsIn(body);
  for (const name of teams ?? [])
    if (!items.some(({ kind, id }) => kind === "team" && sameName(id, name)))
      throw new Fault("not-found", { kind: "team", id: name });
  return demandFree(items, withRotation(items, rotation, teams));
}

function removalOf(items: readonly RosterItem[], kind: RosterFact["kind"], id: string): RosterEdit {
  if (kind === "person") return withoutPeople(items, new Set([id]));
  if (kind === "rotation") return demandFree(items, withoutRotation(items, id));
  return { put: [], remove: [{ kind, id }] };
}

/** What is changed beside what was asked for is no file's either. */
function demandFree(items: readonly RosterItem[], edit: RosterEdit): RosterEdit {
  for (const { kind, id } of [...edit.put, ...edit.remove]) {
    const file = items.find((item) => item.kind === kind && item.id === id)?.managedBy;
    if (file !== undefined) throw new Fault("managed-by-file", { kind, id, file });
  }
  return edit;
}

function newId(
  items: readonly RosterItem[],
  kind: RosterFact["kind"],
  data: Readonly<Record<string, unknown>>,
): string {
  if (kind === "person") return freshId(items, data);
  const name = itemName(data, "name");
  if (kind !== "rotation") return name;
  // A rotation keeps its id when it is renamed, so that its name may be free again while its id is not.
  const taken = (id: string): boolean =>
    id === "new" ||
    items.some((item) => item.kind === kind && sameName(item.id, id) && !sameName((item.data as Rotation).name, name));
  let id = name;
  for (let nth = 2; taken(id); nth++) id = `${name}-${nth}`;
  return id;
}

/** What a new person is called in addresses and files: as asked, else the local part of the mail address, else the name. */
function freshId(items: readonly RosterItem[], data: Readonly<Record<string, unknown>>): string {
  if (typeof data.id === "string" && data.id.trim() !== "") return itemName(data, "id");
  const contacts = Array.isArray(data.contacts) ? (data.contacts as { channel?: unknown; address?: unknown }[]) : [];
  const mail = contacts.find(({ channel }) => channel === "email")?.address;
  const local = typeof mail === "string" ? (mail.trim().split("@")[0] ?? "") : "";
  const base = /^[\w.+-]+$/u.test(local) ? local.toLowerCase() : itemName(data, "name").replace(/\s+/gu, "-");
  const taken = (id: string): boolean => items.some((item) => item.kind === "person" && sameName(item.id, id));
  let id = base;
  for (let nth = 2; taken(id); nth++) id = `${base}-${nth}`;
  return id;
}
