import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownToken, ShownTokens } from "../../../../src/http/wire/tokens.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Tick } from "../../kit/field.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./settings.module.css";
import { SettingsPage } from "./settings-page.tsx";
import { TokenForm } from "./token-form.tsx";
import { tokensWords } from "./tokens-words.ts";

/** API tokens: what each may do and when it was used. */
export function Tokens() {
  const w = useWords(tokensWords);
  const [isOpen, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState<ShownToken>();
  const query = useQuery({ queryKey: ["token", "list"], queryFn: () => api.get<ShownTokens>("/api/v1/tokens") });
  return (
    <SettingsPage
      name="tokens"
      lead={w.lead}
      acts={
        <Button look="main" icon="add" onPress={() => setOpen(true)}>
          {w.add}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ tokens }) => {
          const shown = tokens.filter(({ revokedAt }) => all || revokedAt === null);
          return (
            <>
              {tokens.some(({ revokedAt }) => revokedAt !== null) && (
                <Tick label={w.showRevoked} checked={all} onChange={({ target }) => setAll(target.checked)} />
              )}
              <Panel flush>
                {shown.length === 0 ? (
                  <Empty icon="key">{w.empty}</Empty>
                ) : (
                  <ul className={styles.rows}>
                    {shown.map((token) => (
                      <TokenRow key={token.id} token={token} onRevoke={() => setAsking(token)} />
                    ))}
                  </ul>
                )}
              </Panel>
            </>
          );
        }}
      </Loaded>
      {isOpen && <TokenForm onClose={() => setOpen(false)} />}
      {asking !== undefined && <RevokeDialog token={asking} onClose={() => setAsking(undefined)} />}
    </SettingsPage>
  );
}

function TokenRow({ token, onRevoke }: { readonly token: ShownToken; readonly onRevoke: () => void }) {
  const w = useWords(tokensWords);
  const { name, scopes, person, host, createdAt, expiresAt, revokedAt, lastUsedAt } = token;
  return (
    <li className={styles.row}>
      <div className={styles.rowName}>
        <strong>{name}</strong>
        <span className={styles.quiet}>
          {w.made} <Time at={createdAt} only="relative" />
          {person !== null && ` · ${person}`}
          {scopes.includes("agent") && ` · ${host === null ? w.hostOpen : w.hostOf(host)}`}
        </span>
      </div>
      <div className={styles.chips}>
        {scopes.map((scope) => (
          <Chip key={scope} tone={scope === "admin" ? "warn" : "plain"}>
            {w.scopeNames[scope] ?? scope}
          </Chip>
        ))}
      </div>
      <span className={styles.quiet}>
        {revokedAt !== null ? (
          <>
            {w.revoked} <Time at={revokedAt} only="relative" />
          </>
        ) : lastUsedAt === null ? (
          w.never
        ) : (
          <>
            {w.lastUsed} <Time at={lastUsedAt} only="relative" />
          </>
        )}
        {expiresAt !== null && revokedAt === null && (
          <>
            {" · "}
            {w.expires} <Time at={expiresAt} only="relative" />
          </>
        )}
      </span>
      {revokedAt === null ? (
        <Button size="small" look="danger" onPress={onRevoke}>
          {w.revoke}
          <span className="unseen">: {name}</span>
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}

function RevokeDialog({ token, onClose }: { readonly token: ShownToken; readonly onClose: () => void }) {
  const w = useWords(tokensWords);
  const { cancel } = useWords(shared);
  const act = useAct();
  const queries = useQueryClient();
  const revoke = async (): Promise<void> => {
    if (!(await act(() => api.delete(`/api/v1/tokens/${encodeURIComponent(token.id)}`), w.revoked))) return;
    await queries.invalidateQueries({ queryKey: ["token"] });
    onClose();
  };
  return (
    <Dialog
      title={w.revoke}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="danger" onPress={revoke}>
            {w.revoke}
          </Button>
        </>
      }
    >
      <p>{w.revokeAsk(token.name)}</p>
    </Dialog>
  );
}
