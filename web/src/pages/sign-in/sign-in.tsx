import { useState } from "react";
import type { Me } from "../../../../src/http/wire/session.ts";
import { api } from "../../api/client.ts";
import { useMe } from "../../api/me.ts";
import { showPasskey } from "../../api/passkey.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { Insecure } from "./insecure.tsx";
import { Outside } from "./outside.tsx";
import { PasskeyElsewhere } from "./passkey-elsewhere.tsx";
import { PasswordField } from "./password-field.tsx";
import { Refusal } from "./refusal.tsx";
import styles from "./sign-in.module.css";
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
  const me = useMe().data;
  if (inside) return <SignInForm onSignedIn={onSignedIn} me={me} />;
  return (
    <Outside title={w.title}>
      {me?.secure === false ? (
        <Insecure />
      ) : me?.signedIn === false && me.setUp ? (
        <Notice tone="info">{w.noAccount}</Notice>
      ) : (
        <SignInForm onSignedIn={onSignedIn} me={me} />
      )}
    </Outside>
  );
}

function SignInForm({ onSignedIn, me }: { readonly onSignedIn: () => Promise<void>; readonly me: Me | undefined }) {
  const w = useWords(words);
  const [problem, setProblem] = useState<unknown>();
  const [login, setLogin] = useState(me?.signedIn === true ? me.account.login : "");
  const run = async (way: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    try {
      await way();
    } catch (error) {
      setProblem(error);
      return;
    }
    const now = await api.get<Me>("/api/v1/me");
    // What stands on the page is the one's who was signed in: somebody else begins anew.
    if (me?.signedIn === true && now.signedIn && now.account.id !== me.account.id) return location.reload();
    await onSignedIn();
  };
  const byPasskey = async (): Promise<void> => {
    const passkey = await showPasskey(await api.post("/api/v1/session/passkey-options"));
    await api.post("/api/v1/session/passkey", { passkey });
  };
  return (
    <>
      <form
        className={styles.form}
        action={(form) => run(() => api.post("/api/v1/session", { login, password: form.get("password") }))}
      >
        <Field label={w.login}>
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
        <PasswordField name="password" label={w.password} />
        {problem !== undefined && <Refusal error={problem} />}
        <Button look="main" type="submit">
          {w.signIn}
        </Button>
      </form>
      <div className={styles.or}>{w.or}</div>
      {me?.passkeys.can === false ? (
        me.passkeys.open !== null && <PasskeyElsewhere open={me.passkeys.open} />
      ) : (
        <Button icon="key" onPress={() => run(byPasskey)}>
          {w.withPasskey}
        </Button>
      )}
      <p className={styles.small}>{w.forgotten}</p>
    </>
  );
}
