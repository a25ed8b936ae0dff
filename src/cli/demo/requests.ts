import type { Instant } from "../../time/instant.ts";
import { toIso } from "../../time/instant.ts";
import type { Condition } from "./conditions.ts";

/** How long Prometheus says that an alert lasts without further word: nobody repeats anything in the demo. */
const LASTS_MS = 30 * 86_400_000;

export type Told = {
  readonly condition: Condition;
  /** The instances from this one on, up to that one. */
  readonly from: number;
  readonly to: number;
  readonly began: Instant;
  readonly over?: Instant;
  /** When its source's word runs out, where it is to fall silent. */
  readonly until?: Instant;
  /** What tells one occurrence from another, for sources that name theirs. */
  readonly occurrence: string;
};

/** The bodies that the condition's source would send. */
export function requestsOf(told: Told): readonly unknown[] {
  const { condition, from, to } = told;
  const numbers = Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);
  switch (condition.source) {
    case "prometheus":
      return [numbers.map((number) => alert(told, number))];
    case "signals":
      return numbers.map((number) => signal(told, number));
    case "pagerduty":
      return numbers.map((number) => event(told, number));
  }
}

function instanceOf({ condition }: Told, number: number): string {
  return number === 0 ? condition.instance : `${condition.instance}-${number + 1}`;
}

function alert(told: Told, number: number): object {
  const { condition, began, over, until } = told;
  const { labels, severity, title, description } = condition;
  return {
    labels: { ...labels, severity, instance: `${instanceOf(told, number)}:9100`, cluster: "seoul-1" },
    annotations: { summary: title, description, runbook_url: "https://wiki.example.com/runbooks" },
    startsAt: toIso(began),
    endsAt: toIso(over ?? until ?? began + LASTS_MS),
    generatorURL: `https://prometheus.example.com/graph?g0.expr=${labels.alertname ?? ""}`,
  };
}

function signal(told: Told, number: number): object {
  const { condition, began, over } = told;
  const { labels, severity, title, description } = condition;
  const instance = instanceOf(told, number);
  return {
    key: `${labels.service ?? ""}/${instance}/${told.occurrence}`,
    status: over === undefined ? "firing" : "resolved",
    title,
    description,
    severity,
    service: labels.service,
    labels: { instance },
    startsAt: toIso(began),
    links: [{ href: "https://wiki.example.com/runbooks", text: "대응 절차서" }],
  };
}

function event(told: Told, number: number): object {
  const { condition, began, over, occurrence } = told;
  const { labels, severity, title, description } = condition;
  const instance = instanceOf(told, number);
  return {
    routing_key: "(demo)",
    event_action: over === undefined ? "trigger" : "resolve",
    dedup_key: `${instance}/${labels.class ?? ""}/${occurrence}`,
    payload: {
      summary: title,
      source: instance,
      severity,
      timestamp: toIso(began),
      component: labels.component,
      group: labels.group,
      class: labels.class,
      custom_details: { description },
    },
  };
}
