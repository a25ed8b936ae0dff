import type { Instant } from "../time/instant.ts";
import { aggregateDuty } from "./aggregate/aggregate-duty.ts";
import { createBaselines } from "./baselines/baselines.ts";
import { type CanaryEar, canaryDuty, loopbackChannel } from "./canary/canary-duty.ts";
import { contactsDuty } from "./contacts/contacts-duty.ts";
import { deliverDuty } from "./deliver/deliver-duty.ts";
import { createDutyRoster, type DutyRoster } from "./duty-roster.ts";
import { escalateDuty } from "./escalate/escalate-duty.ts";
import { type Evaluation, evaluateDuty } from "./evaluate/evaluate-duty.ts";
import { expireDuty } from "./expire/expire-duty.ts";
import { harderWatch } from "./harder-watch/harder-watch.ts";
import { createHeartbeats, type Heartbeats } from "./heartbeats/heartbeats.ts";
import { heartbeatsDuty } from "./heartbeats/heartbeats-duty.ts";
import { createHostBook, type HostBook } from "./hosts/host-book.ts";
import { hostsDuty } from "./hosts/hosts-duty.ts";
import { housekeepDuty } from "./housekeep/housekeep-duty.ts";
import { indexDuty } from "./index/index-duty.ts";
import { FiringMemory } from "./intake/firing-memory.ts";
import { createIntake, type Intake, warmUp } from "./intake/intake.ts";
import { Pace } from "./intake/pace.ts";
import { createKnowledge, type Knowledge } from "./knowledge.ts";
import { MetricMemory } from "./metrics/metric-memory.ts";
import { createMetrics } from "./metrics/metric-store.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { warmUpMetrics } from "./metrics/warm-up-metrics.ts";
import { DUTY_NAMES, type Duty, type DutyName, MEASURING_DUTIES, type Ports } from "./ports.ts";
import { proveDuty } from "./prove/prove-duty.ts";
import { scheduleDuty } from "./schedule/schedule-duty.ts";
import { triageDuty } from "./triage/triage-duty.ts";
import { watchDuty } from "./watch/watch-duty.ts";

export type Engine = {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  readonly intake: Intake;
  readonly memory: FiringMemory;
  readonly metrics: Metrics;
  readonly hosts: HostBook;
  /** What the monitors last found. */
  readonly evaluation: Evaluation;
  readonly heartbeats: Heartbeats;
  readonly duties: DutyRoster;
  /** How often each invariant was seen not to hold since the start. */
  readonly violations: ReadonlyMap<string, number>;
  /** Takes back this node's leases, remembers what fires, and sets the duties going. */
  start(): Promise<void>;
  /** Lets what is under way end, at most `patienceMs`; nothing new begins. */
  stop(patienceMs: number): Promise<void>;
};

/**
 * The engine: its duties over one set of ports. Several may share a store. `only`: no other duty runs; a replay needs
 * those through which a signal becomes a page, and nothing that looks after a server.
 */
export function createEngine(given: Ports, only: readonly DutyName[] = DUTY_NAMES): Engine {
  const ear: CanaryEar = { at: undefined, startedAt: Number.NEGATIVE_INFINITY };
  const ports: Ports = { ...given, channels: new Map([...given.channels, ["loopback", loopbackChannel(ear)]]) };
  const knowledge = createKnowledge(ports);
  const memory = new FiringMemory();
  const measured = new MetricMemory(ports);
  const metrics = createMetrics(ports, measured);
  const violations = new Map<string, number>();
  const pace = new Pace(ports.clock, () => duties.nudge("triage"));
  const intake = createIntake(ports, memory, () => pace.came());
  const canary = canaryDuty({ ports, knowledge, intake }, ear);
  const baselines = createBaselines(metrics, ports.store);
  const harder = harderWatch(ports, knowledge, (key) => evaluate.evaluation.valueAt(key));
  const heartbeats = createHeartbeats(ports, knowledge, () => duties.nudge("heartbeats"));
  const { deaf } = heartbeats;
  const evaluate = evaluateDuty({ ports, knowledge, intake, metrics, baselines, harder: harder.watches, deaf });
  const deliver = deliverDuty(ports, knowledge, (name) => duties.nudge(name));
  const every: readonly Duty[] = [
    triageDuty({ ports, knowledge, intake, memory, pace }),
    escalateDuty(ports, knowledge),
    deliver,
    expireDuty(ports, knowledge, memory),
    watchDuty(ports, knowledge, {
      canaryMissing: (at: Instant) => canary.missing(at),
      violations,
      everyMs: () => new Map(duties.duties.map(({ name, everyMs }) => [name, everyMs])),
      lastEnds: () => duties.lastEnds(),
    }),
    canary,
    housekeepDuty(ports),
    indexDuty(ports, knowledge),
    scheduleDuty(ports, knowledge),
    proveDuty(ports, knowledge),
    contactsDuty(ports, knowledge),
    evaluate.duty,
    harder.duty,
    aggregateDuty(ports, measured),
    heartbeatsDuty({ ports, knowledge, intake, deaf }),
    hostsDuty({ ports, knowledge, intake, metrics }),
  ];
  const duties: DutyRoster = createDutyRoster(
    ports,
    every.filter(({ name }) => only.includes(name) && (ports.settings.measures || !MEASURING_DUTIES.includes(name))),
  );

  return {
    ports,
    knowledge,
    intake,
    memory,
    metrics,
    hosts: createHostBook(ports),
    evaluation: evaluate.evaluation,
    heartbeats,
    duties,
    violations,
    async start() {
      await ports.store.releaseDeliveries(ports.node, ports.clock.now());
      await warmUp(ports, memory);
      await warmUpMetrics(ports, measured);
      duties.start();
    },
    async stop(patienceMs) {
      await duties.stop();
      const patience = new Promise<void>((resolve) => ports.clock.after(patienceMs, resolve));
      await Promise.race([deliver.idle(), patience]);
    },
  };
}
