import { diffArrays } from "diff";

export type DiffPart = { readonly is: "same" | "added" | "removed"; readonly text: string };
export type DiffSide = { readonly line: number; readonly parts: readonly DiffPart[] };

/** Two texts side by side: a line that is on both sides, was changed, or is on one only. */
export type DiffRow = {
  readonly is: "same" | "changed" | "added" | "removed";
  readonly left: DiffSide | null;
  readonly right: DiffSide | null;
};

/** Lines this long are shown as a whole; their words are not compared. */
const WORDS_MAX = 2_000;
/** How far two texts may differ before they are shown as one that went and one that came. */
const EDITS_MAX = 1_000;

/** The lines of two documents compared, and the words within lines that were changed. Line ends do not count. */
export function textDiff(left: string, right: string): readonly DiffRow[] {
  const [before, after] = [linesOf(left), linesOf(right)];
  const changes = diffArrays([...before], [...after], { maxEditLength: EDITS_MAX }) ?? [
    { value: [...before], removed: true, added: false },
    { value: [...after], removed: false, added: true },
  ];
  const rows: DiffRow[] = [];
  const at = { left: 1, right: 1 };
  for (let index = 0; index < changes.length; index++) {
    const change = changes[index];
    const next = changes[index + 1];
    if (change === undefined) continue;
    if (!change.added && !change.removed) {
      for (const text of change.value)
        rows.push({ is: "same", left: whole(at.left++, text), right: whole(at.right++, text) });
    } else if (change.removed && next?.added === true) {
      rows.push(...changed(change.value, next.value, at));
      index++;
    } else if (change.removed) {
      for (const text of change.value)
        rows.push({ is: "removed", left: whole(at.left++, text, "removed"), right: null });
    } else {
      for (const text of change.value) rows.push({ is: "added", left: null, right: whole(at.right++, text, "added") });
    }
  }
  return rows;
}

function changed(before: readonly string[], after: readonly string[], at: { left: number; right: number }): DiffRow[] {
  const pairs = Math.max(before.length, after.length);
  return Array.from({ length: pairs }, (_, index): DiffRow => {
    const [one, other] = [before[index], after[index]];
    if (one === undefined) return { is: "added", left: null, right: whole(at.right++, other ?? "", "added") };
    if (other === undefined) return { is: "removed", left: whole(at.left++, one, "removed"), right: null };
    const parts =
      one.length + other.length > WORDS_MAX
        ? [
            { value: one, removed: true, added: false },
            { value: other, removed: false, added: true },
          ]
        : wordChanges(one, other);
    const side = (drop: "added" | "removed"): readonly DiffPart[] =>
      parts
        .filter((part) => !part[drop])
        .map(({ value, added, removed }) => ({ is: added ? "added" : removed ? "removed" : "same", text: value }));
    return {
      is: "changed",
      left: { line: at.left++, parts: side("added") },
      right: { line: at.right++, parts: side("removed") },
    };
  });
}

/** By whole words: a changed syllable within a Korean word is a changed word. */
function wordChanges(one: string, other: string): readonly { value: string; added: boolean; removed: boolean }[] {
  const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|./gu) ?? [];
  return diffArrays(words(one), words(other)).map(({ value, added, removed }) => ({
    value: value.join(""),
    added,
    removed,
  }));
}

function whole(line: number, text: string, is: DiffPart["is"] = "same"): DiffSide {
  return { line, parts: [{ is, text }] };
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/u, "")
    .replace(/\r\n?/gu, "\n")
    .replace(/\n$/u, "")
    .split("\n");
}
