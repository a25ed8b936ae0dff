import type { Instant } from "../time/instant.ts";

/** One message from a source, in the product's own words. `(integration, key)` is the alert it belongs to. */
export type Signal = {
  /** The ingest folder that read it: `prometheus`, `pagerduty`, `signals`, `person`, `canary`. */
  readonly source: string;
  /** Whose credential brought it; the same key from another integration is another alert. */
  readonly integration: string;
  /** The source's own dedup key (Prometheus: the fingerprint of the labels). */
  readonly key: string;
  readonly action: "fire" | "acknowledge" | "resolve";
  /** As the source said it (`critical`, `P1`, `page`); triage makes a grade of it. */
  readonly severity?: string;
  readonly title: string;
  readonly description?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: Instant;
  /** When the source promises to have spoken again; past it without a word the alert is silent, not resolved. */
  readonly expiresAt?: Instant;
  readonly links: readonly Link[];
};

export type Link = { readonly href: string; readonly text: string };
