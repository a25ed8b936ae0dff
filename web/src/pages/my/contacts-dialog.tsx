import { type FormEvent, useId, useState } from "react";
import type { OwnContactsPut, ShownMy } from "../../../../src/http/wire/reach.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { ContactFields, type DraftContact, draftContacts } from "../settings/contact-fields.tsx";
import { useSave } from "../settings/use-save.tsx";
import styles from "./my.module.css";
import { words } from "./words.ts";

/** One's own addresses and their order. Where the policy would reach somebody less, it asks first. */
export function ContactsDialog({
  person,
  onClose,
}: {
  readonly person: NonNullable<ShownMy["person"]>;
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const { save: saveWord, cancel } = useWords(shared);
  // What changes meanwhile does not disturb what is being written here.
  const [seen] = useState(person);
  const [contacts, setContacts] = useState<readonly DraftContact[]>(() => draftContacts(seen.contacts));
  const { save, problem, question } = useSave(["reach", "roster"]);
  const form = useId();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wanted = contacts.map(({ channel, address }) => ({ channel, address }));
    const put = (confirm: boolean): Promise<unknown> => {
      const body = { contacts: wanted, revision: seen.revision, confirm } satisfies OwnContactsPut;
      return api.put("/api/v1/my/contacts", body);
    };
    if (await save(put, w.changed)) onClose();
  };
  return (
    <Dialog
      title={w.change}
      onClose={onClose}
      wide
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" type="submit" form={form}>
            {saveWord}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.stack} onSubmit={(event) => void submit(event)} noValidate>
        <ContactFields contacts={contacts} onChange={setContacts} isFixed={false} isMasked={false} person={undefined} />
        <p className={styles.quiet}>{w.changeHint}</p>
        {problem}
      </form>
      {question}
    </Dialog>
  );
}
