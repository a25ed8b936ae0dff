import type { ChannelKind } from "../policy/policy.ts";
import type { Person, Roster } from "../roster/roster.ts";

/** Which channels this build has a driver for, and whether each speaks to rooms or to people. */
export type Drivers = ReadonlyMap<ChannelKind, "rooms" | "people">;

/** From what wakes nobody to what wakes everybody: the quietest of several is the one that comes first here. */
const QUIETNESS: readonly ChannelKind[] = ["loopback", "console", "email", "webhook", "slack", "push", "sms", "phone"];

export function quietness(kind: ChannelKind): number {
  return QUIETNESS.indexOf(kind);
}

/** Whether a message for which nobody is woken may go through it. */
export function isQuiet(kind: ChannelKind): boolean {
  return kind !== "phone" && kind !== "sms" && kind !== "push";
}

export type Usable = "yes" | "no-driver" | "not-configured";

/** Whether a channel can be used at all: a driver in this build, and settings in the roster. */
export function usable(kind: ChannelKind, roster: Roster, drivers: Drivers): Usable {
  if (!drivers.has(kind)) return "no-driver";
  return roster.channels.some((channel) => channel.kind === kind) ? "yes" : "not-configured";
}

/** The address a person has for a channel. A phone number serves for text messages too. */
export function addressOf(person: Person, kind: ChannelKind): string | undefined {
  const exact = person.contacts.find((contact) => contact.channel === kind);
  if (exact !== undefined || kind !== "sms") return exact?.address;
  return person.contacts.find((contact) => contact.channel === "phone")?.address;
}

const channelsByPerson = new WeakMap<Person, readonly ChannelKind[]>();

/** Every channel the person can be addressed through, in their order of preference. A person is a value: asked once. */
export function channelsOf(person: Person): readonly ChannelKind[] {
  const known = channelsByPerson.get(person);
  if (known !== undefined) return known;
  const kinds = person.contacts.flatMap(({ channel }): ChannelKind[] =>
    channel === "phone" ? ["phone", "sms"] : [channel],
  );
  const channels = [...new Set(kinds)];
  channelsByPerson.set(person, channels);
  return channels;
}
