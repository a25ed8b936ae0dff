import { assert } from "../fault/fault.ts";
import {
  type Actor,
  type DeliveryId,
  type IncidentEvent,
  pagesOf,
  type Reach,
  type Recorded,
} from "../incident/event.ts";
import { evolve } from "../incident/evolve.ts";
import type { Incident, IncidentId } from "../incident/incident.ts";
import type { Policy } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import { askOf } from "./asks.ts";
import type { Answer, Deed, NamedGrade, RecordedDeed, RecordedIncident } from "./history.ts";

type Opened = Extract<IncidentEvent, { type: "opened" }>;

/**
 * What a replay needs of an incident, out of its events: what came from outside and what people did. The steps that were
 * taken and the pages that left are not in it: another policy takes others. Undefined where the events do not begin with
 * an opening.
 */
export function recordIncident(
  id: IncidentId,
  events: readonly Recorded[],
  facts: { readonly policy: Policy; readonly until: Instant },
): RecordedIncident | undefined {
  const [first] = events;
  if (first === undefined || first.event.type !== "opened") return undefined;
  const reader = new RecordReader(facts.policy);
  let state: Incident | undefined;
  for (const [nth, recorded] of events.entries()) {
    state = evolve(state, recorded, id);
    reader.read(recorded, state, events[nth - 1]);
  }
  assert(state !== undefined, "an incident that opened has a state");
  const opened: Opened = first.event;
  const last = events.at(-1)?.at ?? first.at;
  const isOpen = state.state === "triggered" || state.state === "acknowledged";
  const until = isOpen ? Math.max(facts.until, last) : last;
  reader.end(until);
  return {
    number: opened.number,
    title: opened.title,
    service: opened.service,
    grade: named(opened.grade, facts.policy),
    gradeBecause: opened.gradeBecause,
    openedAt: first.at,
    by: first.by,
    drill: opened.drill,
    deeds: reader.deeds,
    answers: reader.answers,
    until,
  };
}

type Ask = { readonly key: string; wokenAt: Instant | undefined; readonly since: Instant };

class RecordReader {
  readonly deeds: RecordedDeed[] = [];
  readonly answers: Answer[] = [];
  readonly #policy: Policy;
  readonly #pages = new Map<DeliveryId, Reach>();
  #ask: Ask | undefined;
  #answered: { readonly answer: number; readonly at: Instant } | undefined;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  read(recorded: Recorded, after: Incident, previous: Recorded | undefined): void {
    const { at, by, event } = recorded;
    for (const page of pagesOf(event)) this.#pages.set(page.delivery, page);
    if (event.type === "delivery-accepted" && this.#wakes(event.delivery)) {
      if (this.#ask !== undefined) this.#ask.wokenAt ??= at;
    }
    const key = askOf(after);
    if (key !== this.#ask?.key) {
      if (this.#ask !== undefined) this.#close(this.#ask, at, answerOf(event, by));
      this.#ask = key === undefined ? undefined : { key, since: at, wokenAt: undefined };
    }
    const deed = deedOf(recorded, this.#policy, previous);
    if (deed !== undefined) this.#note(deed, recorded);
  }

  end(until: Instant): void {
    if (this.#ask !== undefined) this.#close(this.#ask, until, undefined);
  }

  #wakes(delivery: DeliveryId): boolean {
    const page = this.#pages.get(delivery);
    return page?.urgency === "wake" && page.people.length > 0;
  }

  #close({ wokenAt, since }: Ask, at: Instant, answer: { readonly by?: Actor } | undefined): void {
    if (answer === undefined) {
      if (wokenAt !== undefined) this.answers.push({ is: "silent", during: at - wokenAt });
      return;
    }
    const after = at - (wokenAt ?? since);
    const { by } = answer;
    this.answers.push({ is: "answered", after, ...(by?.kind === "person" ? { by: by.person } : {}) });
    this.#answered = { answer: this.answers.length - 1, at };
  }

  #note(deed: Deed, { at, by }: Recorded): void {
    const previous = this.deeds.at(-1);
    if (deed.do === "join" && previous?.deed.do === "join") {
      // A storm is one deed: alerts page nobody, their incident does.
      this.deeds[this.deeds.length - 1] = {
        ...previous,
        deed: { do: "join", count: previous.deed.count + deed.count },
      };
      return;
    }
    const anchored = this.#answered !== undefined && by.kind !== "source" && presumesAnAnswer(deed);
    const anchor =
      anchored && this.#answered !== undefined
        ? { answer: this.#answered.answer, since: at - this.#answered.at }
        : undefined;
    this.deeds.push({ at, by, deed, ...(anchor === undefined ? {} : { anchor }) });
  }
}

/** The event that ended an ask by somebody's answer: whoever hands over or snoozes what nobody holds has answered too. */
function answerOf(event: IncidentEvent, by: Actor): { readonly by?: Actor } | undefined {
  if (by.kind === "bongsu") return undefined;
  return event.type === "acknowledged" || event.type === "snoozed" ? { by } : undefined;
}

/** What somebody does only who is at it; how it is graded and when it was over is a fact about the incident. */
function presumesAnAnswer({ do: kind }: Deed): boolean {
  return (
    kind === "note" ||
    kind === "escalate" ||
    kind === "hand-over" ||
    kind === "snooze" ||
    kind === "tick" ||
    kind === "unacknowledge"
  );
}

function deedOf({ event, at }: Recorded, policy: Policy, previous: Recorded | undefined): Deed | undefined {
  switch (event.type) {
    case "alerts-joined":
      return { do: "join", count: event.count };
    case "graded":
      return { do: "grade", to: named(event.to, policy), because: event.because };
    case "reopened":
      return { do: "reopen" };
    case "resolved":
      return { do: "resolve" };
    case "unacknowledged":
      return { do: "unacknowledge" };
    case "closed":
      return { do: "close" };
    case "noted":
      return { do: "note", text: event.text };
    case "escalated":
      return event.note === undefined ? { do: "escalate" } : { do: "escalate", note: event.note };
    case "handed-over":
      // Escalating what somebody holds hands it over by itself.
      return previous?.event.type === "escalated" && previous.at === at ? undefined : { do: "hand-over", to: event.to };
    case "snoozed":
      return { do: "snooze", during: event.until - at };
    case "ticked":
      return { do: "tick", clause: event.clause, done: event.done };
    default:
      return undefined;
  }
}

function named(name: string, policy: Policy): NamedGrade {
  return {
    name,
    rank: Math.max(
      policy.grades.findIndex((grade) => grade.name === name),
      0,
    ),
  };
}
