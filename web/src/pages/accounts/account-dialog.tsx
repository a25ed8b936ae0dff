import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Role } from "../../../../src/access/permissions.ts";
import type { AccountLink, ShownAccount } from "../../../../src/http/wire/accounts.ts";
import { api } from "../../api/client.ts";
import { words as frame } from "../../app/words.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "../account/account.module.css";
import { Refusal } from "../sign-in/refusal.tsx";
import { words } from "./words.ts";

/** A new account, or name, role and person of one that there is. */
export function AccountDialog({
  account,
  onClose,
  onMade,
}: {
  readonly account?: ShownAccount;
  readonly onClose: () => void;
  readonly onMade: (made: AccountLink) => void;
}) {
  const w = useWords(words);
  const { roles } = useWords(frame);
  const queries = useQueryClient();
  const say = useToast();
  const [login, setLogin] = useState(account?.login ?? "");
  const [name, setName] = useState(account?.name ?? "");
  const [role, setRole] = useState<Role>(account?.role ?? "responder");
  const [person, setPerson] = useState(account?.person?.id ?? "");
  const [problem, setProblem] = useState<unknown>();
  const people = useQuery({
    queryKey: ["roster", "people-names"],
    queryFn: () => api.get<{ readonly people: Readonly<Record<string, string>> }>("/api/v1/people"),
  });
  const save = async (): Promise<void> => {
    setProblem(undefined);
    const facts = { name, role, person: person === "" ? null : person };
    try {
      if (account === undefined) {
        onMade(await api.post<AccountLink>("/api/v1/accounts", { ...facts, login }));
      } else {
        await api.patch(`/api/v1/accounts/${account.id}`, facts);
        say({ tone: "good", text: w.saved });
        onClose();
      }
      await queries.invalidateQueries({ queryKey: ["account"] });
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Dialog title={account === undefined ? w.add : w.editOf(account.name)} onClose={onClose}>
      <form className={styles.form} action={save}>
        {account === undefined && (
          <>
            <p>{w.addLead}</p>
            <Field label={w.login} hint={w.loginHint}>
              {(ids) => (
                <input
                  {...ids}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  required
                  maxLength={64}
                  value={login}
                  onChange={(event) => setLogin(event.target.value)}
                />
              )}
            </Field>
          </>
        )}
        <Field label={w.name}>
          {(ids) => (
            <input
              {...ids}
              autoComplete="off"
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset disabled={account?.lastAdmin === true}>
          <legend>{w.role}</legend>
          {(Object.keys(w.roleHint) as Role[]).map((one) => (
            <Tick
              key={one}
              type="radio"
              name="role"
              label={roles[one]}
              hint={w.roleHint[one]}
              checked={role === one}
              onChange={() => setRole(one)}
            />
          ))}
          {account?.lastAdmin === true && <p className={styles.small}>{w.lastAdmin}</p>}
        </fieldset>
        <Field label={w.person} hint={w.personHint}>
          {(ids) => (
            <select {...ids} value={person} onChange={(event) => setPerson(event.target.value)}>
              <option value="">{w.nobody}</option>
              {Object.entries(people.data?.people ?? {}).map(([id, shown]) => (
                <option key={id} value={id}>
                  {shown}
                </option>
              ))}
            </select>
          )}
        </Field>
        {problem !== undefined && <Refusal error={problem} />}
        <Button look="main" type="submit">
          {account === undefined ? w.add : w.save}
        </Button>
      </form>
    </Dialog>
  );
}
