import type { ShownContactState } from "../../../../src/http/wire/reach.ts";
import { ChannelMark } from "../../kit/marks.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { TestRing } from "../settings/test-progress.tsx";
import { ContactChip } from "./contact-chip.tsx";
import styles from "./reach.module.css";
import { VerifyCode } from "./verify-code.tsx";
import { words } from "./words.ts";

/** A person's contacts in their order: what each is worth and since when, with what can be done about it. */
export function ContactList({
  person,
  contacts,
  mayVerify,
}: {
  readonly person: string;
  readonly contacts: readonly ShownContactState[];
  readonly mayVerify: boolean;
}) {
  const w = useWords(words);
  if (contacts.length === 0) return <p>{w.noContacts}</p>;
  return (
    <ul className={styles.contacts}>
      {contacts.map((contact) => {
        const canSend = contact.via !== null && contact.address !== null && contact.state !== "not-configured";
        return (
          <li key={contact.channel} className={styles.contact} data-channel={contact.channel}>
            <div className={styles.contactHead}>
              <ChannelMark channel={contact.channel} />
              <ContactChip state={contact.state} />
              {contact.address !== null && <span className={styles.address}>{contact.address}</span>}
            </div>
            {contact.state === "no-address" && <p className={styles.quiet}>{w.demandedHere}</p>}
            {contact.address !== null && contact.via !== null && <ContactFacts contact={contact} />}
            {canSend && contact.via === "rooms" && <p className={styles.quiet}>{w.room}</p>}
            {canSend && (
              <div className={styles.contactActs}>
                {mayVerify && <VerifyCode person={person} channel={contact.channel} />}
                <TestRing channel={contact.channel} person={person} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function ContactFacts({ contact }: { readonly contact: ShownContactState }) {
  const { facts: f, provenBy } = useWords(words);
  const { proven, verifiedAt, acceptedAt, failing, testedAt } = contact;
  return (
    <dl className={styles.facts}>
      <dt>{f.proven}</dt>
      <dd>
        {proven === null ? (
          f.never
        ) : (
          <>
            <Time at={proven.at} /> · {provenBy[proven.by]}
          </>
        )}
      </dd>
      {verifiedAt !== null && (
        <>
          <dt>{f.verified}</dt>
          <dd>
            <Time at={verifiedAt} />
          </dd>
        </>
      )}
      {acceptedAt !== null && (
        <>
          <dt>{f.accepted}</dt>
          <dd>
            <Time at={acceptedAt} />
          </dd>
        </>
      )}
      {failing !== null && (
        <>
          <dt>{f.failing}</dt>
          <dd>
            <Time at={failing.since} />
            <br />
            <code>{failing.because}</code>
          </dd>
        </>
      )}
      {testedAt !== null && (
        <>
          <dt>{f.tested}</dt>
          <dd>
            <Time at={testedAt} />
          </dd>
        </>
      )}
    </dl>
  );
}
