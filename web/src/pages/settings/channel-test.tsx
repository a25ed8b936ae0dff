import { useState } from "react";
import type { ShownChannel } from "../../../../src/http/wire/channels.ts";
import { useSignedIn } from "../../api/me.ts";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { channelsWords } from "./channels-words.ts";
import styles from "./settings.module.css";
import { TestRing } from "./test-progress.tsx";
import { useRoster } from "./use-roster.ts";

/** Chooses somebody and rings them: oneself, where that is possible. */
export function ChannelTest({
  channel,
  big,
  onRing,
}: {
  readonly channel: ShownChannel;
  readonly big?: boolean;
  readonly onRing?: (id: string) => void;
}) {
  const w = useWords(channelsWords);
  const { account } = useSignedIn();
  const roster = useRoster().data;
  const [chosen, setChosen] = useState("");
  if (roster === undefined) return null;
  const people = roster.people
    .filter(
      ({ contacts }) => channel.speaksTo === "rooms" || contacts.some((contact) => contact.channel === channel.kind),
    )
    .sort((one, other) => one.name.localeCompare(other.name, "ko"));
  if (people.length === 0) return <p className={styles.quiet}>{w.noContacts}</p>;
  const own = people.find(({ id }) => id === account.person?.id)?.id;
  const person = people.some(({ id }) => id === chosen) ? chosen : (own ?? people[0]?.id ?? "");
  return (
    <div className={styles.stack}>
      <Field label={w.tryPerson} {...(channel.speaksTo === "rooms" ? { hint: w.tryRoom } : {})}>
        {(ids) => (
          <select {...ids} value={person} onChange={({ target }) => setChosen(target.value)}>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TestRing
        key={person}
        channel={channel.kind}
        person={person}
        {...(big ? { big } : {})}
        {...(onRing === undefined ? {} : { onRing })}
      />
    </div>
  );
}
