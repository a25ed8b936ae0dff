import type { ReactNode } from "react";
import styles from "./rows.module.css";

/**
 * Around a table: where there is no room for its columns each row is a card, and what would be the column stands before each
 * value (`data-label` of the cell; `data-none` where there is nothing to say). Wider than its place it scrolls.
 */
export function Rows({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys.
    <div className={styles.rows} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
