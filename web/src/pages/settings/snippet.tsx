import { useRef } from "react";
import { Button } from "../../kit/button.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./settings.module.css";

/** A text to be copied as it stands. */
export function Snippet({ title, text }: { readonly title: string; readonly text: string }) {
  const { copied } = useWords(shared);
  const say = useToast();
  const ref = useRef<HTMLPreElement>(null);
  const { copy } = useWords(shared);
  const press = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers have a clipboard on secure addresses alone; elsewhere the selection is copied.
      const selection = getSelection();
      if (ref.current !== null) selection?.selectAllChildren(ref.current);
      document.execCommand("copy");
    }
    say({ tone: "good", text: copied });
  };
  return (
    <div className={styles.snippet}>
      <div className={styles.between}>
        <strong>{title}</strong>
        <Button size="small" icon="copy" onPress={press}>
          {copy}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
      <pre ref={ref} tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </div>
  );
}
