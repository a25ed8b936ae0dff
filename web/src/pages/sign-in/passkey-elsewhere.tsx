import { useWords } from "../../words/locale.tsx";
import styles from "./sign-in.module.css";
import { words } from "./words.ts";

/** An IP address cannot be asked for a passkey: says where they work, and keeps the page. */
export function PasskeyElsewhere({ open }: { readonly open: string }) {
  const w = useWords(words);
  const here = `${open}${location.pathname}${location.search}${location.hash}`;
  return (
    <p className={styles.small}>
      {w.passkeyElsewhere} <a href={here}>{open}</a>
    </p>
  );
}
