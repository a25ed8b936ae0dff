import { createHash } from "node:crypto";
import { createEngine, type Engine } from "../engine/engine.ts";
import { type PlayedTime, playedTime } from "../engine/played-time.ts";
import { DEFAULT_SETTINGS, type DutyName } from "../engine/ports.ts";
import { readBack } from "../engine/read-back.ts";
import type { Drivers } from "../escalation/means.ts";
import { Fault } from "../fault/fault.ts";
import { seededChance } from "../id/chance.ts";
import { type DeliveryId, pagesOf, type Reach, type Recorded } from "../incident/event.ts";
import type { IncidentId } from "../incident/incident.ts";
import type { Policy, PolicyId } from "../policy/policy.ts";
import type { Roster } from "../roster/roster.ts";
import { type RosterFact, rosterOf } from "../roster/roster-of.ts";
import { openStore } from "../store/open-store.ts";
import type { RosterItem, Store } from "../store/store.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { SimClock } from "../time/sim-clock.ts";
import { steadyClock } from "../time/steady-clock.ts";
import { Agenda, type Happening } from "./agenda.ts";
import type { History, HistoryAlert } from "./history.ts";
import type { PeopleModel } from "./people-model.ts";
import { ReplayedPeople } from "./replayed-people.ts";
import { ReplayedRecords } from "./replayed-records.ts";
import { silentChannels } from "./silent-channels.ts";

/** One of the worlds that a history is replayed in. */
export type Side = {
  readonly policy: { readonly id: PolicyId; readonly file: string; readonly text: string };
  /** The facts of the roster, from when on each set of them holds; the first from the beginning. */
  readonly roster: readonly { readonly from: Instant; readonly facts: readonly RosterFact[] }[];
};

export type ReplayFacts = {
  readonly drivers: Drivers;
  readonly zone: string;
  readonly model: PeopleModel;
  /** Asked between any two things that happen; throws where the replay is to end. */
  readonly onProgress: (share: number) => void;
};

/** An incident as it went: its events, and which part of the history it is. */
export type PlayedIncident = {
  /** `INC-12` of the record, or the line of the alert that opened it. */
  readonly from: { readonly record: number; readonly at: Instant } | { readonly line: number };
  readonly id: IncidentId;
  readonly events: readonly Recorded[];
};

export type Played = {
  readonly incidents: readonly PlayedIncident[];
  readonly policy: Policy;
  /** The people of the last roster, for their names. */
  readonly roster: Roster;
  /** Grades of the record that this policy does not name, and what stood in for each. */
  readonly gradedByRank: ReadonlyMap<string, string>;
};

/** What lies between a signal and a page; they run by due time and by nudge, and need not look around. */
const DUTIES: readonly DutyName[] = ["triage", "escalate", "deliver"];
const NEVER_MS = 1_000 * DAY_MS;
const SEED = 119;
/** The source of everything that a history holds. */
const INTEGRATION = "history";
/** Until what is told of the last resolution has left. */
const AFTER_MS = 10 * MINUTE_MS;

/**
 * Lets a history happen again, under one policy and roster: the real engine over a store of its own in memory, on a clock
 * that jumps from one thing to the next, with channels that send nothing. Alerts come in as they came; recorded incidents
 * open, are graded and end when they did; people answer by the model. The same input gives the same output.
 */
export async function replay(side: Side, history: History, facts: ReplayFacts): Promise<Played> {
  const store = await openStore(":memory:", { turn: "microtask" });
  try {
    return await new Replay(store, side, history, facts).run();
  } finally {
    await store.close();
  }
}

/** Somebody is waited for in an incident: who was woken for it, and which answer of the record belongs to it. */
class Replay {
  readonly #history: History;
  readonly #facts: ReplayFacts;
  readonly #side: Side;
  readonly #time: PlayedTime;
  readonly #engine: Engine;
  readonly #agenda: Agenda;
  readonly #lines = new Map<string, number>();
  readonly #opened = new Map<IncidentId, PlayedIncident["from"]>();
  readonly #pages = new Map<DeliveryId, Reach>();
  readonly #records: ReplayedRecords;
  readonly #people: ReplayedPeople;
  #policy: Policy;
  #position = 0;
  #sent = false;

