import type { Signal } from "../../triage/signal.ts";
import { isRecord, linkOf, textOf, textsOf } from "../read.ts";
import type { Problem, Source } from "../source.ts";

/** The source and the integration of what Bongsu says of heartbeats. */
export const HEARTBEAT_SOURCE = "heartbeat";

const KEY_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 10_000;

/** What Bongsu says of one heartbeat: written by the engine, never by a sender. */
export type HeartbeatWord = {
  /** The heartbeat, which is the key of its alert. */
  readonly heartbeat: string;
  readonly action: "fire" | "resolve";
  readonly title: string;
  readonly description?: string;
  /** The name of a grade. */
  readonly grade?: string;
  readonly service?: string;
  readonly since: number;
  readonly link?: string;
};

/** Reads a `HeartbeatWord` as the inbox keeps it. */
export const heartbeatSource: Source = {
  name: HEARTBEAT_SOURCE,
  read(body) {
    const read = readWord(body);
    return "key" in read ? { signals: [read], problems: [] } : { signals: [], problems: [read] };
  },
  reply: ({ problems }) => ({ status: problems.length === 0 ? 202 : 400 }),
};

function readWord(body: unknown): Signal | Problem {
  const bad = (message: string): Problem => ({ index: 0, code: "bad-heartbeat", message });
  if (!isRecord(body)) return bad("expected an object with 'heartbeat', 'action' and 'title'");
  const key = textOf(body.heartbeat, KEY_LENGTH_MAX);
  const title = textOf(body.title, TEXT_LENGTH_MAX);
  const { action, since } = body;
  if (key === undefined || title === undefined) return bad("'heartbeat' and 'title' are texts");
  if (action !== "fire" && action !== "resolve") return bad("'action' is fire or resolve");
  if (typeof since !== "number" || !Number.isSafeInteger(since)) return bad("'since' is an instant in milliseconds");
  const severity = textOf(body.grade, KEY_LENGTH_MAX);
  const description = textOf(body.description, TEXT_LENGTH_MAX);
  const service = textOf(body.service, KEY_LENGTH_MAX);
  return {
    source: HEARTBEAT_SOURCE,
    integration: HEARTBEAT_SOURCE,
    key,
    action,
    title,
    labels: { ...textsOf({ service }, KEY_LENGTH_MAX), heartbeat: key, alertname: key },
    annotations: {},
    startsAt: since,
    links: linkOf(body.link, key),
    ...(severity === undefined ? {} : { severity }),
    ...(description === undefined ? {} : { description }),
  };
}
