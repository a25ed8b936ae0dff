import { addressOf } from "../../escalation/means.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import type { Address, Channel, Outcome, Page } from "../../notify/channel.ts";
import type { Person, Roster } from "../../roster/roster.ts";
import type { Delivery } from "../../store/store.ts";
import { addressHash } from "../contact-proofs.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";
import { excerpt } from "../triage/unrenderable.ts";
import type { Claimed } from "./claim.ts";
import { type PageFacts, pageOf, pageWithoutIncident } from "./page-of.ts";

export type Sent = {
  readonly outcome: Outcome;
  readonly unrenderable?: string;
  /** The hash of the address that it went to; of a room's there is none. */
  readonly to?: string;
};

/** One attempt: looks up what is to be said and to whom, renders, sends. Never throws: whatever goes wrong is an outcome. */
export async function sendDelivery(ports: Ports, knowledge: Knowledge, claimed: Claimed): Promise<Sent> {
  const { delivery } = claimed;
  let prepared: Prepared | Sent;
  try {
    prepared = await prepare(ports, knowledge, claimed);
  } catch (error) {
    // Nothing has left. A store that is away comes back; settings that cannot be read do not mend themselves.
    const passing = error instanceof Fault && faultCodes[error.code].status === 503;
    return { outcome: { is: passing ? "later" : "refused", because: String(error) } };
  }
  if ("outcome" in prepared) return prepared;
  const { channel, body, address, settings, thread, unrenderable } = prepared;
  const to = address.kind === "person" ? { to: addressHash(ports, channel.kind, address.address) } : {};
  try {
    const outcome = await channel.send(body, address, settings, {
      key: delivery.id,
      ...(thread === undefined ? {} : { thread }),
      timeout: ports.settings.sendTimeoutMs,
      clock: ports.clock,
      chance: ports.chance,
    });
    return { outcome, ...to, ...(unrenderable === undefined ? {} : { unrenderable }) };
  } catch (error) {
    // A driver broke its promise not to throw: whether bytes left is not known.
    return { outcome: { is: "unknown", because: String(error) } };
  }
}

type Prepared = {
  readonly channel: Channel;
  readonly body: unknown;
  readonly address: Address;
  readonly settings: unknown;
  readonly thread: string | undefined;
  readonly unrenderable: string | undefined;
};

async function prepare(ports: Ports, knowledge: Knowledge, claimed: Claimed): Promise<Prepared | Sent> {
  const { delivery } = claimed;
  const channel = ports.channels.get(delivery.channel);
  if (channel === undefined) return refused(`no driver for ${delivery.channel}`);
  const { page, roster } = await composed(ports, knowledge, claimed);
  const address = addressFor(delivery, roster);
  if (address === undefined) return refused(`no address for ${delivery.channel}`);
  if (delivery.kind === "verify" && (claimed.code === undefined || delivery.to !== hashNow(ports, delivery, roster)))
    return refused("another code was asked for, or the address was changed");
  const raw = roster.channels.find(({ kind }) => kind === delivery.channel)?.settings;
  if (raw === undefined) return refused(`${delivery.channel} is not configured`);
  const settings = channel.parse(raw);
  const thread = delivery.incident && (await ports.store.thread(delivery.incident, delivery.channel, delivery.person));
  return { channel, address, settings, thread, unrenderable: undefined, ...rendered(channel, page, address, settings) };
}

function refused(because: string): Sent {
  return { outcome: { is: "refused", because } };
}

/** The page as the channel words it; where the channel cannot, the least that can be said, with an excerpt. */
function rendered(
  channel: Channel,
  page: Page,
  address: Address,
  settings: unknown,
): { readonly body: unknown; readonly unrenderable?: string } {
  try {
    return { body: channel.render(page, address, settings) };
  } catch (error) {
    const bare: Page = {
      ...page,
      incident: { ...page.incident, title: `unrenderable alert: ${excerpt(page.incident.title)}` },
      description: excerpt(page.description),
      links: [],
      bundled: [],
      alsoReached: [],
    };
    return { body: channel.render(bare, address, settings), unrenderable: String(error) };
  }
}

async function composed(
  ports: Ports,
  knowledge: Knowledge,
  { delivery, linkToken, code }: Claimed,
): Promise<{ readonly page: Page; readonly roster: Roster }> {
  const { store, settings, clock } = ports;
  const at = clock.now();
  const common = { publicUrl: settings.publicUrl, zone: settings.zone, at };
  const incident = delivery.incident === undefined ? undefined : await store.incident(delivery.incident);
  if (incident === undefined) {
    const roster = await knowledge.roster(store);
    const policy = await knowledge.currentPolicy(store);
    const acknowledgeUrl = linkToken === undefined ? undefined : `${settings.publicUrl}/a/${linkToken}`;
    const nothing = { alerts: [], bundled: [], alsoReached: [], acknowledgeUrl, code };
    return { page: pageWithoutIncident(delivery, { ...common, ...nothing, roster, locale: policy.locale }), roster };
  }
  const { policy, roster } = await knowledge.planFacts(store, incident, at, at);
  const siblings = await store.deliveriesOfIncident(incident.id);
  const facts: PageFacts = {
    ...common,
    policy,
    roster,
    alerts: await store.alertsOfIncident(incident.id, ALERTS_SHOWN_MAX),
    bundled: delivery.kind === "bundle" ? await bundledIncidents(ports, delivery) : [],
    alsoReached: siblings
      .filter((other) => other.step === delivery.step && other.id !== delivery.id && other.person !== "")
      .map((other) => nameOf(other.person, roster))
      .filter((name, index, names) => names.indexOf(name) === index),
    acknowledgeUrl: linkToken === undefined ? undefined : `${settings.publicUrl}/a/${linkToken}`,
  };
  return { page: pageOf(delivery, incident, facts), roster };
}

async function bundledIncidents(ports: Ports, bundle: Delivery): Promise<Page["bundled"]> {
  const incidents = new Map<string, Page["bundled"][number]>();
  for (const member of await ports.store.deliveriesInto(bundle.id)) {
    const incident = member.incident === undefined ? undefined : await ports.store.incident(member.incident);
    if (incident === undefined || member.state !== "bundled") continue;
    const { number, title, grade } = incident;
    incidents.set(incident.id, { number, title, grade, isOver: member.kind === "resolved" });
  }
  return [...incidents.values()];
}

function addressFor(delivery: Delivery, roster: Roster): Address | undefined {
  const addressed = (person: Person): { name: string; address?: string } => {
    const address = addressOf(person, delivery.channel);
    return address === undefined ? { name: person.name } : { name: person.name, address };
  };
  if (delivery.reach.target.kind === "room") {
    const people = delivery.reach.people.flatMap((id) => roster.people.get(id) ?? []).map(addressed);
    const { mention } = delivery.reach;
    return { kind: "room", people, ...(mention === undefined ? {} : { mention }) };
  }
  const person = roster.people.get(delivery.reach.target.person);
  const address = person === undefined ? undefined : addressOf(person, delivery.channel);
  return person === undefined || address === undefined ? undefined : { kind: "person", name: person.name, address };
}

/** The person's address as it is now; of a room the one of whom it is about. */
function hashNow(ports: Ports, { person, channel }: Delivery, roster: Roster): string | undefined {
  const found = person === "" ? undefined : roster.people.get(person);
  const address = found && addressOf(found, channel);
  return address === undefined ? undefined : addressHash(ports, channel, address);
}

function nameOf(person: Delivery["person"], roster: Roster): string {
  return person === "" ? "" : (roster.people.get(person)?.name ?? person);
}

const ALERTS_SHOWN_MAX = 5;
