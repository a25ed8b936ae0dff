import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OnboardingAnswer, ShownOnboarding } from "../../../../src/http/wire/onboarding.ts";
import type { ActivatedPolicy, MendedPolicy, PolicyDocument } from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Notice, Panel, ProblemNotice } from "../../kit/page.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { type Choice, QuestionCard } from "./question-card.tsx";
import { usePutOnboarding } from "./use-onboarding.ts";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

/** What the document leaves open, asked one by one; the answers become text of the policy. */
export function LintStep({ state }: { readonly state: ShownOnboarding }) {
  const { lint: w } = useWords(welcomeWords);
  const put = usePutOnboarding();
  const say = useToast();
  const queries = useQueryClient();
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const [error, setError] = useState<unknown>();
  const { questions } = state;
  const choiceOf = (key: string): Choice | undefined => {
    const known = questions.find((question) => question.key === key)?.answer;
    return choices[key] ?? (known === null || known === undefined ? undefined : { is: "keep" });
  };
  const writing = questions.flatMap(({ key }) => {
    const choice = choices[key];
    return choice?.is === "write" ? [{ finding: key, choice: choice.text }] : [];
  });
  const left = questions.filter(({ key }) => choiceOf(key) === undefined).length;

  const apply = async (): Promise<void> => {
    const answers: Record<string, OnboardingAnswer> = {};
    for (const { key } of questions) {
      const choice = choiceOf(key);
      if (choice !== undefined) answers[key] = choice.is === "keep" ? "accepted" : "changed";
    }
    try {
      if (writing.length > 0) {
        const current = await api.get<PolicyDocument>("/api/v1/policy");
        const source = { text: current.text, file: current.file.split("/").at(-1) ?? "policy.md" };
        const mended = await api.post<MendedPolicy>("/api/v1/policies/mend", { ...source, answers: writing });
        const accept = mended.findings.filter(({ level }) => level === "error").map(({ code }) => code);
        await api.post<ActivatedPolicy>("/api/v1/policies", {
          text: mended.text,
          file: source.file,
          accept: [...new Set(accept)],
        });
        for (const key of mended.refused) delete answers[key];
        if (mended.refused.length > 0) say({ tone: "bad", text: w.refused(mended.refused.length) });
      }
      setError(undefined);
    } catch (caught) {
      setError(caught);
      return;
    }
    if (!(await put({ answers }, w.applied))) return;
    setChoices({});
    await queries.invalidateQueries({ queryKey: ["policy"] });
  };
  const keepAll = (): void =>
    setChoices(
      Object.fromEntries(questions.map(({ key }) => [key, choices[key] ?? ({ is: "keep" } satisfies Choice)])),
    );

  if (questions.length === 0)
    return (
      <Panel>
        <Notice tone="good">{w.none}</Notice>
      </Panel>
    );
  return (
    <div className={styles.stack}>
      <p>{w.lead}</p>
      {questions.map((question, place) => (
        <QuestionCard
          key={question.key}
          question={question}
          place={place + 1}
          choice={choiceOf(question.key)}
          onChoose={(choice) => setChoices({ ...choices, [question.key]: choice })}
        />
      ))}
      {error !== undefined && <ProblemNotice error={error} />}
      <div className={styles.row}>
        {left > 0 && (
          <>
            <span role="status">{w.left(left)}</span>
            <Button onPress={keepAll}>{w.allKeep}</Button>
          </>
        )}
        <Button look="main" size="huge" icon="check" disabled={Object.keys(choices).length === 0} onPress={apply}>
          {w.apply(writing.length)}
        </Button>
      </div>
    </div>
  );
}
