import { Link } from "wouter";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { GradeMark } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./panels.module.css";
import { words } from "./words.ts";

/** The incidents that are paged no further while this one is: its consequences, or what opened before a storm was one. */
export function HeldPanel({ holds }: { readonly holds: IncidentOverview["holds"] }) {
  const { holds: w } = useWords(words);
  if (holds.length === 0) return null;
  return (
    <Panel title={w.title(holds.length)}>
      <div className={styles.list}>
        <p className={styles.quiet}>{w.lead}</p>
        <ul className={styles.list}>
          {holds.map(({ number, title, service, grade, gradeRank }) => (
            <li key={number} className={styles.name}>
              <GradeMark grade={grade} rank={gradeRank} size="shape" />
              <Link href={`/incidents/${number}`}>{title}</Link>
              <span className={styles.quiet}>
                INC-{number} · {service}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
