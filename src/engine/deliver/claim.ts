import { randomText } from "../../id/chance.ts";
import type { Delivery, Queries } from "../../store/store.ts";
import { HOUR_MS, type Instant } from "../../time/instant.ts";
import type { Ports } from "../ports.ts";
import { drawCode } from "../verify-contact.ts";

/** A page that this node alone sends now. */
export type Claimed = {
  readonly delivery: Delivery;
  /** What the acknowledge link of this attempt carries; absent where there is nothing to acknowledge. */
  readonly linkToken: string | undefined;
  /** Of a page that verifies a contact: what the person is to type. */
  readonly code: string | undefined;
};

/** 26 characters of five bits: 130 bits. */
const LINK_TOKEN_LENGTH = 26;
const LINK_LIFE_MS = 24 * HOUR_MS;

/**
 * Claims rows and notes the attempts, all in one commit; those that somebody else was quicker with are left out. What an
 * earlier claimant left unfinished is counted as unknown.
 */
export async function claim(ports: Ports, deliveries: readonly Delivery[], at: Instant): Promise<readonly Claimed[]> {
  const { store, settings, node, chance, sha256 } = ports;
  const leaseUntil = at + settings.leaseMs;
  return store.transaction(async (queries) => {
    const claimed: Claimed[] = [];
    for (const delivery of deliveries) {
      if (!(await queries.claimDelivery(delivery.id, delivery.epoch, node, at, leaseUntil))) continue;
      const mine = await begun(delivery, queries, { node, at, leaseUntil });
      const linkToken = hasLink(mine) ? randomText(chance, LINK_TOKEN_LENGTH) : undefined;
      if (linkToken !== undefined && mine.person !== "") {
        // Random, stored hashed, bound to incident, person and delivery.
        const { incident, person, id } = mine;
        const link = { hash: sha256(linkToken), person, delivery: id, expiresAt: at + LINK_LIFE_MS };
        await queries.putAckLink(incident === undefined ? link : { ...link, incident });
      }
      const code = mine.kind === "verify" ? await drawCode(queries, ports, mine) : undefined;
      claimed.push({ delivery: mine, linkToken, code });
    }
    return claimed;
  });
}

async function begun(
  delivery: Delivery,
  queries: Queries,
  { node, at, leaseUntil }: { readonly node: string; readonly at: Instant; readonly leaseUntil: Instant },
): Promise<Delivery> {
  const abandoned = delivery.state === "sending";
  const mine: Delivery = {
    ...delivery,
    state: "sending",
    owner: node,
    leaseUntil,
    epoch: delivery.epoch + 1,
    attempts: delivery.attempts + 1,
    unknowns: delivery.unknowns + (abandoned ? 1 : 0),
  };
  if (abandoned) {
    await queries.putAttempt({
      delivery: delivery.id,
      nth: delivery.attempts,
      startedAt: at,
      endedAt: at,
      outcome: "unknown",
      detail: "abandoned",
    });
    await queries.updateDelivery(mine, mine.epoch);
  }
  await queries.putAttempt({ delivery: mine.id, nth: mine.attempts, startedAt: at });
  return mine;
}

function hasLink({ incident, person, kind }: Delivery): boolean {
  if (person === "" || kind === "resolved") return false;
  return incident !== undefined || kind === "test";
}
