import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownOnboarding } from "../../../../src/http/wire/onboarding.ts";
import type { ActivatedPolicy, CheckedPolicy } from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice, Panel, ProblemNotice } from "../../kit/page.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { usePutOnboarding } from "./use-onboarding.ts";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

/** The document that the organisation has, read as it stands and put in force. */
export function PolicyStep({ state }: { readonly state: ShownOnboarding }) {
  const { policy: w } = useWords(welcomeWords);
  const put = usePutOnboarding();
  const say = useToast();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [file, setFile] = useState("policy.md");
  const [checked, setChecked] = useState<CheckedPolicy>();
  const [error, setError] = useState<unknown>();
  const { policy } = state;

  const change = (next: string, name = file): void => {
    setText(next);
    setFile(name);
    setChecked(undefined);
  };
  const ask = async <T,>(run: () => Promise<T>): Promise<T | undefined> => {
    try {
      const answer = await run();
      setError(undefined);
      return answer;
    } catch (caught) {
      setError(caught);
      return undefined;
    }
  };
  const check = async (): Promise<void> =>
    setChecked(await ask(() => api.post<CheckedPolicy>("/api/v1/policies/check", { text, file })));
  const activate = async (): Promise<void> => {
    // What is open is asked in the next step, one by one; people and channels come after it.
    const accept = checked?.findings.filter(({ level }) => level === "error").map(({ code }) => code) ?? [];
    const done = await ask(() =>
      api.post<ActivatedPolicy>("/api/v1/policies", { text, file, accept: [...new Set(accept)] }),
    );
    if (done === undefined) return;
    say({ tone: "good", text: w.activated });
    change("");
    await Promise.all(
      ["onboarding", "policy", "roster"].map((topic) => queries.invalidateQueries({ queryKey: [topic] })),
    );
  };
  return (
    <Panel>
      <div className={styles.stack}>
        <p>{w.lead}</p>
        {policy !== null && (
          <Notice tone={policy.isExample && !policy.exampleChosen ? "info" : "good"}>
            <p>
              {policy.isExample
                ? policy.exampleChosen
                  ? w.chosen
                  : w.isExample
                : w.inForce(policy.title, policy.file)}
            </p>
            <div className={styles.row}>
              {policy.isExample && !policy.exampleChosen && (
                <Button onPress={() => put({ exampleChosen: true })}>{w.useExample}</Button>
              )}
              <LinkButton to="/policy" look="quiet" icon="policy">
                {w.see}
              </LinkButton>
            </div>
          </Notice>
        )}
        <Field label={w.label}>
          {(ids) => (
            <textarea
              {...ids}
              rows={10}
              spellCheck={false}
              value={text}
              onChange={({ target }) => change(target.value)}
            />
          )}
        </Field>
        <Field label={w.file}>
          {(ids) => (
            <input
              {...ids}
              type="file"
              accept=".md,.markdown,.yaml,.yml,.txt"
              onChange={({ target }) => {
                const chosen = target.files?.[0];
                if (chosen !== undefined) void chosen.text().then((read) => change(read, chosen.name));
              }}
            />
          )}
        </Field>
        {error !== undefined && <ProblemNotice error={error} />}
        {checked !== undefined && <Checked checked={checked} />}
        <div className={styles.row}>
          <Button
            size="huge"
            disabled={text.trim() === ""}
            onPress={check}
            look={checked === undefined ? "main" : "plain"}
          >
            {w.check}
          </Button>
          {checked?.readable && (
            <Button look="main" size="huge" icon="check" onPress={activate}>
              {w.activate}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}

function Checked({ checked }: { readonly checked: CheckedPolicy }) {
  const { policy: w } = useWords(welcomeWords);
  const open = checked.findings.filter(({ level, choices }) => level !== "info" && choices !== null).length;
  return (
    <Notice tone={checked.readable ? "good" : "bad"}>
      <p>{checked.readable ? w.readable(checked.title, checked.clauses) : w.refused}</p>
      {checked.readable && open > 0 && <p>{w.questions(open)}</p>}
      <ul className={styles.diagnostics}>
        {checked.diagnostics.slice(0, 20).map(({ line, column, message, found, expected }) => (
          <li key={`${line}:${column} ${message}`}>
            <strong>{w.at(line)}</strong> {message} {found !== "" && <code>{found}</code>}{" "}
            <span className={styles.quiet}>{w.expected(expected)}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
