import { instantOf } from "../../time/fast-iso.ts";
import type { Signal } from "../../triage/signal.ts";
import { isRecord, linkOf, textOf, textsOf } from "../read.ts";
import type { Read, Source } from "../source.ts";

const SUMMARY_LENGTH_MAX = 1_024;
const DEDUP_KEY_LENGTH_MAX = 255;
const TEXT_LENGTH_MAX = 10_000;

/** PagerDuty Events API v2, `POST /v2/enqueue`: what most tools can already send. The token is the body's `routing_key`. */
export const pagerdutySource: Source = {
  name: "pagerduty",
  read(body, { at, integration, newKey }) {
    if (!isRecord(body)) return invalid(["event must be an object"]);
    const errors: string[] = [];
    const action = body.event_action;
    if (action !== "trigger" && action !== "acknowledge" && action !== "resolve")
      errors.push("'event_action' must be one of trigger, acknowledge, resolve");
    const given = textOf(body.dedup_key, DEDUP_KEY_LENGTH_MAX + 1);
    if (given !== undefined && given.length > DEDUP_KEY_LENGTH_MAX)
      errors.push(`'dedup_key' is longer than ${DEDUP_KEY_LENGTH_MAX}`);
    if (given === undefined && action !== "trigger") errors.push("'dedup_key' is missing or blank");
    const payload = isRecord(body.payload) ? body.payload : {};
    const summary = textOf(payload.summary, SUMMARY_LENGTH_MAX);
    const source = textOf(payload.source, TEXT_LENGTH_MAX);
    if (action === "trigger") {
      if (!isRecord(body.payload)) errors.push("'payload' is missing");
      if (summary === undefined) errors.push("'payload.summary' is missing or blank");
      if (source === undefined) errors.push("'payload.source' is missing or blank");
      if (textOf(payload.severity, 100) === undefined) errors.push("'payload.severity' is missing or blank");
    }
    if (errors.length > 0) return invalid(errors);
    const startsAt = instantOf(payload.timestamp);
    const labels: Record<string, string> = {};
    for (const name of ["source", "component", "group", "class"] as const) {
      const text = textOf(payload[name], TEXT_LENGTH_MAX);
      if (text !== undefined) labels[name] = text;
    }
    if (labels.component !== undefined) labels.service = labels.component;
    const severity = textOf(payload.severity, 100)?.toLowerCase();
    const details =
      payload.custom_details === undefined
        ? undefined
        : JSON.stringify(payload.custom_details).slice(0, TEXT_LENGTH_MAX).toWellFormed();
    const links = Array.isArray(body.links)
      ? body.links.flatMap((link) => (isRecord(link) ? linkOf(link.href, textOf(link.text, 200) ?? "link") : []))
      : [];
    const signal: Signal = {
      source: "pagerduty",
      integration,
      key: given ?? newKey?.() ?? "",
      action: action === "trigger" ? "fire" : (action as "acknowledge" | "resolve"),
      title: summary ?? given ?? "",
      labels,
      annotations: textsOf(payload.custom_details, TEXT_LENGTH_MAX),
      startsAt: typeof startsAt === "number" ? startsAt : at,
      links: [...linkOf(body.client_url, textOf(body.client, 200) ?? "client"), ...links],
      ...(severity === undefined ? {} : { severity }),
      ...(details === undefined ? {} : { description: details }),
    };
    return { signals: [signal], problems: [] };
  },
  reply({ signals, problems }) {
    if (problems.length > 0) {
      const errors = problems.map(({ message }) => message);
      return { status: 400, body: { status: "invalid event", message: "Event object is invalid", errors } };
    }
    return { status: 202, body: { status: "success", message: "Event processed", dedup_key: signals[0]?.key ?? "" } };
  },
};

function invalid(messages: readonly string[]): Read {
  return { signals: [], problems: messages.map((message) => ({ index: 0, code: "invalid-event", message })) };
}
