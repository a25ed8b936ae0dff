import { createHash } from "node:crypto";
import type { Action } from "../../src/engine/actions.ts";
import { type Chance, seededChance } from "../../src/id/chance.ts";
import { asId } from "../../src/id/id.ts";
import type { Actor } from "../../src/incident/event.ts";
import type { Outcome } from "../../src/notify/channel.ts";
import { REACH_SETTING } from "../../src/reachability/reach-settings.ts";
import { fromIso, HOUR_MS, type Instant, MINUTE_MS, type Millis } from "../../src/time/instant.ts";
import type { Alert } from "../../src/triage/alert.ts";
import { type Sent, settle, World } from "../world/world.ts";

export type SimulationSetup = {
  readonly policy: string;
  readonly roster: string;
  readonly seed: number;
  readonly days: number;
};

export type Simulated = {
  readonly seed: number;
  /** Every promise that did not hold, with its simulated time. Empty is what a run is for. */
  readonly violations: readonly string[];
  /** SHA-256 of everything that was sent, done and crashed, in order: the same seed gives the same one. */
  readonly hash: string;
  readonly log: readonly string[];
  readonly counts: {
    readonly incidents: number;
    readonly pages: number;
    readonly crashes: number;
    readonly acts: number;
  };
};

const DAY_MS = 24 * HOUR_MS;
const CHANNELS = ["email", "slack", "webhook", "sms"];
const TEAMS = ["L1 지원팀", "L2 지원팀", "L3 지원팀"];
/** Whose address it is (roster.yaml of the scenarios). */
const PEOPLE = new Map(
  ["kim", "lee", "choi", "jung", "yoon", "seo", "oh"].flatMap((person, index) => [
    [`+82100000000${index + 1}`, person],
    [`${person}@example.com`, person],
  ]),
);
const FAILPOINTS = ["escalate.done", "deliver.launched", "deliver.claimed", "deliver.sent", "deliver.recorded"];
/** The last three stand on one another (roster.yaml of the scenarios): 쇼핑몰 on 재고, 재고 on sw-01. */
const SERVICES = ["결제", "주문", "검색", "쇼핑몰", "재고", "sw-01"];
const START = fromIso("2026-03-02T09:00:00+09:00") ?? 0;
/** After the faults end everything that is due is worked off within so long. */
const DRAIN_MS = 60_000;
const PROMPT_MS = 2_000;
/** From a start to the first step. */
const TAKE_UP_MS = 5_000;
/** How long the throttle may hold a page back for its bundle. */
const BUNDLE_MS = 6 * MINUTE_MS;

/**
 * Some days in the life of the real engine, drawn from a seed: sources that fire, repeat, clear and fall silent; people
 * who answer, sleep, hand over, snooze and resolve; providers that refuse, stall and lose answers; clocks that jump;
 * a process that is killed at any call of its store or at any failpoint and started again. At the end the faults stop.
 */
export async function simulate({ policy, roster, seed, days }: SimulationSetup): Promise<Simulated> {
  const chance = seededChance(seed);
  const run = new Run(chance);
  const world = await World.create({
    policy,
    roster,
    start: START,
    seed: seed + 1,
    provider: ({ channel }) => run.provide(channel),
    onSent: (sent) => run.reacts(sent),
    perilous: (place) => run.maybeDies(place),
    settings: { watchMs: 15 * MINUTE_MS },
  });
  run.world = world;
  // Weekly tests of contacts are a page as any other: in one week of five, for they cost as much as all else together.
  if (seed % SILENT_TESTS_EVERY !== 0) await world.store.putSetting(REACH_SETTING, { silentTests: false });
  run.plan(days);
  await run.live(days * DAY_MS);
  await run.recover();
  await run.live(DRAIN_MS);
  await run.mustHaveDrained();
  await run.mustHaveBeenPrompt();
  for (const { invariant, subject, detail } of await world.violations())
    run.violated(`${invariant} ${subject}: ${detail}`);
  const incidents = (await world.store.incidents({ limit: 500 })).length;
  await world.store.close();
  const hash = createHash("sha256").update(world.log.join("\n")).digest("hex");
  return {
    seed,
    violations: run.violations,
    hash,
    log: world.log,
    counts: { incidents, pages: world.sent.length, crashes: run.crashes, acts: run.acts },
  };
}

const SILENT_TESTS_EVERY = 5;

type Deed = () => Promise<void> | void;
type Told = {
  readonly key: string;
  readonly title: string;
  readonly service: string;
  readonly severity: string;
  readonly status: "firing" | "resolved";
};

