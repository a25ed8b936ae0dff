import { Link } from "wouter";
import styles from "./tabs.module.css";

/** Links among parts of one page, each with how many there are. */
export function Tabs({
  label,
  tabs,
}: {
  readonly label: string;
  readonly tabs: readonly {
    readonly to: string;
    readonly text: string;
    readonly count?: number;
    readonly isHere: boolean;
  }[];
}) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ to, text, count, isHere }) => (
        <Link key={to} href={to} className={styles.tab} {...(isHere ? { "aria-current": "page" as const } : {})}>
          {text}
          {count !== undefined && <span className={styles.count}>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
