import { instantOf } from "../../time/fast-iso.ts";
import type { Signal } from "../../triage/signal.ts";
import { isRecord, linkOf, textOf, textsOf } from "../read.ts";
import type { IngestFacts, Problem, Source } from "../source.ts";

const SIGNALS_MAX = 1_000;
const KEY_LENGTH_MAX = 512;
const TEXT_LENGTH_MAX = 10_000;

/** The product's own format, `POST /api/v1/signals`: one object or a list of them (docs/ingest.md). */
export const signalsSource: Source = {
  name: "signals",
  read(body, facts) {
    const list: readonly unknown[] = Array.isArray(body) ? body : [body];
    const signals: Signal[] = [];
    const problems: Problem[] = [];
    if (list.length > SIGNALS_MAX)
      problems.push({
        index: SIGNALS_MAX,
        code: "too-many",
        message: `more than ${SIGNALS_MAX} signals in one request`,
      });
    for (const [index, one] of list.slice(0, SIGNALS_MAX).entries()) {
      const read = readSignal(one, facts, index);
      if ("source" in read) signals.push(read);
      else problems.push(read);
    }
    return { signals, problems };
  },
  reply: ({ signals, problems }) => ({
    status: problems.length === 0 ? 202 : 400,
    body: { accepted: signals.length, problems },
  }),
};

function readSignal(value: unknown, { at, integration }: IngestFacts, index: number): Signal | Problem {
  const bad = (message: string): Problem => ({ index, code: "bad-signal", message });
  if (!isRecord(value)) return bad("expected an object with 'key' and 'title'");
  const key = textOf(value.key, KEY_LENGTH_MAX);
  const title = textOf(value.title, TEXT_LENGTH_MAX);
  const status = value.status ?? "firing";
  if (key === undefined)
    return bad("'key' is missing: the text by which repeats and the end of this condition are recognised");
  if (status !== "firing" && status !== "resolved" && status !== "acknowledged")
    return bad("'status' must be firing, acknowledged or resolved");
  if (title === undefined && status === "firing") return bad("'title' is missing: what people will read first");
  const startsAt = instantOf(value.startsAt);
  const expiresAt = instantOf(value.expiresAt);
  if (startsAt === "unreadable" || expiresAt === "unreadable")
    return bad("'startsAt' and 'expiresAt' are RFC 3339 times");
  const severity = textOf(value.severity, 100);
  const service = textOf(value.service, 200);
  const description = textOf(value.description, TEXT_LENGTH_MAX);
  const labels = textsOf(value.labels, TEXT_LENGTH_MAX);
  if (service !== undefined) labels.service = service;
  const links = Array.isArray(value.links)
    ? value.links.flatMap((link) => (isRecord(link) ? linkOf(link.href, textOf(link.text, 200) ?? "link") : []))
    : [];
  return {
    source: "signals",
    integration,
    key,
    action: status === "firing" ? "fire" : status === "resolved" ? "resolve" : "acknowledge",
    title: title ?? key,
    labels,
    annotations: {},
    startsAt: startsAt ?? at,
    links,
    ...(severity === undefined ? {} : { severity }),
    ...(description === undefined ? {} : { description }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
