import { availableParallelism, cpus } from "node:os";
import { rosterOf } from "../src/roster/roster-of.ts";
import { readRotaQuestion } from "../src/rota/read-question.ts";
import { answerQuestion } from "../src/solve/answer-question.ts";
import { highsSolver } from "../src/solve/highs/highs-solver.ts";

const TIME_SECONDS = 60;
const MONDAY = "2026-12-07";
const CASES = [
  { people: 6, weeks: 4, shifts: "12h" },
  { people: 6, weeks: 8, shifts: "12h" },
  { people: 8, weeks: 4, shifts: "8h" },
  { people: 9, weeks: 4, shifts: "12h" },
  { people: 12, weeks: 4, shifts: "8h" },
  { people: 12, weeks: 8, shifts: "12h" },
  { people: 3, weeks: 4, shifts: "12h" },
] as const;

/** `npm run bench -- rota`: how long questions of a usual size take, one after the other in a fresh thread each. */
export async function benchRota(): Promise<void> {
  console.log(`${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Node ${process.versions.node}\n`);
  console.log("| people | weeks | shifts | answer | apart: hours, nights | seconds | processor seconds |");
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  for (const { people, weeks, shifts } of CASES) {
    const facts = { roster: rosterOf([]), at: 0, zone: "Asia/Seoul" };
    const read = readRotaQuestion({ people, weeks, shifts, from: MONDAY, nightsInRowMax: 4, daysInRowMax: 6 }, facts);
    if ("problems" in read) throw new Error(read.problems[0]?.message.en);
    const solver = highsSolver();
    const began = performance.now();
    const before = process.cpuUsage();
    const answer = await answerQuestion(read.question, {
      solver,
      timeSeconds: TIME_SECONDS,
      now: () => performance.now(),
    });
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    const used = process.cpuUsage(before);
    await solver.close();
    const spread = (name: string): string => {
      const found = answer.is === "rota" ? answer.spreads.find((one) => one.name === name) : undefined;
      return found === undefined ? "" : `${found.spread}${found.spread <= found.least ? " (least)" : ""}`;
    };
    const told =
      answer.is === "rota"
        ? answer.fairness.is
        : answer.is === "none" && answer.smallest.is === "found"
          ? `none; ${answer.smallest.heads} are enough`
          : answer.is;
    const busy = ((used.user + used.system) / 1_000_000).toFixed(1);
    console.log(
      `| ${people} | ${weeks} | ${shifts} | ${told} | ${spread("hours")}, ${spread("nights")} | ${seconds} | ${busy} |`,
    );
  }
}
