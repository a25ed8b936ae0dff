import { usePageTitle } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

export function Setup() {
  const w = useWords(words);
  usePageTitle(w.title);
  return <h1>{w.title}</h1>;
}
