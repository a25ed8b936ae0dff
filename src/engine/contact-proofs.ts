import { addressOf } from "../escalation/means.ts";
import type { ChannelKind } from "../policy/policy.ts";
import { accepted, type ContactProof, failed, type ProvenBy, proofOf, proven } from "../reachability/contact-proof.ts";
import type { Person, PersonId, Roster } from "../roster/roster.ts";
import type { Delivery, Queries } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import type { Engine } from "./engine.ts";
import type { Ports } from "./ports.ts";

/** What stands for an address where its proof is kept: enough to see that it was changed, nothing to call. */
export function addressHash({ sha256 }: Pick<Ports, "sha256">, channel: ChannelKind, address: string): string {
  return sha256(`${channel}\n${address}`);
}

/** What is known of a person's contact as it is now; undefined where they have none for the channel. */
export function knownProof(
  ports: Pick<Ports, "sha256">,
  stored: readonly ContactProof[],
  person: Person,
  channel: ChannelKind,
  at: Instant,
): ContactProof | undefined {
  const address = addressOf(person, channel);
  if (address === undefined) return undefined;
  const known = stored.find((proof) => proof.person === person.id && proof.channel === channel);
  return proofOf(known, { person: person.id, channel, address: addressHash(ports, channel, address) }, at);
}

/**
 * Notes what a provider said of a page, for each person whom it was for. Somebody who writes the same row meanwhile has
 * newer news: nothing is done twice for it.
 */
export async function noteOutcome(
  queries: Queries,
  ports: Pick<Ports, "sha256">,
  roster: Roster,
  delivery: Delivery,
  at: Instant,
): Promise<void> {
  if (delivery.channel === "loopback" || (delivery.state !== "accepted" && delivery.state !== "failed")) return;
  for (const id of delivery.reach.people) {
    const person = roster.people.get(id);
    if (person === undefined) continue;
    const proof = knownProof(ports, await queries.contactProofsOf(id), person, delivery.channel, at);
    if (proof === undefined) continue;
    const news =
      delivery.state === "accepted" ? accepted(proof, at) : failed(proof, at, delivery.because ?? delivery.state);
    if (news !== undefined) await queries.putContactProof(news);
  }
}

/**
 * A person answered a page through the channel that it came by. A link proves the address that it was sent to; one in a
 * room proves nobody, because everybody in the room can open it.
 */
export async function noteAnswer(
  { ports, knowledge }: Engine,
  answer: { readonly delivery: Delivery | undefined; readonly person: PersonId; readonly by: ProvenBy },
): Promise<void> {
  const { delivery, person: id, by } = answer;
  if (delivery === undefined || !delivery.reach.people.includes(id)) return;
  const isLink = by === "link" || by === "test";
  if (isLink && delivery.reach.target.kind === "room") return;
  try {
    await ports.store.transaction(async (queries) => {
      const at = ports.clock.now();
      const person = (await knowledge.roster(queries)).people.get(id);
      if (person === undefined) return;
      const proof = knownProof(ports, await queries.contactProofsOf(id), person, delivery.channel, at);
      if (proof === undefined || (isLink && delivery.to !== proof.address)) return;
      if (!(await queries.putContactProof(proven(proof, at, by)))) return;
      await queries.appendAudit([
        { at, by: id, action: "reach.proven", facts: { person: id, channel: delivery.channel, by } },
      ]);
    });
  } catch (error) {
    // The answer itself counts; what it proves of the contact may be told by the next one.
    ports.log("warn", "reach.not-noted", { delivery: delivery.id, error: String(error) });
  }
}
