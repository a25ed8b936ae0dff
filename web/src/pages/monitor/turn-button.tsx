import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownMonitor } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { ActDialog } from "../../kit/act-dialog.tsx";
import { Button } from "../../kit/button.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** Off after a question, on at once. */
export function TurnButton({ monitor }: { readonly monitor: ShownMonitor }) {
  const w = useWords(words);
  const act = useAct();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const put = async (enabled: boolean): Promise<void> => {
    await api.put(`/api/v1/monitors/${encodeURIComponent(monitor.id)}`, {
      ...monitor.rule,
      enabled,
      revision: monitor.revision,
    });
    await queries.invalidateQueries({ queryKey: ["monitor"] });
  };
  return (
    <>
      {monitor.rule.enabled ? (
        <Button onPress={() => setAsking(true)}>{w.turnOff}</Button>
      ) : (
        <Button onPress={() => act(() => put(true), w.turnedOn)}>{w.turnOn}</Button>
      )}
      {isAsking && (
        <ActDialog
          title={w.offTitle(monitor.title)}
          lead={w.offLead}
          submit={w.turnOff}
          run={() => put(false)}
          done={w.turnedOff}
          onClose={() => setAsking(false)}
        >
          {null}
        </ActDialog>
      )}
    </>
  );
}
