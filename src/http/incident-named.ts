import type { FastifyRequest } from "fastify";
import { Fault } from "../fault/fault.ts";
import type { Incident } from "../incident/incident.ts";
import type { Queries } from "../store/store.ts";

/** The incident that the path names, `42` or `INC-42`; Fault `not-found` where there is none. */
export async function incidentNamed(queries: Queries, request: FastifyRequest): Promise<Incident> {
  const { number } = request.params as { number: string };
  const digits = /^(?:INC-)?(\d{1,9})$/i.exec(number)?.[1];
  const incident = digits === undefined ? undefined : await queries.incidentByNumber(Number(digits));
  if (incident === undefined) throw new Fault("not-found", { incident: number });
  return incident;
}
