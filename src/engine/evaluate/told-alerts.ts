import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import { openMonitorAlerts } from "./open-monitor-alerts.ts";

/** An alert of a monitor that is open, as far as is known here. */
export type Told = {
  readonly grade: string;
  readonly since: Instant;
  readonly sentAt: Instant;
  /** It fires because nothing comes. */
  readonly isSilent: boolean;
};

/**
 * The open alerts of monitors by their keys. What this process said last stands until the store had time to say it too;
 * everything else is the store's: after a start, and where another node spoke.
 */
export class ToldAlerts {
  readonly #told = new Map<string, Told>();
  /** Said, and perhaps still on its way through the inbox. */
  readonly #said = new Map<string, Instant>();

  get(key: string): Told | undefined {
    return this.#told.get(key);
  }

  all(): Iterable<readonly [string, Told]> {
    return this.#told;
  }

  fired(key: string, told: Told): void {
    this.#told.set(key, told);
    this.#said.set(key, told.sentAt);
  }

  resolved(key: string, at: Instant): void {
    this.#told.delete(key);
    this.#said.set(key, at);
  }

  async learn(queries: Pick<Queries, "openAlerts">, at: Instant): Promise<void> {
    const open = new Map<string, Told>();
    for await (const { key, severity = "", startsAt, updatedAt, annotations } of openMonitorAlerts(queries)) {
      const isSilent = annotations.value === undefined;
      open.set(key, { grade: severity, since: startsAt, sentAt: updatedAt, isSilent });
    }
    for (const [key, saidAt] of this.#said) if (at - saidAt >= ON_ITS_WAY_MS) this.#said.delete(key);
    for (const key of this.#told.keys()) if (!open.has(key) && !this.#said.has(key)) this.#told.delete(key);
    for (const [key, told] of open) {
      if (this.#said.has(key)) continue;
      const known = this.#told.get(key);
      this.#told.set(key, known === undefined ? told : { ...told, sentAt: known.sentAt });
    }
  }
}

/** Triage reads the inbox within a second; a store that is slow or away takes longer. */
const ON_ITS_WAY_MS = 120_000;
