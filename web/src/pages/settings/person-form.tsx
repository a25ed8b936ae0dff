import { useState } from "react";
import { Link } from "wouter";
import type { ShownPerson, ShownRoster } from "../../../../src/http/wire/roster.ts";
import { Field, Tick } from "../../kit/field.tsx";
import { Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { ContactFields, type DraftContact, draftContacts } from "./contact-fields.tsx";
import { ItemFrame } from "./item-frame.tsx";
import { peopleWords } from "./people-words.ts";
import styles from "./settings.module.css";
import { teamsOf } from "./use-roster.ts";

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
  // What somebody else changes meanwhile does not disturb what is being written here.
  const [seen] = useState(person);
  const [name, setName] = useState(seen?.name ?? "");
  const [titles, setTitles] = useState(seen?.titles.join(", ") ?? "");
  const [locale, setLocale] = useState<"ko" | "en">(seen?.locale ?? "ko");
  const [admin, setAdmin] = useState(seen?.admin ?? false);
  const [contacts, setContacts] = useState<readonly DraftContact[]>(() => draftContacts(seen?.contacts));
  const teams = seen === undefined ? [] : (teamsOf(roster).get(seen.id) ?? []);
  const isNamed = name.trim() !== "";
  const data = {
    name,
    titles: titles.split(","),
    locale,
    admin,
    contacts: contacts.map(({ channel, address }) => ({ channel, address })),
  };

  return (
    <ItemFrame
      kind="people"
      title={w.new}
      item={person}
      idOf={({ id }) => id}
      data={() => (isNamed ? data : undefined)}
      onClose={onClose}
    >
      {({ isFixed, tried }) => (
        <>
          <div className={styles.pair}>
            <Field label={w.name} hint={w.nameHint} problem={tried && !isNamed ? w.required : undefined}>
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
        </>
      )}
    </ItemFrame>
  );
}
