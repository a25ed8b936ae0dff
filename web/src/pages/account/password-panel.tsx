import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, Problem } from "../../api/client.ts";
import { useSignedIn } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Panel } from "../../kit/page.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { PasswordField } from "../sign-in/password-field.tsx";
import { Refusal, useWeakness } from "../sign-in/refusal.tsx";
import styles from "./account.module.css";
import { words } from "./words.ts";

export function PasswordPanel() {
  const w = useWords(words);
  const { account } = useSignedIn();
  const queries = useQueryClient();
  const say = useToast();
  const weakness = useWeakness();
  const [problem, setProblem] = useState<unknown>();
  // A new key empties the fields once the password is changed.
  const [round, setRound] = useState(0);
  const change = async (form: FormData): Promise<void> => {
    setProblem(undefined);
    try {
      const current = form.get("current");
      await api.post("/api/v1/me/password", {
        password: form.get("password"),
        ...(current === null ? {} : { current }),
      });
    } catch (error) {
      return setProblem(error);
    }
    await queries.invalidateQueries({ queryKey: ["account"] });
    setRound((now) => now + 1);
    say({ tone: "good", text: w.changed });
  };
  const weak = weakness(problem);
  const wrong = problem instanceof Problem && problem.facts.because === "wrong-password" ? w.wrong : undefined;
  return (
    <Panel title={w.password}>
      <form className={styles.form} action={change} key={round}>
        {!account.hasPassword && <p>{w.noPassword}</p>}
        <input hidden autoComplete="username" value={account.login} readOnly />
        {account.hasPassword && <PasswordField name="current" label={w.current} problem={wrong} />}
        <PasswordField name="password" label={w.new} isNew hint={w.newHint} problem={weak} />
        {problem !== undefined && weak === undefined && wrong === undefined && <Refusal error={problem} />}
        <p className={styles.small}>{w.changeHint}</p>
        <Button look="main" type="submit">
          {account.hasPassword ? w.change : w.set}
        </Button>
      </form>
    </Panel>
  );
}
