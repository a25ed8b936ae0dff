import { useId, useState } from "react";
import { useWords } from "../../words/locale.tsx";
import { Snippet } from "../settings/snippet.tsx";
import styles from "./heartbeats.module.css";
import { type PingSnippet, pingSnippets, snippetsFor } from "./ping-snippets.ts";
import { words } from "./words.ts";

/** The line for the place that the job runs in. */
export function Connect({ address }: { readonly address: string }) {
  const w = useWords(words);
  const [kind, setKind] = useState<PingSnippet>("curl");
  const name = useId();
  return (
    <div className={styles.stack}>
      <fieldset className={styles.choice}>
        <legend className="unseen">{w.which}</legend>
        {snippetsFor(address).map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={kind === one} onChange={() => setKind(one)} />
            {w.snippets[one]}
          </label>
        ))}
      </fieldset>
      <Snippet title={w.snippets[kind]} text={pingSnippets(address, w.comments)[kind]} />
    </div>
  );
}
