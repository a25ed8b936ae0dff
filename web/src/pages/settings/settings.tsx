import { Link } from "wouter";
import { words as appWords } from "../../app/words.ts";
import { Icon } from "../../kit/icon.tsx";
import { Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { ExampleNotice } from "./example-notice.tsx";
import styles from "./settings.module.css";
import { useSections } from "./settings-page.tsx";
import { words } from "./words.ts";

/** The way to all settings, each with what it is for. */
export function Settings() {
  const w = useWords(words);
  const { pages } = useWords(appWords);
  const sections = useSections();
  return (
    <Page title={w.title} lead={w.lead}>
      <ExampleNotice />
      <ul className={styles.cards}>
        {sections.map(({ name, path, icon }) => (
          <li key={name}>
            <Link href={path} className={styles.card}>
              <Icon name={icon} size={26} />
              <span className={styles.cardName}>{pages[name]}</span>
              <span className={styles.cardAbout}>{w.about[name]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
