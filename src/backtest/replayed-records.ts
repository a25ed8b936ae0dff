import { type Action, act } from "../engine/actions.ts";
import { change, untilNotOvertaken } from "../engine/change.ts";
import type { Engine } from "../engine/engine.ts";
import { asId } from "../id/id.ts";
import type { Command } from "../incident/command.ts";
import type { Actor } from "../incident/event.ts";
import type { IncidentId } from "../incident/incident.ts";
import type { Policy } from "../policy/policy.ts";
import { gradeAt, isMoreSevere } from "../triage/grade-of.ts";
import type { NamedGrade, RecordedDeed, RecordedIncident } from "./history.ts";

/** Does to the incidents of a replay what was done to those of the record. */
export class ReplayedRecords {
  /** Grades of the record that the policy does not name, and what stands in for each. */
  readonly gradedByRank = new Map<string, string>();
  readonly #engine: Engine;
  readonly #policy: Policy;
  readonly #byId = new Map<IncidentId, RecordedIncident>();

  constructor(engine: Engine, policy: Policy) {
    this.#engine = engine;
    this.#policy = policy;
  }

  of(id: IncidentId): RecordedIncident | undefined {
    return this.#byId.get(id);
  }

  async open(record: RecordedIncident): Promise<void> {
    const id = idOf(record);
    this.#byId.set(id, record);
    const open: Command = {
      do: "open",
      // Its own: numbers of the record and of what alerts open would meet.
      number: await this.#engine.ports.store.nextNumber("incident"),
      title: record.title,
      service: record.service,
      grade: this.#grade(record.grade),
      gradeBecause: record.gradeBecause,
      policy: this.#policy.id,
      drill: false,
    };
    await this.#change(id, [open], record.by);
  }

  async do(record: RecordedIncident, { deed, by }: Pick<RecordedDeed, "deed" | "by">): Promise<void> {
    const id = idOf(record);
    const { ports } = this.#engine;
    const incident = await ports.store.incident(id);
    if (incident === undefined) return;
    const isByPeople = by.kind === "person" || by.kind === "token";
    const sample = [{ alert: asId<"alert">(id), title: record.title }];
    switch (deed.do) {
      case "join":
        return this.#change(
          id,
          [{ do: "join-alerts", count: deed.count, firing: incident.firing + deed.count, sample }],
          by,
        );
      case "clear":
        return this.#change(
          id,
          [{ do: "clear-alerts", count: deed.count, firing: Math.max(incident.firing - deed.count, 1), sample }],
          by,
        );
      case "grade": {
        const to = this.#grade(deed.to);
        if (isByPeople) return this.#act(id, { do: "grade", to }, by);
        const raises = isMoreSevere(this.#policy, to, incident.grade);
        const { because } = deed;
        return this.#change(id, [{ do: "grade", to, raises, because, ticked: [], keepsAcknowledgement: false }], by);
      }
      case "resolve":
        if (isByPeople || incident.firing === 0) return this.#act(id, { do: "resolve" }, by);
        return this.#change(id, [{ do: "clear-alerts", count: incident.firing, firing: 0, sample }], by);
      case "reopen":
        return this.#change(id, [{ do: "reopen", because: isByPeople ? "by-person" : "fired-again" }], by);
      case "tick":
        return this.#change(id, [deed], by);
      case "snooze":
        return this.#act(id, { do: "snooze", until: ports.clock.now() + deed.during }, by);
      default:
        return this.#act(id, deed, by);
    }
  }

  async #act(id: IncidentId, action: Action, by: Actor): Promise<void> {
    await act(this.#engine, id, action, by);
  }

  async #change(id: IncidentId, commands: readonly Command[], by: Actor): Promise<void> {
    const { ports, knowledge, duties } = this.#engine;
    await untilNotOvertaken(ports, async (queries) => {
      const state = await queries.incident(id);
      await change(queries, { id, state }, commands, { ports, knowledge, at: ports.clock.now(), by });
    });
    duties.nudge("escalate");
  }

  /** The policy's own grade of that name; else the one of the same rank, which is told. */
  #grade({ name, rank }: NamedGrade): string {
    const named = this.#policy.grades.find((grade) => grade.name.toLowerCase() === name.toLowerCase());
    if (named !== undefined) return named.name;
    const grade = gradeAt(this.#policy, rank);
    this.gradedByRank.set(name, grade);
    return grade;
  }
}

/** Two installations may have the same numbers, but not at the same instant. */
function idOf({ number, openedAt }: RecordedIncident): IncidentId {
  return asId(`r${openedAt.toString(36)}-${number}`);
}
