import { useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { ProblemNotice, usePageTitle } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** The way in. `inside`: in a dialog over the page that somebody was on when their session ended. */
export function SignIn({
  onSignedIn,
  inside,
}: {
  readonly onSignedIn: () => Promise<void>;
  readonly inside?: boolean;
}) {
  const w = useWords(words);
  usePageTitle(w.title);
  const [problem, setProblem] = useState<unknown>();
  const submit = async (form: FormData): Promise<void> => {
    setProblem(undefined);
    try {
      await api.post("/api/v1/session", { login: form.get("login"), password: form.get("password") });
      await onSignedIn();
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <form
      action={submit}
      style={{
        display: "grid",
        gap: "1rem",
        maxWidth: "24rem",
        margin: inside ? 0 : "10vh auto",
        padding: inside ? 0 : "1rem",
      }}
    >
      {!inside && <h1>{w.title}</h1>}
      <Field label={w.login}>
        {(ids) => <input {...ids} name="login" autoComplete="username webauthn" required />}
      </Field>
      <Field label={w.password}>
        {(ids) => <input {...ids} name="password" type="password" autoComplete="current-password" required />}
      </Field>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Button look="main" type="submit">
        {w.signIn}
      </Button>
    </form>
  );
}
