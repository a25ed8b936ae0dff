import type { FastifyInstance, FastifyRequest } from "fastify";
import { driversOf } from "../../engine/ports.ts";
import { askCode, typeCode } from "../../engine/verify-contact.ts";
import { nightOf, supposedOnDuty, teamsOf } from "../../escalation/night.ts";
import { NOBODY_DEAD, untilTheTop } from "../../escalation/simulate.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { CHANNEL_KINDS, type ChannelKind } from "../../policy/policy.ts";
import {
  PROVEN_WITHIN_DAYS_MAX,
  REACH_SETTING,
  type ReachSettings,
  reachSettingsOf,
} from "../../reachability/reach-settings.ts";
import { onDuty } from "../../roster/on-duty.ts";
import type { Person } from "../../roster/roster.ts";
import { fromIso, type Instant, toIso } from "../../time/instant.ts";
import {
  callerMay,
  callerName,
  demand,
  type HttpFacts,
  jsonBody,
  localeFor,
  may,
  personOf,
  textIn,
} from "../access.ts";
import { shownStep } from "../show/show-simulation.ts";
import { type ReachFacts, shownContacts, shownReach } from "../show/shown-reach.ts";
import { isZone } from "../sign-in/preferences.ts";
import type { CodeSent, ShownNight, ShownReach, ShownReachSettings } from "../wire/reach.ts";

type ToPerson = { Params: { person: string } };
type ToContact = { Params: { person: string; channel: string } };
type NightQuery = ToPerson & { Querystring: { grade?: string; at?: string; zone?: string } };

const NIGHT_HOUR = 3;
const CODE_LENGTH_MAX = 20;

/** Whether people are reached: what is known of their contacts, codes that verify them, how a night would go. */
export function reachRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, channels } = engine.ports;

  server.get(
    "/api/v1/reach",
    may(facts, "roster.read"),
    async (request): Promise<ShownReach> => shownReach(await reachFacts(facts, request)),
  );

  server.get(
    "/api/v1/reach/settings",
    may(facts, "roster.read"),
    async (): Promise<ShownReachSettings> => reachSettingsOf(await store.setting(REACH_SETTING)),
  );

  server.put("/api/v1/reach/settings", may(facts, "channels.edit"), async (request): Promise<ShownReachSettings> => {
    const body = jsonBody(request);
    return store.transaction(async (queries) => {
      const before = await queries.setting(REACH_SETTING);
      const after = settingsIn(body, reachSettingsOf(before));
      if (!(await queries.replaceSetting(REACH_SETTING, before, after))) throw new Fault("changed-meanwhile");
      await queries.appendAudit([
        { at: clock.now(), by: callerName(request), action: "reach.settings-changed", facts: after },
      ]);
      return after;
    });
  });

  server.get<NightQuery>(
    "/api/v1/reach/:person/night",
    may(facts, "roster.read"),
    async (request): Promise<ShownNight> => {
      const known = await reachFacts(facts, request);
      const { policy, roster } = known;
      const person = personNamed(request.params.person, roster.people);
      const grades = policy.grades.map(({ name }) => name);
      const wanted = request.query.grade ?? grades[0] ?? "";
      const grade = grades.find((name) => name.toLowerCase() === wanted.toLowerCase());
      if (grade === undefined) throw new Fault("not-found", { grade: wanted, known: grades });
      const at = nightIn(request.query, known.at, engine.ports.settings.zone);
      const plan = { policy, roster, drivers: driversOf(channels) };
      const teams = teamsOf(person.id, policy, roster);
      const shown = { roster, drivers: plan.drivers, locale: localeFor(request) };
      const steps = (duty: typeof roster): ShownNight["supposed"] =>
        nightOf(person.id, { grade, at }, { ...plan, roster: duty })
          .map((step) => ({ ...step, skipped: step.skipped.filter(({ who }) => who === person.name) }))
          .map((step) => shownStep(step, policy, { at, dead: NOBODY_DEAD }, shown));
      return {
        person: { id: person.id, name: person.name },
        grade,
        grades,
        at: toIso(at),
        until: toIso(at + untilTheTop(policy, grade)),
        teams,
        onDuty: teams.some((team) => onDuty(roster, team, at).includes(person.id)),
        supposed: steps(supposedOnDuty(person.id, policy, roster)),
        asItStands: steps(roster),
        contacts: shownContacts(person, known),
      };
    },
  );

  server.post<ToContact>(
    "/api/v1/reach/:person/:channel/code",
    may(facts, "contacts.own"),
    async (request, reply): Promise<CodeSent> => {
      const { expiresAt } = await askCode(engine, await contactOf(request));
      reply.code(202);
      return { expiresAt: toIso(expiresAt) };
    },
  );

  server.post<ToContact>(
    "/api/v1/reach/:person/:channel/verify",
    may(facts, "contacts.own"),
    async (request, reply) => {
      const contact = await contactOf(request);
      const code = textIn(jsonBody(request), "code").slice(0, CODE_LENGTH_MAX);
      await typeCode(engine, { ...contact, code });
      return reply.code(204).send();
    },
  );

  /** One's own contact; anybody's with `roster.edit`. */
  async function contactOf(
    request: FastifyRequest<ToContact>,
  ): Promise<{ person: Person["id"]; channel: ChannelKind; by: string }> {
    const { people } = await engine.knowledge.roster(store);
    const person = personNamed(request.params.person, people);
    const channel = CHANNEL_KINDS.find((kind) => kind === request.params.channel);
    if (channel === undefined)
      throw new Fault("not-found", { channel: request.params.channel, channels: CHANNEL_KINDS });
    if (personOf(request) !== person.id && request.caller !== undefined) demand(request.caller, "roster.edit");
    return { person: person.id, channel, by: callerName(request) };
  }
}

