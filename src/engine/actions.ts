import { gradeNamed, levelAt } from "../escalation/levels.ts";
import { randomText } from "../id/chance.ts";
import { asId } from "../id/id.ts";
import type { Command } from "../incident/command.ts";
import type { Refusal } from "../incident/decide.ts";
import type { Actor, DeliveryId } from "../incident/event.ts";
import type { HandOverTarget, Incident, IncidentId } from "../incident/incident.ts";
import type { ClauseId } from "../policy/policy.ts";
import { onDuty } from "../roster/on-duty.ts";
import type { Queries } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import { gradeAt, isMoreSevere } from "../triage/grade-of.ts";
import { change, untilNotOvertaken } from "./change.ts";
import type { Engine } from "./engine.ts";
import { mentionDeliveries, mentionReaches } from "./mention.ts";

/** What people do to incidents, through whatever they do it: one list for API, command line, chat button and mail page. */
export type Action =
  | { readonly do: "acknowledge"; readonly delivery?: DeliveryId }
  | { readonly do: "unacknowledge" }
  | { readonly do: "resolve" }
  | { readonly do: "reopen" }
  | { readonly do: "close" }
  | { readonly do: "note"; readonly text: string }
  | { readonly do: "escalate"; readonly note?: string }
  | { readonly do: "hand-over"; readonly to: HandOverTarget }
  | { readonly do: "snooze"; readonly until: Instant }
  | { readonly do: "tick"; readonly clause: ClauseId; readonly done: boolean }
  | { readonly do: "grade"; readonly to: string }
  /** The highest grade of which a criterion is ticked wins. */
  | { readonly do: "grade-by-criteria"; readonly ticked: readonly ClauseId[] };

export type ActionProblem = Refusal | "no-such-grade" | "no-such-team" | "no-such-person" | "no-such-criterion";

export type ActionResult =
  | { readonly is: "done"; readonly incident: Incident }
  | { readonly is: "refused"; readonly because: ActionProblem; readonly incident: Incident | undefined };

/** Does one action on one incident and sets the engine going on what follows. */
export async function act(engine: Engine, id: IncidentId, action: Action, by: Actor): Promise<ActionResult> {
  const { ports, knowledge } = engine;
  const result = await untilNotOvertaken(ports, async (queries): Promise<ActionResult> => {
    const incident = await queries.incident(id);
    if (incident === undefined) return { is: "refused", because: "no-such-incident", incident: undefined };
    const at = ports.clock.now();
    const command = await commandOf(engine, queries, incident, action, at);
    if (typeof command === "string") return { is: "refused", because: command, incident };
    const changed = await change(queries, { id, state: incident }, [command], { ports, knowledge, at, by });
    if (command.do === "note" && command.told !== undefined && !("no" in changed))
      await queries.insertDeliveries(await mentionDeliveries(engine, queries, changed.incident, { ...command, at }));
    return "no" in changed
      ? { is: "refused", because: changed.no, incident }
      : { is: "done", incident: changed.incident };
  });
  if (result.is === "done") {
    // Alerts of an incident that a person ended are to come through the inbox again, not to be absorbed.
    if (action.do === "resolve")
      engine.memory.forget((await ports.store.alertsOfIncident(id, ALERTS_MAX)).map((alert) => alert.id));
    engine.duties.nudge("escalate");
    // What the incident muted of its dependents asks for one of its own at once.
    if (ENDS_MUTING.has(action.do)) engine.duties.nudge("triage");
    if (action.do === "note") engine.duties.nudge("deliver");
  }
  return result;
}

const ENDS_MUTING: ReadonlySet<Action["do"]> = new Set(["resolve", "close", "snooze", "grade", "grade-by-criteria"]);

export type Opening = {
  readonly title: string;
  readonly service: string;
  /** A grade of the policy; the second most severe where it is not said. */
  readonly grade?: string;
  readonly description?: string;
  readonly drill?: boolean;
};

