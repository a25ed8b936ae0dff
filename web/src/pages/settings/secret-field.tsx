import type { ReactNode } from "react";
import type { ShownSecret } from "../../../../src/http/wire/channels.ts";
import { Field } from "../../kit/field.tsx";
import { Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { channelsWords } from "./channels-words.ts";
import type { DraftSecret } from "./secret-value.ts";
import styles from "./settings.module.css";

/** A secret: written here, or the name of the variable or file that holds it. What is stored is never shown. */
export function SecretField({
  label,
  name,
  value,
  stored,
  isFixed,
  onChange,
}: {
  readonly label: ReactNode;
  readonly name: string;
  readonly value: DraftSecret;
  readonly stored: ShownSecret | undefined;
  readonly isFixed: boolean;
  readonly onChange: (value: DraftSecret) => void;
}) {
  const { secret: w } = useWords(channelsWords);
  const isStored = stored?.set === true;
  return (
    <Field label={label} hint={isStored && value.how === "text" ? w.keep : w.write}>
      {(ids) => (
        <div className={styles.secret}>
          {isStored && (
            <Chip tone="good" icon="check">
              {stored.from === "env"
                ? w.fromEnv(stored.name ?? "")
                : stored.from === "file"
                  ? w.fromFile(stored.name ?? "")
                  : w.set}
            </Chip>
          )}
          {!isFixed && (
            <div className={styles.secretPair}>
              <select
                aria-label={w.how(name)}
                value={value.how}
                onChange={({ target }) => onChange({ how: target.value as DraftSecret["how"], text: "" })}
              >
                <option value="text">{w.text}</option>
                <option value="env">{w.env}</option>
                <option value="file">{w.file}</option>
                {isStored && <option value="drop">{w.drop}</option>}
              </select>
              <input
                {...ids}
                type={value.how === "text" ? "password" : "text"}
                value={value.text}
                autoComplete="new-password"
                spellCheck={false}
                disabled={value.how === "drop"}
                placeholder={value.how === "env" ? "BONGSU_SECRET_…" : value.how === "file" ? "/run/secrets/…" : ""}
                onChange={({ target }) => onChange({ ...value, text: target.value })}
              />
            </div>
          )}
          {isFixed && <input {...ids} disabled value="" />}
        </div>
      )}
    </Field>
  );
}
