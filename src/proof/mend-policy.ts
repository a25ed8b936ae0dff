import type { Drivers } from "../escalation/means.ts";
import { asId } from "../id/id.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import type { Policy } from "../policy/policy.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { documentFindings } from "./document-findings.ts";
import type { Finding } from "./finding.ts";
import { type Mend, mendOf } from "./mends.ts";

/** One answer: a finding by its id, with the text that was chosen, or the proposed one. */
export type Answer = { readonly finding: string; readonly choice?: string };

export type Wanted = {
  /** Every finding of these codes is answered as proposed, those that come up by it as well. */
  readonly codes: readonly string[];
  readonly answers: readonly Answer[];
};

export type Mended = {
  readonly text: string;
  readonly applied: readonly { readonly finding: string; readonly code: string; readonly choice: string }[];
  /** Answers that could not be written: the choice does not fit there, or the finding is not one of the document. */
  readonly refused: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

/** How many clauses are read in all, each answer being one more reading of them; what is left open then stays open. */
const READ_MAX = 15_000;

/**
 * Writes answers to findings into the document: beside the line they are about where there is one, else into a block at
 * its end. After each the document is read again, so nothing is kept that breaks it or does not answer the finding.
 */
export function mendPolicy(
  source: { readonly text: string; readonly file: string },
  wanted: Wanted,
  drivers: Drivers,
): Mended {
  const crlf = source.text.includes("\r\n");
  const isYaml = /\.ya?ml$/iu.test(source.file);
  const read = (text: string): ReturnType<typeof readPolicy> =>
    readPolicy({ file: source.file, text, id: asId("draft") });
  let text = source.text.replace(/\r\n?/gu, "\n");
  let known = read(text);
  const applied: Mended["applied"][number][] = [];
  const refused = new Set<string>();
  for (let looked = 0; looked < READ_MAX && known.policy !== undefined; ) {
    const { policy } = known;
    looked += policy.clauses.size;
    const context = { policy, drivers, isYaml };
    const next = findOpen(policy, drivers, (id, finding) => {
      if (refused.has(id)) return false;
      const isWanted = wanted.codes.includes(finding.code) || wanted.answers.some((one) => one.finding === id);
      return isWanted && mendOf(finding, context) !== undefined;
    });
    if (next === undefined) break;
    const mend = mendOf(next.finding, context) as Mend;
    const choice = wanted.answers.find((one) => one.finding === next.id)?.choice ?? mend.choices[0] ?? "";
    const edited = isOneLine(choice) ? mend.apply(text, choice) : undefined;
    const again = edited === undefined ? undefined : read(edited);
    if (edited === undefined || again?.policy === undefined || isStillOpen(again.policy, drivers, next)) {
      refused.add(next.id);
      continue;
    }
    applied.push({ finding: next.id, code: next.finding.code, choice });
    text = edited;
    known = again;
  }
  const answered = new Set(applied.map(({ finding }) => finding));
  for (const { finding } of wanted.answers) if (!answered.has(finding)) refused.add(finding);
  return {
    text: crlf ? text.replaceAll("\n", "\r\n") : text,
    applied,
    refused: [...refused],
    diagnostics: known.diagnostics,
  };
}

/** What may be written in answer to each finding; the ones that no text answers are not in it. */
export function mendsOf(
  findings: readonly Finding[],
  policy: Policy,
  facts: { readonly drivers: Drivers; readonly file: string },
): ReadonlyMap<Finding, Mend> {
  const context = { policy, drivers: facts.drivers, isYaml: /\.ya?ml$/iu.test(facts.file) };
  return new Map(
    findings.flatMap((finding) => {
      const mend = mendOf(finding, context);
      return mend === undefined ? [] : [[finding, mend] as const];
    }),
  );
}

/** Findings by an id that stays while lines move: code and clause, counted where both are the same. */
export function byId(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const ids = new Map<string, Finding>();
  for (const finding of findings) {
    const base = `${finding.code}@${finding.clause}`;
    let id = base;
    for (let nth = 2; ids.has(id); nth++) id = `${base}#${nth}`;
    ids.set(id, finding);
  }
  return ids;
}

type Open = { readonly id: string; readonly finding: Finding };

function findOpen(
  policy: Policy,
  drivers: Drivers,
  wanted: (id: string, finding: Finding) => boolean,
): Open | undefined {
  for (const [id, finding] of byId(documentFindings(policy, drivers))) if (wanted(id, finding)) return { id, finding };
  return undefined;
}

/** A finding that became a note is answered as far as writing can. */
function isStillOpen(policy: Policy, drivers: Drivers, { finding }: Open): boolean {
  return documentFindings(policy, drivers).some(
    ({ code, clause, level }) => code === finding.code && clause === finding.clause && level === finding.level,
  );
}

function isOneLine(choice: string): boolean {
  return choice !== "" && choice.length <= 2_000 && !/[\p{Cc}\u2028\u2029]/u.test(choice);
}
