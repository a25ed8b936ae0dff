import { useWords } from "../../words/locale.tsx";
import { JoinForm } from "./join-form.tsx";
import { LinkPage } from "./link-page.tsx";
import { Outside } from "./outside.tsx";
import { words } from "./words.ts";

/** A new account, or a forgotten password, by an administrator's link. */
export function Invited() {
  const w = useWords(words);
  return (
    <LinkPage title={w.account.title}>
      {(invite, token) => {
        const { title, lead, submit } = invite.for === "forgotten" ? w.reset : w.account;
        return (
          <Outside title={title} lead={lead(invite.login ?? "")}>
            <JoinForm token={token} invite={invite} submit={submit} next="/" />
          </Outside>
        );
      }}
    </LinkPage>
  );
}
