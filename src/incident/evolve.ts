import { assert, unreachable } from "../fault/fault.ts";
import { STORM_AFTER_MAX } from "../policy/timing.ts";
import type { PersonId } from "../roster/roster.ts";
import { type Actor, type IncidentEvent, type Recorded, readStepKey, type StepKey, type StepKind } from "./event.ts";
import type { Incident, IncidentId } from "./incident.ts";

/** The fold: what an incident is, given all that happened to it. Ends in `unreachable`: no event is swallowed. */
export function evolve(state: Incident | undefined, recorded: Recorded, id: IncidentId): Incident {
  const { event, at, by, seq } = recorded;
  if (event.type === "opened") {
    assert(state === undefined, "an incident opens once");
    return {
      id,
      number: event.number,
      title: event.title,
      service: event.service,
      grade: event.grade,
      policy: event.policy,
      drill: event.drill,
      openedAt: at,
      state: "triggered",
      cycle: 1,
      cycleAt: at,
      cycleBecause: "opened",
      taken: {},
      level: 0,
      pulls: 0,
      handOvers: 0,
      lastWordAt: at,
      reached: new Set(),
      ticked: new Set(),
      firing: 0,
      alerts: 0,
      version: seq,
      head: recorded.hash,
    };
  }
  assert(state !== undefined, "the first event of an incident is its opening");
  assert(seq === state.version + 1, "events have no gap");
  return { ...heard(applied(state, event, at, by), at, by), version: seq, head: recorded.hash };
}

/** What a person recorded counts as a word: it keeps an acknowledged incident from being taken for forgotten. */
function heard(state: Incident, at: number, by: Actor): Incident {
  return by.kind === "person" || by.kind === "token" ? { ...state, lastWordAt: at } : state;
}

function applied(state: Incident, event: Exclude<IncidentEvent, { type: "opened" }>, at: number, by: Actor): Incident {
  switch (event.type) {
    case "alerts-joined":
      return {
        ...state,
        ...(event.title === undefined ? {} : { title: event.title }),
        ...(event.storm === undefined ? {} : { storm: stormAfter(state.storm, event.storm, at) }),
        firing: event.firing,
        alerts: state.alerts + event.count,
      };
    case "alerts-cleared":
      return { ...state, firing: event.firing };
    case "graded": {
      const ticked = new Set([...state.ticked, ...event.ticked]);
      const graded = { ...state, grade: event.to, ticked };
      if (!event.newCycle) return graded;
      const begun = newCycle(graded, at, "grade-raised");
      if (!event.keepsAcknowledgement) return withoutHolder(begun);
      // Whoever was asked to take over is asked again, with the deadlines of the new grade.
      return begun.handOver === undefined ? begun : { ...begun, handOver: { ...begun.handOver, at } };
    }
    case "step-taken":
      return {
        ...without(state, endsPull(event) ? ["levelDue"] : []),
        ...tookStep(state, event),
        level: Math.max(state.level, event.level),
        reached: new Set([...state.reached, ...event.reaches.flatMap((reach) => reach.people)]),
        ...(event.overdue && state.overdueAt === undefined ? { overdueAt: at } : {}),
      };
    case "step-superseded":
      return { ...state, ...tookStep(state, event) };
    case "nobody-reached":
      return pulled(state, event.next, "nobody-reached");
    case "delivery-failed":
      return event.instead
        ? {
            ...state,
            reached: withAll(
              state.reached,
              event.instead.flatMap(({ people }) => people),
            ),
          }
        : state;
    case "acknowledged":
      return {
        ...without(state, ["handOver", "snoozedUntil", "levelDue", "pagingHeld"]),
        state: "acknowledged",
        acknowledged: { by, at },
        lastWordAt: at,
      };
    case "unacknowledged":
      return withoutHolder(newCycle(state, at, "returned"));
    case "handed-over":
      return {
        ...without(state, ["snoozedUntil", "pagingHeld"]),
        handOver: { to: event.to, at, by },
        handOvers: state.handOvers + 1,
      };
    case "escalated":
      // Held by somebody: the hand-over that follows pages the next team.
      return state.state === "triggered" ? pulled(without(state, ["pagingHeld"]), at, "asked") : state;
    case "snoozed":
      return {
        ...without(state, ["handOver", "levelDue", "pagingHeld"]),
        state: "acknowledged",
        acknowledged: state.acknowledged ?? { by, at },
        snoozedUntil: event.until,
      };
    case "snooze-ended":
      return withoutHolder(newCycle(state, at, "snooze-ended"));
    case "ticked": {
      const ticked = new Set(state.ticked);
      if (event.done) ticked.add(event.clause);
      else ticked.delete(event.clause);
      return { ...state, ticked };
    }
    case "resolved":
      return {
        ...without(state, ["handOver", "snoozedUntil", "levelDue", "pagingHeld"]),
        state: "resolved",
        resolvedAt: at,
        resolvedBy: by,
      };
    case "reopened":
      return withoutHolder(newCycle(without(state, ["resolvedAt", "resolvedBy", "harderWatch"]), at, "reopened"));
    case "watch-began":
      return { ...state, harderWatch: { until: event.until, series: event.series, found: 0, ended: false } };
    case "watch-found": {
      const { harderWatch: watch } = state;
      return watch === undefined ? state : { ...state, harderWatch: { ...watch, found: watch.found + 1 } };
    }
    case "watch-ended":
      return state.harderWatch === undefined ? state : { ...state, harderWatch: { ...state.harderWatch, ended: true } };
    case "closed":
      return { ...state, state: "closed" };
    case "paging-held": {
      const { by: holder, number, because } = event;
      return { ...state, pagingHeld: { by: holder, number, because, at } };
    }
    case "paging-resumed":
      return newCycle(without(state, ["pagingHeld"]), at, "paging-resumed");
    case "others-held":
    case "alerts-inhibited":
    case "flapping-began":
    case "flapping-ended":
    case "source-silent":
    case "source-spoke-again":
    case "delivery-accepted":
    case "delivery-delivered":
    case "delivery-retrying":
    case "delivery-bundled":
    case "delivery-unrenderable":
    case "noted":
      return state;
    default:
      return unreachable(event);
  }
}

