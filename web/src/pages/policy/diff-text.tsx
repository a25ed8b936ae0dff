import { useState } from "react";
import type { DiffPart, DiffRow } from "../../../../src/http/wire/policy.ts";
import { Button } from "../../kit/button.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./diff-text.module.css";
import { words } from "./words.ts";

/** So many lines around a change are shown; a longer run without any is folded. */
const AROUND = 3;

type Part = { readonly is: "rows" | "folded"; readonly from: number; readonly rows: readonly DiffRow[] };

/** The two texts side by side, or one below the other where there is no room. */
export function DiffText({ rows }: { readonly rows: readonly DiffRow[] }) {
  const w = useWords(words);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  if (rows.every(({ is }) => is === "same")) return <p className={styles.nothing}>{w.diff.sameText}</p>;
  return (
    <div className={styles.diff}>
      {partsOf(rows).map((part) =>
        part.is === "folded" && !unfolded.has(part.from) ? (
          <div key={part.from} className={styles.fold}>
            <Button
              look="quiet"
              size="small"
              icon="down"
              onPress={() => setUnfolded((before) => new Set([...before, part.from]))}
            >
              {w.diff.folded(part.rows.length)}
            </Button>
          </div>
        ) : (
          part.rows.map((row, nth) => <Row key={part.from + nth} row={row} />)
        ),
      )}
    </div>
  );
}

function Row({ row }: { readonly row: DiffRow }) {
  const w = useWords(words);
  const same = row.is === "same";
  return (
    <div className={`${styles.row} ${same ? styles.sameRow : ""}`}>
      {row.left !== null && (
        <Side side={row.left} is={same ? "same" : "removed"} told={same ? undefined : w.diff.removed} />
      )}
      {row.left === null && <span className={styles.none} />}
      {row.right !== null && (
        <Side side={row.right} is={same ? "same" : "added"} told={same ? undefined : w.diff.added} />
      )}
      {row.right === null && <span className={styles.none} />}
    </div>
  );
}

function Side({
  side,
  is,
  told,
}: {
  readonly side: NonNullable<DiffRow["left"]>;
  readonly is: DiffPart["is"];
  readonly told: string | undefined;
}) {
  return (
    <div className={`${styles.side} ${styles[is]}`}>
      <span className={styles.number}>{side.line}</span>
      <span className={styles.sign} aria-hidden="true">
        {is === "added" ? "+" : is === "removed" ? "−" : ""}
      </span>
      <code className={styles.text}>
        {told !== undefined && <span className="unseen">{told}: </span>}
        {side.parts.map((part, place) =>
          part.is === "same" ? (
            <span key={`${place}`}>{part.text}</span>
          ) : part.is === "added" ? (
            <ins key={`${place}`}>{part.text}</ins>
          ) : (
            <del key={`${place}`}>{part.text}</del>
          ),
        )}
      </code>
    </div>
  );
}

function partsOf(rows: readonly DiffRow[]): readonly Part[] {
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ is }) => is !== "same"),
  );
  const parts: Part[] = [];
  for (const [index, row] of rows.entries()) {
    const is = near[index] ? "rows" : "folded";
    const last = parts.at(-1);
    if (last?.is === is) parts[parts.length - 1] = { ...last, rows: [...last.rows, row] };
    else parts.push({ is, from: index, rows: [row] });
  }
  return parts;
}
