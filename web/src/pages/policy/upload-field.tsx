import { Field } from "../../kit/field.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** As much as the server takes of a document. */
const BYTES_MAX = 256 * 1024;

/** Reads a document that lies on the reader's own machine. */
export function UploadField({ onRead }: { readonly onRead: (name: string, text: string) => void }) {
  const w = useWords(words);
  const say = useToast();
  const read = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    // The same file can be chosen again after it was changed.
    const done = (): void => {
      input.value = "";
    };
    if (file === undefined) return;
    if (file.size > BYTES_MAX) say({ tone: "bad", text: w.editPage.tooLarge });
    else {
      try {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
        onRead(file.name, text);
        say({ tone: "good", text: w.editPage.uploaded(file.name) });
      } catch {
        say({ tone: "bad", text: w.editPage.notText });
      }
    }
    done();
  };
  return (
    <Field label={w.editPage.upload}>
      {(ids) => (
        <input
          {...ids}
          type="file"
          accept=".md,.markdown,.txt,.yml,.yaml,text/*"
          onChange={(event) => void read(event.target)}
        />
      )}
    </Field>
  );
}
