import { Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { DisplayPanel } from "./display-panel.tsx";
import { PasskeysPanel } from "./passkeys-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import { WhoPanel } from "./who-panel.tsx";
import { words } from "./words.ts";

/** One's own account: who one is here, how one likes the pages, and the ways in. */
export function AccountPage() {
  const w = useWords(words);
  return (
    <Page title={w.title}>
      <WhoPanel />
      <DisplayPanel />
      <PasswordPanel />
      <PasskeysPanel />
      <SessionsPanel />
    </Page>
  );
}
