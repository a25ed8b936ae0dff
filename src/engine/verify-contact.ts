import { addressOf } from "../escalation/means.ts";
import { Fault } from "../fault/fault.ts";
import { type Chance, randomText } from "../id/chance.ts";
import { asId } from "../id/id.ts";
import type { DeliveryId } from "../incident/event.ts";
import { reachSaid as said } from "../locale/reach.ts";
import type { ChannelKind } from "../policy/policy.ts";
import {
  CODE_LIFE_MS,
  CODES_PER_HOUR,
  type ContactProof,
  codeAsked,
  codeDrawn,
  codeTyped,
  codeWait,
} from "../reachability/contact-proof.ts";
import type { Person, PersonId } from "../roster/roster.ts";
import type { Delivery, Queries } from "../store/store.ts";
import { type Instant, MINUTE_MS } from "../time/instant.ts";
import { addressHash, knownProof } from "./contact-proofs.ts";
import type { Engine } from "./engine.ts";
import type { Ports } from "./ports.ts";

const DIGITS = 6;
const PRIORITY = 6;
const CLAUSE = asId<"clause">("bongsu/verify");

type Contact = { readonly person: PersonId; readonly channel: ChannelKind; readonly by: string };

/**
 * Sends a code through the very contact that is to be verified. It is drawn when the page leaves (`drawCode`), so it
 * stands in no row. Fault `not-found`, `conflict`, `too-many-codes`.
 */
export async function askCode(engine: Engine, { person: id, channel, by }: Contact): Promise<{ expiresAt: Instant }> {
  const { store, channels, clock, chance } = engine.ports;
  const roster = await engine.knowledge.roster(store);
  const driver = channels.get(channel);
  if (driver === undefined || channel === "loopback") throw new Fault("conflict", { because: "no-driver", channel });
  if (!roster.channels.some(({ kind }) => kind === channel))
    throw new Fault("conflict", { because: "not-configured", channel });
  const person = roster.people.get(id);
  if (person === undefined) throw new Fault("not-found", { person: id });
  const at = clock.now();
  const to = addressHash(engine.ports, channel, addressOf(person, channel) ?? "");
  const page = codePage(person, channel, driver.speaksTo, { at, id: randomText(chance, 10), to });
  await store.transaction(async (queries) => {
    const stored = await queries.contactProofsOf(id);
    const proof = demandContact(engine, stored, { person, channel, at });
    const wait = codeWait(
      stored.flatMap(({ asked }) => asked),
      at,
    );
    if (wait > 0) {
      const retryAfterSeconds = Math.ceil(wait / 1_000);
      throw new Fault("too-many-codes", { person: person.name, perHour: CODES_PER_HOUR, retryAfterSeconds });
    }
    if (!(await queries.putContactProof(codeAsked(proof, page.id, at))))
      throw new Fault("changed-meanwhile", { person: id, channel });
    await queries.insertDeliveries([page]);
    await queries.appendAudit([{ at, by, action: "reach.code-sent", facts: { person: id, channel } }]);
  });
  engine.duties.nudge("deliver");
  return { expiresAt: at + CODE_LIFE_MS };
}

/**
 * Somebody types the code that came. Right, it verifies the contact and proves it. Fault `code-refused` with the reason
 * and how many tries are left.
 */
export async function typeCode(engine: Engine, contact: Contact & { readonly code: string }): Promise<ContactProof> {
  const { store, clock } = engine.ports;
  const { person: id, channel, by } = contact;
  const roster = await engine.knowledge.roster(store);
  const person = roster.people.get(id);
  if (person === undefined) throw new Fault("not-found", { person: id });
  const refused = await store.transaction(async (queries) => {
    const at = clock.now();
    const proof = demandContact(engine, await queries.contactProofsOf(id), { person, channel, at });
    const { code: pending } = proof;
    const hash =
      pending === undefined
        ? ""
        : codeHash(engine.ports, pending.delivery, contact.code.normalize("NFKC").replace(/\D/g, ""));
    const typed = codeTyped(proof, hash, at);
    if (!("proof" in typed)) return { because: typed.is, triesLeft: 0 };
    // A try that was not written down did not happen: two at once are not one.
    if (!(await queries.putContactProof(typed.proof))) throw new Fault("changed-meanwhile", { person: id, channel });
    const action = typed.is === "verified" ? "reach.verified" : "reach.code-refused";
    await queries.appendAudit([{ at, by, action, facts: { person: id, channel } }]);
    return typed.is === "verified" ? typed.proof : { because: typed.is, triesLeft: typed.triesLeft };
  });
  if ("because" in refused) throw new Fault("code-refused", refused);
  return refused;
}

/** Draws the code of an attempt to send it, within the transaction that claims the page; its hash is what is kept. */
export async function drawCode(queries: Queries, ports: Ports, page: Delivery): Promise<string | undefined> {
  if (page.person === "") return undefined;
  const stored = (await queries.contactProofsOf(page.person)).find(({ channel }) => channel === page.channel);
  const code = digits(ports.chance);
  const proof = stored && codeDrawn(stored, page.id, codeHash(ports, page.id, code));
  // Somebody asked for another one or changed the address: this one is worth nothing and is not sent.
  return proof !== undefined && (await queries.putContactProof(proof)) ? code : undefined;
}

function demandContact(
  { ports }: Engine,
  stored: readonly ContactProof[],
  { person, channel, at }: { readonly person: Person; readonly channel: ChannelKind; readonly at: Instant },
): ContactProof {
  if (addressOf(person, channel) === undefined)
    throw new Fault("conflict", { because: "no-address", channel, person: person.name });
  const proof = knownProof(ports, stored, person, channel, at);
  if (proof === undefined) throw new Fault("conflict", { because: "no-address", channel, person: person.name });
  return proof;
}

function codeHash({ sha256 }: Ports, delivery: DeliveryId, code: string): string {
  return sha256(`${delivery} ${code}`);
}

/** As good as evenly drawn: 32 bits make no code likelier than another by more than one in 4,294. */
function digits(chance: Chance): string {
  const number = chance.bytes(4).reduce((all, byte) => all * 256 + byte, 0);
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

function codePage(
  { id: person, locale }: Person,
  channel: ChannelKind,
  speaksTo: "rooms" | "people",
  { at, id, to }: { readonly at: Instant; readonly id: string; readonly to: string },
): Delivery {
  const target = speaksTo === "rooms" ? ({ kind: "room" } as const) : ({ kind: "person", person } as const);
  return {
    id: asId<"delivery">(`verify.${at.toString(36).padStart(9, "0")}.${id}`),
    step: asId("0.verify.1"),
    kind: "verify",
    grade: "",
    priority: PRIORITY,
    reach: { target, channel, urgency: "wake", people: [person], clause: CLAUSE },
    person,
    channel,
    clause: CLAUSE,
    state: "queued",
    createdAt: at,
    dueAt: at,
    giveUpAt: at + CODE_LIFE_MS,
    attempts: 0,
    unknowns: 0,
    epoch: 0,
    // Bound to the address that it was asked for: somebody who changes it meanwhile gets nothing.
    to,
    text: {
      title: said.codeTitle()[locale],
      description: said.codeDescription({ minutes: CODE_LIFE_MS / MINUTE_MS })[locale],
    },
  };
}
