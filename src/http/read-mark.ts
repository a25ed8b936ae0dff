import { Fault } from "../fault/fault.ts";
import { linkOf, textsOf } from "../ingest/read.ts";
import type { Mark } from "../monitor/mark.ts";
import { fromIso, type Instant } from "../time/instant.ts";
import { textIn } from "./access.ts";

type Body = Readonly<Record<string, unknown>>;

const TITLE_LENGTH_MAX = 250;
const WORD_LENGTH_MAX = 100;
const LABELS_MAX = 20;
const LABEL_LENGTH_MAX = 200;

/** What a program sends of something that was deployed or changed. */
export function markIn(body: Body, now: Instant): Pick<Mark, "at" | "title" | "kind" | "labels" | "link"> {
  const service = optionalText(body, "service", LABEL_LENGTH_MAX);
  const labels = textsOf(body.labels, LABEL_LENGTH_MAX);
  if (Object.keys(labels).length > LABELS_MAX)
    throw new Fault("bad-request", { field: "labels", expected: `at most ${LABELS_MAX} of them` });
  const [link] = body.link === undefined ? [] : linkOf(body.link, "link");
  if (body.link !== undefined && body.link !== null && link === undefined)
    throw new Fault("bad-request", { field: "link", expected: "an address that begins with http:// or https://" });
  return {
    at: timeIn(body.at, now),
    title: textIn(body, "title").slice(0, TITLE_LENGTH_MAX),
    kind: optionalText(body, "kind", WORD_LENGTH_MAX) ?? "deploy",
    labels: { ...labels, ...(service === undefined ? {} : { service }) },
    ...(link === undefined ? {} : { link: link.href }),
  };
}

function optionalText(body: Body, field: string, lengthMax: number): string | undefined {
  if (body[field] === undefined || body[field] === null) return undefined;
  return textIn(body, field).slice(0, lengthMax);
}

function timeIn(value: unknown, now: Instant): Instant {
  if (value === undefined || value === null) return now;
  const at = typeof value === "string" ? fromIso(value) : undefined;
  if (at === undefined) throw new Fault("bad-request", { field: "at", expected: "an RFC 3339 time" });
  return at;
}
