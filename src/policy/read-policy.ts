import { policySaid as said } from "../locale/policy.ts";
import { policyLines } from "../monitor/policy-lines.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Fence, type GlossaryLine, partsOf } from "./fences.ts";
import { leavesOf } from "./leaves.ts";
import type { BlockKind, GradeTiming, Policy, PolicyId, Procedure } from "./policy.ts";
import { readGrades } from "./read-grades.ts";
import { readNotifications } from "./read-notifications.ts";
import { readEscalation, readLegalClocks, readServices, readThresholds } from "./read-options.ts";
import { readProcedure } from "./read-procedure.ts";
import { readMonitoring, readSections } from "./read-sections.ts";
import { readTeams } from "./read-teams.ts";
import { type Leaf, Reading } from "./reading.ts";
import { REOPEN_WITHIN_MS, STORM_AFTER, timingOfGrade } from "./timing.ts";
import { type Entry, type Tree, treeOf } from "./tree.ts";
import { allBlockWords, blockNamed, nearest, wordKey, wordsOfBlock } from "./vocabulary.ts";

export type PolicySource = { readonly file: string; readonly text: string; readonly id: PolicyId };

export type ReadPolicy = {
  /** Absent where there is a diagnostic of level error: a version is taken whole or not at all. */
  readonly policy?: Policy;
  readonly diagnostics: readonly Diagnostic[];
  /** Every key and value of the YAML, with the clause it became. */
  readonly leaves: readonly Leaf[];
};

/**
 * Reads a policy document: Markdown with fenced YAML, or plain YAML (by the file's name). Never throws; whatever is
 * wrong is a diagnostic with its place, what was found and what was expected.
 */
export function readPolicy(source: PolicySource): ReadPolicy {
  const reading = new Reading(source.file);
  const text = source.text.replace(/^\uFEFF/u, "").replace(/\r\n?/gu, "\n");
  const isYaml = /\.ya?ml$/iu.test(source.file);
  const parts = isYaml ? { title: undefined, fences: [{ text, line: 1, column: 1 }], glossary: [] } : partsOf(text);
  const blocks = new Map<BlockKind, Entry>();
  const trees: Tree[] = [];
  for (const fence of parts.fences) trees.push(gather(reading, fence, blocks));
  if (blocks.size === 0 && reading.diagnostics.length === 0) {
    reading.say("error", "no-blocks", { line: 1, column: 1 }, text.slice(0, 60), said.noBlocks(), said.expectsBlocks());
  }

  const policy = policyOf(reading, blocks, parts.glossary, { id: source.id, title: parts.title ?? source.file, text });
  const leaves = trees.flatMap((tree) => leavesOf(tree, reading));
  const isRefused = reading.diagnostics.some(({ level }) => level === "error");
  return { diagnostics: reading.diagnostics, leaves, ...(isRefused ? {} : { policy }) };
}

/** Puts the blocks of one fence to those found before. */
function gather(reading: Reading, fence: Fence, blocks: Map<BlockKind, Entry>): Tree {
  const { tree, problems } = treeOf(fence);
  for (const problem of problems) {
    reading.say("error", "broken-yaml", problem, problem.found, said.brokenYaml(problem), said.expectsYaml());
  }
  if (tree.kind !== "map") {
    if (tree.kind !== "empty") reading.wrongShape(tree, fence.text.split("\n")[0] ?? "", said.expectsMap());
    return tree;
  }
  for (const entry of tree.entries) {
    const kind = blockNamed(entry.key);
    if (kind === undefined) {
      const words = MANDATORY.map((block) => wordsOfBlock(block)[0] ?? block);
      reading.unknownKey(entry, words, allBlockWords);
    } else if (blocks.has(kind)) reading.repeatedKey(entry);
    else blocks.set(kind, entry);
  }
  return tree;
}

