import { readFileSync, writeFileSync } from "node:fs";

const BENCHMARKS = "docs/benchmarks.md";

/** docs/benchmarks.md has several parts, each written by the run that measures it; the first has no heading of its own. */
export function writeFirstSection(text: string): void {
  const [, ...others] = readFileSync(BENCHMARKS, "utf8").split(/\n(?=## )/u);
  writeFileSync(BENCHMARKS, [text.trimEnd(), ...others.map((one) => one.trimEnd())].join("\n\n").concat("\n"));
}

/** Puts a part in the place of the one with its heading, or at the end. `text` begins with the heading, `## …`. */
export function writeSection(text: string): void {
  const [heading = ""] = text.split("\n");
  const parts = readFileSync(BENCHMARKS, "utf8").split(/\n(?=## )/u);
  const place = parts.findIndex((one) => one.startsWith(`${heading}\n`));
  if (place < 0) parts.push(text);
  else parts[place] = text;
  writeFileSync(
    BENCHMARKS,
    parts
      .map((one) => one.trimEnd())
      .join("\n\n")
      .concat("\n"),
  );
}
