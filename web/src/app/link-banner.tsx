import { useLink } from "../api/live.ts";
import { useNow } from "../kit/clock.ts";
import { Icon } from "../kit/icon.tsx";
import { useLengthText } from "../kit/time.tsx";
import { useWords } from "../words/locale.tsx";
import styles from "./shell.module.css";
import { words } from "./words.ts";

/** A change of network, and the first second of a page, are not worth a word. */
const PATIENCE_MS = 3_000;

/** Says loudly that what is on the screen is old. */
export function LinkBanner() {
  const link = useLink();
  return link.is === "on" ? null : <Off since={link.since} />;
}

function Off({ since }: { readonly since: number }) {
  const w = useWords(words);
  const length = useLengthText();
  useNow();
  const off = Date.now() - since;
  if (off < PATIENCE_MS) return null;
  return (
    <div className={styles.banner} role="alert">
      <Icon name="warn" />
      <span>{w.disconnected(length(off))}</span>
    </div>
  );
}
