import { Link } from "wouter";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./panels.module.css";
import { words } from "./words.ts";

/** What depends on this and pages nobody meanwhile. */
export function InhibitedPanel({ inhibited }: { readonly inhibited: IncidentOverview["inhibited"] }) {
  const { inhibited: w } = useWords(words);
  if (inhibited.count === 0) return null;
  return (
    <Panel title={w.title(inhibited.count)}>
      <div className={styles.list}>
        <p className={styles.quiet}>{w.lead}</p>
        <ul className={styles.list}>
          {inhibited.services.map(({ service, count }) => (
            <li key={service} className={styles.name}>
              <Link href={`/alerts?muted=dependency&service=${encodeURIComponent(service)}`}>{service}</Link>
              <span className={styles.quiet}>{w.count(count)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
