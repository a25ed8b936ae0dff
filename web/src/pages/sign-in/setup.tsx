import { useWords } from "../../words/locale.tsx";
import { JoinForm } from "./join-form.tsx";
import { LinkPage } from "./link-page.tsx";
import { Outside } from "./outside.tsx";
import { words } from "./words.ts";

/** The first administrator, by the link that the server printed. */
export function Setup() {
  const { setUp } = useWords(words);
  return (
    <LinkPage title={setUp.title}>
      {(invite, token) => (
        <Outside title={setUp.title} lead={setUp.lead}>
          <JoinForm token={token} invite={invite} submit={setUp.submit} next="/welcome" />
        </Outside>
      )}
    </LinkPage>
  );
}