  constructor(store: Store, side: Side, history: History, facts: ReplayFacts) {
    this.#side = side;
    this.#history = history;
    this.#facts = facts;
    this.#policy = readBack.readPolicy(side.policy);
    const begins = beginOf(history);
    const clock = new SimClock(begins);
    this.#engine = createEngine(
      {
        store,
        clock: steadyClock(clock, () => {}),
        chance: seededChance(SEED),
        sha256: (text) => createHash("sha256").update(text).digest("hex"),
        node: "replay",
        channels: silentChannels(facts.drivers, () => {
          this.#sent = true;
        }),
        ...readBack,
        log: (level, event, logged) => {
          // What the engine cannot do here it would not have done there: no result is better than a wrong one.
          if (level === "error") this.#failed ??= new Fault("backtest-failed", { event, ...logged });
        },
        settings: {
          ...DEFAULT_SETTINGS,
          zone: facts.zone,
          pollMs: NEVER_MS,
        },
      },
      DUTIES,
    );
    this.#time = playedTime(this.#engine, clock);
    this.#records = new ReplayedRecords(this.#engine, this.#policy);
    this.#agenda = new Agenda(this.#happenings());
    this.#people = new ReplayedPeople(this.#engine, {
      model: facts.model,
      agenda: this.#agenda,
      records: this.#records,
    });
  }

  #failed: Fault | undefined;

  async run(): Promise<Played> {
    const { store, clock } = this.#engine.ports;
    const begins = clock.now();
    await store.putPolicy({ ...this.#side.policy, activatedAt: begins, by: "replay" });
    await this.#furnish(this.#side.roster[0]?.facts ?? [], begins);
    await this.#engine.start();
    await this.#play(endOf(this.#history));
    const stopped = this.#engine.stop(0);
    await this.#time.until(clock.now() + 1);
    await stopped;
    const incidents: PlayedIncident[] = [];
    for (const [id, from] of this.#opened) {
      incidents.push({ from, id, events: await store.eventsOf(id, 0, EVENTS_MAX) });
    }
    return {
      incidents,
      policy: this.#policy,
      roster: rosterOf(this.#side.roster.at(-1)?.facts ?? []),
      gradedByRank: this.#records.gradedByRank,
    };
  }

  async #play(end: Instant): Promise<void> {
    const time = this.#time;
    await time.until(time.now());
    for (;;) {
      if (this.#failed !== undefined) throw this.#failed;
      const next = this.#agenda.peek();
      this.#facts.onProgress(this.#agenda.done / Math.max(this.#agenda.total, 1));
      const isNext = next !== undefined && (next.at < end || this.#agenda.done < this.#agenda.total);
      const limit = isNext ? next.at - (next.before ? 1 : 0) : end;
      if (limit >= time.now() && (await time.step(limit))) {
        await this.#observe();
        continue;
      }
      if (!isNext) return;
      time.pass(next.at);
      this.#agenda.take();
      await next.happens();
      await time.until(time.now());
      await this.#observe();
    }
  }

  #happenings(): readonly Happening[] {
    const { incidents, alerts } = this.#history;
    const eras = this.#side.roster
      .slice(1)
      .map(({ from, facts }): Happening => ({ at: from, before: true, happens: () => this.#furnish(facts, from) }));
    const openings = incidents.map(
      (incident): Happening => ({ at: incident.openedAt, before: false, happens: () => this.#records.open(incident) }),
    );
    const deeds = incidents.flatMap((incident) =>
      incident.deeds
        .filter(({ anchor }) => anchor === undefined)
        .map((deed): Happening => ({ at: deed.at, before: false, happens: () => this.#records.do(incident, deed) })),
    );
    const told = alerts.map(
      (alert): Happening => ({ at: alert.at, before: false, happens: () => this.#receive(alert) }),
    );
    const order = (one: Happening, other: Happening): number =>
      one.at - other.at || Number(other.before) - Number(one.before);
    return [...eras, ...openings, ...deeds, ...told].sort(order);
  }

  /** Puts these facts in place of those that hold. */
  async #furnish(facts: readonly RosterFact[], at: Instant): Promise<void> {
    const { store } = this.#engine.ports;
    const kept = new Set(facts.map(({ kind, id }) => `${kind}/${id}`));
    const gone = (await store.rosterItems()).filter(({ kind, id }) => !kept.has(`${kind}/${id}`));
    const put = facts.map(({ kind, id, data }) => ({ kind: kind as RosterItem["kind"], id, data, updatedAt: at }));
    await store.changeRoster(put, gone, at);
  }

  async #receive(alert: HistoryAlert): Promise<void> {
    const { intake } = this.#engine;
    if (alert.line > 0) this.#lines.set(intake.idOf({ integration: INTEGRATION, key: alert.key }), alert.line);
    await this.#time.receive("signals", INTEGRATION, alert.body);
  }

  /** Hears what the engine did: which incidents opened, who was woken, and who is going to answer when. */
  async #observe(): Promise<void> {
    const { store } = this.#engine.ports;
    if (!this.#sent && this.#position === (await store.lastPosition())) return;
    this.#sent = false;
    for (;;) {
      const events = await store.eventsAfter(this.#position, EVENTS_READ);
      for (const { incident, position, event, at } of events) {
        this.#position = position;
        for (const page of pagesOf(event)) this.#pages.set(page.delivery, page);
        if (event.type === "opened") {
          const record = this.#records.of(incident);
          this.#opened.set(
            incident,
            record === undefined ? { line: 0 } : { record: record.number, at: record.openedAt },
          );
        }
        if (event.type === "alerts-joined") this.#nameOpening(incident, event.sample[0]?.alert);
        if (event.type === "delivery-accepted") await this.#people.woke(incident, this.#pages.get(event.delivery), at);
      }
      if (events.length < EVENTS_READ) return;
    }
  }

  #nameOpening(incident: IncidentId, alert: string | undefined): void {
    const from = this.#opened.get(incident);
    if (alert === undefined || from === undefined || !("line" in from) || from.line > 0) return;
    this.#opened.set(incident, { line: this.#lines.get(alert) ?? 0 });
  }
}

const EVENTS_MAX = 1_000_000;
const EVENTS_READ = 1_000;

/** A moment before anything happens. */
export function beginOf({ incidents, alerts }: History): Instant {
  return (
    Math.min(incidents[0]?.openedAt ?? Number.POSITIVE_INFINITY, alerts[0]?.at ?? Number.POSITIVE_INFINITY) - MINUTE_MS
  );
}

/** When the last record ends, or a little after the last alert. */
export function endOf({ incidents, alerts }: History): Instant {
  const told = (alerts.at(-1)?.at ?? Number.NEGATIVE_INFINITY) + AFTER_MS;
  return incidents.reduce((end, { until }) => Math.max(end, until), told);
}
