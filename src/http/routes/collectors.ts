import type { FastifyInstance } from "fastify";
import { collectors } from "../../collect/registry.ts";
import { COLLECTOR_FIELDS } from "../../collect/setting-fields.ts";
import { type HttpFacts, may } from "../access.ts";
import type { ShownCollectors } from "../wire/monitors.ts";

/** What there is to measure with, and what each can be told. */
export function collectorRoutes(server: FastifyInstance, facts: HttpFacts): void {
  server.get(
    "/api/v1/collectors",
    may(facts, "monitors.read"),
    (): ShownCollectors => ({
      collectors: [...collectors.values()].map(({ kind, local }) => ({
        kind,
        local,
        fields: (COLLECTOR_FIELDS[kind] ?? []).map(({ name, type, required, otherwise, choices, oneOf }) => ({
          name,
          type,
          required,
          otherwise: otherwise ?? null,
          choices: choices ?? [],
          oneOf: oneOf ?? null,
        })),
      })),
    }),
  );
}
