import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type { MadeHeartbeat, ShownHeartbeat } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { MadeAddress } from "./made-address.tsx";
import { pathOf } from "./use-heartbeats.ts";
import { words } from "./words.ts";

/** What can be done to one: a file's is changed in the file, and has its address and its pause here. */
export function HeartbeatActs({
  heartbeat,
  onEdit,
}: {
  readonly heartbeat: ShownHeartbeat;
  readonly onEdit: () => void;
}) {
  const w = useWords(words);
  const { edit, remove } = useWords(shared);
  const act = useAct();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<"remove" | "address">();
  const { id, state, managedBy } = heartbeat;
  const isPaused = state === "paused";
  const toggle = async (): Promise<void> => {
    await act(() => api.post(`${pathOf(id)}/${isPaused ? "resume" : "pause"}`), isPaused ? w.resumed : w.paused);
    await queries.invalidateQueries({ queryKey: ["heartbeat"] });
  };
  return (
    <>
      <Button icon={isPaused ? "play" : "silence"} onPress={toggle}>
        {isPaused ? w.resume : w.pause}
      </Button>
      <Button icon="key" onPress={() => setAsking("address")}>
        {w.newAddress}
      </Button>
      {managedBy === null && (
        <>
          <Button icon="edit" onPress={onEdit}>
            {edit}
          </Button>
          <Button icon="remove" look="danger" onPress={() => setAsking("remove")}>
            {remove}
          </Button>
        </>
      )}
      {asking === "remove" && <RemoveDialog id={id} onClose={() => setAsking(undefined)} />}
      {asking === "address" && <AddressDialog id={id} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function RemoveDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel, remove } = useWords(shared);
  const act = useAct();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const press = async (): Promise<void> => {
    if (!(await act(() => api.delete(pathOf(id)), w.removed))) return;
    go("/monitors/heartbeats");
    await queries.invalidateQueries({ queryKey: ["heartbeat", "list"] });
  };
  return (
    <Dialog
      title={remove}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="danger" onPress={press}>
            {remove}
          </Button>
        </>
      }
    >
      <p>{w.removeAsk(id)}</p>
    </Dialog>
  );
}

function AddressDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel, close } = useWords(shared);
  const act = useAct();
  const queries = useQueryClient();
  const [made, setMade] = useState<MadeHeartbeat>();
  const press = async (): Promise<void> => {
    await act(async () => setMade(await api.post<MadeHeartbeat>(`${pathOf(id)}/address`)), w.addressMade);
    await queries.invalidateQueries({ queryKey: ["heartbeat"] });
  };
  return (
    <Dialog
      title={w.newAddress}
      onClose={onClose}
      wide={made !== undefined}
      acts={
        made === undefined ? (
          <>
            <Button onPress={onClose}>{cancel}</Button>
            <Button look="main" icon="key" onPress={press}>
              {w.newAddress}
            </Button>
          </>
        ) : (
          <Button look="main" onPress={onClose}>
            {close}
          </Button>
        )
      }
    >
      {made === undefined ? <p>{w.newAddressAsk(id)}</p> : <MadeAddress made={made} />}
    </Dialog>
  );
}
