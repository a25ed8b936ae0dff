import { useQueryClient } from "@tanstack/react-query";
import type { ShownAccount } from "../../../../src/http/wire/accounts.ts";
import { api } from "../../api/client.ts";
import { ActDialog } from "../../kit/act-dialog.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** Keeps somebody out, or lets them in again. */
export function StateDialog({ account, onClose }: { readonly account: ShownAccount; readonly onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const isDisabled = account.state === "disabled";
  return (
    <ActDialog
      title={isDisabled ? w.enableOf(account.name) : w.disableOf(account.name)}
      lead={isDisabled ? "" : w.disableLead}
      submit={isDisabled ? w.enable : w.disable}
      look={isDisabled ? "main" : "act"}
      done={isDisabled ? w.enabled : w.disabled}
      onClose={onClose}
      run={async () => {
        await api.patch(`/api/v1/accounts/${account.id}`, { state: isDisabled ? "active" : "disabled" });
        await queries.invalidateQueries({ queryKey: ["account"] });
      }}
    >
      {null}
    </ActDialog>
  );
}
