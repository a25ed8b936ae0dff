import { knownProof } from "../../engine/contact-proofs.ts";
import { driversOf, type Ports } from "../../engine/ports.ts";
import { addressOf, channelsOf, quietness, usable } from "../../escalation/means.ts";
import { teamsOf } from "../../escalation/night.ts";
import type { ChannelKind, Policy } from "../../policy/policy.ts";
import type { ContactProof } from "../../reachability/contact-proof.ts";
import { contactState, personState } from "../../reachability/contact-state.ts";
import { provenWithin, type ReachSettings } from "../../reachability/reach-settings.ts";
import { masked } from "../../roster/mask.ts";
import { dutyIn } from "../../roster/on-duty.ts";
import type { Person, PersonId, Roster } from "../../roster/roster.ts";
import { DAY_MS, type Instant, toIso } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import type { ShownContactState, ShownReach, ShownReachPerson } from "../wire/reach.ts";

export type ReachFacts = {
  readonly ports: Ports;
  readonly policy: Policy;
  readonly roster: Roster;
  readonly settings: ReachSettings;
  readonly proofs: readonly ContactProof[];
  readonly at: Instant;
  /** Whether addresses are shown in full. */
  readonly contactsShown: boolean;
};

/** How far ahead somebody's duty makes it matter whether they are reached. */
export const DUTY_AHEAD_DAYS = 7;

export function shownReach(facts: ReachFacts): ShownReach {
  const { policy, roster, settings, at } = facts;
  const demanded = demandedKinds(policy);
  const kinds = new Set([...demanded, ...[...roster.people.values()].flatMap(channelsOf)]);
  const duties = nextDuties(policy, roster, at);
  const byPerson = Map.groupBy(facts.proofs, ({ person }) => person);
  return {
    at: toIso(at),
    settings,
    aheadDays: DUTY_AHEAD_DAYS,
    channels: [...kinds]
      .filter((kind) => kind !== "loopback")
      .sort((one, other) => quietness(one) - quietness(other))
      .map((kind) => ({ kind, demanded: demanded.has(kind) })),
    teams: policy.teams.map(({ name }) => name),
    people: [...roster.people.values()].map((person): ShownReachPerson => {
      const contacts = shownContacts(person, { ...facts, proofs: byPerson.get(person.id) ?? [] });
      return {
        id: person.id,
        name: person.name,
        teams: teamsOf(person.id, policy, roster),
        state: personState(contacts.map(({ state }) => state)),
        duty: duties.get(person.id) ?? null,
        contacts,
      };
    }),
  };
}

/** The person's contacts in their order, then the channels that the policy demands and they have no address for. */
export function shownContacts(person: Person, facts: ReachFacts): readonly ShownContactState[] {
  const own = channelsOf(person);
  const lacking = [...demandedKinds(facts.policy)].filter((kind) => !own.includes(kind));
  return [...own, ...lacking].map((kind) => shownContact(person, kind, facts));
}

function shownContact(person: Person, channel: ChannelKind, facts: ReachFacts): ShownContactState {
  const { ports, roster, settings, at } = facts;
  const drivers = driversOf(ports.channels);
  const address = addressOf(person, channel);
  // Only what is stored tells something: a contact that nobody has looked at yet is untried.
  const proof = facts.proofs.some((one) => one.person === person.id && one.channel === channel)
    ? knownProof(ports, facts.proofs, person, channel, at)
    : undefined;
  const iso = (instant: Instant | undefined): string | null => (instant === undefined ? null : toIso(instant));
  const state =
    address === undefined
      ? "no-address"
      : contactState(proof, { usable: usable(channel, roster, drivers), at, within: provenWithin(settings) });
  return {
    channel,
    via: drivers.get(channel) ?? null,
    address: address === undefined ? null : facts.contactsShown ? address : masked({ channel, address }).address,
    state,
    verifiedAt: iso(proof?.verifiedAt),
    proven: proof?.proven === undefined ? null : { at: toIso(proof.proven.at), by: proof.proven.by },
    acceptedAt: iso(proof?.acceptedAt),
    failing:
      proof?.failing === undefined ? null : { since: toIso(proof.failing.since), because: proof.failing.because },
    testedAt: iso(proof?.testedAt),
  };
}

function demandedKinds(policy: Policy): ReadonlySet<ChannelKind> {
  return new Set(policy.notifications.flatMap(({ channels }) => channels.map(({ kind }) => kind)));
}

/** Of everybody the first stretch of duty that is not over. */
function nextDuties(policy: Policy, roster: Roster, at: Instant): ReadonlyMap<PersonId, ShownReachPerson["duty"]> {
  const duties = new Map<PersonId, Interval & { readonly team: string }>();
  const interval = { start: at, end: at + DUTY_AHEAD_DAYS * DAY_MS };
  for (const { name: team } of policy.teams) {
    for (const { start, end, people } of dutyIn(roster, team, interval)) {
      for (const person of people) {
        const known = duties.get(person);
        if (known === undefined || known.start > start) duties.set(person, { team, start, end });
      }
    }
  }
  return new Map(
    [...duties].map(([person, { team, start, end }]) => [
      person,
      { team, start: toIso(start), end: end < interval.end ? toIso(end) : null, now: start <= at },
    ]),
  );
}
