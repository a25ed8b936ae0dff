import { type FormEvent, useId, useState } from "react";
import { Link } from "wouter";
import type { RosterPut, ShownPerson, ShownRoster } from "../../../../src/http/wire/roster.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { ContactFields, type DraftContact, draftContacts } from "./contact-fields.tsx";
import { peopleWords } from "./people-words.ts";
import { RemoveButton } from "./remove-button.tsx";
import styles from "./settings.module.css";
import { itemPath, teamsOf } from "./use-roster.ts";
import { useSave } from "./use-save.tsx";
import { words } from "./words.ts";

/** One person: looked at, changed, or new. */
export function PersonForm({
  roster,
  person,
  onClose,
}: {
  readonly roster: ShownRoster;
  readonly person: ShownPerson | undefined;
  readonly onClose: () => void;
}) {
  const { form: w } = useWords(peopleWords);
  const s = useWords(words);
  const { save: saveWord, cancel, close } = useWords(shared);
  // What somebody else changes meanwhile does not disturb what is being written here.
  const [seen] = useState(person);
  const [name, setName] = useState(seen?.name ?? "");
  const [titles, setTitles] = useState(seen?.titles.join(", ") ?? "");
  const [locale, setLocale] = useState<"ko" | "en">(seen?.locale ?? "ko");
  const [admin, setAdmin] = useState(seen?.admin ?? false);
  const [contacts, setContacts] = useState<readonly DraftContact[]>(() => draftContacts(seen?.contacts));
  const [tried, setTried] = useState(false);
  const mayEdit = useMay("roster.edit");
  const { save, problem, question } = useSave(["roster"]);
  const form = useId();
  const isFixed = !mayEdit || (seen?.managedBy ?? null) !== null;
  const teams = seen === undefined ? [] : (teamsOf(roster).get(seen.id) ?? []);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "") return;
    const data = {
      name,
      titles: titles.split(","),
      locale,
      admin,
      contacts: contacts.map(({ channel, address }) => ({ channel, address })),
    };
    const done = await save(
      (confirm) =>
        seen === undefined
          ? api.post("/api/v1/roster/people", { data, confirm } satisfies RosterPut)
          : api.put(itemPath("people", seen.id), { data, revision: seen.revision, confirm } satisfies RosterPut),
      s.saved,
    );
    if (done) onClose();
  };

  return (
    <Dialog
      title={seen?.name ?? w.new}
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
                onRemove={(confirm) => api.delete(itemPath("people", seen.id), { revision: seen.revision, confirm })}
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
        <div className={styles.pair}>
          <Field label={w.name} hint={w.nameHint} problem={tried && name.trim() === "" ? w.required : undefined}>
            {(ids) => (
              <input
                {...ids}
                value={name}
                required
                autoComplete="off"
                disabled={isFixed}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Field label={w.titles} hint={w.titlesHint(roster.policy.recipients.join(", "))}>
            {(ids) => (
              <input {...ids} value={titles} disabled={isFixed} onChange={({ target }) => setTitles(target.value)} />
            )}
          </Field>
        </div>
        <ContactFields
          contacts={contacts}
          onChange={setContacts}
          isFixed={isFixed}
          person={seen}
          isMasked={!roster.contactsShown}
        />
        <div className={styles.pair}>
          <Field label={w.locale}>
            {(ids) => (
              <select
                {...ids}
                value={locale}
                disabled={isFixed}
                onChange={({ target }) => setLocale(target.value === "en" ? "en" : "ko")}
              >
                <option value="ko">{w.locales.ko}</option>
                <option value="en">{w.locales.en}</option>
              </select>
            )}
          </Field>
          <Tick
            label={w.admin}
            hint={w.adminHint}
            checked={admin}
            disabled={isFixed}
            onChange={({ target }) => setAdmin(target.checked)}
          />
        </div>
        {seen !== undefined && (
          <div className={styles.chips}>
            <strong>{w.teams}</strong>
            {teams.map(({ team, role }) => (
              <Chip key={team}>{`${team} · ${role}`}</Chip>
            ))}
            <Link href="/settings/teams">{w.teamsHint}</Link>
          </div>
        )}
        {problem}
      </form>
      {question}
    </Dialog>
  );
}
