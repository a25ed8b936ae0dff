import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { RefusedFacts } from "../../../../src/http/wire/roster.ts";
import { Problem } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Notice } from "../../kit/page.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./settings.module.css";
import { words } from "./words.ts";

type Run = (confirm: boolean) => Promise<unknown>;

/**
 * Saves what a form holds. Where the policy would reach somebody less, it asks first; what is refused stays in the
 * form, with the server's words beside it.
 */
export function useSave(
  topics: readonly string[],
  /** What the question says where it is not about pages that get lost. */
  lead?: string,
): {
  readonly save: (run: Run, done: string) => Promise<boolean>;
  readonly problem: ReactNode;
  /** To be put on the page: the question, while there is one. */
  readonly question: ReactNode;
} {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const say = useToast();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>();
  const [asking, setAsking] = useState<{ facts: RefusedFacts; answer: (yes: boolean) => void } | undefined>();

  const attempt = async (run: Run, confirm: boolean, done: string): Promise<boolean> => {
    try {
      await run(confirm);
    } catch (caught) {
      if (caught instanceof Problem && caught.code === "needs-confirmation" && !confirm) {
        const yes = await new Promise<boolean>((answer) => setAsking({ facts: caught.facts as RefusedFacts, answer }));
        setAsking(undefined);
        return yes ? attempt(run, true, done) : false;
      }
      setError(caught);
      return false;
    }
    setError(undefined);
    say({ tone: "good", text: done });
    await Promise.all(topics.map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
    return true;
  };

  return {
    save: (run, done) => attempt(run, false, done),
    problem: error === undefined ? null : <Refused error={error} />,
    question: asking && (
      <Dialog
        title={w.confirmTitle}
        onClose={() => asking.answer(false)}
        acts={
          <>
            <Button onPress={() => asking.answer(false)}>{cancel}</Button>
            <Button look="danger" onPress={() => asking.answer(true)}>
              {w.confirm}
            </Button>
          </>
        }
      >
        <p>{lead ?? w.confirmLead}</p>
        <ul className={styles.findings}>
          {asking.facts.findings?.map(({ message, why, mend }) => (
            <li key={message}>
              <strong>{message}</strong>
              <p className={styles.quiet}>{why}</p>
              <details>
                <summary>{w.mend}</summary>
                <pre>{mend}</pre>
              </details>
            </li>
          ))}
        </ul>
        {(asking.facts.affected?.length ?? 0) > 0 && <p>{w.affected(asking.facts.affected?.join(", ") ?? "")}</p>}
      </Dialog>
    ),
  };
}

/** What the server refused, line by line. */
export function Refused({ error }: { readonly error: unknown }) {
  const w = useWords(words);
  const { unreachable } = useWords(shared);
  if (!(error instanceof Problem) || error.code === "unreachable") return <Notice tone="bad">{unreachable}</Notice>;
  if (typeof error.facts.why === "string") return <Notice tone="bad">{error.facts.why}</Notice>;
  const { diagnostics, ...facts } = error.facts as RefusedFacts & Readonly<Record<string, unknown>>;
  const told = Object.entries(facts).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return (
    <Notice tone="bad">
      <p>{error.message}</p>
      {diagnostics?.map(({ message, expected }) => (
        <p key={message}>
          <strong>{message}</strong> <span className={styles.quiet}>{w.expected(expected)}</span>
        </p>
      ))}
      {diagnostics === undefined && told.length > 0 && (
        <p className={styles.quiet}>
          {told.map(([key, value]) => (
            <code key={key}>{`${key}: ${String(value)} `}</code>
          ))}
        </p>
      )}
    </Notice>
  );
}
