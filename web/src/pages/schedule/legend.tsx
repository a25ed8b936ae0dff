import { useWords } from "../../words/locale.tsx";
import styles from "./legend.module.css";
import { words } from "./words.ts";

/** What the bars of the calendar look like and mean. */
export function Legend() {
  const { legend, marks } = useWords(words);
  return (
    <ul className={styles.legend} aria-label={legend}>
      <li>
        <span className={`${styles.key} ${styles.mine}`} /> {marks.mine}
      </li>
      <li>
        <span className={styles.key} /> {marks.others}
      </li>
      <li>
        <span className={`${styles.key} ${styles.changed}`} /> {marks.override}, {marks.leave}
      </li>
      <li>
        <span className={`${styles.key} ${styles.shadow}`} /> {marks.shadow}
      </li>
      <li>
        <span className={`${styles.key} ${styles.double}`} /> {marks.double}
      </li>
      <li>
        <span className={`${styles.key} ${styles.gap}`} /> {marks.gap}
      </li>
    </ul>
  );
}
