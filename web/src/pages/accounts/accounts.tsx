import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountLink, Accounts, ShownAccount } from "../../../../src/http/wire/accounts.ts";
import { api } from "../../api/client.ts";
import { words as frame } from "../../app/words.ts";
import { Button } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Loaded, Page, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "../account/account.module.css";
import { AccountDialog } from "./account-dialog.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { StateDialog } from "./state-dialog.tsx";
import { words } from "./words.ts";

type Open =
  | { readonly is: "add" }
  | { readonly is: "edit" | "link" | "state"; readonly account: ShownAccount }
  | { readonly is: "made"; readonly made: AccountLink };

/** Who can sign in, as administrators see to it. */
export function AccountsPage() {
  const w = useWords(words);
  const [open, setOpen] = useState<Open>();
  const accounts = useQuery({
    queryKey: ["account", "accounts"],
    queryFn: () => api.get<Accounts>("/api/v1/accounts"),
  });
  const close = (): void => setOpen(undefined);
  const made = (link: AccountLink): void => setOpen({ is: "made", made: link });
  return (
    <Page
      title={w.title}
      lead={w.lead}
      acts={
        <Button look="main" icon="add" onPress={() => setOpen({ is: "add" })}>
          {w.add}
        </Button>
      }
    >
      <Loaded query={accounts}>
        {(data) => (
          <Panel flush>
            <ul className={styles.list}>
              {data.accounts.map((account) => (
                <AccountRow key={account.id} account={account} onOpen={(is) => setOpen({ is, account })} />
              ))}
            </ul>
          </Panel>
        )}
      </Loaded>
      {open?.is === "add" && <AccountDialog onClose={close} onMade={made} />}
      {open?.is === "edit" && <AccountDialog account={open.account} onClose={close} onMade={made} />}
      {open?.is === "link" && <LinkDialog account={open.account} onClose={close} />}
      {open?.is === "made" && <LinkDialog account={open.made.account} made={open.made} onClose={close} />}
      {open?.is === "state" && <StateDialog account={open.account} onClose={close} />}
    </Page>
  );
}

const TONES = { invited: "warn", active: "good", disabled: "plain" } as const;

function AccountRow({
  account,
  onOpen,
}: {
  readonly account: ShownAccount;
  readonly onOpen: (what: "edit" | "link" | "state") => void;
}) {
  const w = useWords(words);
  const { roles } = useWords(frame);
  const { name, login, role, state, person, signedInAt, hasPassword, passkeys, own, lastAdmin } = account;
  const isDisabled = state === "disabled";
  return (
    <li>
      <div className={styles.item}>
        <p>
          <strong>{name}</strong>
          <span className={styles.small}>{login}</span>
          <Chip tone="info">{roles[role]}</Chip>
          <Chip tone={TONES[state]}>{w.states[state]}</Chip>
          {own && <Chip>{w.own}</Chip>}
        </p>
        <p className={styles.small}>
          <span>
            {w.person}: {person?.name ?? w.nobody}
          </span>
          <span>
            {w.waysName}: {w.ways(hasPassword, passkeys)}
          </span>
          <span>
            {signedInAt === null ? (
              w.never
            ) : (
              <>
                {w.signedIn} <Time at={signedInAt} only="relative" />
              </>
            )}
          </span>
        </p>
        {lastAdmin && <p className={styles.small}>{w.lastAdmin}</p>}
      </div>
      <div className={styles.acts}>
        <Button size="small" aria-label={w.editOf(name)} onPress={() => onOpen("edit")}>
          {w.edit}
        </Button>
        {!isDisabled && (
          <Button size="small" aria-label={w.linkOf(name)} onPress={() => onOpen("link")}>
            {w.link}
          </Button>
        )}
        {!lastAdmin && (
          <Button
            size="small"
            look={isDisabled ? "plain" : "danger"}
            aria-label={isDisabled ? w.enableOf(name) : w.disableOf(name)}
            onPress={() => onOpen("state")}
          >
            {isDisabled ? w.enable : w.disable}
          </Button>
        )}
      </div>
    </li>
  );
}
