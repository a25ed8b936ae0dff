import { addressOf } from "../../escalation/means.ts";
import type { Channel } from "../../notify/channel.ts";
import { SETTING_FIELDS } from "../../notify/setting-fields.ts";
import { CHANNEL_KINDS, type ChannelKind } from "../../policy/policy.ts";
import type { ChannelSettings, Roster } from "../../roster/roster.ts";
import type { Delivery, RosterItem } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import type { ShownChannel, ShownOutcome, ShownSecret, ShownTest } from "../wire/channels.ts";

/** One channel with its settings. What is secret in them is told to be there, never what it is. */
export function shownChannel(
  kind: (typeof CHANNEL_KINDS)[number],
  facts: {
    readonly driver: Channel | undefined;
    readonly item: RosterItem | undefined;
    readonly roster: Roster;
    readonly demanded: boolean;
    /** Hosts, users and the names of secrets are for those who may change them. */
    readonly settingsShown: boolean;
    readonly last: readonly Delivery[];
  },
): ShownChannel {
  const { driver, item, roster, demanded, last, settingsShown } = facts;
  const people = [...roster.people.values()];
  return {
    kind,
    speaksTo: driver?.speaksTo ?? null,
    configured: item === undefined ? null : configuredOf(kind, item, settingsShown),
    fields: (SETTING_FIELDS[kind] ?? []).map(({ name, type, required, otherwise = null }) => ({
      name,
      type,
      required,
      otherwise,
    })),
    contacts: people.filter((person) => addressOf(person, kind) !== undefined).length,
    people: people.length,
    demanded,
    last: last.map(outcomeOf),
  };
}

function configuredOf(kind: ChannelKind, item: RosterItem, settingsShown: boolean): ShownChannel["configured"] {
  const { settings } = item.data as ChannelSettings;
  const secret = new Set((SETTING_FIELDS[kind] ?? []).filter(({ type }) => type === "secret").map(({ name }) => name));
  const known = new Set((SETTING_FIELDS[kind] ?? []).map(({ name }) => name));
  // What no field knows of is not shown: it might be a secret.
  const shown = Object.entries(settings).filter(([name]) => known.has(name) && !secret.has(name));
  return {
    managedBy: item.managedBy ?? null,
    revision: item.revision,
    updatedAt: toIso(item.updatedAt),
    settings: settingsShown ? Object.fromEntries(shown) : {},
    secrets: settingsShown ? Object.fromEntries([...secret].map((name) => [name, secretOf(settings[name])])) : {},
  };
}

function secretOf(raw: unknown): ShownSecret {
  if (raw === undefined || raw === null) return { set: false, from: null, name: null };
  const { env, file } = raw as { env?: unknown; file?: unknown };
  if (typeof env === "string") return { set: true, from: "env", name: env };
  if (typeof file === "string") return { set: true, from: "file", name: file };
  return { set: true, from: "text", name: null };
}

function outcomeOf(delivery: Delivery): ShownOutcome {
  const at = toIso(delivery.acknowledgedAt ?? delivery.sentAt ?? delivery.dueAt);
  return { at, state: delivery.state, because: delivery.because ?? null, test: delivery.kind === "test" };
}

export function shownTest(delivery: Delivery, roster: Roster): ShownTest {
  const { id, channel, person, attempts, because, receipt, createdAt, sentAt, acknowledgedAt } = delivery;
  return {
    id,
    channel,
    person,
    personName: person === "" ? "" : (roster.people.get(person)?.name ?? person),
    state: testState(delivery),
    attempts,
    because: because ?? receipt ?? null,
    createdAt: toIso(createdAt),
    sentAt: sentAt === undefined ? null : toIso(sentAt),
    acknowledgedAt: acknowledgedAt === undefined ? null : toIso(acknowledgedAt),
  };
}

function testState({ state }: Delivery): ShownTest["state"] {
  switch (state) {
    case "queued":
    case "bundled":
      return "queued";
    case "accepted":
    case "delivered":
      return "sent";
    case "withdrawn":
    case "failed":
      return "failed";
    default:
      return state;
  }
}
