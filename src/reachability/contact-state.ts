import type { Usable } from "../escalation/means.ts";
import type { Instant, Millis } from "../time/instant.ts";
import type { ContactProof } from "./contact-proof.ts";

/**
 * What a contact is worth. `proven`: a human answered through it lately; `stale`: only long ago. `accepted`: a provider
 * took a page and nobody answered, which is no human. `failing`: the last page was given up.
 */
export type ContactState =
  | "no-driver"
  | "not-configured"
  | "no-address"
  | "failing"
  | "proven"
  | "stale"
  | "accepted"
  | "untried";

export function contactState(
  proof: ContactProof | undefined,
  facts: { readonly usable: Usable; readonly at: Instant; readonly within: Millis },
): ContactState {
  if (facts.usable !== "yes") return facts.usable;
  if (proof === undefined) return "untried";
  if (proof.failing !== undefined) return "failing";
  if (proof.proven !== undefined) return facts.at - proof.proven.at <= facts.within ? "proven" : "stale";
  return proof.acceptedAt === undefined ? "untried" : "accepted";
}

/** What is known of a person: the best of their contacts. */
export type PersonState = "proven" | "unproven" | "unreachable";

export function personState(contacts: readonly ContactState[]): PersonState {
  if (contacts.includes("proven")) return "proven";
  return contacts.some((state) => state === "stale" || state === "accepted" || state === "untried")
    ? "unproven"
    : "unreachable";
}

/**
 * Since when nothing proves that the person is reached: the newest proof, or since when their newest address is known.
 * Undefined where they have no contact at all.
 */
export function unprovenSince(proofs: readonly ContactProof[]): Instant | undefined {
  if (proofs.length === 0) return undefined;
  return Math.max(...proofs.map(({ proven, since }) => Math.max(proven?.at ?? since, since)));
}
