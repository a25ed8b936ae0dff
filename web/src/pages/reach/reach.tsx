import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownReach, ShownReachPerson } from "../../../../src/http/wire/reach.ts";
import { api } from "../../api/client.ts";
import { useMay, useSignedIn } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Page, Panel } from "../../kit/page.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { ScheduleTabs } from "../schedule/schedule-tabs.tsx";
import { ChannelState, PersonChip } from "./contact-chip.tsx";
import { ContactList } from "./contact-list.tsx";
import { Night } from "./night.tsx";
import styles from "./reach.module.css";
import { ReachSettingsDialog } from "./reach-settings.tsx";
import { words } from "./words.ts";

/** Answers and codes are told by the stream; what providers say of pages is looked after now and then. */
const LOOK_AGAIN_MS = 30_000;

/** Everybody, and whether pages reach them. */
export function ReachPage() {
  const w = useWords(words);
  const mayEdit = useMay("channels.edit");
  const query = useQuery({
    queryKey: ["reach", "all"],
    queryFn: () => api.get<ShownReach>("/api/v1/reach"),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={w.title}
      lead={w.lead}
      acts={
        mayEdit && (
          <Button icon="settings" onPress={() => setEditing(true)}>
            {w.settings.open}
          </Button>
        )
      }
    >
      <ScheduleTabs />
      <Loaded query={query}>
        {(reach) => (
          <>
            <Everybody reach={reach} />
            {editing && <ReachSettingsDialog settings={reach.settings} onClose={() => setEditing(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Everybody({ reach }: { readonly reach: ShownReach }) {
  const w = useWords(words);
  const { all, channels: names } = useWords(shared);
  const [find, setFind] = useState("");
  const [team, setTeam] = useState("");
  const [dutyOnly, setDutyOnly] = useState(false);
  const [problemsOnly, setProblemsOnly] = useState(false);
  const [open, setOpen] = useState<string>();
  const wanted = find.normalize("NFC").toLowerCase().trim();
  const people = reach.people
    .filter(
      (person) =>
        (wanted === "" || person.name.toLowerCase().includes(wanted)) &&
        (team === "" || person.teams.includes(team)) &&
        (!dutyOnly || person.duty !== null) &&
        (!problemsOnly || person.state !== "proven"),
    )
    .sort((one, other) => RANK[one.state] - RANK[other.state] || one.name.localeCompare(other.name, "ko"));
  const count = (state: ShownReachPerson["state"]): number => people.filter((one) => one.state === state).length;
  const opened = reach.people.find(({ id }) => id === open);
  const { silentTests, channels, provenWithinDays } = reach.settings;
  const tested = channels.map((kind) => names[kind as keyof typeof names] ?? kind).join(", ");
  return (
    <>
      <section className={styles.filter} aria-label={w.filter}>
        <Field label={w.find}>
          {(ids) => <input {...ids} type="search" value={find} onChange={({ target }) => setFind(target.value)} />}
        </Field>
        <Field label={w.team}>
          {(ids) => (
            <select {...ids} value={team} onChange={({ target }) => setTeam(target.value)}>
              <option value="">{all}</option>
              {reach.teams.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Tick
          label={w.dutyOnly(reach.aheadDays)}
          checked={dutyOnly}
          onChange={({ target }) => setDutyOnly(target.checked)}
        />
        <Tick
          label={w.problemsOnly}
          checked={problemsOnly}
          onChange={({ target }) => setProblemsOnly(target.checked)}
        />
      </section>
      <p className={styles.counts} role="status">
        {w.counts(count("proven"), count("unproven"), count("unreachable"))}
      </p>
      <Panel title={w.people} flush>
        {people.length === 0 ? (
          <Empty icon="search">{reach.people.length === 0 ? w.empty : w.nobody}</Empty>
        ) : (
          <ul className={styles.rows}>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} days={reach.aheadDays} onOpen={() => setOpen(person.id)} />
            ))}
          </ul>
        )}
      </Panel>
      <p className={styles.quiet}>
        {silentTests && channels.length > 0 ? w.settings.on(tested) : w.settings.off} ·{" "}
        {w.settings.within(provenWithinDays)}
      </p>
      {opened !== undefined && <PersonDialog person={opened} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** Those who may not be reached come first. */
const RANK: Readonly<Record<ShownReachPerson["state"], number>> = { unreachable: 0, unproven: 1, proven: 2 };

function PersonRow({
  person,
  days,
  onOpen,
}: {
  readonly person: ShownReachPerson;
  readonly days: number;
  readonly onOpen: () => void;
}) {
  const w = useWords(words);
  const time = useTimeText();
  const { duty } = person;
  return (
    <li className={styles.row}>
      <div className={styles.rowName}>
        <strong>{person.name}</strong>
        <span className={styles.quiet}>
          {duty === null
            ? w.noDuty(days)
            : duty.now
              ? duty.end === null
                ? w.dutyAlways(duty.team)
                : w.dutyNow(duty.team, time(duty.end))
              : w.dutyNext(duty.team, time(duty.start))}
        </span>
        {person.teams.length > 0 && (
          <span className={styles.chips}>
            {person.teams.map((team) => (
              <Chip key={team}>{team}</Chip>
            ))}
          </span>
        )}
      </div>
      <PersonChip state={person.state} />
      <div className={styles.states}>
        {person.contacts.map((contact) => (
          <ChannelState key={contact.channel} contact={contact} />
        ))}
        {person.contacts.length === 0 && <span className={styles.quiet}>{w.noContacts}</span>}
      </div>
      <Button look="quiet" icon="right" bare onPress={onOpen}>
        {w.open(person.name)}
      </Button>
    </li>
  );
}

function PersonDialog({ person, onClose }: { readonly person: ShownReachPerson; readonly onClose: () => void }) {
  const w = useWords(words);
  const { close } = useWords(shared);
  const { account } = useSignedIn();
  const mayEdit = useMay("roster.edit");
  const mayOwn = useMay("contacts.own");
  return (
    <Dialog title={person.name} onClose={onClose} wide acts={<Button onPress={onClose}>{close}</Button>}>
      <h3>{w.contactsOf}</h3>
      <ContactList
        person={person.id}
        contacts={person.contacts}
        mayVerify={mayEdit || (mayOwn && account.person?.id === person.id)}
      />
      <h3>{w.night.title}</h3>
      <Night person={person} />
    </Dialog>
  );
}
