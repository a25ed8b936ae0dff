import type { FastifyRequest } from "fastify";
import { Fault } from "../fault/fault.ts";
import type { OtlpSamples } from "../ingest/otlp/to-samples.ts";
import type { Sample } from "../metric/sample.ts";
import type { Target } from "../monitor/target.ts";
import type { Token } from "../store/store.ts";
import type { HttpFacts } from "./access.ts";

/**
 * An agent's token speaks for one host: the one that it was made for, or the first that it spoke for. Whoever takes it
 * from there can neither report as another host nor ask for what another host needs to get into its targets.
 */
export async function demandOwnHost(
  { engine }: Pick<HttpFacts, "engine">,
  request: FastifyRequest,
  host: string,
): Promise<void> {
  const token = agentToken(request);
  if (token === undefined) return;
  const { store, clock } = engine.ports;
  const own = token.host === undefined ? await store.bindToken(token.id, host) : { host: token.host, isNew: false };
  if (own === undefined) throw new Fault("not-known");
  if (own.host !== host) throw new Fault("token-of-another-host", { host, tokenHost: own.host, token: token.name });
  const facts = { id: token.id, name: token.name, host };
  if (own.isNew) await store.appendAudit([{ at: clock.now(), by: token.name, action: "token.bound", facts }]);
}

/** The token of a request that is bound to one host; undefined where the caller may speak for any. */
export function agentToken({ caller }: FastifyRequest): Token | undefined {
  if (caller?.kind !== "token" || !caller.token.scopes.includes("agent")) return undefined;
  return caller.token.scopes.includes("admin") ? undefined : caller.token;
}

/**
 * Of what an agent sent, what it can have measured: its own host, and others only where the roster gave it targets, which
 * may look at other machines; never a target that the roster gave to somebody else.
 */
export function ownSamples(
  parts: readonly OtlpSamples[],
  host: string,
  targets: readonly Target[],
): { readonly parts: readonly OtlpSamples[]; readonly rejected: number; readonly because: string | undefined } {
  const looksAtOthers = targets.some(({ agent }) => agent === host);
  const others = new Set<string>(targets.filter(({ agent }) => agent !== host).map(({ id }) => id));
  const isOwn = ({ labels }: Sample): boolean =>
    (labels.host === undefined || labels.host === host || looksAtOthers) &&
    (labels.target === undefined || !others.has(labels.target));
  const own = parts.map((part) => ({ ...part, samples: part.samples.filter(isOwn) }));
  const rejected = countOf(parts) - countOf(own);
  const because = `${rejected}: of a host or a target that is not the agent's on ${host}`;
  return { parts: own, rejected, because: rejected === 0 ? undefined : because };
}

function countOf(parts: readonly OtlpSamples[]): number {
  return parts.reduce((sum, { samples }) => sum + samples.length, 0);
}
