import { Fault } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import type { Policy, PolicyId } from "../policy/policy.ts";
import { policyIdOf } from "../policy/policy-id.ts";
import { readPolicy } from "../policy/read-policy.ts";
import type { Finding } from "../proof/finding.ts";
import { findingsOf } from "../proof/findings.ts";
import type { Queries } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import type { Engine } from "./engine.ts";
import { driversOf } from "./ports.ts";

export type Draft = {
  readonly revision: number;
  /** Null where it was taken away; the revision goes on counting. */
  readonly text: string | null;
  readonly file: string | null;
  readonly by: string;
  readonly at: Instant;
};

export type Activated = {
  readonly id: PolicyId;
  readonly activatedAt: Instant;
  readonly accepted: readonly string[];
  readonly unchanged: boolean;
};

const DRAFT = "policy-draft";

/**
 * Puts a document in force. Refused with Fault `policy-refused` where it cannot be read, and with `findings-open` where
 * it reaches somebody not whom it names and `accept` does not say that this is known.
 */
export async function activatePolicy(
  engine: Engine,
  source: { readonly text: string; readonly file: string },
  facts: { readonly by: string; readonly accept: readonly string[] },
): Promise<Activated> {
  const { ports, knowledge } = engine;
  const { text, file } = source;
  const id = policyIdOf(text, ports.sha256);
  const { policy, diagnostics } = readPolicy({ file, text, id });
  if (policy === undefined) throw new Fault("policy-refused", { file, diagnostics });
  const roster = await knowledge.roster(ports.store);
  const now = ports.clock.now();
  const held = { drivers: driversOf(ports.channels), at: now, zone: ports.settings.zone };
  const errors = findingsOf(policy, roster, held).filter(({ level }) => level === "error");
  const open = errors.filter(({ code }) => !facts.accept.includes(code));
  if (open.length > 0) throw new Fault("findings-open", { codes: codesOf(open), findings: open });
  const accepted = codesOf(errors);
  return ports.store.transaction(async (queries) => {
    const current = await queries.currentPolicy();
    await dropDraftOf(queries, text, { by: facts.by, at: now });
    if (current?.id === id) return { id, activatedAt: current.activatedAt, accepted, unchanged: true };
    const at = Math.max(now, (current?.activatedAt ?? 0) + 1);
    await queries.putPolicy({ id, file, text, activatedAt: at, by: facts.by });
    const audited = { id, file, accepted, before: current?.id ?? null };
    await queries.appendAudit([{ at, by: facts.by, action: "policy.activated", facts: audited }]);
    return { id, activatedAt: at, accepted, unchanged: false };
  });
}

/** A document by the id of its version; Fault `not-found`. */
export async function readVersion(
  engine: Engine,
  id: string,
): Promise<{ readonly policy: Policy; readonly text: string; readonly file: string }> {
  const version = await engine.ports.store.policy(asId(id));
  if (version === undefined) throw new Fault("not-found", { policy: id });
  return {
    policy: await engine.knowledge.policy(engine.ports.store, version.id),
    text: version.text,
    file: version.file,
  };
}

export async function policyDraft(queries: Queries): Promise<Draft | undefined> {
  return (await queries.setting(DRAFT)) as Draft | undefined;
}

/** Writes the shared draft where it is still as the writer saw it; Fault `conflict` that says who was faster. */
export async function saveDraft(
  engine: Engine,
  draft: { readonly text: string | null; readonly file: string | null },
  facts: { readonly by: string; readonly revision: number },
): Promise<Draft> {
  const { store, clock } = engine.ports;
  const { by, revision } = facts;
  const at = clock.now();
  return store.transaction(async (queries) => {
    const known = await policyDraft(queries);
    const next: Draft = { ...draft, revision: (known?.revision ?? 0) + 1, by, at };
    const isMine = revision === (known?.revision ?? 0) && (await queries.replaceSetting(DRAFT, known, next));
    if (!isMine) {
      const now = (await policyDraft(queries)) ?? known;
      throw new Fault("conflict", { because: "draft-changed", revision: now?.revision ?? 0, by: now?.by ?? "" });
    }
    const action = draft.text === null ? "policy.draft-removed" : "policy.drafted";
    await queries.appendAudit([{ at, by, action, facts: { revision: next.revision, file: draft.file } }]);
    return next;
  });
}

/** What came into force is no draft any more. */
async function dropDraftOf(
  queries: Queries,
  text: string,
  facts: { readonly by: string; readonly at: Instant },
): Promise<void> {
  const known = await policyDraft(queries);
  if (known?.text !== text) return;
  await queries.replaceSetting(DRAFT, known, { revision: known.revision + 1, text: null, file: null, ...facts });
}

function codesOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ code }) => code))];
}
