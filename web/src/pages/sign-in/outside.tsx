import { type ReactNode } from "react";
import { sendWith } from "../../api/client.ts";
import { words as frame } from "../../app/words.ts";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { usePageTitle } from "../../kit/page.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import styles from "./sign-in.module.css";
import { words } from "./words.ts";

/** The frame of what is shown before anybody is signed in. */
export function Outside({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  const w = useWords(words);
  const { brand } = useWords(frame);
  const locale = useLocale();
  usePageTitle(title);
  const other = locale === "ko" ? "en" : "ko";
  const change = (): void => {
    localStorage.setItem("bongsu.locale", other);
    sendWith({ locale: other });
    location.reload();
  };
  return (
    <main className={styles.outside}>
      <div className={styles.brand}>
        <Icon name="beacon" size={40} />
        <p>
          <strong>{brand}</strong>
          <span>{w.lead}</span>
        </p>
      </div>
      <div className={styles.card}>
        <h1>{title}</h1>
        {lead !== undefined && <p>{lead}</p>}
        {children}
      </div>
      <div className={styles.foot}>
        <Button look="quiet" size="small" lang={other} onPress={change}>
          {w.language}
        </Button>
      </div>
    </main>
  );
}
