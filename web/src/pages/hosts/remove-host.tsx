import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type { ShownHost } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./hosts.module.css";
import { words } from "./words.ts";

/** Takes away a host that is gone on purpose, and says before what that means. */
export function RemoveHost({ host }: { readonly host: ShownHost }) {
  const w = useWords(words);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button look="danger" onPress={() => setAsking(true)}>
        {w.remove}
      </Button>
      {isAsking && <RemoveDialog host={host} onClose={() => setAsking(false)} />}
    </>
  );
}

function RemoveDialog({ host, onClose }: { readonly host: ShownHost; readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const act = useAct();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const remove = async (): Promise<void> => {
    if (!(await act(() => api.delete(`/api/v1/hosts/${encodeURIComponent(host.host)}`), w.removed(host.host)))) return;
    go("/monitors/hosts");
    await queries.invalidateQueries({ queryKey: ["agent"] });
  };
  return (
    <Dialog
      title={w.removeTitle(host.host)}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="danger" onPress={remove}>
            {w.remove}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {host.state !== "silent" && <p>{w.removeWell[host.kind]}</p>}
        <ul>
          {w.removeMeans.map((line) => (
            <li key={line}>{line}</li>
          ))}
          {host.kind === "agent" && <li>{w.removeToken}</li>}
        </ul>
      </div>
    </Dialog>
  );
}
