import { asId } from "../id/id.ts";
import type { PolicyId } from "./policy.ts";

/** The same text is the same version. */
export function policyIdOf(text: string, sha256: (text: string) => string): PolicyId {
  return asId(`p${sha256(text).slice(0, 16)}`);
}
