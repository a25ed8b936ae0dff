import { type ReactNode, useEffect, useRef, useState } from "react";
import styles from "./filter-bar.module.css";
import { Icon } from "./icon.tsx";
import { useKey, useKeyText } from "./keys.tsx";

/** What a list is narrowed by: words first, then choices; on a phone each has the whole width. */
export function FilterBar({
  stacked,
  children,
}: {
  /** The words stand on a line of their own, above many choices. */
  readonly stacked?: boolean;
  readonly children: ReactNode;
}) {
  return <search className={`${styles.bar} ${stacked ? styles.stacked : ""}`}>{children}</search>;
}

/** Words, reached by the key for searching. They are told when the typist pauses, so that each letter shows at once. */
export function SearchBox({
  label,
  hint,
  value,
  lengthMax,
  pauseMs,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly lengthMax: number;
  readonly pauseMs: number;
  readonly onChange: (value: string) => void;
}) {
  const key = useKeyText("search");
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;
  useKey("search", () => input.current?.select());
  // Another view was chosen, or the reader went back.
  useEffect(() => {
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      tell.current(typed);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, pauseMs]);
  return (
    <label className={styles.search}>
      <span className="unseen">{label}</span>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        value={typed}
        placeholder={hint}
        maxLength={lengthMax}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
      {key !== "" && <kbd aria-hidden="true">{key}</kbd>}
    </label>
  );
}

/** One of several; what is chosen is seen at a glance. */
export function FilterChoice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  /** The first with an empty value, which is no choice. */
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <label className={styles.choice}>
      <span className="unseen">{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value as T)} data-set={value !== ""}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
