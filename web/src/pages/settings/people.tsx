import { useState } from "react";
import type { ShownPerson, ShownRoster } from "../../../../src/http/wire/roster.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { ChannelMark, Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { ExampleNotice } from "./example-notice.tsx";
import { PeopleTable } from "./people-table.tsx";
import { peopleWords } from "./people-words.ts";
import { PersonForm } from "./person-form.tsx";
import styles from "./settings.module.css";
import { SettingsPage } from "./settings-page.tsx";
import { teamsOf, useRoster } from "./use-roster.ts";
import { words } from "./words.ts";

/** Who there is, their teams and how they are reached. */
export function People() {
  const w = useWords(peopleWords);
  const mayEdit = useMay("roster.edit");
  const query = useRoster();
  const [open, setOpen] = useState<string>();
  const close = (): void => setOpen(undefined);
  return (
    <SettingsPage
      name="people"
      acts={
        mayEdit && (
          <>
            <Button icon="upload" onPress={() => setOpen("table")}>
              {w.paste}
            </Button>
            <Button look="main" icon="add" onPress={() => setOpen("new")}>
              {w.add}
            </Button>
          </>
        )
      }
    >
      <ExampleNotice />
      <Loaded query={query}>
        {(roster) => (
          <>
            <PeopleList roster={roster} onOpen={setOpen} onPaste={mayEdit ? () => setOpen("table") : undefined} />
            {open === "table" && (
              <Dialog title={w.table.title} onClose={close} wide>
                <PeopleTable hasExample={roster.example !== null} onDone={close} />
              </Dialog>
            )}
            {open !== undefined && open !== "table" && (
              <PersonForm roster={roster} person={roster.people.find(({ id }) => id === open)} onClose={close} />
            )}
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}

function PeopleList({
  roster,
  onOpen,
  onPaste,
}: {
  readonly roster: ShownRoster;
  readonly onOpen: (id: string) => void;
  readonly onPaste: (() => void) | undefined;
}) {
  const w = useWords(peopleWords);
  const [find, setFind] = useState("");
  const teams = teamsOf(roster);
  const wanted = find.normalize("NFC").toLowerCase().trim();
  const fits = (person: ShownPerson): boolean =>
    [person.name, person.id, ...person.titles, ...(teams.get(person.id) ?? []).map(({ team }) => team)].some((text) =>
      text.toLowerCase().includes(wanted),
    );
  const people = [...roster.people].filter(fits).sort((one, other) => one.name.localeCompare(other.name, "ko"));
  if (roster.people.length === 0)
    return (
      <Panel>
        <Empty
          icon="team"
          {...(onPaste === undefined
            ? {}
            : {
                act: (
                  <Button look="main" icon="upload" onPress={onPaste}>
                    {w.paste}
                  </Button>
                ),
              })}
        >
          {w.empty}
        </Empty>
      </Panel>
    );
  return (
    <>
      <div className={styles.filter}>
        <Field label={w.find}>
          {(ids) => <input {...ids} type="search" value={find} onChange={({ target }) => setFind(target.value)} />}
        </Field>
        <p className={styles.quiet} role="status">
          {w.count(people.length)}
        </p>
      </div>
      {!roster.contactsShown && <p className={styles.quiet}>{w.masked}</p>}
      <Panel flush>
        {people.length === 0 ? (
          <Empty icon="search">{w.nothingFound}</Empty>
        ) : (
          <ul className={styles.rows}>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} teams={teams.get(person.id) ?? []} onOpen={onOpen} />
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

function PersonRow({
  person,
  teams,
  onOpen,
}: {
  readonly person: ShownPerson;
  readonly teams: readonly { readonly team: string; readonly role: string }[];
  readonly onOpen: (id: string) => void;
}) {
  const w = useWords(peopleWords);
  const s = useWords(words);
  const { edit } = useWords(shared);
  const mayEdit = useMay("roster.edit");
  const isFixed = !mayEdit || person.managedBy !== null;
  return (
    <li className={styles.row}>
      <div className={styles.rowName}>
        <strong>{person.name}</strong>
        <span className={styles.quiet}>{person.titles.join(", ")}</span>
      </div>
      <div className={styles.chips}>
        {teams.map(({ team, role }) => (
          <Chip key={team} title={role}>
            {team}
          </Chip>
        ))}
        {teams.length === 0 && person.titles.length === 0 && <span className={styles.quiet}>{w.noTeam}</span>}
        {person.admin && <Chip tone="info">{w.admin}</Chip>}
      </div>
      <div className={styles.chips}>
        {person.contacts.map(({ channel }) => (
          <ChannelMark key={channel} channel={channel} />
        ))}
        {person.contacts.length === 0 && (
          <Chip tone="bad" icon="warn">
            {w.noContact}
          </Chip>
        )}
        {person.managedBy !== null && <span className={styles.quiet}>{s.managedShort(person.managedBy)}</span>}
      </div>
      <Button look="quiet" icon={isFixed ? "right" : "edit"} bare onPress={() => onOpen(person.id)}>
        {`${person.name}: ${isFixed ? s.look : edit}`}
      </Button>
    </li>
  );
}
