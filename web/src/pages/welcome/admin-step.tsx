import { useSignedIn } from "../../api/me.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

export function AdminStep() {
  const { admin: w } = useWords(welcomeWords);
  const { account } = useSignedIn();
  return (
    <Panel>
      <div className={styles.stack}>
        <Notice tone="good">{w.lead(account.name)}</Notice>
        <p>{w.more}</p>
        <div className={styles.row}>
          <LinkButton to="/account" icon="key">
            {w.account}
          </LinkButton>
          <LinkButton to="/settings/accounts" icon="team" look="quiet">
            {w.accounts}
          </LinkButton>
        </div>
      </div>
    </Panel>
  );
}
