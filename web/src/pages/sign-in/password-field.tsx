import { useState } from "react";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./sign-in.module.css";
import { words } from "./words.ts";

/** A password: pasted, filled in by a manager or typed, and shown when somebody wants to see what they type. */
export function PasswordField({
  name,
  label,
  isNew,
  hint,
  problem,
}: {
  readonly name: string;
  readonly label: string;
  /** To be chosen now, so that managers offer one. */
  readonly isNew?: boolean;
  readonly hint?: string;
  readonly problem?: string | undefined;
}) {
  const w = useWords(words);
  const [shown, setShown] = useState(false);
  // Kept here, for React empties a form that was sent: what was refused is mended, not typed anew.
  const [text, setText] = useState("");
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => (
        <div className={styles.secret}>
          <input
            {...ids}
            name={name}
            type={shown ? "text" : "password"}
            autoComplete={isNew ? "new-password" : "current-password"}
            autoCapitalize="off"
            spellCheck={false}
            required
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button look="quiet" icon={shown ? "eyeOff" : "eye"} bare onPress={() => setShown(!shown)}>
            {shown ? w.hide : w.show}
          </Button>
        </div>
      )}
    </Field>
  );
}
