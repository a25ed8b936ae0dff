import type { WireFinding } from "../../../../src/http/wire/policy.ts";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { FindingText, LEVEL_TONES } from "./finding-text.tsx";
import styles from "./findings-panel.module.css";
import { words } from "./words.ts";

const LEVELS = ["error", "warning", "info"] as const;

/** What the check found, as a list to jump from; closed, for the document comes first. */
export function FindingsPanel({ findings }: { readonly findings: readonly WireFinding[] }) {
  const w = useWords(words);
  if (findings.length === 0)
    return (
      <p className={styles.none}>
        <Icon name="check" /> {w.noFindings}
      </p>
    );
  return (
    <details className={styles.panel}>
      <summary>
        <h2>{w.findings}</h2>
        <FindingCounts findings={findings} />
      </summary>
      <ul className={styles.list}>
        {findings.map((finding) => (
          <li key={finding.id}>
            <FindingText
              finding={finding}
              head={<a href={`#${encodeURIComponent(finding.clause)}`}>{w.line(finding.line)}</a>}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}

export function FindingCounts({ findings }: { readonly findings: readonly WireFinding[] }) {
  const w = useWords(words);
  return LEVELS.map((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    if (count === 0) return null;
    return (
      <Chip key={level} tone={LEVEL_TONES[level]} icon={level === "info" ? "info" : "warn"}>
        {w.counted(w.levels[level], count)}
      </Chip>
    );
  });
}