/** A person opens an incident (`bongsu page`, `POST /api/v1/incidents`): durable when it resolves. */
export async function open(engine: Engine, opening: Opening, by: Actor): Promise<ActionResult> {
  const { ports, knowledge } = engine;
  const result = await untilNotOvertaken(ports, async (queries): Promise<ActionResult> => {
    const at = ports.clock.now();
    const policy = await knowledge.currentPolicy(queries);
    const wanted = opening.grade ?? gradeAt(policy, 1);
    const grade = policy.grades.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (grade === undefined) return { is: "refused", because: "no-such-grade", incident: undefined };
    const id = asId<"incident">(`i${at.toString(36)}${randomText(ports.chance, 8)}`);
    const commands: Command[] = [
      {
        do: "open",
        number: await queries.nextNumber("incident"),
        title: opening.title.slice(0, 250),
        service: opening.service.slice(0, 120),
        grade: grade.name,
        gradeBecause: "person",
        policy: policy.id,
        drill: opening.drill ?? false,
      },
    ];
    if (opening.description !== undefined && opening.description.trim() !== "") {
      commands.push({ do: "note", text: opening.description.slice(0, NOTE_LENGTH_MAX) });
    }
    const changed = await change(queries, { id, state: undefined }, commands, { ports, knowledge, at, by });
    return "no" in changed
      ? { is: "refused", because: changed.no, incident: undefined }
      : { is: "done", incident: changed.incident };
  });
  engine.duties.nudge("escalate");
  return result;
}

const ALERTS_MAX = 10_000;
const NOTE_LENGTH_MAX = 20_000;

async function commandOf(
  engine: Engine,
  queries: Queries,
  incident: Incident,
  action: Action,
  at: Instant,
): Promise<Command | ActionProblem> {
  const { policy, roster } = await engine.knowledge.planFacts(queries, incident, at, at);
  switch (action.do) {
    case "reopen":
      return { do: "reopen", because: "by-person" };
    case "note": {
      const text = action.text.slice(0, NOTE_LENGTH_MAX);
      const told = mentionReaches(engine, { incident, policy, roster }, text);
      return told.length === 0 ? { do: "note", text } : { do: "note", text, told };
    }
    case "escalate": {
      const { team } = levelAt(policy, gradeNamed(policy, incident.grade), incident.level + 1);
      if (team === undefined) return "no-such-team";
      return { do: "escalate", toTeam: team.name, ...(action.note === undefined ? {} : { note: action.note }) };
    }
    case "hand-over": {
      const { to } = action;
      if (to.kind === "person") return roster.people.has(to.person) ? action : "no-such-person";
      return policy.teams.some(({ name }) => name === to.team) ? action : "no-such-team";
    }
    case "tick":
      return policy.clauses.has(action.clause) ? action : "no-such-criterion";
    case "grade": {
      const grade = policy.grades.find(({ name }) => name.toLowerCase() === action.to.toLowerCase());
      return grade === undefined ? "no-such-grade" : raise(grade.name, "person", []);
    }
    case "grade-by-criteria": {
      const ticked = new Set(action.ticked);
      const found = policy.grades.find(({ criteria }) => criteria.some(({ id }) => ticked.has(id)));
      return found === undefined ? "no-such-criterion" : raise(found.name, "criteria", action.ticked);
    }
    default:
      return action;
  }

  function raise(to: string, because: "person" | "criteria", ticked: readonly ClauseId[]): Command {
    const raises = isMoreSevere(policy, to, incident.grade);
    // Whoever holds it keeps it only if the new grade's own team is on it already.
    const holder = incident.acknowledged?.by.kind === "person" ? incident.acknowledged.by.person : undefined;
    const owner = gradeNamed(policy, to).owner;
    const keepsAcknowledgement = holder !== undefined && onDuty(roster, owner, at).includes(holder);
    return { do: "grade", to, raises, because, ticked, keepsAcknowledgement };
  }
}