const MANDATORY: readonly BlockKind[] = ["grades", "teams", "notifications"];
/** Read, kept, and not executed by this version: said once, so that nobody relies on them. */
const NOT_RUN_YET: readonly BlockKind[] = ["improvement", "legal-clocks"];

function policyOf(
  reading: Reading,
  blocks: ReadonlyMap<BlockKind, Entry>,
  glossary: readonly GlossaryLine[],
  source: { readonly id: PolicyId; readonly title: string; readonly text: string },
): Policy {
  const tree = (kind: BlockKind): Tree => {
    const entry = blocks.get(kind);
    if (entry === undefined) return { kind: "empty", line: 1, column: 1 };
    if (!reading.clauseAt(entry.at)) reading.clause(kind, [], entry.key, entry.at);
    return entry.value;
  };
  for (const kind of MANDATORY) {
    const entry = blocks.get(kind);
    if (reading.diagnostics.some(({ code }) => code === "no-blocks")) continue;
    const word = wordsOfBlock(kind)[0] ?? kind;
    if (entry !== undefined) {
      if (entry.value.kind !== "empty" && !(entry.value.kind === "map" && entry.value.entries.length === 0)) continue;
      reading.say("error", "empty-block", entry.at, entry.key, said.emptyBlock({ word }), said.expectsBlocks());
      continue;
    }
    reading.say(
      "error",
      "missing-block",
      { line: 1, column: 1 },
      "",
      said.missingBlock({ word }),
      said.expectsBlocks(),
    );
  }
  for (const kind of NOT_RUN_YET) {
    const entry = blocks.get(kind);
    if (entry)
      reading.say(
        "info",
        "not-run-yet",
        entry.at,
        entry.key,
        said.notRunYet({ block: entry.key }),
        said.keptForLater(),
      );
  }

  const grades = readGrades(reading, tree("grades"));
  const teams = readTeams(reading, tree("teams"));
  const notifications = readNotifications(reading, tree("notifications"));
  const procedures = (["initial-response", "resolution"] as const).flatMap((kind): Procedure[] => {
    const entry = blocks.get(kind);
    return entry === undefined ? [] : [readProcedure(reading, kind, entry)];
  });
  const escalation = readEscalation(reading, tree("escalation"));
  const timing = new Map<string, GradeTiming>();
  const watchedHarder = procedures
    .flatMap(({ stages }) => stages.flatMap(({ steps }) => steps))
    .find(({ text }) => isWatchingHarder(text));
  const defaults = grades.flatMap((grade, index) => {
    const words = [...escalation.grades].find(([name]) => wordKey(name) === wordKey(grade.name))?.[1];
    const set = timingOfGrade(grade, index === grades.length - 1 && grades.length > 1, words);
    timing.set(grade.name, set.timing);
    if (words?.timing.watchHarder !== undefined) return set.defaults;
    const { watchHarder } = set.timing;
    const clause = watchedHarder?.id ?? grade.clause;
    return [...set.defaults, { code: "watchHarder", clause, value: `${grade.name} ${watchHarder}` }];
  });
  if (escalation.reopenWithin === undefined && grades[0]) {
    defaults.push({ code: "reopenWithin", clause: grades[0].clause, value: String(REOPEN_WITHIN_MS) });
  }
  if (escalation.stormAfter === undefined && grades[0]) {
    defaults.push({ code: "stormAfter", clause: grades[0].clause, value: String(STORM_AFTER) });
  }

  const policy: Policy = {
    id: source.id,
    title: source.title,
    locale: /[가-힣]/u.test(source.text) ? "ko" : "en",
    grades,
    teams,
    notifications,
    monitoring: readMonitoring(reading, tree("monitoring")),
    procedures,
    report: readSections(reading, "report", tree("report")),
    improvement: readSections(reading, "improvement", tree("improvement")),
    glossary: glossary.map(({ term, meaning, ...at }) => ({
      term,
      meaning,
      clause: reading.clause("glossary", [term], `${term}: ${meaning}`, at),
    })),
    thresholds: readThresholds(reading, tree("thresholds")),
    services: readServices(reading, tree("services")),
    legalClocks: readLegalClocks(reading, tree("legal-clocks")),
    timing,
    reopenWithin: escalation.reopenWithin ?? REOPEN_WITHIN_MS,
    stormAfter: escalation.stormAfter ?? STORM_AFTER,
    defaults,
    clauses: reading.clauses,
  };
  return named(reading, policy, escalation.grades);
}

