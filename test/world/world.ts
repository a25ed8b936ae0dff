import { hash } from "node:crypto";
import type { Calendars } from "../../src/calendar/calendars.ts";
import { type Action, type ActionResult, act, type Opening, open } from "../../src/engine/actions.ts";
import { createEngine, type Engine } from "../../src/engine/engine.ts";
import { DEFAULT_SETTINGS, type EngineSettings } from "../../src/engine/ports.ts";
import { readBack } from "../../src/engine/read-back.ts";
import { recordOf, type Violation, violationsOf } from "../../src/engine/watch/invariants.ts";
import { wronglyMuted } from "../../src/engine/watch/wrongly-muted.ts";
import { seededChance } from "../../src/id/chance.ts";
import { asId } from "../../src/id/id.ts";
import type { Actor } from "../../src/incident/event.ts";
import type { Incident } from "../../src/incident/incident.ts";
import { type Told, tellTimeline } from "../../src/incident/tell.ts";
import { sources } from "../../src/ingest/registry.ts";
import type { Address, Channel, Outcome, Page } from "../../src/notify/channel.ts";
import type { ChannelKind, Policy } from "../../src/policy/policy.ts";
import { readRoster } from "../../src/roster/read-roster.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { PolicyVersion, Store } from "../../src/store/store.ts";
import type { Instant, Millis } from "../../src/time/instant.ts";
import { SimClock } from "../../src/time/sim-clock.ts";
import { steadyClock } from "../../src/time/steady-clock.ts";
import { type Mortal, mortal } from "./mortal-store.ts";

/** One message that a provider took. */
export type Sent = { readonly at: Instant; readonly channel: ChannelKind; readonly to: string; readonly page: Page };

export type Provider = (attempt: {
  readonly channel: ChannelKind;
  readonly to: string;
  readonly page: Page;
  readonly at: Instant;
}) => Outcome | Promise<Outcome>;

export type WorldSetup = {
  readonly policy: string;
  readonly roster: string;
  /** The file that declares the roster, where there is to be one. */
  readonly managedBy?: string;
  readonly start: Instant;
  readonly seed?: number;
  readonly provider?: Provider;
  /** Called with each message that a provider took, or may have taken. */
  readonly onSent?: (sent: Sent) => void;
  readonly settings?: Partial<EngineSettings>;
  /** Called before each call of the store and at each failpoint; may call `world.crash()`. */
  readonly perilous?: (place: string) => void;
  readonly store?: Store;
  /** Calendars of others that there are in this world. */
  readonly calendars?: Calendars;
};

const DRIVERS: readonly (readonly [ChannelKind, "rooms" | "people"])[] = [
  ["email", "people"],
  ["slack", "rooms"],
  ["webhook", "people"],
  ["sms", "people"],
];

export const sha256 = (text: string): string => hash("sha256", text);

let read: { readonly text: string; readonly policy: Policy } | undefined;

/** A thousand worlds have the same policy, and each life in them reads it anew: it is parsed once. */
function readPolicyOnce(version: Pick<PolicyVersion, "id" | "file" | "text">): Policy {
  if (read?.text !== version.text || read.policy.id !== version.id)
    read = { text: version.text, policy: readBack.readPolicy(version) };
  return read.policy;
}

/** The real engine over the real store, in a world whose clock, providers, people and crashes are made up. */
export class World {
  readonly clock: SimClock;
  readonly store: Store;
  readonly sent: Sent[] = [];
  readonly log: string[] = [];
  readonly #setup: WorldSetup;
  readonly #chance;
  #life: { readonly engine: Engine; readonly mortal: Mortal } | undefined;

  static async create(setup: WorldSetup): Promise<World> {
    const store = setup.store ?? (await openStore(":memory:", { turn: "microtask" }));
    const world = new World(setup, store);
    const version: PolicyVersion = {
      id: asId("policy"),
      file: "policy.md",
      text: setup.policy,
      activatedAt: setup.start,
      by: "test",
    };
    readPolicyOnce(version);
    await store.putPolicy(version);
    const roster = readRoster({ file: "roster.yaml", text: setup.roster });
    if (roster.items === undefined) throw new Error(JSON.stringify(roster.diagnostics));
    await store.changeRoster(
      roster.items.map((item) => ({
        ...item,
        ...(setup.managedBy === undefined ? {} : { managedBy: setup.managedBy }),
        updatedAt: setup.start,
      })),
      [],
      setup.start,
    );
    await world.begin();
    return world;
  }

  private constructor(setup: WorldSetup, store: Store) {
    this.#setup = setup;
    this.store = store;
    this.clock = new SimClock(setup.start);
    this.#chance = seededChance(setup.seed ?? 1);
  }

