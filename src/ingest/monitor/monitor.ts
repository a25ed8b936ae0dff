import type { Instant } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import { isRecord, linkOf, textOf, textsOf } from "../read.ts";
import type { Read, Source } from "../source.ts";

/**
 * What Bongsu's own monitors say: written by the engine, never by a sender. The body is the signals as they are, so that
 * reading it again from the inbox gives the same.
 */
export const monitorSource: Source = {
  name: "monitor",
  read(body): Read {
    if (!isRecord(body) || !Array.isArray(body.signals))
      return {
        signals: [],
        problems: [{ index: 0, code: "not-a-signal", message: "expected an object with 'signals'" }],
      };
    const read = body.signals.map((item) => signalOf(item));
    const problems = read.flatMap((one, index) =>
      one.length === 0 ? [{ index, code: "not-a-signal", message: "a signal is incomplete" }] : [],
    );
    return { signals: read.flat(), problems };
  },
  reply: ({ problems }) => ({ status: problems.length === 0 ? 202 : 400 }),
};

export function monitorBody(signals: readonly Signal[]): string {
  return JSON.stringify({ signals });
}

const KEY_LENGTH_MAX = 2_000;
const TEXT_LENGTH_MAX = 4_000;

function signalOf(item: unknown): readonly Signal[] {
  if (!isRecord(item)) return [];
  const { source, integration, action, startsAt, expiresAt } = item;
  const key = textOf(item.key, KEY_LENGTH_MAX);
  const title = textOf(item.title, TEXT_LENGTH_MAX);
  const severity = textOf(item.severity, TEXT_LENGTH_MAX);
  const description = textOf(item.description, TEXT_LENGTH_MAX);
  if (key === undefined || title === undefined || !isInstant(startsAt)) return [];
  if (action !== "fire" && action !== "resolve") return [];
  const links = Array.isArray(item.links)
    ? item.links.flatMap((link) => (isRecord(link) ? linkOf(link.href, textOf(link.text, TEXT_LENGTH_MAX) ?? "") : []))
    : [];
  const signal: Signal = {
    source: textOf(source, TEXT_LENGTH_MAX) ?? MONITOR_SOURCE,
    integration: textOf(integration, TEXT_LENGTH_MAX) ?? MONITOR_SOURCE,
    key,
    action,
    title,
    labels: textsOf(item.labels, TEXT_LENGTH_MAX),
    annotations: textsOf(item.annotations, TEXT_LENGTH_MAX),
    startsAt,
    links,
    ...(severity === undefined ? {} : { severity }),
    ...(description === undefined ? {} : { description }),
    ...(isInstant(expiresAt) ? { expiresAt } : {}),
  };
  return [signal];
}

function isInstant(value: unknown): value is Instant {
  return typeof value === "number" && Number.isSafeInteger(value);
}

/** The source and the integration of every signal that Bongsu's own measuring makes. */
export const MONITOR_SOURCE = "monitor";
