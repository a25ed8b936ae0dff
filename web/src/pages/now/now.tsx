import { Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

export function Now() {
  const w = useWords(words);
  return (
    <Page title={w.title} wide>
      <p>{w.title}</p>
    </Page>
  );
}
