import type { Reach, Skipped } from "../incident/event.ts";
import type { ClauseId, PolicyChannel } from "../policy/policy.ts";
import type { Person, PersonId, Roster } from "../roster/roster.ts";
import { addressOf, channelsOf, type Drivers, isQuiet, quietness, usable } from "./means.ts";

/** Somebody a step is for, with the clause that says so. */
export type Addressee = { readonly person: PersonId; readonly clause: ClauseId };

export type Reached = { readonly reach: readonly Reach[]; readonly skipped: readonly Skipped[] };

/**
 * Turns people and the channels that the policy demands into pages. What cannot be used is skipped with its reason and
 * made up for at once: each person gets, for every demanded channel that fails them, the next contact of their own.
 */
export function reaches(
  addressees: readonly Addressee[],
  channels: readonly PolicyChannel[],
  facts: { readonly roster: Roster; readonly drivers: Drivers; readonly urgency: Reach["urgency"] },
): Reached {
  const { roster, drivers, urgency } = facts;
  const people = distinct(addressees, roster);
  const reach: Reach[] = [];
  const skipped: Skipped[] = [];
  const lacking = new Map<PersonId, PolicyChannel[]>();
  const lacks = (person: Person, channel: PolicyChannel): void => {
    const known = lacking.get(person.id);
    if (known === undefined) lacking.set(person.id, [channel]);
    else known.push(channel);
  };

  for (const channel of channels) {
    const verdict = usable(channel.kind, roster, drivers);
    if (verdict !== "yes") {
      skipped.push({ who: channel.kind, channel: channel.kind, because: verdict, clause: channel.clause });
      for (const { person } of people) lacks(person, channel);
    } else if (drivers.get(channel.kind) === "rooms") {
      reach.push(room(channel, people, urgency));
      for (const { person } of people) if (addressOf(person, channel.kind) === undefined) lacks(person, channel);
    } else {
      for (const { person, clause } of people) {
        if (addressOf(person, channel.kind) === undefined) {
          skipped.push({ who: person.name, channel: channel.kind, because: "no-contact", clause });
          lacks(person, channel);
        } else {
          reach.push({
            target: { kind: "person", person: person.id },
            channel: channel.kind,
            urgency,
            people: [person.id],
            clause,
          });
        }
      }
    }
  }

  // As last resort a step is for everybody: what each was tried through is looked up, not looked for.
  const triedBy = new Map<PersonId, Set<string>>(people.map(({ person }) => [person.id, new Set()]));
  for (const page of reach) for (const id of page.people) triedBy.get(id)?.add(page.channel);
  const named = new Set(skipped.map(({ who }) => who));
  for (const { person, clause } of people) {
    if (!lacking.has(person.id)) continue;
    const tried = triedBy.get(person.id) ?? new Set();
    for (const channel of lacking.get(person.id) ?? []) {
      const next = nextReach(person, tried, { ...facts, clause, insteadOf: channel.kind });
      if (next === undefined) break;
      tried.add(next.channel);
      reach.push(next);
    }
    if (tried.size === 0 && !named.has(person.name)) {
      named.add(person.name);
      skipped.push({ who: person.name, because: "no-contact", clause });
    }
  }
  return { reach, skipped };
}

/**
 * The person's next contact after the channels `tried`: in their own order, among those that can be used. What the plan
 * and a failed delivery both fall back to.
 */
export function nextReach(
  person: Person,
  tried: ReadonlySet<string>,
  facts: {
    readonly roster: Roster;
    readonly drivers: Drivers;
    readonly urgency: Reach["urgency"];
    readonly clause: ClauseId;
    readonly insteadOf: Reach["channel"];
  },
): Reach | undefined {
  for (const channel of channelsOf(person)) {
    if (tried.has(channel) || usable(channel, facts.roster, facts.drivers) !== "yes") continue;
    if (facts.urgency === "tell" && !isQuiet(channel)) continue;
    const toRoom = facts.drivers.get(channel) === "rooms";
    return {
      target: toRoom ? { kind: "room" } : { kind: "person", person: person.id },
      channel,
      urgency: facts.urgency,
      people: [person.id],
      clause: facts.clause,
      insteadOf: facts.insteadOf,
    };
  }
  return undefined;
}

/** One quiet page for each: through the quietest contact that can be used. Nobody is woken. */
export function quietReaches(
  addressees: readonly Addressee[],
  facts: { readonly roster: Roster; readonly drivers: Drivers },
): Reached {
  const reach: Reach[] = [];
  const skipped: Skipped[] = [];
  for (const { person, clause } of distinct(addressees, facts.roster)) {
    const channel = channelsOf(person)
      .filter((kind) => isQuiet(kind) && usable(kind, facts.roster, facts.drivers) === "yes")
      .sort((one, other) => quietness(one) - quietness(other))[0];
    if (channel === undefined) {
      skipped.push({ who: person.name, because: "no-contact", clause });
    } else {
      const toRoom = facts.drivers.get(channel) === "rooms";
      reach.push({
        target: toRoom ? { kind: "room" } : { kind: "person", person: person.id },
        channel,
        urgency: "tell",
        people: [person.id],
        clause,
      });
    }
  }
  return { reach: merged(reach), skipped };
}

/** Pages to one room are one page; the same person through the same channel is one page. */
export function merged(reach: readonly Reach[]): readonly Reach[] {
  const byTarget = new Map<string, Reach>();
  for (const page of reach) {
    const key = `${page.channel}/${page.target.kind === "room" ? "" : page.target.person}`;
    const known = byTarget.get(key);
    if (known === undefined) {
      byTarget.set(key, page);
      continue;
    }
    const mention =
      known.mention === "channel" || page.mention === "channel" ? "channel" : (known.mention ?? page.mention);
    byTarget.set(key, {
      ...known,
      people: [...new Set([...known.people, ...page.people])],
      urgency: known.urgency === "wake" || page.urgency === "wake" ? "wake" : "tell",
      ...(mention === undefined ? {} : { mention }),
    });
  }
  return [...byTarget.values()];
}

function room(channel: PolicyChannel, people: readonly Known[], urgency: Reach["urgency"]): Reach {
  return {
    target: { kind: "room" },
    channel: channel.kind,
    urgency,
    ...(channel.mention === undefined ? {} : { mention: channel.mention }),
    people: people.filter(({ person }) => addressOf(person, channel.kind) !== undefined).map(({ person }) => person.id),
    clause: channel.clause,
  };
}

type Known = { readonly person: Person; readonly clause: ClauseId };

function distinct(addressees: readonly Addressee[], roster: Roster): readonly Known[] {
  const known = new Map<PersonId, Known>();
  for (const { person: id, clause } of addressees) {
    const person = roster.people.get(id);
    if (person !== undefined && !known.has(id)) known.set(id, { person, clause });
  }
  return [...known.values()];
}
