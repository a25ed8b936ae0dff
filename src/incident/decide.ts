import { unreachable } from "../fault/fault.ts";
import type { Instant } from "../time/instant.ts";
import type { Command } from "./command.ts";
import type { Actor, IncidentEvent } from "./event.ts";
import type { Incident } from "./incident.ts";

/** Why a command changes nothing. Goes unchanged into the answer, the log and the screen. */
export type Refusal =
  | "already-open"
  | "no-such-incident"
  | "already-acknowledged"
  | "not-acknowledged"
  | "already-resolved"
  | "not-resolved"
  | "already-closed"
  | "same-grade"
  | "snooze-in-the-past"
  | "not-snoozed"
  | "empty-note"
  | "nothing-to-record";

export type Decision = { readonly events: readonly IncidentEvent[] } | { readonly no: Refusal };

/** Decides on one command. Pure: the same state, command and instant give the same events. */
export function decide(state: Incident | undefined, command: Command, facts: { at: Instant; by: Actor }): Decision {
  if (command.do === "open") {
    if (state !== undefined) return no("already-open");
    const { do: _, ...opening } = command;
    return yes({ type: "opened", ...opening });
  }
  if (state === undefined) return no("no-such-incident");
  const open = state.state === "triggered" || state.state === "acknowledged";

  switch (command.do) {
    case "record":
      return yes(command.event);
    case "note":
      if (command.text.trim() === "") return no("empty-note");
      return yes({ type: "noted", text: command.text, ...(command.told === undefined ? {} : { told: command.told }) });
    case "tick":
      return yes({ type: "ticked", clause: command.clause, done: command.done });
    case "join-alerts": {
      const { do: _, ...joined } = command;
      return command.count === 0 ? no("nothing-to-record") : yes({ type: "alerts-joined", ...joined });
    }
    case "note-inhibited": {
      const { do: _, ...inhibited } = command;
      return open ? yes({ type: "alerts-inhibited", ...inhibited }) : no("already-resolved");
    }
    case "hold-paging": {
      const { do: _, ...held } = command;
      // Whom somebody has taken, or was asked to take, is paged for by other rules.
      if (!open) return no("already-resolved");
      if (state.state !== "triggered") return no("already-acknowledged");
      if (command.by === state.id || command.by === state.pagingHeld?.by) return no("nothing-to-record");
      return yes({ type: "paging-held", ...held });
    }
    case "note-held": {
      const { numbers, because } = command;
      return numbers.length === 0 ? no("nothing-to-record") : yes({ type: "others-held", numbers, because });
    }
    case "resume-paging":
      if (state.pagingHeld === undefined) return no("nothing-to-record");
      return yes({ type: "paging-resumed", number: state.pagingHeld.number, because: command.because });
    case "note-flapping": {
      const { do: _, began, ...flapping } = command;
      if (state.state === "closed") return no("already-closed");
      return yes({ type: began ? "flapping-began" : "flapping-ended", ...flapping });
    }
    case "note-silence":
      return yes({ type: "source-silent", count: command.count, sample: command.sample });
    case "note-return":
      return yes({ type: "source-spoke-again", count: command.count, sample: command.sample });
    case "clear-alerts": {
      const { count, firing, sample } = command;
      const cleared = { type: "alerts-cleared", count, firing, because: "resolved-by-source", sample } as const;
      const over = open && firing === 0 && state.alerts > 0;
      return over ? yes(cleared, { type: "resolved", because: "all-alerts-cleared" }) : yes(cleared);
    }
    case "grade": {
      if (state.state === "closed") return no("already-closed");
      if (command.to === state.grade) return no("same-grade");
      return yes({
        type: "graded",
        from: state.grade,
        to: command.to,
        because: command.because,
        ticked: command.ticked,
        newCycle: command.raises && open,
        keepsAcknowledgement: command.keepsAcknowledgement,
      });
    }
    case "acknowledge": {
      if (!open) return no(state.state === "closed" ? "already-closed" : "already-resolved");
      const takesOver = state.handOver !== undefined && !samePerson(facts.by, state.acknowledged?.by);
      // Whoever answers while it is snoozed is awake: the snooze is over, and it is theirs.
      const wakes = state.snoozedUntil !== undefined;
      if (state.state === "acknowledged" && !takesOver && !wakes) return no("already-acknowledged");
      return yes(
        command.delivery === undefined
          ? { type: "acknowledged" }
          : { type: "acknowledged", delivery: command.delivery },
      );
    }
    case "unacknowledge":
      return state.state === "acknowledged" ? yes({ type: "unacknowledged" }) : no("not-acknowledged");
    case "hand-over": {
      if (!open) return no("already-resolved");
      const handed = { type: "handed-over", to: command.to } as const;
      // Handing over something nobody holds: the one who does so holds it until the new owner answers.
      return state.state === "triggered" ? yes({ type: "acknowledged" }, handed) : yes(handed);
    }
    case "escalate": {
      if (!open) return no("already-resolved");
      const escalated = { type: "escalated", ...(command.note === undefined ? {} : { note: command.note }) } as const;
      if (state.state === "triggered") return yes(escalated);
      return yes(escalated, { type: "handed-over", to: { kind: "team", team: command.toTeam } });
    }
    case "snooze":
      if (!open) return no("already-resolved");
      return command.until <= facts.at ? no("snooze-in-the-past") : yes({ type: "snoozed", until: command.until });
    case "end-snooze":
      return state.snoozedUntil === undefined ? no("not-snoozed") : yes({ type: "snooze-ended" });
    case "watch-harder":
      if (state.state !== "resolved") return no("not-resolved");
      return yes({ type: "watch-began", until: command.until, series: command.series });
    case "note-found": {
      const { do: _, ...found } = command;
      return isWatched(state) ? yes({ type: "watch-found", ...found }) : no("nothing-to-record");
    }
    case "end-watch":
      if (!isWatched(state)) return no("nothing-to-record");
      return yes({
        type: "watch-ended",
        found: state.harderWatch?.found ?? 0,
        ...(command.unseen === 0 ? {} : { unseen: command.unseen }),
      });
    case "resolve":
      return open ? yes({ type: "resolved", because: "by-person" }) : no("already-resolved");
    case "reopen":
      return state.state === "resolved" ? yes({ type: "reopened", because: command.because }) : no("not-resolved");
    case "close":
      if (state.state === "closed") return no("already-closed");
      return state.state === "resolved" ? yes({ type: "closed" }) : no("not-resolved");
    default:
      return unreachable(command);
  }
}

function yes(...events: readonly IncidentEvent[]): Decision {
  return { events };
}

function no(reason: Refusal): Decision {
  return { no: reason };
}

/** Over, and watched harder since. */
function isWatched({ state, harderWatch }: Incident): boolean {
  return (state === "resolved" || state === "closed") && harderWatch?.ended === false;
}

function samePerson(one: Actor, other: Actor | undefined): boolean {
  if (other === undefined || one.kind !== other.kind) return false;
  if (one.kind === "person" && other.kind === "person") return one.person === other.person;
  if (one.kind === "token" && other.kind === "token") return one.name === other.name;
  return one.kind === "bongsu";
}
