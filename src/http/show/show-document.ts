import type { Drivers } from "../../escalation/means.ts";
import type { Locale } from "../../locale/said.ts";
import type { Seen } from "../../monitor/coverage.ts";
import type { MonitorId } from "../../monitor/monitor.ts";
import { watchRulesOf } from "../../monitor/watched-by.ts";
import { type Block, documentOf } from "../../policy/document.ts";
import type { Clause, Policy } from "../../policy/policy.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import { bindingsOf } from "../../proof/bindings.ts";
import { defaultText } from "../../proof/defaults.ts";
import type { Roster } from "../../roster/roster.ts";
import type { PolicyVersion } from "../../store/store.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import type { DocumentBlock, PolicyDocument, WireClause, WireFinding } from "../wire/policy.ts";
import { shownBinding } from "./show-bindings.ts";
import { shownDiagnostic, shownFindings } from "./show-policy.ts";

type Facts = {
  readonly roster: Roster;
  readonly drivers: Drivers;
  readonly at: Instant;
  readonly zone: string;
  readonly locale: Locale;
  readonly seen: (monitor: MonitorId) => Seen;
};

/** A version as its readers see it: the document, and beside each line what Bongsu makes of it today. */
export function shownDocument(version: PolicyVersion & { readonly current: boolean }, facts: Facts): PolicyDocument {
  const { id, file, text, activatedAt, by, current } = version;
  const { policy, diagnostics } = readPolicy({ id, file, text });
  const findings = policy === undefined ? [] : shownFindings(policy, { ...facts, file });
  const clausesAt = policy === undefined ? () => [] : clausesByLine(policy, findings, facts);
  return {
    id,
    file,
    title: policy?.title ?? file,
    locale: policy?.locale ?? "ko",
    text,
    current,
    activatedAt: toIso(activatedAt),
    by,
    grades: (policy?.grades ?? []).map(({ name }) => name),
    services: [...new Set([...(policy?.services ?? []), ...facts.roster.services].map(({ name }) => name))],
    blocks: documentOf({ file, text }).map((block) => shownBlock(block, clausesAt)),
    glossary: (policy?.glossary ?? []).map(({ term, meaning }) => ({ term, meaning })),
    diagnostics: diagnostics.map((one) => shownDiagnostic(one, facts.locale)),
    findings,
  };
}

function shownBlock(block: Block, clausesAt: (line: number) => readonly WireClause[]): DocumentBlock {
  const within = (blocks: readonly Block[]): readonly DocumentBlock[] =>
    blocks.map((one) => shownBlock(one, clausesAt));
  switch (block.is) {
    case "program":
      return { ...block, lines: block.lines.map((line) => ({ ...line, clauses: clausesAt(line.line) })) };
    case "list":
      return {
        ...block,
        items: block.items.map(({ line, blocks }) => ({ line, blocks: within(blocks), clauses: clausesAt(line) })),
      };
    case "quote":
      return { ...block, blocks: within(block.blocks) };
    default:
      return block;
  }
}

/** The clauses that start on a line, with what was found of each, left open in it and bound to it. */
function clausesByLine(
  policy: Policy,
  findings: readonly WireFinding[],
  facts: Facts,
): (line: number) => readonly WireClause[] {
  const bindings = bindingsOf(policy, facts);
  const rules = watchRulesOf(policy).filter(({ monitor }) => monitor.from === "default");
  const shown = (clause: Clause): WireClause => ({
    id: clause.id,
    path: clause.path,
    text: clause.text,
    findings: findings.filter((one) => one.clause === clause.id).map(({ id }) => id),
    defaults: [
      ...policy.defaults.filter((one) => one.clause === clause.id).map((one) => defaultText(one)[facts.locale]),
      ...rules.filter((one) => one.clause === clause.id).map(({ text }) => text[facts.locale]),
    ],
    bindings: (bindings.get(clause.id) ?? []).map((one) => shownBinding(one, facts)),
  });
  const byLine = Map.groupBy(policy.clauses.values(), ({ line }) => line);
  return (line) => (byLine.get(line) ?? []).map(shown);
}
