import { assert } from "../fault/fault.ts";
import type { Actor } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import { sources } from "../ingest/registry.ts";
import type { Store } from "../store/store.ts";
import type { Instant, Millis } from "../time/instant.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { type Action, act, type Opening, open } from "./actions.ts";
import type { Engine } from "./engine.ts";

/** The real engine on a clock that we turn: weeks pass in seconds, and everything in them happens at its time. */
export type PlayedTime = {
  readonly engine: Engine;
  readonly store: Store;
  readonly now: () => Instant;
  /** Does the next thing that is due by then; false: there is none, and it is then. */
  step(limit: Instant): Promise<boolean>;
  /** It is that time, and what is due at that very moment is still to come; `step` left nothing before it. */
  pass(to: Instant): void;
  /** Lets time pass until then. */
  until(at: Instant): Promise<void>;
  /** A request of a source, as the server would take it in. */
  receive(source: string, integration: string, body: unknown): Promise<void>;
  act(incident: Incident, action: Action, by: Actor): Promise<Incident | undefined>;
  open(opening: Opening, by: Actor): Promise<Incident>;
};

export function playedTime(engine: Engine, clock: SimClock): PlayedTime {
  const { store } = engine.ports;
  const monotonicAt = (at: Instant): Millis => clock.monotonic() + Math.max(at - clock.now(), 0);
  return {
    engine,
    store,
    now: () => clock.now(),
    async step(limit) {
      const went = clock.step(monotonicAt(limit));
      await settle();
      return went;
    },
    pass: (to) => clock.pass(monotonicAt(to)),
    async until(at) {
      const limit = monotonicAt(at);
      await settle();
      while (clock.step(limit)) await settle();
      await settle();
    },
    async receive(source, integration, body) {
      const adapter = sources.get(source);
      assert(adapter !== undefined, `what is played comes through a source that is known (${source})`);
      const at = engine.ports.clock.now();
      const { signals } = adapter.read(body, { at, integration });
      await engine.intake.accept({ source, integration, body: JSON.stringify(body), signals, at });
      await settle();
    },
    async act(incident, action, by) {
      const result = await act(engine, incident.id, action, by);
      await settle();
      return result.is === "done" ? result.incident : undefined;
    },
    async open(opening, by) {
      const result = await open(engine, opening, by);
      assert(result.is === "done", "what is played opens incidents of grades that the policy has");
      await settle();
      return result.incident;
    },
  };
}

/** SQLite answers at once, so that one turn of the event loop finds everything at rest. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
