import type { CheckedPolicy, WireDiagnostic, WireFinding } from "../../../../src/http/wire/policy.ts";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./check-panel.module.css";
import { FindingText, LEVEL_TONES } from "./finding-text.tsx";
import { FindingCounts } from "./findings-panel.tsx";
import { MendForm } from "./mend-form.tsx";
import { words } from "./words.ts";

export type MendWanted = {
  readonly codes?: readonly string[];
  readonly answers?: readonly { readonly finding: string; readonly choice?: string }[];
};

/** What the check says of the text that is being written: first what cannot be read, then what it would do wrong. */
export function CheckPanel({
  checked,
  checking,
  onJump,
  onMend,
}: {
  readonly checked: CheckedPolicy | undefined;
  readonly checking: boolean;
  readonly onJump: (line: number) => void;
  readonly onMend: (wanted: MendWanted) => Promise<void>;
}) {
  const w = useWords(words);
  if (checked === undefined) return <p role="status">{w.editPage.checking}</p>;
  const errors = checked.diagnostics.filter(({ level }) => level === "error");
  const answerable = [...new Set(checked.findings.filter(({ choices }) => choices !== null).map(({ code }) => code))];
  return (
    <div className={styles.check} aria-busy={checking}>
      <div className={styles.sum} role="status">
        {errors.length > 0 ? (
          <Notice tone="warn">{w.editPage.refused(errors.length)}</Notice>
        ) : (
          <p className={styles.good}>
            <Icon name="check" /> {w.editPage.readable(checked.clauses)}
          </p>
        )}
        <FindingCounts findings={checked.findings} />
        {checking && <span className={styles.quiet}>{w.editPage.checking}</span>}
      </div>
      {errors.length > 0 && (
        <Panel title={w.editPage.diagnostics}>
          <ul className={styles.list}>
            {errors.map((one) => (
              <li key={`${one.code} ${one.line}:${one.column} ${one.found}`}>
                <DiagnosticText diagnostic={one} onJump={onJump} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {checked.findings.length > 0 && (
        <Panel
          title={w.findings}
          acts={
            answerable.length > 0 && (
              <Button size="small" icon="note" disabled={checking} onPress={() => onMend({ codes: answerable })}>
                {w.writeAll}
              </Button>
            )
          }
        >
          <ul className={styles.list}>
            {checked.findings.map((finding) => (
              <li key={finding.id}>
                <FindingText finding={finding} head={<Jump line={finding.line} onJump={onJump} />}>
                  <Answer finding={finding} onMend={onMend} />
                </FindingText>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function Answer({
  finding,
  onMend,
}: {
  readonly finding: WireFinding;
  readonly onMend: (wanted: MendWanted) => Promise<void>;
}) {
  const w = useWords(words);
  if (finding.choices === null)
    return (
      <details className={styles.roster}>
        <summary>{finding.level === "info" ? w.mend : w.answerByRoster}</summary>
        <pre>{finding.mend}</pre>
      </details>
    );
  return (
    <MendForm choices={finding.choices} onWrite={(choice) => onMend({ answers: [{ finding: finding.id, choice }] })} />
  );
}

function DiagnosticText({
  diagnostic,
  onJump,
}: {
  readonly diagnostic: WireDiagnostic;
  readonly onJump: (line: number) => void;
}) {
  const w = useWords(words);
  return (
    <div className={styles.diagnostic}>
      <div className={styles.head}>
        <Chip tone={LEVEL_TONES[diagnostic.level]} icon="warn">
          {w.levels[diagnostic.level]}
        </Chip>
        <Jump line={diagnostic.line} onJump={onJump} />
      </div>
      <p>
        <strong>{diagnostic.message}</strong>
      </p>
      <p className={styles.quiet}>
        {w.editPage.expected}: {diagnostic.expected}
      </p>
    </div>
  );
}

function Jump({ line, onJump }: { readonly line: number; readonly onJump: (line: number) => void }) {
  const w = useWords(words);
  if (line === 0) return null;
  return (
    <Button look="quiet" size="small" icon="right" onPress={() => onJump(line)}>
      {w.editPage.jump(line)}
    </Button>
  );
}
