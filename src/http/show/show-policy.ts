import type { Drivers } from "../../escalation/means.ts";
import type { Locale } from "../../locale/said.ts";
import type { Diagnostic } from "../../policy/diagnostic.ts";
import type { Policy } from "../../policy/policy.ts";
import { findingsOf } from "../../proof/findings.ts";
import { byId, mendsOf } from "../../proof/mend-policy.ts";
import type { Roster } from "../../roster/roster.ts";
import type { Instant } from "../../time/instant.ts";
import type { WireDiagnostic, WireFinding } from "../wire/policy.ts";

export function shownDiagnostic(diagnostic: Diagnostic, locale: Locale): WireDiagnostic {
  const { level, code, message, line, column, found, expected } = diagnostic;
  return { level, code, message: message[locale], line, column, found, expected: expected[locale] };
}

/** What there is to find in a document held against the roster of now, worst first, each with what may be written. */
export function shownFindings(
  policy: Policy,
  facts: {
    readonly roster: Roster;
    readonly drivers: Drivers;
    readonly at: Instant;
    readonly locale: Locale;
    readonly file: string;
    readonly zone: string;
  },
): readonly WireFinding[] {
  const { locale } = facts;
  const findings = findingsOf(policy, facts.roster, facts);
  const mends = mendsOf(findings, policy, facts);
  return [...byId(findings)].map(([id, finding]) => ({
    id,
    level: finding.level,
    code: finding.code,
    clause: finding.clause,
    line: policy.clauses.get(finding.clause)?.line ?? 0,
    message: finding.message[locale],
    why: finding.why[locale],
    mend: finding.mend[locale],
    choices: mends.get(finding)?.choices ?? null,
  }));
}
