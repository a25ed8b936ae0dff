import type { Drivers } from "../escalation/means.ts";
import type { Policy } from "../policy/policy.ts";
import type { Roster } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import { documentFindings } from "./document-findings.ts";
import type { Finding } from "./finding.ts";
import { dependencyFindings, monitorFindings } from "./monitor-findings.ts";
import { horizonOf, proveReach, type ReachProof } from "./prove-reach.ts";
import { reachFindings } from "./reach-findings.ts";
import { rosterFindings } from "./roster-findings.ts";
import { rotationFindings } from "./rotation-findings.ts";

/**
 * What `bongsu check` finds: in the document alone, and in the document held against a roster, at every instant of the
 * next twelve months. Pure. What is worst comes first, then in the order of the document.
 */
export function findingsOf(policy: Policy, roster: Roster | undefined, facts: FindingFacts): readonly Finding[] {
  const found = [
    ...documentFindings(policy, facts.drivers),
    ...monitorFindings(policy, roster?.monitors ?? []),
    ...(roster === undefined
      ? []
      : [
          ...rosterFindings(policy, roster, facts),
          ...dependencyFindings(policy, roster),
          ...rotationFindings(policy, roster, facts),
          ...overTime(policy, roster, facts),
        ]),
  ];
  const lineOf = ({ clause }: Finding): number => policy.clauses.get(clause)?.line ?? 0;
  return found.sort(
    (one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) || lineOf(one) - lineOf(other),
  );
}

export type FindingFacts = {
  readonly drivers: Drivers;
  readonly at: Instant;
  /** In which times are written where a rotation says none. */
  readonly zone?: string;
  /** The proof of reach where it was made already, with the deaths that are to be supposed. */
  readonly proof?: ReachProof;
};

const ZONE = "Asia/Seoul";

function overTime(policy: Policy, roster: Roster, facts: FindingFacts): readonly Finding[] {
  const { drivers, at, zone = ZONE } = facts;
  const proof =
    facts.proof ?? proveReach({ policy, roster, drivers, from: at, until: horizonOf(at, zone), withDeaths: false });
  return reachFindings(proof, { policy, roster, drivers, zone });
}

const LEVELS: readonly Finding["level"][] = ["error", "warning", "info"];
