import { useWords } from "../words/locale.tsx";
import { words } from "../words/words.ts";
import { useToast } from "./toast.tsx";

/** Puts a text on the clipboard, and says so. */
export function useCopy(): (text: string) => Promise<void> {
  const { copied } = useWords(words);
  const say = useToast();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers have a clipboard on secure addresses alone; elsewhere a selection is copied.
      const area = document.createElement("textarea");
      area.value = text;
      (document.querySelector("dialog[open]") ?? document.body).append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say({ tone: "good", text: copied });
  };
}
