import { Fragment, type ReactNode } from "react";
import { Icon } from "../../kit/icon.tsx";
import styles from "./editor.module.css";

/** A sentence of which some parts are controls: `{bound} {when}`, each language in its own order. */
export function Sentence({
  text,
  slots,
}: {
  readonly text: string;
  readonly slots: Readonly<Record<string, ReactNode>>;
}) {
  return (
    <div className={styles.sentence}>
      {text.split(/\{(\w+)\}/u).map((part, nth) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name than its place.
        if (nth % 2 === 1) return <Fragment key={nth}>{slots[part]}</Fragment>;
        if (part.trim() === "") return null;
        // What follows a control without a space belongs to its word.
        const isEnding = nth > 0 && !part.startsWith(" ");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <span key={nth} className={isEnding ? styles.ending : undefined}>
            {part.trim()}
          </span>
        );
      })}
    </div>
  );
}

/** A text in a sentence; when it is left, it is written as the form writes it. */
export function TextPart({
  label,
  value,
  placeholder,
  isWrong,
  described,
  onChange,
  tidy,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isWrong: boolean;
  /** The id of what is said about it. */
  readonly described: string;
  readonly onChange: (value: string) => void;
  /** Undefined: what stands there cannot be read, and stays. */
  readonly tidy?: (value: string) => string | undefined;
}) {
  return (
    <input
      className={styles.text}
      aria-label={label}
      value={value}
      size={Math.max(value.length, (placeholder ?? "").length, 5)}
      maxLength={40}
      spellCheck={false}
      autoComplete="off"
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(isWrong ? { "aria-invalid": true, "aria-describedby": described } : {})}
      onChange={({ target }) => onChange(target.value)}
      onBlur={() => {
        const tidied = tidy?.(value);
        if (tidied !== undefined && tidied !== value) onChange(tidied);
      }}
    />
  );
}

export function ChoicePart<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <select
      className={styles.choice}
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value as T)}
    >
      {options.map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** What is wrong, under the sentence in which it is. */
export function Problems({ id, texts }: { readonly id: string; readonly texts: readonly (string | undefined)[] }) {
  const told = texts.filter((text) => text !== undefined);
  if (told.length === 0) return null;
  return (
    <div id={id} className={styles.problems}>
      {told.map((text) => (
        <p key={text} className={styles.problem}>
          <Icon name="warn" size={16} /> {text}
        </p>
      ))}
    </div>
  );
}
