import type { DeliveryId } from "../incident/event.ts";
import type { ChannelKind } from "../policy/policy.ts";
import type { PersonId } from "../roster/roster.ts";
import { HOUR_MS, type Instant, MINUTE_MS, type Millis } from "../time/instant.ts";

/**
 * How a person showed that pages reach them through a contact: they typed the code that came through it, pressed the
 * link of a page that came through it, or the button of a message under their own name.
 */
export type ProvenBy = "code" | "link" | "button" | "test";

/** A code that was asked for and not typed yet. Only its hashes are kept: one for each attempt to send it. */
type PendingCode = {
  readonly delivery: DeliveryId;
  readonly hashes: readonly string[];
  readonly expiresAt: Instant;
  readonly triesLeft: number;
};

/**
 * What is known of one contact: one person through one channel. It holds for one address; whoever changes the address
 * begins anew. A provider that took a page has only accepted it; proven is what a human did.
 */
export type ContactProof = {
  readonly person: PersonId;
  readonly channel: ChannelKind;
  /** How often it was written; 0 is never. */
  readonly revision: number;
  /** The hash of the address that all of this is about. */
  readonly address: string;
  /** When this address was first seen. */
  readonly since: Instant;
  readonly verifiedAt?: Instant;
  readonly proven?: { readonly at: Instant; readonly by: ProvenBy };
  readonly acceptedAt?: Instant;
  /** Since when nothing gets through, with the provider's last words. */
  readonly failing?: { readonly since: Instant; readonly at: Instant; readonly because: string };
  readonly code?: PendingCode;
  /** When codes were asked for in the last hour, whatever the address was then. */
  readonly asked: readonly Instant[];
  /** The last silent test. */
  readonly testedAt?: Instant;
};

/** Long enough to look up a mail, too short to be found later by somebody else. */
export const CODE_LIFE_MS: Millis = 10 * MINUTE_MS;
/** Of a million codes: five tries hit one in 200,000 times. */
export const CODE_TRIES = 5;
/** Codes cost money and sleep, and may go to an address that is not the person's: so many an hour for one person. */
export const CODES_PER_HOUR = 5;
/** What is written again within a minute tells nothing new. */
const SAME_NEWS_MS = MINUTE_MS;
/** Attempts of one page; a code of an earlier one may still arrive. */
const HASHES_MAX = 5;

/** What is known of a contact as it is now: nothing but the limits, where the address is another. */
export function proofOf(
  stored: ContactProof | undefined,
  contact: Pick<ContactProof, "person" | "channel" | "address">,
  at: Instant,
): ContactProof {
  if (stored?.address === contact.address) return stored;
  return { ...contact, revision: stored?.revision ?? 0, since: at, asked: stored?.asked ?? [] };
}

/** The provider has taken a page. Undefined where that is no news. */
export function accepted(proof: ContactProof, at: Instant): ContactProof | undefined {
  const { failing, ...rest } = proof;
  if (failing === undefined && at - (proof.acceptedAt ?? Number.NEGATIVE_INFINITY) < SAME_NEWS_MS) return undefined;
  return { ...rest, acceptedAt: Math.max(at, proof.acceptedAt ?? at) };
}

/** A page was given up. Undefined where that is no news. */
export function failed(proof: ContactProof, at: Instant, because: string): ContactProof | undefined {
  const { failing } = proof;
  if (failing !== undefined && failing.because === because && at - failing.at < SAME_NEWS_MS) return undefined;
  return { ...proof, failing: { since: failing?.since ?? at, at, because } };
}

/** A human answered through it. */
export function proven(proof: ContactProof, at: Instant, by: ProvenBy): ContactProof {
  const { failing: _, ...rest } = proof;
  return { ...rest, proven: { at, by } };
}

/** Whether a code may be asked for now, with those of the person's other contacts in mind; else in how long. */
export function codeWait(askedByPerson: readonly Instant[], at: Instant): Millis {
  const recent = askedByPerson.filter((one) => one > at - HOUR_MS).sort((one, other) => other - one);
  const oldest = recent[CODES_PER_HOUR - 1];
  return oldest === undefined ? 0 : oldest + HOUR_MS - at;
}

/** A code is on its way; an earlier one is void. */
export function codeAsked(proof: ContactProof, delivery: DeliveryId, at: Instant): ContactProof {
  return {
    ...proof,
    asked: [...proof.asked.filter((one) => one > at - HOUR_MS), at],
    code: { delivery, hashes: [], expiresAt: at + CODE_LIFE_MS, triesLeft: CODE_TRIES },
  };
}

/** The code of an attempt to send it; undefined where another was asked for meanwhile. */
export function codeDrawn(proof: ContactProof, delivery: DeliveryId, hash: string): ContactProof | undefined {
  const { code } = proof;
  if (code?.delivery !== delivery) return undefined;
  return { ...proof, code: { ...code, hashes: [...code.hashes, hash].slice(-HASHES_MAX) } };
}

export type Typed =
  | { readonly is: "verified"; readonly proof: ContactProof }
  | { readonly is: "wrong"; readonly proof: ContactProof; readonly triesLeft: number }
  | { readonly is: "no-code" | "expired" | "too-many-tries" };

/** Somebody typed a code: `hash` is that of what they typed. */
export function codeTyped(proof: ContactProof, hash: string, at: Instant): Typed {
  const { code, ...rest } = proof;
  if (code === undefined) return { is: "no-code" };
  if (code.expiresAt <= at) return { is: "expired" };
  if (code.triesLeft <= 0) return { is: "too-many-tries" };
  if (code.hashes.includes(hash)) return { is: "verified", proof: { ...proven(rest, at, "code"), verifiedAt: at } };
  const triesLeft = code.triesLeft - 1;
  return { is: "wrong", proof: { ...proof, code: { ...code, triesLeft } }, triesLeft };
}
