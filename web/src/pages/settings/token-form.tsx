import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { MadeToken, TokenRequest } from "../../../../src/http/wire/tokens.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./settings.module.css";
import { Snippet } from "./snippet.tsx";
import { tokensWords } from "./tokens-words.ts";
import { useRoster } from "./use-roster.ts";
import { Refused } from "./use-save.tsx";

const SCOPES = ["ingest", "agent", "read", "respond", "admin"] as const;

export function TokenForm({ onClose }: { readonly onClose: () => void }) {
  const w = useWords(tokensWords);
  const { cancel, close } = useWords(shared);
  const queries = useQueryClient();
  const people = useRoster().data?.people ?? [];
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>(["read"]);
  const [host, setHost] = useState("");
  const [person, setPerson] = useState("");
  const [days, setDays] = useState("");
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<MadeToken>();
  const [error, setError] = useState<unknown>();
  const form = useId();
  const isAgent = scopes.includes("agent");
  const isWhole = name.trim() !== "" && scopes.length > 0;
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isWhole) return;
    const body: TokenRequest = {
      name,
      scopes,
      person,
      ...(days.trim() === "" ? {} : { days: Number(days) }),
      ...(isAgent ? { host: host.trim() } : {}),
    };
    try {
      setMade(await api.post<MadeToken>("/api/v1/tokens", body));
      await queries.invalidateQueries({ queryKey: ["token"] });
    } catch (caught) {
      setError(caught);
    }
  };
  if (made !== undefined)
    return (
      <Dialog title={made.token.name} onClose={onClose} acts={<Button onPress={onClose}>{close}</Button>}>
        <Notice tone="warn">{w.once}</Notice>
        <Snippet title={made.token.name} text={made.text} />
      </Dialog>
    );
  return (
    <Dialog
      title={w.add}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" type="submit" form={form}>
            {w.add}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void make(event)} noValidate>
        <Field label={w.name} hint={w.nameHint} problem={tried && !isWhole ? w.required : undefined}>
          {(ids) => <input {...ids} value={name} onChange={({ target }) => setName(target.value)} />}
        </Field>
        <fieldset className={styles.group}>
          <legend>{w.scopes}</legend>
          {SCOPES.map((scope) => (
            <Tick
              key={scope}
              label={w.scopeNames[scope]}
              hint={w.scopeHints[scope]}
              checked={scopes.includes(scope)}
              onChange={({ target }) =>
                setScopes(target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            />
          ))}
        </fieldset>
        {isAgent && (
          <Field label={w.host} hint={w.hostHint}>
            {(ids) => <input {...ids} value={host} maxLength={100} onChange={({ target }) => setHost(target.value)} />}
          </Field>
        )}
        <div className={styles.pair}>
          <Field label={w.person}>
            {(ids) => (
              <select {...ids} value={person} onChange={({ target }) => setPerson(target.value)}>
                <option value="">{w.nobody}</option>
                {people.map(({ id, name: shown }) => (
                  <option key={id} value={id}>
                    {shown}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={w.days} hint={w.daysHint}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={1}
                max={3650}
                value={days}
                onChange={({ target }) => setDays(target.value)}
              />
            )}
          </Field>
        </div>
        {error !== undefined && <Refused error={error} />}
      </form>
    </Dialog>
  );
}