  get engine(): Engine {
    if (this.#life === undefined) throw new Error("nobody is alive");
    return this.#life.engine;
  }

  get isAlive(): boolean {
    return this.#life !== undefined;
  }

  /** The process dies where it stands. */
  crash(): void {
    this.#life?.mortal.die();
    this.#life = undefined;
    this.note("crash");
  }

  /** A new process over the same rows. */
  async begin(): Promise<void> {
    const life = mortal(this.store, () => this.#setup.perilous?.("store"));
    const { clock } = this;
    const mortalClock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (delay: Millis, wake: () => void) =>
        clock.after(delay, () => {
          if (!life.isDead()) wake();
        }),
    };
    const engine = createEngine({
      store: life.store,
      clock: steadyClock(mortalClock, () => {}),
      chance: this.#chance,
      sha256,
      node: "node",
      channels: new Map(DRIVERS.map(([kind, speaksTo]) => [kind, this.#channel(kind, speaksTo, life)])),
      ...readBack,
      readPolicy: readPolicyOnce,
      ...(this.#setup.calendars === undefined ? {} : { calendars: this.#setup.calendars }),
      log: (level, event, facts) => {
        if (level === "error" && !life.isDead()) this.note(`${event} ${JSON.stringify(facts)}`);
      },
      settings: {
        ...DEFAULT_SETTINGS,
        pollMs: 3_600_000,
        watchMs: 60_000,
        canaryEveryMs: 86_400_000_000,
        proves: false,
        measures: false,
        ...this.#setup.settings,
        failpoint: (name) => {
          if (life.isDead()) throw new Error("killed");
          this.#setup.perilous?.(name);
          if (life.isDead()) throw new Error("killed");
        },
      },
    });
    this.#life = { engine, mortal: life };
    void engine.start().catch((error: unknown) => this.note(`start failed: ${String(error)}`));
    await settle();
  }

  /** Takes a request in as the server would; false: nobody was there to answer, or it did not become durable. */
  async receive(source: string, body: unknown): Promise<boolean> {
    if (this.#life === undefined) return false;
    const { engine } = this.#life;
    const adapter = sources.get(source);
    if (adapter === undefined) throw new Error(`no source ${source}`);
    const at = engine.ports.clock.now();
    const { signals } = adapter.read(body, { at, integration: "test" });
    let answered = false;
    const durable = engine.intake.accept({ source, integration: "test", body: JSON.stringify(body), signals, at });
    void (durable ?? Promise.resolve()).then(
      () => {
        answered = true;
      },
      () => {},
    );
    await settle();
    return answered;
  }

  async act(number: number, action: Action, by: Actor): Promise<ActionResult | undefined> {
    const incident = await this.store.incidentByNumber(number);
    if (incident === undefined || this.#life === undefined) return undefined;
    return this.#answer(act(this.#life.engine, incident.id, action, by));
  }

  async open(opening: Opening, by: Actor): Promise<ActionResult | undefined> {
    return this.#life === undefined ? undefined : this.#answer(open(this.#life.engine, opening, by));
  }

  async #answer<T>(work: Promise<T>): Promise<T | undefined> {
    let result: T | undefined;
    work.then(
      (value) => {
        result = value;
      },
      () => {},
    );
    await settle();
    return result;
  }

  /** Lets time pass; everything that becomes due meanwhile happens at its time. */
  async advance(by: Millis): Promise<void> {
    const limit = this.clock.monotonic() + by;
    await settle();
    while (this.clock.step(limit)) await settle();
    await settle();
  }

  /** Every promise about every incident. */
  async violations(): Promise<readonly Violation[]> {
    const found: Violation[] = [];
    const dues = new Map((await this.store.openIncidentDues()).map(({ id, dueAt }) => [id, dueAt]));
    for (const { id } of await this.store.incidents({ limit: 500 })) {
      const record = await recordOf(this.store, id, dues.get(id) ?? null);
      if (record !== undefined) found.push(...violationsOf(record, { at: this.clock.now(), leaseMs: 30_000, sha256 }));
    }
    if (this.#life !== undefined)
      found.push(...(await wronglyMuted(this.store, this.engine.knowledge, this.clock.now())));
    return found;
  }

  async timeline(incident: Incident): Promise<readonly Told[]> {
    const { policy, roster } = await this.engine.knowledge.planFacts(this.store, incident, 0, 0);
    return tellTimeline(await this.store.eventsOf(incident.id, 0, 100_000), {
      nameOf: (id) => roster.people.get(asId(id))?.name ?? id,
      clauseOf: (id) => policy.clauses.get(id),
      timeOf: (at) => new Date(at).toISOString(),
    });
  }

  note(text: string): void {
    this.log.push(`${this.clock.monotonic()} ${text}`);
  }

  #channel(kind: ChannelKind, speaksTo: "rooms" | "people", life: Mortal): Channel {
    const chosen: Channel<unknown, Page> = {
      kind,
      speaksTo,
      parse: (raw) => raw,
      render: (page) => page,
      send: async (page, address) => {
        const to = recipient(address);
        const at = this.clock.now();
        const outcome = await (this.#setup.provider?.({ channel: kind, to, page, at }) ?? {
          is: "accepted",
          receipt: "ok",
        });
        this.note(`${kind} ${to} ${page.occasion} INC-${page.incident.number}: ${outcome.is}`);
        if (outcome.is === "accepted" || outcome.is === "unknown") {
          const sent = { at, channel: kind, to, page };
          this.sent.push(sent);
          this.#setup.onSent?.(sent);
        }
        return life.isDead() ? new Promise<Outcome>(() => {}) : outcome;
      },
    };
    return chosen as Channel;
  }
}

function recipient(address: Address): string {
  if (address.kind === "person") return address.address;
  return `#room${address.mention === undefined ? "" : ` @${address.mention}`}`;
}

/** Everything in the world settles by microtasks, so one turn of the event loop finds it at rest. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
