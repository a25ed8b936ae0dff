import type { FastifyInstance } from "fastify";
import { changeRoster } from "../../engine/change-roster.ts";
import { teamsOf } from "../../escalation/night.ts";
import { Fault } from "../../fault/fault.ts";
import { personState } from "../../reachability/contact-state.ts";
import type { Person } from "../../roster/roster.ts";
import { toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may, personOf, signedInOnly } from "../access.ts";
import { contactsIn } from "../roster-data.ts";
import { OWN_SHIFT_DAYS, ownDutyNow, ownShifts } from "../show/shown-my.ts";
import { shownContacts } from "../show/shown-reach.ts";
import type { ShownMy } from "../wire/reach.ts";
import { reachFacts } from "./reach.ts";
import { demandSeen } from "./roster.ts";

/** One's own duty: contacts and what they are worth, and one's next shifts. */
export function myRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store } = engine.ports;

  server.get("/api/v1/my", signedInOnly(facts), async (request): Promise<ShownMy> => {
    // Whoever it is: their own addresses they see in full.
    const known = { ...(await reachFacts(facts, request)), contactsShown: true };
    const { policy, roster, settings, at } = known;
    const id = personOf(request);
    const person = id === undefined ? undefined : roster.people.get(id);
    const item = (await store.rosterItems()).find((one) => one.kind === "person" && one.id === person?.id);
    const nothing = { at: toIso(at), settings, days: OWN_SHIFT_DAYS };
    if (person === undefined || item === undefined)
      return { ...nothing, person: null, state: "unreachable", contacts: [], now: [], shifts: [] };
    const contacts = shownContacts(person, known);
    return {
      ...nothing,
      person: {
        id: person.id,
        name: person.name,
        managedBy: item.managedBy ?? null,
        revision: item.revision,
        contacts: person.contacts,
      },
      state: personState(contacts.map(({ state }) => state)),
      contacts,
      now: ownDutyNow(person.id, teamsOf(person.id, policy, roster), roster, at),
      shifts: ownShifts(person.id, roster, at),
    };
  });

  server.put("/api/v1/my/contacts", may(facts, "contacts.own"), async (request) => {
    const id = personOf(request);
    if (id === undefined) throw new Fault("conflict", { because: "no-person" });
    const body = jsonBody(request);
    const contacts = contactsIn(body);
    await changeRoster(engine, {
      edit: (items) => {
        demandSeen(items, "person", id, body.revision);
        const before = items.find((item) => item.kind === "person" && item.id === id)?.data as Person;
        return { put: [{ kind: "person", id, data: { ...before, contacts } }], remove: [] };
      },
      by: callerName(request),
      locale: localeFor(request),
      confirmed: body.confirm === true,
      facts: { kind: "person", id, change: "contacts", channels: contacts.map(({ channel }) => channel) },
    });
    return { id, revision: await store.rosterRevision() };
  });
}