/** A level that was pulled forward is reached by its own step, or by one that was due before it. */
function endsPull({ step, kind, overdue }: { step: StepKey; kind: StepKind; overdue: boolean }): boolean {
  return kind === "level" || overdue || readStepKey(step).series === "pulled";
}

/** How wide a storm is, and when services joined it lately: as many of those as its limit can ask for. */
function stormAfter(storm: Incident["storm"], added: number, at: number): NonNullable<Incident["storm"]> {
  const joined = Array.from({ length: Math.min(added, STORM_AFTER_MAX) }, () => at);
  return {
    services: (storm?.services ?? 0) + added,
    lately: [...(storm?.lately ?? []), ...joined].slice(-STORM_AFTER_MAX),
  };
}

/** A step of an earlier cycle that was still under way does not count for the present one. */
function tookStep(
  state: Incident,
  { step, due }: { readonly step: StepKey; readonly due: number },
): Pick<Incident, "taken" | "lastRung"> {
  const { cycle, series, nth } = readStepKey(step);
  if (cycle !== state.cycle) return { taken: state.taken };
  const before = state.taken[series] ?? 0;
  const taken = { ...state.taken, [series]: Math.max(before, nth) };
  return series.endsWith("late") && nth > before ? { taken, lastRung: { series, due } } : { taken };
}

function newCycle(state: Incident, at: number, because: Incident["cycleBecause"]): Incident {
  return {
    ...without(state, ["overdueAt", "snoozedUntil", "levelDue", "lastRung"]),
    cycle: state.cycle + 1,
    cycleAt: at,
    cycleBecause: because,
    taken: {},
    level: 0,
    pulls: 0,
  };
}

function withoutHolder(state: Incident): Incident {
  return { ...without(state, ["acknowledged", "handOver"]), state: "triggered" };
}

function pulled(state: Incident, at: number, because: "asked" | "nobody-reached"): Incident {
  return { ...state, levelDue: { at, because }, pulls: state.pulls + 1 };
}

function withAll(people: ReadonlySet<PersonId>, more: readonly PersonId[]): ReadonlySet<PersonId> {
  return new Set([...people, ...more]);
}

type Optional =
  | "overdueAt"
  | "acknowledged"
  | "handOver"
  | "snoozedUntil"
  | "pagingHeld"
  | "levelDue"
  | "lastRung"
  | "resolvedAt"
  | "harderWatch"
  | "resolvedBy";

function without(state: Incident, keys: readonly Optional[]): Incident {
  const rest = { ...state };
  for (const key of keys) delete rest[key];
  return rest;
}
