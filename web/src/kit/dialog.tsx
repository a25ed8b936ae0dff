import { type ReactNode, useEffect, useId, useRef } from "react";
import { useWords } from "../words/locale.tsx";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";

/** A modal of the browser's own: the focus stays in it, Escape closes it, and it goes back to where it came from. */
export function Dialog({
  title,
  onClose,
  acts,
  wide,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly acts?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const { close } = useWords(words);
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) {
      dialog.showModal();
      // The browser would take the first button, which closes it: what is to be filled in comes first.
      dialog.querySelector<HTMLElement>(`.${styles.body} :is(input, select, textarea):not([type=hidden])`)?.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`${styles.dialog} ${wide ? styles.wide : ""}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        // A file chooser's cancel bubbles up to here as well.
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className={styles.inside}>
        <div className={styles.head}>
          <h2 id={heading}>{title}</h2>
          <Button look="quiet" icon="cross" bare onPress={onClose}>
            {close}
          </Button>
        </div>
        <div className={styles.body}>{children}</div>
        {acts !== undefined && <div className={styles.acts}>{acts}</div>}
      </div>
    </dialog>
  );
}
