import { Link } from "wouter";
import type { ClauseRef } from "../../../../src/http/wire/incident.ts";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./clause-note.module.css";
import { words } from "./words.ts";

/** "왜?": opens the line of the policy that something follows from. */
export function ClauseNote({ clause, policy }: { readonly clause: ClauseRef | null; readonly policy: string }) {
  const w = useWords(words);
  const { why } = useWords(shared);
  if (clause === null) return null;
  return (
    <details className={styles.why}>
      <summary>{why}</summary>
      <div className={styles.clause}>
        <p>
          {w.because(clause.line)}: {clause.path.join(" › ")}
        </p>
        {clause.text !== "" && <blockquote>{clause.text}</blockquote>}
        <Link href={`/policy?version=${encodeURIComponent(policy)}#${encodeURIComponent(clause.id)}`}>
          {w.openClause}
        </Link>
      </div>
    </details>
  );
}
