import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import type { Signal } from "../../triage/signal.ts";

type Firing = {
  readonly severity: string | undefined;
  /** When it last went the long way, through the store. */
  readonly learnedAt: Instant;
  expiresAt: Instant | undefined;
  updatedAt: Instant;
  count: number;
  dirty: boolean;
};

/**
 * After so long a repeat goes the long way once, whatever is remembered: somebody may have resolved its incident through
 * another server of the same store. As long as the default reopen window, within which a resolution is believed anyway.
 */
const BELIEVED_MS = 10 * MINUTE_MS;

/**
 * What this node remembers of alerts that fire and are taken care of (they hold an incident open, or are muted), so that
 * a repeat costs no commit. It only ever forgets too much: an alert that is not in here goes the long way, through the
 * inbox. What repeats renewed is written down every few seconds (`takeRenewals`).
 */
export class FiringMemory {
  readonly #firing = new Map<AlertId, Firing>();
  #dirty: AlertId[] = [];

  get size(): number {
    return this.#firing.size;
  }

  /** True: the signal repeats what is known and nothing durable changes. */
  absorbs(id: AlertId, signal: Signal, at: Instant): boolean {
    const firing = this.#firing.get(id);
    if (firing === undefined || signal.action !== "fire" || signal.severity !== firing.severity) return false;
    if (at - firing.learnedAt >= BELIEVED_MS) return false;
    firing.updatedAt = at;
    firing.count++;
    if (signal.expiresAt !== undefined) firing.expiresAt = signal.expiresAt;
    if (!firing.dirty) {
      firing.dirty = true;
      this.#dirty.push(id);
    }
    return true;
  }

  /** Learns how alerts stand after a commit: firing ones that are taken care of, and nothing else. */
  learn(alerts: Iterable<Alert>): void {
    for (const alert of alerts) {
      // Of one that is held open while its source says that it is over, the next word is no repeat.
      const isHeld = alert.flapping?.over === true;
      const isTakenCareOf = alert.incident !== undefined || alert.suppressed !== undefined;
      if (alert.status === "firing" && isTakenCareOf && !isHeld) {
        const { severity, expiresAt, updatedAt, count } = alert;
        this.#firing.set(alert.id, { severity, learnedAt: updatedAt, expiresAt, updatedAt, count, dirty: false });
      } else {
        this.#firing.delete(alert.id);
      }
    }
  }

  forget(ids: Iterable<AlertId>): void {
    for (const id of ids) this.#firing.delete(id);
  }

  forgetAll(): void {
    this.#firing.clear();
    this.#dirty = [];
  }

  /** What has to be written down of the repeats since the last call. */
  takeRenewals(): { id: AlertId; expiresAt?: Instant; updatedAt: Instant; count: number }[] {
    const renewals = [];
    for (const id of this.#dirty) {
      const firing = this.#firing.get(id);
      if (firing === undefined || !firing.dirty) continue;
      firing.dirty = false;
      const { expiresAt, updatedAt, count } = firing;
      renewals.push({ id, updatedAt, count, ...(expiresAt === undefined ? {} : { expiresAt }) });
    }
    this.#dirty = [];
    return renewals;
  }
}
