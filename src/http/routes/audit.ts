import type { FastifyInstance } from "fastify";
import type { PositionedAudit } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import { type HttpFacts, may } from "../access.ts";
import type { ShownAuditPage } from "../wire/audit.ts";

const SHOWN_MAX = 200;
const SHOWN = 50;
/** Rows read at once, and how often: a filter that fits nothing ends here and goes on with the next page. */
const BATCH = 500;
const BATCHES_MAX = 20;

/** Who changed what: append-only, newest first. */
export function auditRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { store } = facts.engine.ports;
  server.get<{ Querystring: { topic?: string; by?: string; before?: string; limit?: string } }>(
    "/api/v1/audit",
    may(facts, "audit.read"),
    async ({ query }): Promise<ShownAuditPage> => {
      const { topic = "", by = "" } = query;
      const limit = Math.min(Math.max(Number(query.limit) || SHOWN, 1), SHOWN_MAX);
      const fits = (row: PositionedAudit): boolean =>
        (topic === "" || row.action.split(".")[0] === topic) &&
        (by === "" || row.by.toLowerCase().includes(by.toLowerCase()));
      const rows: PositionedAudit[] = [];
      let before = Number(query.before) || undefined;
      let isEnd = false;
      for (let batch = 0; batch < BATCHES_MAX && rows.length < limit && !isEnd; batch++) {
        const found = await store.audit(BATCH, before);
        isEnd = found.length < BATCH;
        before = found.at(-1)?.position ?? before;
        rows.push(...found.filter(fits));
      }
      const shown = rows.slice(0, limit);
      const next = rows.length > limit ? shown.at(-1)?.position : isEnd ? undefined : before;
      return { rows: shown.map(({ at, ...row }) => ({ ...row, at: toIso(at) })), next: next ?? null };
    },
  );
}
