import type { Engine } from "../engine/engine.ts";
import { policyDraft, readVersion } from "../engine/policies.ts";
import { Fault } from "../fault/fault.ts";
import type { Locale } from "../locale/said.ts";
import { policyIdOf } from "../policy/policy-id.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { demandFewClauses, documentIn } from "./policy-body.ts";
import { shownDiagnostic } from "./show/show-policy.ts";
import type { Subject } from "./show/show-simulation.ts";

/**
 * The document that a request names: a version by its id, the shared `draft`, a text, or what is in force where it names
 * none. Faults `not-found`, `policy-refused`, `bad-request`.
 */
export async function whichPolicy(
  engine: Engine,
  which: unknown,
  locale: Locale,
): Promise<Subject & { readonly text: string }> {
  const { store } = engine.ports;
  if (which === undefined || which === null || which === "") {
    const current = await store.currentPolicy();
    if (current === undefined) throw new Fault("not-found", { policy: "in force" });
    return { ...(await readVersion(engine, current.id)), stored: true };
  }
  if (which === "draft") {
    const draft = await policyDraft(store);
    if (draft?.text == null) throw new Fault("not-found", { policy: "draft" });
    return ofText(engine, { text: draft.text, file: draft.file ?? "policy.md" }, locale);
  }
  if (typeof which === "string") return { ...(await readVersion(engine, which)), stored: true };
  if (typeof which !== "object") throw new Fault("bad-request", { field: "policy", expected: "an id or a document" });
  return ofText(engine, documentIn(which as Readonly<Record<string, unknown>>), locale);
}

function ofText(
  { ports }: Engine,
  source: { readonly text: string; readonly file: string },
  locale: Locale,
): Subject & { readonly text: string } {
  const { policy, diagnostics } = readPolicy({ ...source, id: policyIdOf(source.text, ports.sha256) });
  if (policy === undefined)
    throw new Fault("policy-refused", {
      file: source.file,
      diagnostics: diagnostics.map((one) => shownDiagnostic(one, locale)),
    });
  demandFewClauses(policy);
  return { policy, ...source, stored: false };
}
