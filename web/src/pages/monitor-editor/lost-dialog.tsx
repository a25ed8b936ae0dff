import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { useWords } from "../../words/locale.tsx";
import type { Lost } from "./lost-by.ts";
import { words } from "./words.ts";

/** Asks before something is watched no more. */
export function LostDialog({
  lost,
  onStay,
  onSave,
}: {
  readonly lost: readonly Lost[];
  readonly onStay: () => void;
  readonly onSave: () => unknown;
}) {
  const { ask: w } = useWords(words);
  return (
    <Dialog
      title={w.title}
      onClose={onStay}
      acts={
        <>
          <Button onPress={onStay}>{w.stay}</Button>
          <Button look="danger" onPress={onSave}>
            {w.save}
          </Button>
        </>
      }
    >
      {lost.map((one) => (
        <LostText key={one.is === "critical" ? one.grade : one.item} lost={one} />
      ))}
    </Dialog>
  );
}

export function LostText({ lost }: { readonly lost: Lost }) {
  const { ask: w } = useWords(words);
  return <p>{lost.is === "critical" ? w.critical(lost.grade) : w.unwatched(lost.item)}</p>;
}
