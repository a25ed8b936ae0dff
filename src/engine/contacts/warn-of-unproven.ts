import { channelsOf, usable } from "../../escalation/means.ts";
import { reachSaid as said } from "../../locale/reach.ts";
import type { ContactProof } from "../../reachability/contact-proof.ts";
import { contactState, personState, unprovenSince } from "../../reachability/contact-state.ts";
import { provenWithin, type ReachSettings } from "../../reachability/reach-settings.ts";
import { proofKey } from "../../reachability/silent-tests.ts";
import { dutyIn } from "../../roster/on-duty.ts";
import type { Person, PersonId, Roster } from "../../roster/roster.ts";
import { DAY_MS, type Instant } from "../../time/instant.ts";
import type { Knowledge } from "../knowledge.ts";
import { driversOf, type Ports } from "../ports.ts";
import { tellAdmins } from "../watch/watch-duty.ts";

/** Whoever is on duty so soon must be reached then. */
const AHEAD_MS = 7 * DAY_MS;
/** It is no emergency: told within these local hours. */
const FROM_HOUR = 9;
const UNTIL_HOUR = 18;
const NAMES_MAX = 20;
/** Of whom the administrators were told, and when: once, until something proves them or as long again has passed. */
const TOLD_SETTING = "reachability-told";
type Told = Readonly<Record<string, Instant>>;

type Facts = {
  readonly roster: Roster;
  readonly settings: ReachSettings;
  readonly proofs: ReadonlyMap<string, ContactProof>;
  readonly at: Instant;
};

/** Tells the administrators of those who are on duty within a week and whom nothing proves to be reached. */
export async function warnOfUnproven(ports: Ports, knowledge: Knowledge, facts: Facts): Promise<number> {
  const { store, settings } = ports;
  const { roster, at } = facts;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(settings.zone);
  if (local.hour < FROM_HOUR || local.hour >= UNTIL_HOUR) return 0;
  const within = provenWithin(facts.settings);
  const unproven = [...roster.people.values()].filter((person) => isUnproven(ports, person, within, facts));
  const stored = await store.setting(TOLD_SETTING);
  const before = toldOf(stored);
  if (unproven.length === 0 && Object.keys(before).length === 0) return 0;
  const soon = onDutySoon(roster, at);
  const kept = unproven.filter(({ id }) => at - (before[id] ?? Number.NEGATIVE_INFINITY) < within);
  const fresh = unproven.filter((person) => !kept.includes(person) && soon.has(person.id));
  const after: Told = Object.fromEntries([
    ...kept.map(({ id }) => [id, before[id] ?? at] as const),
    ...fresh.map(({ id }) => [id, at] as const),
  ]);
  if (JSON.stringify(after) === JSON.stringify(before)) return 0;
  return store.transaction(async (queries) => {
    // Another node that looks at the same moment tells it once.
    if (!(await queries.replaceSetting(TOLD_SETTING, stored, after)) || fresh.length === 0) return 0;
    const names = fresh.slice(0, NAMES_MAX).map(({ name }) => name);
    const title = said.unprovenTitle({ count: fresh.length });
    const detail = said.unprovenDescription({ names, days: facts.settings.provenWithinDays });
    return tellAdmins(queries, ports, knowledge, { key: "unproven", title, detail, at, urgency: "tell" });
  });
}

/** Nothing has proven them for long, or nothing that they have gets through. Who has no contact is found by `check`. */
function isUnproven(ports: Ports, person: Person, within: number, { roster, proofs, at }: Facts): boolean {
  const channels = channelsOf(person);
  const known = channels.flatMap((channel) => proofs.get(proofKey(person.id, channel)) ?? []);
  const drivers = driversOf(ports.channels);
  const states = channels.map((channel) =>
    contactState(proofs.get(proofKey(person.id, channel)), { usable: usable(channel, roster, drivers), at, within }),
  );
  const since = unprovenSince(known);
  switch (personState(states)) {
    case "proven":
      return false;
    case "unreachable":
      return states.includes("failing");
    case "unproven":
      return since !== undefined && at - since > within;
  }
}

function onDutySoon(roster: Roster, at: Instant): ReadonlySet<PersonId> {
  const interval = { start: at, end: at + AHEAD_MS };
  return new Set(roster.teams.flatMap(({ name }) => dutyIn(roster, name, interval).flatMap(({ people }) => people)));
}

function toldOf(stored: unknown): Told {
  return typeof stored === "object" && stored !== null ? (stored as Told) : {};
}
