import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnPasskey, OwnPasskeys } from "../../../../src/http/wire/session.ts";
import { api } from "../../api/client.ts";
import { useSignedIn } from "../../api/me.ts";
import { makePasskey } from "../../api/passkey.ts";
import { ActDialog } from "../../kit/act-dialog.tsx";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Loaded, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { PasskeyElsewhere } from "../sign-in/passkey-elsewhere.tsx";
import styles from "./account.module.css";
import { deviceOf } from "./device.ts";
import { useConfirmed } from "./use-confirmed.tsx";
import { words } from "./words.ts";

export function PasskeysPanel() {
  const w = useWords(words);
  const me = useSignedIn();
  const queries = useQueryClient();
  const say = useToast();
  const { run, dialog } = useConfirmed();
  const [renamed, setRenamed] = useState<OwnPasskey>();
  const passkeys = useQuery({
    queryKey: ["account", "passkeys"],
    queryFn: () => api.get<OwnPasskeys>("/api/v1/me/passkeys"),
  });
  const done = async (text: string): Promise<void> => {
    // The session was changed for a new one, and with it what every request has to carry.
    await queries.invalidateQueries({ queryKey: ["account"] });
    say({ tone: "good", text });
  };
  const add = async (current: unknown): Promise<void> => {
    const options = await api.post("/api/v1/me/passkeys/options", { current });
    const passkey = await makePasskey(options);
    const { browser, system } = deviceOf(navigator.userAgent);
    await api.post("/api/v1/me/passkeys", { passkey, name: w.device(browser, system) || w.unknownDevice });
    await done(w.added);
  };
  const remove = async ({ id }: OwnPasskey, current: unknown): Promise<void> => {
    await api.delete(`/api/v1/me/passkeys/${id}`, { current });
    await done(w.removed);
  };
  return (
    <Panel title={w.passkeys} flush>
      <p className={styles.lead}>{w.passkeysLead}</p>
      <Loaded query={passkeys}>
        {(data) => (
          <ul className={styles.list}>
            {data.passkeys.length === 0 && <li className={styles.quiet}>{w.noPasskeys}</li>}
            {data.passkeys.map((passkey) => (
              <li key={passkey.id}>
                <div className={styles.item}>
                  <strong>{passkey.name}</strong>
                  <p className={styles.small}>
                    <span>
                      {w.made} <Time at={passkey.createdAt} only="relative" />
                    </span>
                    <span>
                      {w.used} {passkey.usedAt === null ? w.never : <Time at={passkey.usedAt} only="relative" />}
                    </span>
                  </p>
                </div>
                <div className={styles.acts}>
                  <Button size="small" aria-label={w.renameOf(passkey.name)} onPress={() => setRenamed(passkey)}>
                    {w.rename}
                  </Button>
                  <Button
                    size="small"
                    look="danger"
                    aria-label={w.removeOf(passkey.name)}
                    onPress={() => run((current) => remove(passkey, current))}
                  >
                    {w.remove}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <div className={styles.foot}>
        {dialog}
        {me.passkeys.can ? (
          <Button icon="add" onPress={() => run(add)}>
            {w.addPasskey}
          </Button>
        ) : (
          me.passkeys.open !== null && <PasskeyElsewhere open={me.passkeys.open} />
        )}
      </div>
      {renamed !== undefined && <RenameDialog passkey={renamed} onClose={() => setRenamed(undefined)} />}
    </Panel>
  );
}

function RenameDialog({ passkey, onClose }: { readonly passkey: OwnPasskey; readonly onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const [name, setName] = useState(passkey.name);
  return (
    <ActDialog
      title={w.renameOf(passkey.name)}
      lead={w.passkeyNameHint}
      submit={w.rename}
      ready={name.trim() !== ""}
      done={w.renamed}
      onClose={onClose}
      run={async () => {
        await api.patch(`/api/v1/me/passkeys/${passkey.id}`, { name });
        await queries.invalidateQueries({ queryKey: ["account", "passkeys"] });
      }}
    >
      <Field label={w.passkeyName}>
        {(ids) => <input {...ids} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </ActDialog>
  );
}
