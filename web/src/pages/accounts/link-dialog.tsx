import { useState } from "react";
import type { AccountLink, ShownAccount } from "../../../../src/http/wire/accounts.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { Time } from "../../kit/time.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "../account/account.module.css";
import { Refusal } from "../sign-in/refusal.tsx";
import { words } from "./words.ts";

/** Makes a one-time link, or shows the one that was just made: this once. */
export function LinkDialog({
  account,
  made: first,
  onClose,
}: {
  readonly account: ShownAccount;
  readonly made?: AccountLink;
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const say = useToast();
  const [made, setMade] = useState(first);
  const [problem, setProblem] = useState<unknown>();
  const make = async (): Promise<void> => {
    setProblem(undefined);
    try {
      setMade(await api.post<AccountLink>(`/api/v1/accounts/${account.id}/reset`));
    } catch (error) {
      setProblem(error);
    }
  };
  if (made === undefined)
    return (
      <Dialog title={w.linkOf(account.name)} onClose={onClose}>
        <div className={styles.form}>
          <p>{w.linkLead}</p>
          {problem !== undefined && <Refusal error={problem} />}
          <Button look="main" onPress={make}>
            {w.makeLink}
          </Button>
        </div>
      </Dialog>
    );
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(made.link);
    say({ tone: "good", text: w.copied });
  };
  return (
    <Dialog title={w.give(account.name)} onClose={onClose} acts={<Button onPress={onClose}>{w.done}</Button>}>
      <div className={styles.form}>
        <p>{w.giveLead}</p>
        <Field label={w.linkField}>
          {(ids) => <input {...ids} readOnly value={made.link} onFocus={(event) => event.target.select()} />}
        </Field>
        <p className={styles.small}>
          {w.until} <Time at={made.expiresAt} only="absolute" />
        </p>
        <Button look="main" icon="copy" onPress={copy}>
          {w.copy}
        </Button>
      </div>
    </Dialog>
  );
}
