import { Link } from "wouter";
import type { WireBinding, WireClause, WireFinding } from "../../../../src/http/wire/policy.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { FindingText, LEVEL_TONES } from "./finding-text.tsx";
import styles from "./line-notes.module.css";
import { words } from "./words.ts";

const BINDING_ICONS: Readonly<Record<WireBinding["is"], IconName>> = {
  deadline: "clock",
  owner: "person",
  team: "team",
  staffing: "team",
  shift: "clock",
  recipient: "person",
  channel: "send",
  checklist: "check",
  watched: "alerts",
  threshold: "alerts",
  service: "link",
  "report-field": "note",
  unwatched: "info",
};

/** What stands beside a line, in a few words: what was found first, then what it is bound to. */
export function LineMarks({
  findings,
  bindings,
  defaults,
}: {
  readonly findings: readonly WireFinding[];
  readonly bindings: readonly WireBinding[];
  readonly defaults: readonly WireClause[];
}) {
  const w = useWords(words);
  const [worst] = findings.toSorted((one, other) => RANKS[one.level] - RANKS[other.level]);
  const onlyDefaults = findings.length + bindings.length === 0 ? defaults.flatMap((one) => one.defaults) : [];
  return (
    <span className={styles.marks}>
      {worst !== undefined && (
        <Chip tone={LEVEL_TONES[worst.level]} icon={worst.level === "info" ? "info" : "warn"}>
          {findings.length > 1 ? w.counted(w.levels[worst.level], findings.length) : w.levels[worst.level]}
        </Chip>
      )}
      {bindings.map((binding) => (
        <span key={`${binding.is} ${binding.text}`} className={`${styles.binding} ${styles[binding.tone]}`}>
          <Icon name={binding.tone === "bad" ? "warn" : BINDING_ICONS[binding.is]} size={14} />
          {binding.short}
        </span>
      ))}
      {onlyDefaults.map((text) => (
        <span key={text} className={styles.binding}>
          {text}
        </span>
      ))}
    </span>
  );
}

const RANKS = { error: 0, warning: 1, info: 2 } as const;

/** All there is to say of a line. */
export function LineDetail({
  findings,
  clauses,
}: {
  readonly findings: readonly WireFinding[];
  readonly clauses: readonly WireClause[];
}) {
  const w = useWords(words);
  const defaults = clauses.flatMap((clause) => clause.defaults);
  return (
    <div className={styles.detail}>
      {clauses.flatMap(({ bindings }) =>
        bindings.map((binding) => (
          <p key={`${binding.is} ${binding.text}`} className={`${styles.told} ${styles[binding.tone]}`}>
            <Icon name={binding.tone === "bad" ? "warn" : BINDING_ICONS[binding.is]} size={16} />
            <span>
              {binding.text}
              {binding.is === "watched" && (
                <>
                  {" "}
                  <Link href="/monitors/coverage">{binding.tone === "bad" ? w.toWatch : w.toCoverage}</Link>
                </>
              )}
            </span>
          </p>
        )),
      )}
      {defaults.length > 0 && (
        <div className={styles.defaults}>
          <p>{w.defaults}</p>
          <ul>
            {defaults.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {findings.map((finding) => (
        <FindingText key={finding.id} finding={finding} />
      ))}
    </div>
  );
}
