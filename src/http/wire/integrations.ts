import type { ShownToken } from "./tokens.ts";

export type ShownSignal = {
  readonly action: "fire" | "acknowledge" | "resolve";
  readonly title: string;
  readonly severity: string | null;
  readonly labels: Readonly<Record<string, string>>;
};
export type ShownPayload = {
  readonly receivedAt: string;
  readonly source: string;
  /** The body as it came, cut where it is long. */
  readonly excerpt: string;
  readonly length: number;
  readonly outcome: "new" | "done" | "poison";
  readonly because: string | null;
  /** What it was read as. */
  readonly signals: readonly ShownSignal[];
  readonly signalCount: number;
  readonly problems: readonly string[];
};
export type ShownIntegration = ShownToken & { readonly payloads: readonly ShownPayload[] };
/** `GET /api/v1/integrations`: tokens that send, with what came last. */
export type ShownIntegrations = { readonly publicUrl: string; readonly integrations: readonly ShownIntegration[] };
