import { type ReactNode, useId } from "react";
import styles from "./field.module.css";
import { Icon } from "./icon.tsx";

/**
 * A labelled control. `children` gets the ids to put on it: `<Field label={w.name}>{(ids) => <input {...ids} … />}</Field>`.
 */
export function Field({
  label,
  hint,
  problem,
  children,
}: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with what stands there, said beside it. */
  readonly problem?: string | undefined;
  readonly children: (ids: {
    readonly id: string;
    readonly "aria-describedby"?: string;
    readonly "aria-invalid"?: true;
  }) => ReactNode;
}) {
  const id = useId();
  const described = [hint === undefined ? "" : `${id}-hint`, problem === undefined ? "" : `${id}-problem`]
    .join(" ")
    .trim();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(described === "" ? {} : { "aria-describedby": described }),
        ...(problem === undefined ? {} : { "aria-invalid": true as const }),
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p id={`${id}-problem`} className={styles.problem}>
          <Icon name="warn" size={16} /> {problem}
        </p>
      )}
    </div>
  );
}

/** A checkbox or radio button with its label beside it, large enough for a thumb. */
export function Tick({
  label,
  hint,
  ...input
}: { readonly label: ReactNode; readonly hint?: ReactNode } & React.InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" {...input} />
      <span>
        {label}
        {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      </span>
    </label>
  );
}
