import { Link } from "wouter";
import type { NowBoard } from "../../../../src/http/wire/now.ts";
import { GradeMark } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./now.module.css";
import { words } from "./words.ts";

export function LatelyPanel({ lately }: Pick<NowBoard, "lately">) {
  const w = useWords(words);
  return (
    <Panel title={w.lately}>
      {lately.length === 0 ? (
        <p className={styles.quiet}>{w.noneLately}</p>
      ) : (
        <ul className={styles.lately}>
          {lately.map(({ number, title, grade, gradeRank, resolvedAt }) => (
            <li key={number}>
              <GradeMark grade={grade} rank={gradeRank} size="shape" />
              <Link href={`/incidents/${number}`}>
                INC-{number} {title}
              </Link>
              <span className={styles.quiet}>
                <Time at={resolvedAt} only="relative" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
