import type { SourceLine, WireFinding } from "../../../../src/http/wire/policy.ts";
import { useWords } from "../../words/locale.tsx";
import { useShown } from "./document-context.tsx";
import { TermedText } from "./inline-view.tsx";
import { LineDetail, LineMarks } from "./line-notes.tsx";
import styles from "./program-view.module.css";
import { words } from "./words.ts";

/** The part of the document that is executed: the lines as they were written, and beside them what they are bound to. */
export function ProgramView({ lines }: { readonly lines: readonly SourceLine[] }) {
  const w = useWords(words);
  return (
    <ol className={styles.program} aria-label={w.program}>
      {lines.map((line) => (
        <ProgramLine key={line.line} line={line} />
      ))}
    </ol>
  );
}

function ProgramLine({ line: { line, text, clauses } }: { readonly line: SourceLine }) {
  const w = useWords(words);
  const { target, opened, toggle, findings, terms } = useShown();
  const found = clauses.flatMap((clause) =>
    clause.findings.flatMap((id): WireFinding[] => {
      const finding = findings.get(id);
      return finding === undefined ? [] : [finding];
    }),
  );
  const noted = clauses.filter(
    ({ bindings, defaults, findings: of }) => bindings.length + defaults.length + of.length > 0,
  );
  const isOpen = opened.has(line);
  const detail = `detail-${line}`;
  return (
    <li
      id={`line-${line}`}
      value={line}
      tabIndex={-1}
      className={`${styles.line} ${target === line ? styles.target : ""}`}
    >
      <span className={styles.number} aria-hidden="true">
        {line}
      </span>
      <code className={styles.code}>
        <YamlText text={text} terms={terms.get(line) ?? []} />
      </code>
      {noted.length > 0 && (
        <>
          <button
            type="button"
            className={styles.notes}
            aria-expanded={isOpen}
            aria-controls={detail}
            onClick={() => toggle(line)}
          >
            <span className="unseen">{w.notesOf(line)}: </span>
            <LineMarks findings={found} bindings={noted.flatMap(({ bindings }) => bindings)} defaults={noted} />
          </button>
          <div id={detail} className={styles.detail} hidden={!isOpen}>
            <LineDetail findings={found} clauses={noted} />
          </div>
        </>
      )}
    </li>
  );
}

/** A line of YAML: its key stands out, its comment stands back. All of it is shown as it is written. */
function YamlText({
  text,
  terms,
}: {
  readonly text: string;
  readonly terms: React.ComponentProps<typeof TermedText>["terms"];
}) {
  const comment = /^(.*?)(\s#.*|^\s*#.*)$/u.exec(text);
  const body = comment?.[1] ?? text;
  const [, indent = "", key = "", colon = "", rest = ""] = /^(\s*(?:-\s+)?)([^\s:'"[{][^:]*?)(:)(\s.*|)$/u.exec(
    body,
  ) ?? ["", "", "", "", body];
  return (
    <>
      {indent}
      {key !== "" && (
        <span className={styles.key}>
          <TermedText text={key} terms={terms} />
          {colon}
        </span>
      )}
      <TermedText text={rest} terms={terms} />
      {comment !== null && <span className={styles.comment}>{comment[2]}</span>}
    </>
  );
}
