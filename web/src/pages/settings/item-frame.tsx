import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { Owned, RosterKind, RosterPut } from "../../../../src/http/wire/roster.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { RemoveButton } from "./remove-button.tsx";
import styles from "./settings.module.css";
import { itemPath } from "./use-roster.ts";
import { useSave } from "./use-save.tsx";
import { words } from "./words.ts";

type Item = Owned & { readonly name: string };
type FrameState = {
  /** A file manages it, or the reader may only look. */
  readonly isFixed: boolean;
  /** Somebody pressed save: from now on what is missing is told. */
  readonly tried: boolean;
};

/**
 * The frame around the form of an item of the roster: looked at where a file manages it, else changed, made or removed.
 * What somebody else changes meanwhile does not disturb what is being written; the server refuses to overwrite it.
 */
export function ItemFrame<T extends Item>({
  kind,
  title,
  item,
  idOf,
  data,
  onClose,
  children,
}: {
  readonly kind: RosterKind;
  /** Of a new one. */
  readonly title: string;
  readonly item: T | undefined;
  readonly idOf: (item: T) => string;
  /** What is sent; nothing where something is missing still. */
  readonly data: () => Readonly<Record<string, unknown>> | undefined;
  readonly onClose: () => void;
  readonly children: (state: FrameState) => ReactNode;
}) {
  const s = useWords(words);
  const { save: saveWord, cancel, close } = useWords(shared);
  const [seen] = useState(item);
  const [tried, setTried] = useState(false);
  const mayEdit = useMay("roster.edit");
  const { save, problem, question } = useSave(["roster"]);
  const form = useId();
  const isFixed = !mayEdit || (seen?.managedBy ?? null) !== null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const whole = data();
    if (whole === undefined) return;
    const done = await save(
      (confirm) =>
        seen === undefined
          ? api.post(`/api/v1/roster/${kind}`, { data: whole, confirm } satisfies RosterPut)
          : api.put(itemPath(kind, idOf(seen)), { data: whole, revision: seen.revision, confirm } satisfies RosterPut),
      s.saved,
    );
    if (done) onClose();
  };

  return (
    <Dialog
      title={seen?.name ?? title}
      onClose={onClose}
      wide
      acts={
        isFixed ? (
          <Button onPress={onClose}>{close}</Button>
        ) : (
          <>
            {seen !== undefined && (
              <RemoveButton
                name={seen.name}
                topics={["roster"]}
                onRemove={(confirm) => api.delete(itemPath(kind, idOf(seen)), { revision: seen.revision, confirm })}
                onDone={onClose}
              />
            )}
            <Button onPress={onClose}>{cancel}</Button>
            <Button look="main" type="submit" form={form}>
              {saveWord}
            </Button>
          </>
        )
      }
    >
      {seen?.managedBy != null && <Notice tone="info">{s.managed(seen.managedBy)}</Notice>}
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        {children({ isFixed, tried })}
        {problem}
      </form>
      {question}
    </Dialog>
  );
}