/** What is known at this moment, as the caller may see it. */
export async function reachFacts({ engine }: HttpFacts, request: FastifyRequest): Promise<ReachFacts> {
  const { store, clock } = engine.ports;
  return {
    ports: engine.ports,
    policy: await engine.knowledge.currentPolicy(store),
    roster: await engine.knowledge.roster(store),
    settings: reachSettingsOf(await store.setting(REACH_SETTING)),
    proofs: await store.contactProofs(),
    at: clock.now(),
    contactsShown: callerMay(request, "contacts.read"),
  };
}

function personNamed(id: string, people: ReadonlyMap<Person["id"], Person>): Person {
  const person = people.get(asId(id));
  if (person === undefined) throw new Fault("not-found", { person: id });
  return person;
}

/** The instant asked for; the coming night at three in the morning otherwise, in the zone of whoever looks. */
function nightIn({ at, zone }: NightQuery["Querystring"], now: Instant, own: string): Instant {
  if (at !== undefined && at !== "") {
    const instant = fromIso(at);
    if (instant === undefined) throw new Fault("bad-request", { field: "at", expected: "an RFC 3339 time" });
    return instant;
  }
  if (zone !== undefined && !isZone(zone))
    throw new Fault("bad-request", { field: "zone", expected: "an IANA time zone such as Asia/Seoul" });
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone ?? own);
  const tonight = local.withPlainTime({ hour: NIGHT_HOUR });
  const next = Temporal.ZonedDateTime.compare(tonight, local) > 0 ? tonight : tonight.add({ days: 1 });
  return next.epochMilliseconds;
}

function settingsIn(body: Readonly<Record<string, unknown>>, before: ReachSettings): ReachSettings {
  const { silentTests = before.silentTests, channels = before.channels } = body;
  const { provenWithinDays = before.provenWithinDays } = body;
  if (typeof silentTests !== "boolean")
    throw new Fault("bad-request", { field: "silentTests", expected: "true or false" });
  if (!Array.isArray(channels) || !channels.every((kind) => CHANNEL_KINDS.some((known) => known === kind)))
    throw new Fault("bad-request", { field: "channels", expected: CHANNEL_KINDS });
  const after = reachSettingsOf({ silentTests, channels, provenWithinDays });
  if (after.provenWithinDays !== provenWithinDays)
    throw new Fault("bad-request", { field: "provenWithinDays", expected: `1 to ${PROVEN_WITHIN_DAYS_MAX} days` });
  return after;
}
