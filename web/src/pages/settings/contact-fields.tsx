import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { ShownChannels } from "../../../../src/http/wire/channels.ts";
import type { ShownContact, ShownPerson } from "../../../../src/http/wire/roster.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { peopleWords } from "./people-words.ts";
import styles from "./settings.module.css";
import { TestRing } from "./test-progress.tsx";

export type DraftContact = ShownContact & { readonly key: number };
const KINDS = ["email", "slack", "phone", "sms", "webhook", "push", "console"] as const;

export function draftContacts(contacts: readonly ShownContact[] = []): readonly DraftContact[] {
  return contacts.map((contact, key) => ({ ...contact, key }));
}

/** The contacts of a person in their order, each with a test once it is stored. */
export function ContactFields({
  contacts,
  onChange,
  isFixed,
  isMasked,
  person,
}: {
  readonly contacts: readonly DraftContact[];
  readonly onChange: (contacts: readonly DraftContact[]) => void;
  readonly isFixed: boolean;
  readonly isMasked: boolean;
  readonly person: ShownPerson | undefined;
}) {
  const { form: w } = useWords(peopleWords);
  const { channels: names } = useWords(shared);
  const next = useRef(1_000);
  const free = KINDS.filter((kind) => !contacts.some(({ channel }) => channel === kind));
  const put = (key: number, change: Partial<ShownContact>): void =>
    onChange(contacts.map((contact) => (contact.key === key ? { ...contact, ...change } : contact)));
  return (
    <fieldset className={styles.group}>
      <legend>{w.contacts}</legend>
      <p className={styles.quiet}>{w.contactsHint}</p>
      {contacts.map(({ key, channel, address }, place) => {
        const name = names[channel as keyof typeof names] ?? channel;
        const stored = person?.contacts.some((one) => one.channel === channel && one.address === address);
        return (
          <div key={key} className={styles.line}>
            <select
              aria-label={`${w.channel} ${place + 1}`}
              value={channel}
              disabled={isFixed}
              onChange={({ target }) => put(key, { channel: target.value })}
            >
              {KINDS.filter((kind) => kind === channel || free.includes(kind)).map((kind) => (
                <option key={kind} value={kind}>
                  {names[kind]}
                </option>
              ))}
            </select>
            <input
              aria-label={`${name}: ${w.address}`}
              value={address}
              disabled={isFixed || isMasked}
              placeholder={w.addresses[channel] ?? ""}
              inputMode={channel === "email" ? "email" : channel === "phone" || channel === "sms" ? "tel" : "text"}
              autoComplete="off"
              onChange={({ target }) => put(key, { address: target.value })}
            />
            <span className={styles.chips}>
              {!isFixed && (
                <>
                  <Button
                    look="quiet"
                    icon="up"
                    bare
                    disabled={place === 0}
                    onPress={() => onChange(movedUp(contacts, place))}
                  >
                    {w.up(name)}
                  </Button>
                  <Button
                    look="quiet"
                    icon="remove"
                    bare
                    onPress={() => onChange(contacts.filter((contact) => contact.key !== key))}
                  >
                    {w.removeContact(name)}
                  </Button>
                </>
              )}
            </span>
            {person !== undefined && <ContactTest channel={channel} person={person.id} isStored={stored === true} />}
          </div>
        );
      })}
      {!isFixed && free.length > 0 && (
        <div>
          <Button
            icon="add"
            size="small"
            onPress={() => onChange([...contacts, { key: next.current++, channel: free[0] ?? "email", address: "" }])}
          >
            {w.addContact}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function ContactTest({
  channel,
  person,
  isStored,
}: {
  readonly channel: string;
  readonly person: string;
  readonly isStored: boolean;
}) {
  const { form: w } = useWords(peopleWords);
  const channels = useChannels().data?.channels;
  const shown = channels?.find(({ kind }) => kind === channel);
  if (shown === undefined) return null;
  if (shown.speaksTo === null) return <Chip>{w.noDriver}</Chip>;
  if (shown.configured === null) return <Chip tone="warn">{w.notSetUp}</Chip>;
  if (!isStored) return <p className={styles.quiet}>{w.saveFirst}</p>;
  return <TestRing channel={channel} person={person} />;
}

export function useChannels() {
  return useQuery({
    queryKey: ["channel", "list"],
    queryFn: () => api.get<ShownChannels>("/api/v1/channels"),
  });
}

function movedUp(contacts: readonly DraftContact[], place: number): readonly DraftContact[] {
  const moved = [...contacts];
  const [contact] = moved.splice(place, 1);
  if (contact !== undefined) moved.splice(Math.max(place - 1, 0), 0, contact);
  return moved;
}
