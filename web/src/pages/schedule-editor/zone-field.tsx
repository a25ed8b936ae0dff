import { useId } from "react";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

export function ZoneField({
  zone,
  problem,
  isFixed,
  onChange,
}: {
  readonly zone: string;
  readonly problem: string | undefined;
  readonly isFixed: boolean;
  readonly onChange: (zone: string) => void;
}) {
  const { form: w } = useWords(words);
  const zones = useId();
  return (
    <Field label={w.zone} problem={problem}>
      {(ids) => (
        <>
          <input
            {...ids}
            list={zones}
            value={zone}
            spellCheck={false}
            disabled={isFixed}
            onChange={({ target }) => onChange(target.value)}
          />
          <datalist id={zones}>
            {Intl.supportedValuesOf("timeZone").map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
