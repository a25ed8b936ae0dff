import { createHmac, timingSafeEqual } from "node:crypto";
import type { Chance } from "../../id/chance.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";

const LIFE_MS = 5 * MINUTE_MS;
const NONCE_BYTES = 16;
const MAC_BYTES = 16;

/**
 * The challenges of WebAuthn: bound to what they are for, good for five minutes and once. One that was only handed out
 * is kept nowhere (it carries its end and a MAC), so a flood of requests for them fills nothing; kept are those that were
 * used, until they end.
 */
export class Challenges {
  readonly #chance: Chance;
  readonly #key: Uint8Array;
  readonly #used = new Map<string, Instant>();

  constructor(chance: Chance) {
    this.#chance = chance;
    this.#key = chance.bytes(32);
  }

  issue(purpose: string, at: Instant): Uint8Array<ArrayBuffer> {
    const head = Buffer.alloc(NONCE_BYTES + 8);
    head.set(this.#chance.bytes(NONCE_BYTES));
    head.writeDoubleBE(at + LIFE_MS, NONCE_BYTES);
    return new Uint8Array(Buffer.concat([head, this.#mac(head, purpose)]));
  }

  /** Whether that challenge (base64url) was handed out for this purpose, in time, and not used yet. */
  isGood(challenge: string, purpose: string, at: Instant): boolean {
    const bytes = Buffer.from(challenge, "base64url");
    if (bytes.length !== NONCE_BYTES + 8 + MAC_BYTES) return false;
    const head = bytes.subarray(0, NONCE_BYTES + 8);
    if (!timingSafeEqual(bytes.subarray(head.length), this.#mac(head, purpose))) return false;
    return head.readDoubleBE(NONCE_BYTES) > at && !this.#used.has(challenge);
  }

  /** True for the one who uses it first. */
  use(challenge: string, at: Instant): boolean {
    for (const [one, until] of this.#used) {
      if (until > at) break;
      this.#used.delete(one);
    }
    if (this.#used.has(challenge)) return false;
    this.#used.set(challenge, at + LIFE_MS);
    return true;
  }

  #mac(head: Uint8Array, purpose: string): Buffer {
    return createHmac("sha256", this.#key).update(head).update(purpose).digest().subarray(0, MAC_BYTES);
  }
}
