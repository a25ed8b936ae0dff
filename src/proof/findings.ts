import type { Drivers } from "../escalation/means.ts";
import type { Policy } from "../policy/policy.ts";
import type { Roster } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import { documentFindings } from "./document-findings.ts";
import type { Finding } from "./finding.ts";
import { rosterFindings } from "./roster-findings.ts";
import { rotationFindings } from "./rotation-findings.ts";

/**
 * What `bongsu check` finds: in the document alone, and in the document held against a roster. Pure. What is worst comes
 * first, then in the order of the document.
 */
export function findingsOf(
  policy: Policy,
  roster: Roster | undefined,
  facts: { readonly drivers: Drivers; readonly at: Instant },
): readonly Finding[] {
  const found = [
    ...documentFindings(policy, facts.drivers),
    ...(roster === undefined
      ? []
      : [...rosterFindings(policy, roster, facts), ...rotationFindings(policy, roster, facts)]),
  ];
  const lineOf = ({ clause }: Finding): number => policy.clauses.get(clause)?.line ?? 0;
  return found.sort(
    (one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) || lineOf(one) - lineOf(other),
  );
}

const LEVELS: readonly Finding["level"][] = ["error", "warning", "info"];
