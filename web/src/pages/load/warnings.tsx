import type { ShownPersonLoad } from "../../../../src/http/wire/load.ts";
import { Icon } from "../../kit/icon.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./warnings.module.css";
import { words } from "./words.ts";

/** Of one person at once; the rest behind a press. */
const SHOWN = 3;

export function Warnings({ people }: { readonly people: readonly ShownPersonLoad[] }) {
  const w = useWords(words);
  const warned = people.filter(({ warnings }) => warnings.length > 0);
  if (warned.length === 0)
    return (
      <p className={styles.none}>
        <Icon name="check" /> {w.noWarnings}
      </p>
    );
  return (
    <ul className={styles.people}>
      {warned.map(({ id, name, warnings }) => (
        <li key={id}>
          <strong>{name}</strong>
          <List texts={warnings.slice(0, SHOWN).map(({ text }) => text)} />
          {warnings.length > SHOWN && (
            <details>
              <summary>{w.more(warnings.length - SHOWN)}</summary>
              <List texts={warnings.slice(SHOWN).map(({ text }) => text)} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function List({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul className={styles.texts}>
      {texts.map((text) => (
        <li key={text}>
          <Icon name="warn" size={16} /> <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
