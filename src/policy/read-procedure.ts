import { policySaid as said } from "../locale/policy.ts";
import type { Clause, Procedure, Stage } from "./policy.ts";
import type { Reading } from "./reading.ts";
import type { Entry, Tree } from "./tree.ts";

/**
 * `초기 대응`, `해결 절차`: stages with a title and steps. People write
 *
 *     1단계: 상황 파악
 *       - 장애 현상 확인
 *
 * which is one plain scalar to YAML; title and steps are recovered from the lines as they stand.
 */
export function readProcedure(reading: Reading, kind: Procedure["kind"], header: Entry): Procedure {
  const clause = reading.clause(kind, [], header.key, header.at);
  const stages = reading.entries(header.value, header.key).map((entry): Stage => {
    if (entry.value.kind === "map") reading.wrongShape(entry.value, entry.key, said.expectsList());
    const { title, steps } = stageOf(entry.value);
    const text = title === "" ? entry.key : `${entry.key}: ${title}`;
    const stage = reading.clause(kind, [entry.key], text, entry.at);
    reading.claim(entry.value, stage);
    const clauses = steps.map(
      (step): Clause => reading.of(reading.clause(kind, [entry.key, step.text], step.text, step)),
    );
    return { title: title === "" ? entry.key : title, steps: clauses, clause: stage };
  });
  return { kind, stages, clause };
}

type Line = { readonly text: string; readonly line: number; readonly column: number };

function stageOf(value: Tree): { readonly title: string; readonly steps: readonly Line[] } {
  if (value.kind === "list") {
    return { title: "", steps: value.items.flatMap((item) => (item.kind === "text" ? [item] : [])) };
  }
  if (value.kind !== "text") return { title: "", steps: [] };
  const steps: Line[] = [];
  let title = "";
  for (const [index, raw] of value.raw.split("\n").entries()) {
    const item = /^(\s*)-\s+(.*?)\s*$/u.exec(raw);
    if (item !== null && index > 0) {
      steps.push({ text: item[2] ?? "", line: value.line + index, column: (item[1] ?? "").length + 1 });
    } else if (raw.trim() !== "") {
      const last = steps.at(-1);
      // A line that goes on from the one above it belongs to that one.
      if (last === undefined) title = `${title} ${raw.trim()}`.trim();
      else steps[steps.length - 1] = { ...last, text: `${last.text} ${raw.trim()}` };
    }
  }
  return { title: title.replace(/^(['"])(.*)\1$/u, "$2"), steps };
}
