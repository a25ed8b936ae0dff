import { CANARY_SERVICE } from "../engine/canary/canary-policy.ts";
import type { Ports } from "../engine/ports.ts";
import type { IncidentId } from "../incident/incident.ts";
import type { Queries } from "../store/store.ts";
import { toIso } from "../time/instant.ts";
import type { LiveChange } from "./wire/live.ts";

/** Where a reader of the stream stands: the last event and the last change of settings that it was told of. */
export type Place = { readonly event: number; readonly audit: number };

export type Heard = { readonly place: Place; readonly change: LiveChange };

/** A quarter of the second within which everybody sees what happened. */
const LOOK_EVERY_MS = 250;
const ROWS_MAX = 500;
/** Further back than this a reader reads everything anew: that is quicker. */
export const BEHIND_MAX = 5_000;
/**
 * Where several nodes write, commit order is not position order: a row may appear behind one that was told already. So
 * that many positions are looked at again; those told before are left out.
 */
const OVERLAP = 200;

/** Where the two logs end at this moment. */
export async function placeNow(queries: Queries): Promise<Place> {
  return { event: await queries.lastPosition(), audit: await queries.lastAuditPosition() };
}

export function placeText({ event, audit }: Place): string {
  return `${event}.${audit}`;
}

export function readPlace(text: string | undefined): Place | undefined {
  const found = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? "");
  return found === null ? undefined : { event: Number(found[1]), audit: Number(found[2]) };
}

/**
 * Tails the events and the audit log for everybody who listens: one look for all of them, none while nobody listens.
 * What is told is only what changed; each reader asks for the rest with their own rights.
 */
export class LiveTail {
  readonly #ports: Ports;
  readonly #listeners = new Set<(heard: Heard) => void>();
  readonly #numbers = new Map<IncidentId, number | undefined>();
  #place: Place | undefined;
  #told = new Set<number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get listening(): number {
    return this.#listeners.size;
  }

  /** Calls back with each change from now on; answers where "now" is. */
  async listen(listener: (heard: Heard) => void): Promise<{ readonly place: Place; readonly stop: () => void }> {
    if (this.#place === undefined) {
      const here = await placeNow(this.#ports.store);
      // Of two who come at once the second stands where the first does, or what happened between would be told to nobody.
      this.#place ??= here;
    }
    this.#listeners.add(listener);
    this.#look();
    return {
      place: this.#place,
      stop: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size > 0) return;
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#place = undefined;
        this.#told = new Set();
      },
    };
  }

  /** What changed between a place and now, at most `BEHIND_MAX` rows of it; undefined where that is too far. */
  async since(from: Place, to: Place): Promise<LiveChange | undefined> {
    if (to.event - from.event > BEHIND_MAX || to.audit - from.audit > BEHIND_MAX || from.event > to.event)
      return undefined;
    const { store } = this.#ports;
    const events = await store.eventsAfter(from.event, BEHIND_MAX);
    const audits = await store.auditAfter(from.audit, BEHIND_MAX);
    return this.#change(
      events.map(({ incident }) => incident),
      audits.map(({ action }) => action),
    );
  }

  #look(): void {
    this.#timer ??= setTimeout(() => {
      void this.#read()
        .catch((error: unknown) => this.#ports.log("warn", "live.read-failed", { error: String(error) }))
        .finally(() => {
          this.#timer = undefined;
          if (this.#listeners.size > 0) this.#look();
        });
    }, LOOK_EVERY_MS);
  }

  async #read(): Promise<void> {
    const from = this.#place;
    if (from === undefined) return;
    const { store } = this.#ports;
    const again = store.kind === "sqlite" ? 0 : OVERLAP;
    const events = (await store.eventsAfter(Math.max(0, from.event - again), ROWS_MAX + again)).filter(
      ({ position }) => position > from.event || !this.#told.has(position),
    );
    const audits = await store.auditAfter(from.audit, ROWS_MAX);
    if (events.length + audits.length === 0 || this.#place !== from) return;
    const place = {
      event: Math.max(from.event, ...events.map(({ position }) => position)),
      audit: audits.at(-1)?.position ?? from.audit,
    };
    if (again > 0) {
      for (const { position } of events) this.#told.add(position);
      for (const position of this.#told) if (position < place.event - again) this.#told.delete(position);
    }
    this.#place = place;
    const change = await this.#change(
      events.map(({ incident }) => incident),
      audits.map(({ action }) => action),
    );
    if (change.incidents.length + change.topics.length === 0) return;
    for (const listener of this.#listeners) listener({ place, change });
  }

  async #change(incidents: readonly IncidentId[], actions: readonly string[]): Promise<LiveChange> {
    const numbers = new Set<number>();
    for (const id of new Set(incidents)) {
      const number = await this.#numberOf(id);
      if (number !== undefined) numbers.add(number);
    }
    const topics = new Set(actions.map((action) => action.split(".")[0] ?? action));
    return { now: toIso(this.#ports.clock.now()), incidents: [...numbers], topics: [...topics] };
  }

  /** The canary's own incidents are nobody's business. */
  async #numberOf(id: IncidentId): Promise<number | undefined> {
    if (this.#numbers.has(id)) return this.#numbers.get(id);
    const incident = await this.#ports.store.incident(id);
    const number = incident === undefined || incident.service === CANARY_SERVICE ? undefined : incident.number;
    if (this.#numbers.size > 10_000) this.#numbers.clear();
    this.#numbers.set(id, number);
    return number;
  }
}
