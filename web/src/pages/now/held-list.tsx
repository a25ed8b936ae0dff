import { Link } from "wouter";
import type { OpenIncident } from "../../../../src/http/wire/now.ts";
import { GradeMark } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./now.module.css";
import { words } from "./words.ts";

/** Open, but another incident is paged for them: a line each, below what somebody has to look at. */
export function HeldList({ incidents }: { readonly incidents: readonly OpenIncident[] }) {
  const w = useWords(words);
  if (incidents.length === 0) return null;
  return (
    <Panel title={w.heldTitle(incidents.length)}>
      <ul className={styles.lately}>
        {incidents.map(({ number, title, grade, gradeRank, pagingHeldBy }) => (
          <li key={number}>
            <GradeMark grade={grade} rank={gradeRank} size="shape" />
            <Link href={`/incidents/${number}`}>
              INC-{number} {title}
            </Link>
            {pagingHeldBy !== null && <span className={styles.quiet}>{w.held(pagingHeldBy)}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
