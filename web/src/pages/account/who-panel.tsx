import { useSignedIn } from "../../api/me.ts";
import { words as frame } from "../../app/words.ts";
import { Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./account.module.css";
import { words } from "./words.ts";

export function WhoPanel() {
  const w = useWords(words);
  const { roles } = useWords(frame);
  const { account } = useSignedIn();
  return (
    <Panel title={w.who}>
      <dl className={styles.facts}>
        <dt>{w.name}</dt>
        <dd>{account.name}</dd>
        <dt>{w.login}</dt>
        <dd>{account.login}</dd>
        <dt>{w.role}</dt>
        <dd>{roles[account.role]}</dd>
        <dt>{w.person}</dt>
        <dd>{account.person === null ? w.noPerson : w.asPerson(account.person.name)}</dd>
      </dl>
    </Panel>
  );
}
