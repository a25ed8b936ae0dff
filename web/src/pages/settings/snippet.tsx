import { Button } from "../../kit/button.tsx";
import { useCopy } from "../../kit/copy.ts";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./settings.module.css";

/** A text to be copied as it stands. */
export function Snippet({ title, text }: { readonly title: string; readonly text: string }) {
  const { copy } = useWords(shared);
  const put = useCopy();
  return (
    <div className={styles.snippet}>
      <div className={styles.between}>
        <strong>{title}</strong>
        <Button size="small" icon="copy" onPress={() => put(text)}>
          {copy}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </div>
  );
}
