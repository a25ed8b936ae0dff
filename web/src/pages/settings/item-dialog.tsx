import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { Owned, RosterKind, RosterPut } from "../../../../src/http/wire/roster.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { RemoveButton } from "./remove-button.tsx";
import styles from "./settings.module.css";
import { teamsWords } from "./teams-words.ts";
import { itemPath } from "./use-roster.ts";
import { useSave } from "./use-save.tsx";
import { words } from "./words.ts";

/** The frame of a form for an item that is known by its name: looked at where a file manages it, changed otherwise. */
export function ItemDialog({
  kind,
  title,
  item,
  firstName = "",
  data,
  onClose,
  children,
}: {
  readonly kind: RosterKind;
  readonly title: string;
  readonly item: (Owned & { readonly name: string }) | undefined;
  readonly firstName?: string;
  readonly data: () => Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
  readonly children: (isFixed: boolean) => ReactNode;
}) {
  const s = useWords(words);
  const { form: w } = useWords(teamsWords);
  const { save: saveWord, cancel, close } = useWords(shared);
  const [seen] = useState(item);
  const [name, setName] = useState(seen?.name ?? firstName);
  const [tried, setTried] = useState(false);
  const mayEdit = useMay("roster.edit");
  const { save, problem, question } = useSave(["roster"]);
  const form = useId();
  const isFixed = !mayEdit || (seen?.managedBy ?? null) !== null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "") return;
    const whole = { ...data(), name: name.trim() };
    const done = await save(
      (confirm) =>
        seen === undefined
          ? api.post(`/api/v1/roster/${kind}`, { data: whole, confirm } satisfies RosterPut)
          : api.put(itemPath(kind, seen.name), { data: whole, revision: seen.revision, confirm } satisfies RosterPut),
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
                onRemove={(confirm) => api.delete(itemPath(kind, seen.name), { revision: seen.revision, confirm })}
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
        {seen === undefined && (
          <Field label={w.name} problem={tried && name.trim() === "" ? w.required : undefined}>
            {(ids) => <input {...ids} value={name} onChange={({ target }) => setName(target.value)} />}
          </Field>
        )}
        {children(isFixed)}
        {problem}
      </form>
      {question}
    </Dialog>
  );
}
