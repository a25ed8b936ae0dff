import { availableParallelism, cpus } from "node:os";
import type { Drivers } from "../src/escalation/means.ts";
import { asId } from "../src/id/id.ts";
import { readPolicy } from "../src/policy/read-policy.ts";
import { findingsOf } from "../src/proof/findings.ts";
import { horizonOf, type ProofFacts, provingReach, type ReachProof } from "../src/proof/prove-reach.ts";
import { readRoster } from "../src/roster/read-roster.ts";
import type { Roster } from "../src/roster/roster.ts";
import { rosterOf } from "../src/roster/roster-of.ts";
import { largePolicy, largeRoster, PEOPLE, ROTATIONS } from "./large-organisation.ts";
import { writeSection } from "./sections.ts";

/** A Thursday in November: the twelve months have all of Korea's holidays and every change of the clocks. */
const FROM = Temporal.Instant.from("2026-11-26T02:00:00Z").epochMilliseconds;
const ZONE = "Asia/Seoul";
const BUDGET_MS = 2_000;
const RUNS = 5;
const DRIVERS: Drivers = new Map([
  ["email", "people"],
  ["slack", "rooms"],
  ["sms", "people"],
]);

type Run = { readonly wallMs: number; readonly cpuMs: number; readonly longestMs: number; readonly proof: ReachProof };
type Line = readonly [what: string, measured: string, budget: string, holds: boolean];

/** `npm run bench -- proof [--write]`: the proof of reach of a large organisation over twelve months. */
export function benchProof(write: boolean): boolean {
  const { policy } = readPolicy({ file: "policy.yaml", text: largePolicy(), id: asId("bench") });
  if (policy === undefined) throw new Error("the policy of the bench cannot be read");
  const facts = { policy, drivers: DRIVERS, from: FROM, until: horizonOf(FROM, ZONE) };
  // The first run of the process has everything against it: nothing compiled, no duty worked out.
  const first = measured({ ...facts, roster: roster(), withDeaths: true });
  const warm = Array.from({ length: RUNS }, (_, nth) =>
    measured({ ...facts, roster: roster(`${nth}`), withDeaths: true }),
  );
  const edits = Array.from({ length: RUNS }, (_, nth) => edited({ policy, nth }));
  const lines: readonly Line[] = [
    line("the proof with every single death, first of the process", first.cpuMs, BUDGET_MS),
    line("the same by the clock on the wall", first.wallMs, BUDGET_MS),
    line("the same, the process warm, the roster another", median(warm.map(({ cpuMs }) => cpuMs)), BUDGET_MS),
    [
      "longest time until others have their turn, warm",
      `${median(warm.map(({ longestMs }) => longestMs)).toFixed(0)} ms`,
      "50 ms",
      median(warm.map(({ longestMs }) => longestMs)) <= 50,
    ],
    line("the findings of a change of one rotation, before and after", median(edits), 1_000),
  ];
  const { proof } = first;
  const text = section(lines, proof);
  console.log(text);
  if (write) writeSection(text);
  return lines.every(([, , , holds]) => holds);
}

/** `salt` makes it another roster: nothing that is remembered of the last serves it. */
function roster(salt = ""): Roster {
  const text = largeRoster().replaceAll(/^ {2}r(\d+): \{ participants: \[([^,\]]+), /gmu, (_, n, one) =>
    salt === "" ? `  r${n}: { participants: [${one}, ` : `  r${n}: { participants: [[${one}], [${one}, p${salt}], `,
  );
  const { items, diagnostics } = readRoster({ file: "roster.yaml", text });
  if (items === undefined) throw new Error(JSON.stringify(diagnostics[0]));
  return rosterOf(items);
}

function measured(facts: ProofFacts): Run {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  let longestMs = 0;
  const work = provingReach(facts);
  for (;;) {
    const since = process.cpuUsage();
    const step = work.next();
    longestMs = Math.max(longestMs, millis(process.cpuUsage(since)));
    if (step.done === true)
      return { wallMs: performance.now() - began, cpuMs: millis(process.cpuUsage(cpu)), longestMs, proof: step.value };
  }
}

/** What a change of the roster costs: the findings as they are and as they would be. */
function edited({ policy, nth }: { readonly policy: ProofFacts["policy"]; readonly nth: number }): number {
  const before = roster();
  const found = [...before.rotations.values()][nth];
  if (found === undefined) throw new Error("there are rotations");
  const after: Roster = {
    ...before,
    rotations: new Map([...before.rotations, [found.id, { ...found, participants: found.participants.slice(1) }]]),
  };
  const since = process.cpuUsage();
  for (const one of [before, after]) findingsOf(policy, one, { drivers: DRIVERS, at: FROM, zone: ZONE });
  return millis(process.cpuUsage(since));
}

function millis({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

function line(what: string, measuredMs: number, budgetMs: number): Line {
  return [what, `${measuredMs.toFixed(0)} ms`, `${budgetMs.toLocaleString("en")} ms`, measuredMs <= budgetMs];
}

function section(lines: readonly Line[], proof: ReachProof): string {
  const date = new Date().toISOString().slice(0, 10);
  const stretches = proof.grades.reduce((sum, grade) => sum + grade.stretches.length, 0);
  return [
    "## The proof of reach",
    "",
    `Measured ${date} by \`npm run bench -- proof --write\` on ${availableParallelism()} cores (${cpus()[0]?.model ?? ""}), Node`,
    `${process.versions.node}: time of the processor, where nothing else is said. ${PEOPLE} people in ${ROTATIONS} rotations of as many teams, three grades,`,
    `twelve months: ${stretches} stretches, ${proof.evaluations} plans; ${proof.supposed.people} people, ${proof.supposed.channels} channels and ${proof.supposed.providers} providers supposed dead. Medians of ${RUNS}.`,
    "",
    "| | measured | budget | |",
    "| --- | ---: | ---: | --- |",
    ...lines.map(([what, value, budget, holds]) => `| ${what} | ${value} | ${budget} | ${holds ? "" : "over"} |`),
    "",
  ].join("\n");
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