class Run {
  readonly violations: string[] = [];
  crashes = 0;
  acts = 0;
  readonly #chance: Chance;
  readonly #due: Deed[] = [];
  readonly #broken = new Map<string, "refused" | "later" | "unknown" | "stalls">();
  /** What a source was told is safe with us, and the severity it had. */
  readonly #promised = new Map<string, string>();
  /** When nothing was broken and the process ran, in wall time: there the promises are as tight as on a good day. */
  readonly #calm: { readonly from: Instant; readonly to: Instant }[] = [];
  #calmSince: Instant | undefined = START;
  #deadlyPlace: string | undefined;
  #callsToDeath = Number.POSITIVE_INFINITY;
  #isOver = false;
  #hasJumped = false;
  #world: World | undefined;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  get world(): World {
    if (this.#world === undefined) throw new Error("the world is not there yet");
    return this.#world;
  }

  set world(world: World) {
    this.#world = world;
  }

  violated(what: string): void {
    this.violations.push(`at ${this.world.clock.monotonic()}: ${what}`);
  }

  /** Draws all that does not depend on what Bongsu does. */
  plan(days: number): void {
    const until = days * DAY_MS;
    for (let n = this.#between(2, 7); n > 0; n--) this.#trouble(this.#between(0, until - 2 * HOUR_MS));
    for (let n = this.#between(0, 4); n > 0; n--) this.#outage(this.#between(0, until));
    for (let n = this.#between(0, 4); n > 0; n--) {
      this.#at(this.#between(0, until), () => {
        this.#deadlyPlace = this.#one([undefined, undefined, ...FAILPOINTS]);
        this.#callsToDeath = this.#deadlyPlace === undefined ? this.#between(1, 60) : this.#between(1, 6);
      });
    }
    if (this.#happens(0.2)) this.#at(this.#between(0, until), () => this.#jump());
    if (this.#happens(0.3)) this.#at(this.#between(0, until), () => this.#die());
  }

  /** Lets time pass; what was planned happens at its time, between two steps of the engine. */
  async live(span: Millis): Promise<void> {
    const { clock } = this.world;
    const limit = clock.monotonic() + span;
    await settle();
    for (;;) {
      for (let deed = this.#due.shift(); deed !== undefined; deed = this.#due.shift()) await deed();
      if (!clock.step(limit)) break;
      await settle();
    }
    await settle();
  }

  provide(channel: string): Outcome | Promise<Outcome> {
    const fault = this.#broken.get(channel);
    switch (fault) {
      case undefined:
        return { is: "accepted", receipt: "ok" };
      case "stalls":
        return new Promise((resolve) => {
          this.world.clock.after(10_000, () => resolve({ is: "unknown", because: "no answer" }));
        });
      case "later":
        return { is: "later", because: "busy", ...(this.#happens(0.5) ? { after: 20_000 } : {}) };
      default:
        return { is: fault, because: fault };
    }
  }

  /** A page arrived: whoever it woke may do something about it, after a while. */
  reacts({ to, page }: Sent): void {
    if (page.urgency !== "wake" || this.#isOver) return;
    const person = PEOPLE.get(to);
    if (person === undefined || !this.#happens(0.35)) return;
    const { number } = page.incident;
    const by: Actor = { kind: "person", person: asId(person), via: "simulation" };
    this.#at(this.#between(5_000, this.#happens(0.7) ? 10 * MINUTE_MS : 3 * HOUR_MS), async () => {
      await this.#answer(number, by);
    });
  }

  /** Called before each call of the store and at each failpoint. */
  maybeDies(place: string): void {
    if (this.#deadlyPlace !== undefined && place !== this.#deadlyPlace) return;
    if (--this.#callsToDeath > 0) return;
    this.#callsToDeath = Number.POSITIVE_INFINITY;
    this.world.note(`killed at ${place}`);
    this.#die();
  }

  /** The faults stop: providers work, the process runs. */
  async recover(): Promise<void> {
    this.#isOver = true;
    this.#broken.clear();
    this.#callsToDeath = Number.POSITIVE_INFINITY;
    if (!this.world.isAlive) await this.world.begin();
  }

  /** On a calm stretch each step is taken when it is due, and each page of it is taken by its provider at once. */
  async mustHaveBeenPrompt(): Promise<void> {
    this.#disturb();
    const { store } = this.world;
    for (const { id, number } of await store.incidents({ limit: 500 })) {
      for (const { event, at } of await store.eventsOf(id, 0, 100_000)) {
        if (event.type !== "step-taken" || !this.#isCalmAround(event.due)) continue;
        if (at - event.due > PROMPT_MS) this.violated(`INC-${number}: ${event.step} taken ${at - event.due} ms late`);
        if (!event.reaches.some(({ urgency }) => urgency === "wake") && event.kind === "first")
          this.violated(`INC-${number}: the first page wakes nobody`);
      }
      for (const { id: page, createdAt, state, sentAt, reach } of await store.deliveriesOfIncident(id)) {
        if (reach.urgency !== "wake" || !this.#isCalmAround(createdAt)) continue;
        const isSent = state === "accepted" && sentAt !== undefined && sentAt - createdAt <= PROMPT_MS;
        // What the throttle holds back goes in a bundle, and what nobody needs any more not at all.
        const isSettled = state === "withdrawn" || state === "bundled" || state === "acknowledged" || isSent;
        const wasBundled = state === "accepted" && (sentAt ?? 0) - createdAt <= BUNDLE_MS;
        if (!isSettled && !wasBundled)
          this.violated(`INC-${number}: ${page} is ${state} after ${(sentAt ?? 0) - createdAt} ms`);
      }
    }
  }

  #disturb(): void {
    const { clock } = this.world;
    if (this.#calmSince !== undefined) this.#calm.push({ from: this.#calmSince, to: clock.now() });
    this.#calmSince = undefined;
  }

  #calmDown(): void {
    if (this.#calmSince === undefined && this.world.isAlive && this.#broken.size === 0 && !this.#hasJumped)
      this.#calmSince = this.world.clock.now() + PROMPT_MS;
  }

  #isCalmAround(at: Instant): boolean {
    return this.#calm.some(({ from, to }) => from <= at && at + BUNDLE_MS <= to);
  }

  async mustHaveDrained(): Promise<void> {
    const { store, clock, log } = this.world;
    const at = this.world.engine.ports.clock.now();
    const backlog = await store.inboxBacklog();
    if (backlog.count > 0) this.violated(`${backlog.count} received requests still wait`);
    const late = (await store.dueDeliveries(at - 5_000, 100)).filter(({ state }) => state === "queued");
    if (late.length > 0) this.violated(`${late.length} pages are still due, such as ${late[0]?.id}`);
    const due = await store.dueIncidents(at - 5_000, 100);
    if (due.length > 0) this.violated(`${due.length} incidents have a step that is still due`);
    for (const [key, severity] of this.#promised) {
      const alert = (
        await store.alertsById([this.world.engine.intake.idOf({ integration: "test", key: asId(key) })])
      )[0];
      if (alert === undefined) this.violated(`I2: ${key} was accepted and is lost`);
      else if (severity !== "info" && alert.incident === undefined && !(await this.#wasMutedByCause(alert)))
        this.violated(`I2: ${key} (${severity}) never paged`);
    }
    await this.#noPageTwice();
    for (const line of log) if (/watch\.violation|failed/.test(line)) this.violated(line);
    if (clock.monotonic() === 0) this.violated("time did not pass");
  }

  /** What depends on something broken may be muted from its beginning to its end: then the cause's incident tells of it. */
  async #wasMutedByCause({ id, suppressed }: Alert): Promise<boolean> {
    if (suppressed?.because !== "dependency") return false;
    const events = await this.world.store.eventsOf(asId(suppressed.by), 0, 100_000);
    return events.some(
      ({ event }) =>
        event.type === "alerts-inhibited" && (event.count > 10 || event.sample.some(({ alert }) => alert === id)),
    );
  }

  /** I3 seen from the provider: once, and once more for each attempt whose outcome nobody could know. */
  async #noPageTwice(): Promise<void> {
    const seen = new Map<string, number>();
    for (const { page } of this.world.sent) {
      const before = seen.get(page.delivery) ?? 0;
      seen.set(page.delivery, before + 1);
      if (before > 0 && !page.mayBeDuplicate) this.violated(`${page.delivery} was sent again without saying so`);
    }
    for (const [delivery, count] of seen) {
      if (count === 1) continue;
      const attempts = await this.world.store.attemptsOf(asId(delivery));
      const unknown = attempts.filter(({ outcome }) => outcome === undefined || outcome === "unknown").length;
      if (count > 1 + unknown) this.violated(`I3: ${delivery} was taken ${count} times, ${unknown} attempts unknown`);
    }
  }

  /** What the process that died had claimed is taken up again at once, not when its lease would have ended. */
  async #hasTakenUp(begun: number): Promise<void> {
    if (!this.world.isAlive || this.crashes !== begun || this.#broken.size > 0 || this.#hasJumped) return;
    const { store, clock } = this.world;
    const left = (await store.dueDeliveries(clock.now() + HOUR_MS, 500)).filter(
      ({ state, dueAt }) => state === "sending" || dueAt <= clock.now(),
    );
    if (left.length > 0) this.violated(`${left[0]?.id} is left lying after a restart (${left[0]?.state})`);
  }

  /** Something breaks at a source: it fires, may fire again, may clear, may fall silent. */
  #trouble(at: Millis): void {
    const key = `${at.toString(36)}`;
    const service = this.#one(SERVICES);
    const severity = this.#one(["critical", "critical", "error", "warning", "info", "odd"]);
    const many = this.#happens(0.15) ? this.#between(2, 25) : 1;
    const clears = this.#happens(0.5) ? this.#between(MINUTE_MS, 5 * HOUR_MS) : undefined;
    const expires = this.#happens(0.3) ? 5 * MINUTE_MS : undefined;
    for (let n = 0; n < many; n++) {
      const signal = { key: `${key}-${n}`, title: `${key}-${n}`, service, severity };
      const fire = (): Promise<void> => this.#tells({ ...signal, status: "firing" }, expires);
      this.#at(at + this.#between(0, 30_000), fire);
      if (this.#happens(0.4)) this.#at(at + this.#between(MINUTE_MS, HOUR_MS), fire);
      if (clears !== undefined)
        this.#at(at + HOUR_MS + clears + n * 1_000, () => this.#tells({ ...signal, status: "resolved" }, undefined));
    }
    // Whatever nobody ended is ended by its source after a day, so that a week does not pile up.
    this.#at(at + DAY_MS, async () => {
      for (let n = 0; n < many; n++)
        await this.#tells(
          { key: `${key}-${n}`, title: `${key}-${n}`, service, severity, status: "resolved" },
          undefined,
        );
    });
  }

  /** A source that gets no answer sends again, as every source does. */
  async #tells(signal: Told, expires: Millis | undefined, tries = 10): Promise<void> {
    const { world } = this;
    const expiresAt = expires === undefined ? {} : { expiresAt: new Date(world.clock.now() + expires).toISOString() };
    if (await world.receive("signals", { ...signal, ...expiresAt })) {
      if (signal.status === "firing") this.#promised.set(signal.key, signal.severity);
      return;
    }
    if (tries > 0) this.#at(MINUTE_MS, () => this.#tells(signal, expires, tries - 1));
  }

  async #answer(number: number, by: Actor): Promise<void> {
    const { world } = this;
    if (!world.isAlive) return;
    this.acts++;
    const first = this.#between(0, 100);
    if (first < 70) await world.act(number, { do: "acknowledge" }, by);
    else if (first < 76) await world.act(number, { do: "escalate" }, by);
    else if (first < 82) await world.act(number, { do: "hand-over", to: { kind: "team", team: this.#one(TEAMS) } }, by);
    else if (first < 88)
      await world.act(number, { do: "snooze", until: world.clock.now() + this.#between(MINUTE_MS, 2 * HOUR_MS) }, by);
    else if (first < 92) await world.act(number, { do: "grade", to: this.#one(["Critical", "Major", "Minor"]) }, by);
    else if (first < 95) await world.act(number, { do: "unacknowledge" }, by);
    else await world.act(number, { do: "resolve" }, by);
    world.note(`${by.kind === "person" ? by.person : ""} did ${first}`);
    const next = this.#between(0, 100);
    const later = this.#between(MINUTE_MS, 6 * HOUR_MS);
    const then = (action: Action): void => this.#at(later, async () => void (await world.act(number, action, by)));
    if (next < 60) then({ do: "resolve" });
    else if (next < 80) then({ do: "note", text: "보는 중" });
    else if (next < 84) then({ do: "reopen" });
  }

  #outage(at: Millis): void {
    const channel = this.#one(CHANNELS);
    const fault = this.#one(["refused", "later", "unknown", "stalls"] as const);
    const lasts = this.#between(MINUTE_MS, 8 * HOUR_MS);
    this.#at(at, () => {
      this.#broken.set(channel, fault);
      this.#disturb();
      this.world.note(`${channel} ${fault}`);
    });
    this.#at(at + lasts, () => {
      this.#broken.delete(channel);
      this.#calmDown();
      this.world.note(`${channel} works`);
    });
  }

  #jump(): void {
    const by = this.#one([HOUR_MS, -2 * HOUR_MS, 30_000, -30_000]);
    this.world.note(`clock jumps ${by}`);
    this.#disturb();
    this.#hasJumped = true;
    this.world.clock.jump(by);
  }

  #die(): void {
    if (!this.world.isAlive) return;
    this.crashes++;
    this.#disturb();
    this.world.crash();
    this.#at(this.#between(1_000, 5 * MINUTE_MS), async () => {
      if (this.world.isAlive) return;
      await this.world.begin();
      this.#calmDown();
      const begun = this.crashes;
      this.#at(TAKE_UP_MS, () => this.#hasTakenUp(begun));
    });
  }

  #at(when: Millis, deed: Deed): void {
    this.world.clock.after(when, () => this.#due.push(deed));
  }

  #happens(probability: number): boolean {
    return this.#chance.fraction() < probability;
  }

  #between(from: number, to: number): number {
    return from + Math.floor(this.#chance.fraction() * (to - from));
  }

  #one<T>(choices: readonly T[]): T {
    return choices[this.#between(0, choices.length)] as T;
  }
}
