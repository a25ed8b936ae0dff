import type { FastifyInstance } from "fastify";
import type { Read } from "../../ingest/source.ts";
import type { NewInbox } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import { type HttpFacts, may } from "../access.ts";
import type { ShownIntegrations, ShownPayload } from "../wire/integrations.ts";
import { shownToken } from "./tokens.ts";

const PAYLOADS_SHOWN = 3;
const EXCERPT_LENGTH = 4_000;
const SIGNALS_SHOWN = 10;

/** What sends signals, and the last that came: as it came, as it was read, and what became of it. */
export function integrationRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { store, settings, readSignals } = facts.engine.ports;

  server.get("/api/v1/integrations", may(facts, "integrations.read"), async (): Promise<ShownIntegrations> => {
    const integrations = [];
    for (const token of await store.tokens()) {
      if (token.revokedAt !== undefined) continue;
      const received = await store.recentInbox(token.id, PAYLOADS_SHOWN);
      // A token that may do everything is shown here once something was sent with it.
      if (!token.scopes.includes("ingest") && received.length === 0) continue;
      integrations.push({ ...shownToken(token), payloads: received.map(shownPayload) });
    }
    integrations.sort((one, other) => (other.lastUsedAt ?? "").localeCompare(one.lastUsedAt ?? ""));
    return { publicUrl: settings.publicUrl, integrations };
  });

  function shownPayload(row: NewInbox & { readonly outcome: string; readonly because?: string }): ShownPayload {
    const { source, integration, body, receivedAt, outcome, because } = row;
    let read: Read = { signals: [], problems: [] };
    try {
      read = readSignals(source, body, { at: receivedAt, integration });
    } catch (error) {
      read = { signals: [], problems: [{ index: 0, code: "unreadable", message: String(error) }] };
    }
    return {
      receivedAt: toIso(receivedAt),
      source,
      excerpt: body.slice(0, EXCERPT_LENGTH).toWellFormed(),
      length: body.length,
      outcome: outcome === "done" || outcome === "poison" ? outcome : "new",
      because: because ?? null,
      signals: read.signals.slice(0, SIGNALS_SHOWN).map(({ action, title, severity, labels }) => ({
        action,
        title,
        severity: severity ?? null,
        labels,
      })),
      signalCount: read.signals.length,
      problems: read.problems.slice(0, SIGNALS_SHOWN).map(({ message }) => message),
    };
  }
}
