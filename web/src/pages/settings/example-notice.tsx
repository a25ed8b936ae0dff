import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Notice } from "../../kit/page.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useRoster } from "./use-roster.ts";
import { words } from "./words.ts";

/** Says that invented people are on duty, and takes them away in one act. */
export function ExampleNotice() {
  const { example: w } = useWords(words);
  const { cancel } = useWords(shared);
  const [asking, setAsking] = useState(false);
  const example = useRoster().data?.example ?? null;
  const mayEdit = useMay("roster.edit");
  const queries = useQueryClient();
  const act = useAct();
  if (example === null) return null;
  const remove = async (): Promise<void> => {
    if (!(await act(() => api.post("/api/v1/roster/example/remove"), w.removed))) return;
    setAsking(false);
    await queries.invalidateQueries({ queryKey: ["roster"] });
  };
  return (
    <>
      <Notice tone="warn">
        <p>{w.notice(example.people)}</p>
        {mayEdit && (
          <p>
            <Button size="small" icon="remove" onPress={() => setAsking(true)}>
              {w.remove}
            </Button>
          </p>
        )}
      </Notice>
      {asking && (
        <Dialog
          title={w.remove}
          onClose={() => setAsking(false)}
          acts={
            <>
              <Button onPress={() => setAsking(false)}>{cancel}</Button>
              <Button look="danger" onPress={remove}>
                {w.remove}
              </Button>
            </>
          }
        >
          <p>{w.removeAsk}</p>
        </Dialog>
      )}
    </>
  );
}
