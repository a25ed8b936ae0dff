import { asId } from "../id/id.ts";
import type { Actor, GradeBecause } from "../incident/event.ts";
import type { HandOverTarget } from "../incident/incident.ts";
import { isRecord, textOf } from "../ingest/read.ts";
import { instantOf } from "../time/fast-iso.ts";
import { type Instant, SECOND_MS } from "../time/instant.ts";
import type { Answer, Deed, RecordedDeed, RecordedIncident } from "./history.ts";
import { LineRefused } from "./line-refused.ts";

type Fields = Readonly<Record<string, unknown>>;

const DEEDS_MAX = 10_000;
const TEXT_LENGTH_MAX = 20_000;

/** An incident out of Bongsu's own export; `LineRefused` names the field that is not as it was written. */
export function readRecorded(value: unknown): RecordedIncident {
  const fields = recordIn(value, "incident");
  return {
    number: wholeIn(fields, "number"),
    title: textIn(fields, "title"),
    service: textIn(fields, "service"),
    grade: { name: textIn(fields, "grade"), rank: wholeIn(fields, "gradeRank") },
    gradeBecause: becauseIn(fields, "gradeBecause"),
    openedAt: timeIn(fields, "openedAt"),
    by: actorIn(fields),
    drill: fields.drill === true,
    deeds: listIn(fields, "deeds").map(readDeed),
    answers: listIn(fields, "answers").map(readAnswer),
    until: timeIn(fields, "until"),
  };
}

function readDeed(value: unknown): RecordedDeed {
  const fields = recordIn(value, "deeds");
  const base = { at: timeIn(fields, "at"), by: actorIn(fields), deed: deedIn(fields) };
  if (fields.answer === undefined) return base;
  return { ...base, anchor: { answer: wholeIn(fields, "answer"), since: secondsIn(fields, "secondsAfterAnswer") } };
}

function deedIn(fields: Fields): Deed {
  const kind = textIn(fields, "do");
  switch (kind) {
    case "join":
    case "clear":
      return { do: kind, count: wholeIn(fields, "count") };
    case "grade":
      return {
        do: kind,
        to: { name: textIn(fields, "to"), rank: wholeIn(fields, "toRank") },
        because: becauseIn(fields, "because"),
      };
    case "reopen":
    case "resolve":
    case "unacknowledge":
    case "close":
      return { do: kind };
    case "note":
      return { do: kind, text: textIn(fields, "text") };
    case "escalate":
      return fields.note === undefined ? { do: kind } : { do: kind, note: textIn(fields, "note") };
    case "hand-over":
      return { do: kind, to: targetIn(fields) };
    case "snooze":
      return { do: kind, during: secondsIn(fields, "seconds") };
    case "tick":
      return { do: kind, clause: asId(textIn(fields, "clause")), done: fields.done === true };
    default:
      throw new LineRefused("unknown-deed", { field: "do", got: kind });
  }
}

function readAnswer(value: unknown): Answer {
  const fields = recordIn(value, "answers");
  if (fields.silentSeconds !== undefined) return { is: "silent", during: secondsIn(fields, "silentSeconds") };
  const after = secondsIn(fields, "seconds");
  return fields.by === undefined
    ? { is: "answered", after }
    : { is: "answered", after, by: asId<"person">(textIn(fields, "by")) };
}

function targetIn({ to }: Fields): HandOverTarget {
  const fields = recordIn(to, "to");
  if (fields.kind === "team") return { kind: "team", team: textIn(fields, "team") };
  return { kind: "person", person: asId(textIn(fields, "person")) };
}

function actorIn({ by }: Fields): Actor {
  const fields = recordIn(by, "by");
  switch (fields.kind) {
    case "person":
      return { kind: "person", person: asId(textIn(fields, "person")), via: textOf(fields.via, 50) ?? "history" };
    case "token":
      return { kind: "token", name: textIn(fields, "name"), via: textOf(fields.via, 50) ?? "history" };
    case "source":
      return { kind: "source", source: textIn(fields, "source"), integration: "history" };
    case "bongsu":
      return { kind: "bongsu" };
    default:
      throw new LineRefused("bad-field", { field: "by.kind" });
  }
}

const BECAUSES: ReadonlySet<string> = new Set<GradeBecause>([
  "source-severity",
  "service-rule",
  "unknown-severity",
  "person",
  "criteria",
  "unrenderable",
]);

function becauseIn(fields: Fields, field: string): GradeBecause {
  const text = textIn(fields, field);
  if (!BECAUSES.has(text)) throw new LineRefused("bad-field", { field, got: text });
  return text as GradeBecause;
}

function recordIn(value: unknown, field: string): Fields {
  if (!isRecord(value)) throw new LineRefused("bad-field", { field });
  return value;
}

function listIn(fields: Fields, field: string): readonly unknown[] {
  const value = fields[field];
  if (!Array.isArray(value) || value.length > DEEDS_MAX) throw new LineRefused("bad-field", { field });
  return value;
}

function textIn(fields: Fields, field: string): string {
  const text = typeof fields[field] === "string" ? textOf(fields[field], TEXT_LENGTH_MAX) : undefined;
  if (text === undefined) throw new LineRefused("bad-field", { field });
  return text;
}

function wholeIn(fields: Fields, field: string): number {
  const value = fields[field];
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new LineRefused("bad-field", { field });
  return value as number;
}

function secondsIn(fields: Fields, field: string): number {
  const value = fields[field];
  if (typeof value !== "number" || !(value >= 0) || value > SECONDS_MAX) throw new LineRefused("bad-field", { field });
  return Math.round(value * SECOND_MS);
}

/** A hundred years. */
const SECONDS_MAX = 3_155_760_000;

function timeIn(fields: Fields, field: string): Instant {
  const at = instantOf(fields[field]);
  if (typeof at !== "number") throw new LineRefused("bad-time", { field });
  return at;
}
