import { useId, useState } from "react";
import { Button } from "../../kit/button.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./mend-form.module.css";
import { words } from "./words.ts";

/** An answer to a finding: as proposed, one of the others, or in one's own words; then it is written into the document. */
export function MendForm({
  choices,
  onWrite,
}: {
  readonly choices: readonly string[];
  readonly onWrite: (choice: string) => Promise<void>;
}) {
  const w = useWords(words);
  const id = useId();
  const [first = ""] = choices;
  const [own, setOwn] = useState<string | undefined>();
  return (
    <div className={styles.form}>
      <label htmlFor={id} className="unseen">
        {w.choice}
      </label>
      <input
        id={id}
        list={`${id}-choices`}
        value={own ?? first}
        onChange={(event) => setOwn(event.target.value)}
        autoComplete="off"
      />
      {choices.length > 1 && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      <Button icon="note" disabled={(own ?? first).trim() === ""} onPress={() => onWrite((own ?? first).trim())}>
        {w.writeIt}
      </Button>
    </div>
  );
}
