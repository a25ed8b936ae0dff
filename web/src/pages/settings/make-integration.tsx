import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { MadeToken } from "../../../../src/http/wire/tokens.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { integrationsWords } from "./integrations-words.ts";
import styles from "./settings.module.css";
import { Snippet } from "./snippet.tsx";
import { SnippetTabs } from "./snippet-tabs.tsx";
import type { SnippetKind } from "./snippets.ts";
import { Refused } from "./use-save.tsx";

/** A token that sends, made and filled into the settings of its sender in one step. */
export function MakeIntegration({
  publicUrl,
  firstName = "",
  first,
}: {
  readonly publicUrl: string;
  readonly firstName?: string;
  readonly first?: SnippetKind;
}) {
  const w = useWords(integrationsWords);
  const queries = useQueryClient();
  const [name, setName] = useState(firstName);
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<MadeToken>();
  const [error, setError] = useState<unknown>();
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || made !== undefined) return;
    try {
      setMade(await api.post<MadeToken>("/api/v1/tokens", { name: name.trim(), scopes: ["ingest"] }));
      setError(undefined);
      await queries.invalidateQueries({ queryKey: ["token"] });
    } catch (caught) {
      setError(caught);
    }
  };
  if (made !== undefined)
    return (
      <div className={styles.stack}>
        <Notice tone="warn">{w.once}</Notice>
        <Snippet title={`${w.token}: ${made.token.name}`} text={made.text} />
        <SnippetTabs publicUrl={publicUrl} token={made.text} {...(first === undefined ? {} : { first })} />
      </div>
    );
  return (
    <form className={styles.form} onSubmit={(event) => void make(event)} noValidate>
      <Field label={w.name} hint={w.nameHint} problem={tried && name.trim() === "" ? w.required : undefined}>
        {(ids) => (
          <input
            {...ids}
            value={name}
            placeholder={w.namePlaceholder}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      {error !== undefined && <Refused error={error} />}
      <div>
        <Button look="main" icon="key" type="submit">
          {w.make}
        </Button>
      </div>
    </form>
  );
}
