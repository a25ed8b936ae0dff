import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PeopleTableAnswer, PeopleTableRequest } from "../../../../src/http/wire/roster.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Notice } from "../../kit/page.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { peopleWords } from "./people-words.ts";
import styles from "./settings.module.css";
import { Refused } from "./use-save.tsx";

const TONES = { create: "good", change: "info", same: "plain", skip: "bad" } as const;

/** People from a spreadsheet: pasted or chosen, shown row by row, then applied. */
export function PeopleTable({ hasExample, onDone }: { readonly hasExample: boolean; readonly onDone: () => void }) {
  const { table: w } = useWords(peopleWords);
  const say = useToast();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [replaceExample, setReplaceExample] = useState(hasExample);
  const [answer, setAnswer] = useState<PeopleTableAnswer>();
  const [error, setError] = useState<unknown>();

  const ask = async (path: "read" | "import"): Promise<PeopleTableAnswer | undefined> => {
    try {
      const found = await api.post<PeopleTableAnswer>(`/api/v1/roster/people/${path}`, {
        text,
        replaceExample,
      } satisfies PeopleTableRequest);
      setError(undefined);
      return found;
    } catch (caught) {
      setError(caught);
      return undefined;
    }
  };
  const read = async (): Promise<void> => setAnswer(await ask("read"));
  const apply = async (): Promise<void> => {
    const done = await ask("import");
    if (done === undefined) return;
    say({ tone: "good", text: w.done(done.created, done.changed) });
    await Promise.all(
      ["roster", "onboarding", "channel"].map((topic) => queries.invalidateQueries({ queryKey: [topic] })),
    );
    onDone();
  };
  const change = (next: string): void => {
    setText(next);
    setAnswer(undefined);
  };
  const wanted = answer === undefined ? 0 : answer.created + answer.changed;

  return (
    <div className={styles.form}>
      <p>{w.lead}</p>
      <Field label={w.label} hint={w.columns}>
        {(ids) => (
          <textarea
            {...ids}
            rows={7}
            value={text}
            placeholder={w.sample}
            spellCheck={false}
            onChange={({ target }) => change(target.value)}
          />
        )}
      </Field>
      <Field label={w.file}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={({ target }) => void target.files?.[0]?.text().then(change)}
          />
        )}
      </Field>
      {hasExample && (
        <Tick
          label={w.replace}
          hint={w.replaceHint}
          checked={replaceExample}
          onChange={({ target }) => {
            setReplaceExample(target.checked);
            setAnswer(undefined);
          }}
        />
      )}
      {error !== undefined && <Refused error={error} />}
      {answer !== undefined && <Preview answer={answer} />}
      <div className={styles.end}>
        {answer !== undefined && wanted === 0 && <Notice tone="warn">{w.nothing}</Notice>}
        <Button onPress={read} disabled={text.trim() === ""} {...(answer === undefined ? { look: "main" } : {})}>
          {w.read}
        </Button>
        {answer !== undefined && (
          <Button look="main" icon="check" onPress={apply} disabled={wanted === 0}>
            {w.apply(wanted)}
          </Button>
        )}
      </div>
    </div>
  );
}

function Preview({ answer }: { readonly answer: PeopleTableAnswer }) {
  const { table: w } = useWords(peopleWords);
  return (
    <div className={styles.stack}>
      <p role="status">
        <strong>{w.summary(answer.created, answer.changed, answer.same, answer.skipped)}</strong>
      </p>
      {answer.problems.map(({ message }) => (
        <Notice key={message} tone="warn">
          {message}
        </Notice>
      ))}
      <ul className={styles.preview}>
        {answer.rows.map((row) => (
          <li key={row.line} className={styles.previewRow}>
            <span className={styles.quiet}>{`${w.line} ${row.line}`}</span>
            <span className={styles.rowName}>
              <strong>{row.name}</strong>
              <span className={styles.quiet}>
                {[row.team, row.role, ...row.titles].filter((text) => text !== null).join(" · ")}
              </span>
              <span className={styles.quiet}>{row.contacts.map(({ address }) => address).join(", ")}</span>
              {row.problems.map(({ level, message }) => (
                <span key={message} className={level === "error" ? styles.bad : styles.warn}>
                  <Icon name="warn" size={16} /> {message}
                </span>
              ))}
            </span>
            <Chip tone={TONES[row.becomes]}>{w.becomes[row.becomes]}</Chip>
          </li>
        ))}
      </ul>
    </div>
  );
}
