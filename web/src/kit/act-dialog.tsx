import type { ReactNode } from "react";
import { useWords } from "../words/locale.tsx";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { useAct } from "./toast.tsx";

/** A dialog in which one thing is done: it closes when that is done, and stays with what was filled in when it was not. */
export function ActDialog({
  title,
  lead,
  submit,
  look = "main",
  ready = true,
  run,
  done,
  onClose,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly look?: "main" | "act";
  readonly ready?: boolean;
  readonly run: () => Promise<unknown>;
  /** What is said when it is done. */
  readonly done: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { cancel } = useWords(words);
  const act = useAct();
  const press = async (): Promise<void> => {
    if (await act(run, done)) onClose();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look={look} disabled={!ready} onPress={press}>
            {submit}
          </Button>
        </>
      }
    >
      <p>{lead}</p>
      {children}
    </Dialog>
  );
}
