import { instantOf } from "../../time/fast-iso.ts";
import { MINUTE_MS } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import { isRecord, linkOf, textOf } from "../read.ts";
import type { IngestFacts, Problem, Read, Source } from "../source.ts";
import { fingerprint } from "./fingerprint.ts";

/** Alertmanager's `resolve_timeout`: how long an alert without an end is taken to last. */
const RESOLVE_TIMEOUT_MS = 5 * MINUTE_MS;
const LABEL_LENGTH_MAX = 10_000;
const ALERTS_MAX = 10_000;

/**
 * `POST /api/v2/alerts` as Prometheus sends it. An alert is resolved where its end has passed when it arrives; that its
 * end passes later without a word is not recovery but silence (`expiresAt`).
 */
export const prometheusSource: Source = {
  name: "prometheus",
  read(body, facts) {
    if (!Array.isArray(body))
      return { signals: [], problems: [{ index: 0, code: "not-a-list", message: "expected a JSON array of alerts" }] };
    const signals: Signal[] = [];
    const problems: Problem[] = [];
    for (let index = 0; index < body.length; index++) {
      if (index >= ALERTS_MAX) {
        problems.push({ index, code: "too-many", message: `more than ${ALERTS_MAX} alerts in one request` });
        break;
      }
      const read = readAlert(body[index], facts, index);
      if ("key" in read) signals.push(read);
      else problems.push(read);
    }
    return { signals, problems };
  },
  reply: ({ problems }: Read) =>
    problems.length === 0
      ? { status: 200 }
      : {
          status: 400,
          body: problems
            .map(({ message }) => message)
            .join("; ")
            .slice(0, 2_000),
        },
};

function readAlert(value: unknown, { at, integration }: IngestFacts, index: number): Signal | Problem {
  if (!isRecord(value)) return { index, code: "not-an-alert", message: `alert ${index}: expected an object` };
  const labels = labelsOf(value.labels);
  if (typeof labels === "string") return { index, code: "bad-label", message: `alert ${index}: ${labels}` };
  let isEmpty = true;
  for (const _ in labels) {
    isEmpty = false;
    break;
  }
  if (isEmpty) return { index, code: "no-labels", message: `alert ${index}: at least one label pair required` };
  const started = instantOf(value.startsAt);
  const ends = instantOf(value.endsAt);
  if (started === "unreadable" || ends === "unreadable") {
    return { index, code: "bad-time", message: `alert ${index}: startsAt and endsAt are RFC 3339 times` };
  }
  if (started !== undefined && ends !== undefined && ends < started) {
    return { index, code: "ends-before-start", message: `alert ${index}: start time must be before end time` };
  }
  const startsAt = started ?? Math.min(ends ?? at, at);
  const endsAt = ends ?? at + RESOLVE_TIMEOUT_MS;
  const annotations = isRecord(value.annotations) ? textsOfAnnotations(value.annotations) : {};
  const description = annotations.description ?? annotations.message;
  const over = endsAt <= at;
  return {
    source: "prometheus",
    integration,
    key: fingerprint(labels),
    action: over ? "resolve" : "fire",
    title: annotations.summary ?? annotations.title ?? labels.alertname ?? Object.values(labels)[0] ?? "alert",
    labels,
    annotations,
    startsAt,
    links: linkOf(value.generatorURL, "Prometheus"),
    ...(labels.severity === undefined ? {} : { severity: labels.severity }),
    ...(description === undefined ? {} : { description }),
    ...(over ? {} : { expiresAt: endsAt }),
  };
}

/** Labels as Alertmanager takes them: empty values are no labels; the reason where they are none at all. */
function labelsOf(value: unknown): Record<string, string> | string {
  if (!isRecord(value)) return "labels must be an object";
  const labels: Record<string, string> = {};
  for (const name in value) {
    const text = value[name];
    if (typeof text !== "string") return `label ${name} must be a string`;
    if (text === "" || name === "__proto__") continue;
    if (text.length > LABEL_LENGTH_MAX) return `label ${name} is too long`;
    if (!text.isWellFormed() || text.includes("\0")) return `label ${name} is not valid UTF-8`;
    labels[name] = text;
  }
  return labels;
}

function textsOfAnnotations(value: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name in value) {
    const text = textOf(value[name], LABEL_LENGTH_MAX);
    if (text !== undefined && name !== "__proto__") texts[name] = text;
  }
  return texts;
}
