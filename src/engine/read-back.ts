import { assert, Fault } from "../fault/fault.ts";
import { sources } from "../ingest/registry.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { canarySignal } from "./canary/canary-duty.ts";
import { CANARY_SOURCE } from "./canary/canary-policy.ts";
import type { Ports } from "./ports.ts";

/** Reads what the store keeps as text: a request as its source's adapter did, a version of the policy as it was read. */
export const readBack: Pick<Ports, "readSignals" | "readPolicy"> = {
  readSignals(source, body, facts) {
    const parsed: unknown = JSON.parse(body);
    if (source === CANARY_SOURCE) return { signals: [canarySignal((parsed as { at: number }).at)], problems: [] };
    const adapter = sources.get(source);
    assert(adapter !== undefined, `a stored request names a source that is known (${source})`);
    return adapter.read(parsed, facts);
  },
  readPolicy({ id, file, text }) {
    const { policy, diagnostics } = readPolicy({ file, text, id });
    if (policy === undefined) throw new Fault("policy-refused", { file, first: diagnostics[0]?.message.en });
    return policy;
  },
};
