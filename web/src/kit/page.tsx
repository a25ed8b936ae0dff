import type { ReactNode } from "react";
import { useEffect } from "react";
import { Problem } from "../api/client.ts";
import { useWords } from "../words/locale.tsx";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./page.module.css";

/** A page's frame: its one first heading, what can be done on it, and the browser tab's name. */
export function Page({
  title,
  lead,
  acts,
  wide,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly acts?: ReactNode;
  /** Uses the whole width: boards and tables. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <div className={wide ? styles.wide : styles.page}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h1>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {acts !== undefined && <div className={styles.acts}>{acts}</div>}
      </header>
      {children}
    </div>
  );
}

let open = 0;
let name = "";

function write(): void {
  document.title = `${open > 0 ? `(${open}) ` : ""}${name === "" ? "" : `${name} · `}봉수 Bongsu`;
}

/** The tab shows how many incidents nobody has taken. */
export function showOpenCount(count: number): void {
  open = count;
  write();
}

export function usePageTitle(title: string): void {
  useEffect(() => {
    name = title;
    write();
  }, [title]);
}

/** A part of a page with its heading. */
export function Panel({
  title,
  acts,
  level = 2,
  id,
  flush,
  children,
}: {
  readonly title?: ReactNode;
  readonly acts?: ReactNode;
  readonly level?: 2 | 3;
  readonly id?: string;
  /** No distance to the frame: for tables and lists. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={styles.panel} {...(id === undefined ? {} : { id })}>
      {(title !== undefined || acts !== undefined) && (
        <div className={styles.panelHead}>
          {title !== undefined && <Heading>{title}</Heading>}
          {acts !== undefined && <div className={styles.acts}>{acts}</div>}
        </div>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}

/** Nothing is here: says so, and the one next act. */
export function Empty({
  icon = "info",
  children,
  act,
}: {
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly act?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <Icon name={icon} size={32} />
      <p>{children}</p>
      {act}
    </div>
  );
}

/** Something to know, told in place: announced politely, or at once where it is bad. */
export function Notice({
  tone,
  children,
}: {
  readonly tone: "info" | "good" | "warn" | "bad";
  readonly children: ReactNode;
}) {
  const icon = tone === "good" ? "check" : tone === "info" ? "info" : "warn";
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** What went wrong, in the server's words, which say what to do. */
export function ProblemNotice({ error, again }: { readonly error: unknown; readonly again?: () => unknown }) {
  const { unreachable, tryAgain } = useWords(words);
  const text = error instanceof Problem && error.code !== "unreachable" ? error.message : unreachable;
  return (
    <Notice tone="bad">
      <p>{text}</p>
      {error instanceof Problem && <Facts facts={error.facts} />}
      {again !== undefined && (
        <p>
          <Button size="small" onPress={again}>
            {tryAgain}
          </Button>
        </p>
      )}
    </Notice>
  );
}

function Facts({ facts }: { readonly facts: Readonly<Record<string, unknown>> }) {
  const told = Object.entries(facts).filter(([, value]) => typeof value !== "object" || value === null);
  if (told.length === 0) return null;
  return (
    <p className={styles.facts}>
      {told.map(([key, value]) => (
        <code key={key}>
          {key}: {String(value)}
        </code>
      ))}
    </p>
  );
}

/** What a query brings: its data shown, its error told, and until then a quiet word. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}) {
  const { loading } = useWords(words);
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null && query.error !== undefined)
    return <ProblemNotice error={query.error} again={query.refetch} />;
  return (
    <p className={styles.loading} role="status">
      {loading}
    </p>
  );
}
