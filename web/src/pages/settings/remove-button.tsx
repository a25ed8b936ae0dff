import { type ReactNode, useState } from "react";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useSave } from "./use-save.tsx";
import { words } from "./words.ts";

/** Removes something after asking; where the policy needs it, the server's question comes as well. */
export function RemoveButton({
  name,
  topics,
  onRemove,
  onDone,
  size,
  ask,
}: {
  readonly name: string;
  readonly topics: readonly string[];
  readonly onRemove: (confirm: boolean) => Promise<unknown>;
  readonly onDone: () => void;
  readonly size?: "normal" | "small";
  /** What is asked, where more goes with it than its name says. */
  readonly ask?: ReactNode;
}) {
  const w = useWords(words);
  const { remove, cancel } = useWords(shared);
  const [asking, setAsking] = useState(false);
  const { save, problem, question } = useSave(topics);
  const run = async (): Promise<void> => {
    if (!(await save(onRemove, w.removed))) return;
    setAsking(false);
    onDone();
  };
  return (
    <>
      <Button look="danger" icon="remove" {...(size === undefined ? {} : { size })} onPress={() => setAsking(true)}>
        {remove}
      </Button>
      {asking && (
        <Dialog
          title={w.removeTitle(name)}
          onClose={() => setAsking(false)}
          acts={
            <>
              <Button onPress={() => setAsking(false)}>{cancel}</Button>
              <Button look="danger" onPress={run}>
                {remove}
              </Button>
            </>
          }
        >
          {ask ?? <p>{w.removeAsk(name)}</p>}
          {problem}
          {question}
        </Dialog>
      )}
    </>
  );
}
