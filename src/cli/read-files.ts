import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Fault } from "../fault/fault.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import type { Policy, PolicyId } from "../policy/policy.ts";
import { policyIdOf as policyIdFrom } from "../policy/policy-id.ts";
import { readPolicy } from "../policy/read-policy.ts";

export function sha256(text: string): string {
  return hash("sha256", text);
}

export function policyIdOf(text: string): PolicyId {
  return policyIdFrom(text, sha256);
}

export function readPolicyFile(file: string): {
  readonly text: string;
  readonly policy: Policy | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const text = readTextFile(file);
  return { text, ...withPolicy(readPolicy({ file, text, id: policyIdOf(text) })) };
}

function withPolicy(read: ReturnType<typeof readPolicy>): {
  policy: Policy | undefined;
  diagnostics: readonly Diagnostic[];
} {
  return { policy: read.policy, diagnostics: read.diagnostics };
}

export function readTextFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Fault("config-unreadable", { file }, error);
  }
}
