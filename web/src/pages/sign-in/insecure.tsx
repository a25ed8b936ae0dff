import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./sign-in.module.css";
import { words } from "./words.ts";

/** Why nobody can sign in at this address, and the two ways out. */
export function Insecure() {
  const { insecure } = useWords(words);
  const port = location.port === "" ? "80" : location.port;
  return (
    <Notice tone="bad">
      <p>
        <strong>{insecure.what}</strong> {insecure.why}
      </p>
      <ul className={styles.list}>
        <li>{insecure.proxy}</li>
        <li>
          {insecure.tunnel}
          <code>{`ssh -L ${port}:127.0.0.1:${port} ${location.hostname}`}</code>
          <code>{`http://localhost:${port}${location.pathname === "/" ? "" : location.pathname}${location.hash}`}</code>
        </li>
      </ul>
    </Notice>
  );
}
