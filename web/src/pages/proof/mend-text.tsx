import { Button } from "../../kit/button.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./proof.module.css";
import { words } from "./words.ts";

/** Roster text to be taken over; only to be read by those who may not change it. */
export function MendText({ mend, mayEdit }: { readonly mend: string; readonly mayEdit: boolean }) {
  const w = useWords(words);
  const act = useAct();
  const copy = (): Promise<boolean> => act(() => navigator.clipboard.writeText(mend), w.copied);
  return (
    <details className={styles.mend}>
      <summary>{w.mend}</summary>
      <pre>{mend}</pre>
      {mayEdit && (
        <Button size="small" icon="copy" onPress={copy}>
          {w.copy}
        </Button>
      )}
    </details>
  );
}
