import type { ReactNode } from "react";
import { Field } from "../../kit/field.tsx";
import { fromLocal, toLocal } from "../../kit/local-time.ts";
import { useZone } from "../../kit/time.tsx";

/** A date and time in the reader's zone. What is not complete is not told on. */
export function LocalField({
  label,
  hint,
  problem,
  at,
  onChange,
}: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly at: number;
  readonly onChange: (at: number) => void;
}) {
  const zone = useZone();
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} problem={problem}>
      {(ids) => (
        <input
          {...ids}
          type="datetime-local"
          required
          value={toLocal(at, zone)}
          onChange={({ target }) => {
            const changed = fromLocal(target.value, zone);
            if (changed !== undefined) onChange(changed);
          }}
        />
      )}
    </Field>
  );
}
