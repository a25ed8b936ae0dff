import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useSignedIn } from "../../api/me.ts";
import { routes } from "../../app/routes.tsx";
import { words as appWords } from "../../app/words.ts";
import { Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./settings.module.css";
import { words } from "./words.ts";

/** The sections of the settings, in the order in which somebody sets Bongsu up. */
export const SECTIONS = [
  "people",
  "teams",
  "services",
  "channels",
  "integrations",
  "tokens",
  "accounts",
  "audit",
] as const;

/** The sections that exist and that the reader may see. */
export function useSections() {
  const { may } = useSignedIn();
  return SECTIONS.flatMap((name) => {
    const route = routes.find((one) => one.path === `/settings/${name}`);
    const isAllowed = route !== undefined && (route.permission === undefined || may.includes(route.permission));
    return isAllowed ? [{ name, path: route.path, icon: route.icon }] : [];
  });
}

/** A settings page: the page's frame with the way to the other sections. */
export function SettingsPage({
  name,
  lead,
  acts,
  children,
}: {
  readonly name: (typeof SECTIONS)[number];
  readonly lead?: ReactNode;
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}) {
  const w = useWords(words);
  const { pages } = useWords(appWords);
  const [location] = useLocation();
  const sections = useSections();
  return (
    <Page title={pages[name] ?? name} lead={lead ?? w.about[name]} acts={acts}>
      <nav className={styles.sections} aria-label={w.sections}>
        <ul className={styles.sectionList}>
          {sections.map((section) => (
            <li key={section.name}>
              <Link
                href={section.path}
                className={styles.section}
                {...(location === section.path ? { "aria-current": "page" } : {})}
              >
                {pages[section.name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  );
}
