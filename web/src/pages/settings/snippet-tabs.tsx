import { useId, useState } from "react";
import { useWords } from "../../words/locale.tsx";
import { integrationsWords } from "./integrations-words.ts";
import styles from "./settings.module.css";
import { Snippet } from "./snippet.tsx";
import { SNIPPET_KINDS, type SnippetKind, snippetsFor } from "./snippets.ts";

/** The settings for the sender that is chosen. */
export function SnippetTabs({
  publicUrl,
  token,
  first = "prometheus",
}: {
  readonly publicUrl: string;
  readonly token: string;
  readonly first?: SnippetKind;
}) {
  const w = useWords(integrationsWords);
  const [kind, setKind] = useState<SnippetKind>(first);
  const name = useId();
  return (
    <div className={styles.stack}>
      <fieldset className={styles.choice}>
        <legend className="unseen">{w.how}</legend>
        {SNIPPET_KINDS.map((one) => (
          <label key={one} className={styles.choiceLabel}>
            <input type="radio" name={name} checked={kind === one} onChange={() => setKind(one)} />
            {w.kinds[one]}
          </label>
        ))}
      </fieldset>
      <Snippet title={`${w.snippet}: ${w.kinds[kind]}`} text={snippetsFor(publicUrl, token)[kind]} />
    </div>
  );
}
