import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import { alertId } from "../../triage/alert-id.ts";
import type { Signal } from "../../triage/signal.ts";
import type { Ports } from "../ports.ts";
import type { FiringMemory } from "./firing-memory.ts";

export type Arrival = {
  readonly source: string;
  readonly integration: string;
  readonly body: string;
  readonly signals: readonly Signal[];
  readonly at: Instant;
};

export type Intake = {
  /**
   * Takes one request in. Undefined: everything in it repeats what is known, nothing had to be written. A promise: it
   * resolves once the raw body is durable; only then may the sender be answered.
   */
  accept(arrival: Arrival): Promise<void> | undefined;
  readonly idOf: (signal: Pick<Signal, "integration" | "key">) => AlertId;
};

export function createIntake(ports: Ports, memory: FiringMemory, nudge: () => void): Intake {
  let sequence = 0;
  const run = randomText(ports.chance, RUN_LENGTH);
  const idOf = (signal: Pick<Signal, "integration" | "key">): AlertId =>
    alertId(signal.integration, signal.key, (text) => ports.sha256(text).slice(0, DIGEST_LENGTH));

  return {
    idOf,
    accept({ source, integration, body, signals, at }) {
      let known = true;
      for (const signal of signals) if (!memory.absorbs(idOf(signal), signal, at)) known = false;
      if (known) return undefined;
      sequence++;
      // Sorts in order of arrival: time, then the order within this run of this node.
      const id = `${at.toString(36).padStart(TIME_LENGTH, "0")}-${sequence.toString(36).padStart(SEQUENCE_LENGTH, "0")}-${run}`;
      return ports.store.acceptInbox({ id: asId(id), source, integration, receivedAt: at, body }).then(nudge);
    },
  };
}

/** Fills the memory with what fired when this node started. */
export async function warmUp(ports: Ports, memory: FiringMemory): Promise<number> {
  let after: AlertId | "" = "";
  for (;;) {
    const alerts: readonly Alert[] = await ports.store.openAlerts(after, WARM_UP_PAGE);
    memory.learn(alerts);
    const last = alerts.at(-1);
    if (last === undefined || alerts.length < WARM_UP_PAGE) return memory.size;
    after = last.id;
  }
}

const RUN_LENGTH = 6;
const DIGEST_LENGTH = 32;
/** Milliseconds since 1970 in base 36 fill nine places until the year 5188. */
const TIME_LENGTH = 9;
const SEQUENCE_LENGTH = 7;
const WARM_UP_PAGE = 5_000;
