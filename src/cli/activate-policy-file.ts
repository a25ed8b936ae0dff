import type { Diagnostic } from "../policy/diagnostic.ts";
import type { PolicyId } from "../policy/policy.ts";
import type { Store } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import { policyIdOf, readPolicyFile } from "./read-files.ts";

/** What became of the policy file at a start. */
export type FileTaken =
  | { readonly is: "activated"; readonly id: PolicyId }
  | { readonly is: "in-force"; readonly id: PolicyId }
  /** Another version was activated since the file was last read, and the file did not change: that one stays. */
  | { readonly is: "kept"; readonly id: PolicyId; readonly by: string; readonly activatedAt: Instant }
  | { readonly is: "refused"; readonly diagnostics: readonly Diagnostic[]; readonly inForce: boolean };

/** The version that was read from the policy file last. */
const LAST_READ = "policy-file";

/**
 * The policy file is put in force when its text changed since it was last read, or when nothing is in force. Somebody
 * may have activated another version meanwhile; a restart is no reason to undo that. With errors it is refused and
 * what is in force stays.
 */
export async function activatePolicyFile(store: Store, file: string, now: Instant): Promise<FileTaken> {
  const { text, policy, diagnostics } = readPolicyFile(file);
  if (policy === undefined) return { is: "refused", diagnostics, inForce: (await store.currentPolicy()) !== undefined };
  const id = policyIdOf(text);
  return store.transaction(async (queries): Promise<FileTaken> => {
    const current = await queries.currentPolicy();
    const isUnchanged = (await queries.setting(LAST_READ)) === id;
    if (!isUnchanged) await queries.putSetting(LAST_READ, id);
    if (current?.id === id) return { is: "in-force", id };
    if (current !== undefined && isUnchanged)
      return { is: "kept", id: current.id, by: current.by, activatedAt: current.activatedAt };
    const at = Math.max(now, (current?.activatedAt ?? 0) + 1);
    await queries.putPolicy({ id, file, text, activatedAt: at, by: "bongsu start" });
    const facts = { id, file, before: current?.id ?? null };
    await queries.appendAudit([{ at, by: "bongsu start", action: "policy.activated", facts }]);
    return { is: "activated", id };
  });
}
