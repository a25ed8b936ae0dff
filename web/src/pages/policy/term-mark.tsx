import { useId } from "react";
import { useWords } from "../../words/locale.tsx";
import type { Term } from "./glossary.ts";
import styles from "./term-mark.module.css";
import { words } from "./words.ts";

/** A word that the document itself explains: pressing it shows what it means. */
export function TermMark({ term }: { readonly term: Term }) {
  const w = useWords(words);
  const id = useId();
  return (
    <>
      <button type="button" className={styles.term} popoverTarget={id} aria-label={w.term(term.term)}>
        {term.term}
      </button>
      <span popover="auto" id={id} className={styles.meaning}>
        <strong>{term.term}</strong> {term.meaning}
      </span>
    </>
  );
}
