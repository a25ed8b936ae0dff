import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownMy } from "../../../../src/http/wire/reach.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Empty, Loaded, Notice, Page, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { PersonChip } from "../reach/contact-chip.tsx";
import { ContactList } from "../reach/contact-list.tsx";
import { Night } from "../reach/night.tsx";
import { words as reachWords } from "../reach/words.ts";
import { ContactsDialog } from "./contacts-dialog.tsx";
import styles from "./my.module.css";
import { NowPanel, ShiftsPanel } from "./shifts-panel.tsx";
import { words } from "./words.ts";

const LOOK_AGAIN_MS = 30_000;

/** One's own duty: now and next, contacts and what they are worth, and how one is woken. */
export function MyPage() {
  const w = useWords(words);
  const query = useQuery({
    queryKey: ["reach", "my"],
    queryFn: () => api.get<ShownMy>("/api/v1/my"),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <Page title={w.title} lead={w.lead}>
      <Loaded query={query}>
        {(my) =>
          my.person === null ? (
            <Panel>
              <Empty icon="person">{w.noPerson}</Empty>
            </Panel>
          ) : (
            <Mine my={my} person={my.person} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Mine({ my, person }: { readonly my: ShownMy; readonly person: NonNullable<ShownMy["person"]> }) {
  const w = useWords(words);
  const { night } = useWords(reachWords);
  const mayOwn = useMay("contacts.own");
  const [changing, setChanging] = useState(false);
  return (
    <>
      {my.state === "unproven" && <Notice tone="warn">{w.unproven}</Notice>}
      {my.state === "unreachable" && <Notice tone="bad">{w.unreachable}</Notice>}
      <NowPanel my={my} />
      <ShiftsPanel my={my} />
      <Panel
        title={
          <span className={styles.titled}>
            {w.contacts} <PersonChip state={my.state} />
          </span>
        }
        acts={
          mayOwn &&
          person.managedBy === null && (
            <Button icon="edit" size="small" onPress={() => setChanging(true)}>
              {w.change}
            </Button>
          )
        }
      >
        <div className={styles.stack}>
          <p className={styles.quiet}>{w.contactsLead}</p>
          {person.managedBy !== null && <Notice tone="info">{w.managed(person.managedBy)}</Notice>}
          {!mayOwn && <p className={styles.quiet}>{w.mayNot}</p>}
          <ContactList person={person.id} contacts={my.contacts} mayVerify={mayOwn} />
        </div>
      </Panel>
      <Panel title={night.title}>
        <Night person={person} />
      </Panel>
      {changing && <ContactsDialog person={person} onClose={() => setChanging(false)} />}
    </>
  );
}
