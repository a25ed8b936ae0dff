import { type ReactNode, useState } from "react";
import { Problem } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { useWords } from "../../words/locale.tsx";
import { PasswordField } from "../sign-in/password-field.tsx";
import { Refusal } from "../sign-in/refusal.tsx";
import styles from "./account.module.css";
import { words } from "./words.ts";

type Current = FormDataEntryValue | null | undefined;
type Run = (current: Current) => Promise<unknown>;

/**
 * Runs what the server may want to be confirmed with the present password: where it does, a dialog asks for it and it is
 * run again. `dialog` has to stand on the page.
 */
export function useConfirmed(): { readonly run: (work: Run) => Promise<void>; readonly dialog: ReactNode } {
  const w = useWords(words);
  const [asked, setAsked] = useState<Run>();
  const [problem, setProblem] = useState<unknown>();
  const run = async (work: Run, current?: Current): Promise<void> => {
    setProblem(undefined);
    try {
      await work(current);
      setAsked(undefined);
    } catch (error) {
      const isAsked =
        error instanceof Problem && error.code === "confirm-yourself" && error.facts.hasPassword !== false;
      if (isAsked) setAsked(() => work);
      if (!isAsked || current !== undefined) setProblem(error);
    }
  };
  const wrong = problem instanceof Problem && problem.facts.because === "wrong-password" ? w.wrong : undefined;
  const dialog =
    asked === undefined ? (
      problem !== undefined && <Refusal error={problem} />
    ) : (
      <Dialog title={w.confirm.title} onClose={() => setAsked(undefined)}>
        <form className={styles.form} action={(form) => run(asked, form.get("current"))}>
          <p>{w.confirm.lead}</p>
          <PasswordField name="current" label={w.current} problem={wrong} />
          {problem !== undefined && wrong === undefined && <Refusal error={problem} />}
          <Button look="main" type="submit">
            {w.confirm.submit}
          </Button>
        </form>
      </Dialog>
    );
  return { run: (work) => run(work), dialog };
}
