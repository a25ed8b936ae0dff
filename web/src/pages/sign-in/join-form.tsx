import { useState } from "react";
import type { InviteShown } from "../../../../src/http/wire/session.ts";
import { api } from "../../api/client.ts";
import { useMe } from "../../api/me.ts";
import { makePasskey } from "../../api/passkey.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { PasskeyElsewhere } from "./passkey-elsewhere.tsx";
import { PasswordField } from "./password-field.tsx";
import { Refusal, useWeakness } from "./refusal.tsx";
import styles from "./sign-in.module.css";
import { words } from "./words.ts";

/** The first way in of an account, by a one-time link: a password, or a passkey instead. */
export function JoinForm({
  token,
  invite,
  submit,
  next,
}: {
  readonly token: string;
  readonly invite: InviteShown;
  readonly submit: string;
  /** Where to go once signed in. */
  readonly next: string;
}) {
  const w = useWords(words);
  const me = useMe().data;
  const weakness = useWeakness();
  const [login, setLogin] = useState(invite.login ?? "");
  const [name, setName] = useState(invite.name ?? "");
  const [problem, setProblem] = useState<unknown>();
  const isSetUp = invite.for === "set-up";
  const use = async (way: () => Promise<object>): Promise<void> => {
    setProblem(undefined);
    try {
      const who = { token, ...(isSetUp ? { login, name } : {}) };
      await api.post("/api/v1/invites/use", { ...who, ...(await way()) });
      location.assign(next);
    } catch (error) {
      setProblem(error);
    }
  };
  const withPasskey = async (): Promise<object> => {
    const options = await api.post("/api/v1/invites/passkey-options", { token, login, name });
    return { passkey: await makePasskey(options), passkeyName: w.passkeyName };
  };
  const weak = weakness(problem);
  return (
    <form className={styles.form} action={(form) => use(async () => ({ password: form.get("password") }))}>
      {isSetUp ? (
        <>
          <Field label={w.login} hint={w.loginHint}>
            {(ids) => (
              <input
                {...ids}
                name="login"
                autoComplete="username"
                autoCapitalize="off"
                spellCheck={false}
                required
                maxLength={64}
                value={login}
                onChange={(event) => setLogin(event.target.value)}
              />
            )}
          </Field>
          <Field label={w.name} hint={w.nameHint}>
            {(ids) => (
              <input
                {...ids}
                name="name"
                autoComplete="name"
                required
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        </>
      ) : (
        // Password managers keep the password under the name that they find here.
        <input hidden name="login" autoComplete="username" value={login} readOnly />
      )}
      <PasswordField name="password" label={w.newPassword} isNew hint={w.passwordHint} problem={weak} />
      {problem !== undefined && weak === undefined && <Refusal error={problem} />}
      <Button look="main" type="submit">
        {submit}
      </Button>
      <div className={styles.or}>{w.or}</div>
      {me?.passkeys.can === false ? (
        me.passkeys.open !== null && <PasskeyElsewhere open={me.passkeys.open} />
      ) : (
        <>
          <Button
            icon="key"
            disabled={isSetUp && (login.trim() === "" || name.trim() === "")}
            onPress={() => use(withPasskey)}
          >
            {w.makePasskey}
          </Button>
          <p className={styles.small}>{w.passkeyHint}</p>
        </>
      )}
    </form>
  );
}
