import type { Leaf, Reading } from "./reading.ts";
import type { Tree } from "./tree.ts";

/** Every key and every value of a tree with the clause that it became: what shows that no line was passed over. */
export function leavesOf(tree: Tree, reading: Reading): readonly Leaf[] {
  switch (tree.kind) {
    case "empty":
      return [];
    case "text": {
      const folded = tree.raw.split("\n");
      return folded.flatMap((raw, index): Leaf[] => {
        const column = index === 0 ? tree.column : raw.length - raw.trimStart().length + 1;
        const at = { line: tree.line + index, column };
        return raw.trim() === "" ? [] : [{ line: at.line, text: raw.trim(), clause: reading.clauseAt(at) }];
      });
    }
    case "list":
      return tree.items.flatMap((item) => leavesOf(item, reading));
    case "map":
      return tree.entries.flatMap((entry) => [
        { line: entry.at.line, text: entry.key, clause: reading.clauseAt(entry.at) },
        ...leavesOf(entry.value, reading),
      ]);
  }
}
