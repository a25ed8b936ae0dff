import { useId } from "react";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { words } from "./words.ts";

/** Its name, which item of the policy it serves, whose incidents it opens, and whether it watches at all. */
export function AboutFields({
  draft,
  onChange,
  problem,
  services,
  isDemanded,
}: FieldsProps & { readonly services: readonly string[]; readonly isDemanded: boolean }) {
  const { form: w } = useWords(words);
  const list = useId();
  return (
    <fieldset className={`${styles.group} ${styles.about}`}>
      <legend>{w.about}</legend>
      <Field label={w.title} hint={w.titleHint} problem={problem("title")}>
        {(ids) => (
          <input
            {...ids}
            value={draft.title}
            maxLength={120}
            onChange={({ target }) => onChange({ title: target.value })}
          />
        )}
      </Field>
      <Field label={w.quantity}>
        {(ids) => (
          <select {...ids} value={draft.quantity} onChange={({ target }) => onChange({ quantity: target.value })}>
            <option value="">{w.noQuantity}</option>
            {Object.entries(w.quantities).map(([kind, title]) => (
              <option key={kind} value={kind}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.service} hint={w.serviceHint}>
        {(ids) => (
          <>
            <input
              {...ids}
              list={list}
              value={draft.service}
              maxLength={120}
              onChange={({ target }) => onChange({ service: target.value })}
            />
            <datalist id={list}>
              {services.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Tick
        label={w.enabled}
        hint={isDemanded ? w.alwaysOn : w.enabledHint}
        checked={draft.enabled}
        disabled={isDemanded}
        onChange={({ target }) => onChange({ enabled: target.checked })}
      />
    </fieldset>
  );
}