/** A step of a procedure that asks for it in words: `모니터링 강화`. */
function isWatchingHarder(step: string): boolean {
  return /(모니터링|감시)강화|강화(된)?(모니터링|감시)|(watch|monitor)(ing)?(harder|closely)|(heightened|enhanced|increased)monitoring/u.test(
    wordKey(step),
  );
}

/** Names that point elsewhere in the document have to be there; they are kept as the other place writes them. */
function named(reading: Reading, policy: Policy, escalation: ReadonlyMap<string, { at: Entry["at"] }>): Policy {
  const team = (name: string): string | undefined =>
    policy.teams.find((one) => wordKey(one.name) === wordKey(name))?.name;
  const grade = (name: string): string | undefined =>
    policy.grades.find((one) => wordKey(one.name) === wordKey(name))?.name;
  const words = policy.teams.map(({ name }) => name);
  const gradeWords = policy.grades.map(({ name }) => name);
  for (const one of policy.grades) {
    if (team(one.owner) !== undefined || policy.teams.length === 0) continue;
    const at = reading.of(one.ownerClause);
    const expected = said.expectsOneOf({ words, nearest: nearest(one.owner, words) });
    reading.say("error", "unknown-team", at, one.owner, said.unknownTeam({ team: one.owner }), expected);
  }
  const pointsToGrade = (name: string, at: { line: number; column: number }): void => {
    if (grade(name) !== undefined || policy.grades.length === 0) return;
    const expected = said.expectsOneOf({ words: gradeWords, nearest: nearest(name, gradeWords) });
    reading.say("error", "unknown-grade", at, name, said.unknownGrade({ grade: name }), expected);
  };
  for (const rule of policy.notifications) pointsToGrade(rule.grade, reading.of(rule.clause));
  for (const [name, { at }] of escalation) pointsToGrade(name, at);
  for (const rule of policy.thresholds) {
    pointsToGrade(rule.grade, reading.of(rule.clause));
    const lines = policyLines(rule, policy.monitoring);
    if (typeof lines !== "string") continue;
    const at = reading.of(rule.clause);
    const found = lines === "unknown-item" ? rule.item : rule.text;
    reading.say(
      "error",
      `threshold-${lines}`,
      at,
      found,
      said.badThreshold({ ...rule, problem: lines }),
      said.expectsThreshold({ problem: lines }),
    );
  }
  for (const service of policy.services) if (service.grade) pointsToGrade(service.grade, reading.of(service.clause));
  for (const one of policy.grades) {
    if (policy.notifications.some((rule) => wordKey(rule.grade) === wordKey(one.name))) continue;
    if (policy.notifications.length === 0) continue;
    const at = reading.of(one.clause);
    reading.say(
      "error",
      "rule-missing",
      at,
      one.name,
      said.ruleMissing({ grade: one.name }),
      said.expectsRule({ grade: one.name }),
    );
  }
  return {
    ...policy,
    grades: policy.grades.map((one) => ({ ...one, owner: team(one.owner) ?? one.owner })),
    notifications: policy.notifications.map((rule) => ({ ...rule, grade: grade(rule.grade) ?? rule.grade })),
    thresholds: policy.thresholds.map((rule) => ({ ...rule, grade: grade(rule.grade) ?? rule.grade })),
    services: policy.services.map((one) => (one.grade ? { ...one, grade: grade(one.grade) ?? one.grade } : one)),
  };
}
