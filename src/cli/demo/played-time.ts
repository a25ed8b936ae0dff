import { type Action, act, type Opening, open } from "../../engine/actions.ts";
import type { Engine } from "../../engine/engine.ts";
import { assert } from "../../fault/fault.ts";
import type { Actor } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import { sources } from "../../ingest/registry.ts";
import type { Store } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { SimClock } from "../../time/sim-clock.ts";

/** The real engine on a clock that we turn: weeks pass in seconds, and everything in them happens at its time. */
export type PlayedTime = {
  readonly engine: Engine;
  readonly store: Store;
  readonly now: () => Instant;
  /** Lets time pass until then. */
  until(at: Instant): Promise<void>;
  /** A request of a source, as the server would take it in. */
  receive(source: string, integration: string, body: unknown): Promise<void>;
  act(incident: Incident, action: Action, by: Actor): Promise<Incident | undefined>;
  open(opening: Opening, by: Actor): Promise<Incident>;
};

export function playedTime(engine: Engine, clock: SimClock): PlayedTime {
  const { store } = engine.ports;
  return {
    engine,
    store,
    now: () => clock.now(),
    async until(at) {
      const limit = clock.monotonic() + Math.max(at - clock.now(), 0);
      await settle();
      while (clock.step(limit)) await settle();
      await settle();
    },
    async receive(source, integration, body) {
      const adapter = sources.get(source);
      assert(adapter !== undefined, `the demo sends through a source that is known (${source})`);
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
      assert(result.is === "done", "the demo opens incidents of grades that its policy has");
      await settle();
      return result.incident;
    },
  };
}

/** SQLite answers at once, so that one turn of the event loop finds everything at rest. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
