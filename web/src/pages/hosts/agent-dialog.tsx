import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { ShownHost } from "../../../../src/http/wire/monitors.ts";
import type { MadeToken, TokenRequest } from "../../../../src/http/wire/tokens.ts";
import { api, serverNow } from "../../api/client.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useChannels } from "../settings/contact-fields.tsx";
import { Snippet } from "../settings/snippet.tsx";
import { Refused } from "../settings/use-save.tsx";
import styles from "./hosts.module.css";
import { useHosts } from "./use-hosts.ts";
import { words } from "./words.ts";

const LOOK_MS = 3_000;

/** A token for one more agent, the command that runs it, and the wait for its first word. */
export function AgentDialog({
  known,
  onClose,
}: {
  readonly known: readonly ShownHost[];
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const { close, cancel } = useWords(shared);
  const queries = useQueryClient();
  const form = useId();
  const publicUrl = useChannels().data?.publicUrl ?? location.origin;
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<MadeToken>();
  const [error, setError] = useState<unknown>();
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!HOST_NAME.test(name) || made !== undefined) return;
    try {
      const body: TokenRequest = { name, scopes: ["agent"], host: name };
      setMade(await api.post<MadeToken>("/api/v1/tokens", body));
      setError(undefined);
      await queries.invalidateQueries({ queryKey: ["token"] });
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <Dialog
      title={w.addTitle}
      onClose={onClose}
      wide
      acts={
        made === undefined ? (
          <>
            <Button onPress={onClose}>{cancel}</Button>
            <Button look="main" icon="key" type="submit" form={form}>
              {w.make}
            </Button>
          </>
        ) : (
          <Button onPress={onClose}>{close}</Button>
        )
      }
    >
      <div className={styles.stack}>
        <p>{w.addLead}</p>
        {isHereOnly(publicUrl) && <Notice tone="warn">{w.hereOnly(publicUrl)}</Notice>}
        {made === undefined ? (
          <form id={form} onSubmit={(event) => void make(event)} noValidate>
            <Field
              label={w.name}
              hint={w.nameHint}
              problem={tried && !HOST_NAME.test(name) ? w.nameMissing : undefined}
            >
              {(ids) => (
                <input
                  {...ids}
                  value={typed}
                  maxLength={100}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={({ target }) => setTyped(target.value)}
                />
              )}
            </Field>
            {error !== undefined && <Refused error={error} />}
          </form>
        ) : (
          <>
            <ol className={styles.steps}>
              <li>{w.install}</li>
              <li>
                {w.once}
                <Snippet title={w.command} text={commandOf({ publicUrl, name, token: made.text })} />
              </li>
              <li>
                <FirstWord known={known} name={name} />
              </li>
            </ol>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** What a shell takes as one word, and a label as one value. */
const HOST_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** The token stands in a file that only its owner reads: command lines are seen by everybody on the machine. */
function commandOf(f: { readonly publicUrl: string; readonly name: string; readonly token: string }): string {
  return [
    `(umask 077; printf %s '${f.token}' > bongsu-agent-token)`,
    `bin/bongsu agent --server ${f.publicUrl} --host ${f.name} --token-file bongsu-agent-token`,
  ].join("\n");
}

/** An address that leads every other machine to itself. */
function isHereOnly(publicUrl: string): boolean {
  const host = URL.parse(publicUrl)?.hostname ?? "";
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || host.startsWith("127.");
}

/** Looks every few seconds for that host, or for an agent that was not there before. */
function FirstWord({ known, name }: { readonly known: readonly ShownHost[]; readonly name: string }) {
  const w = useWords(words);
  const [since] = useState(serverNow);
  const [before] = useState(() => new Set(known.filter(({ kind }) => kind === "agent").map(({ host }) => host)));
  const fresh = useHosts(LOOK_MS).data?.hosts.find(
    ({ host, kind, lastContact }) =>
      kind === "agent" &&
      (!before.has(host) || (host === name && lastContact !== null && Date.parse(lastContact) > since)),
  );
  if (fresh === undefined)
    return (
      <p className={styles.waiting} role="status">
        <span className={styles.pulse} aria-hidden="true" /> {w.waiting}
      </p>
    );
  return (
    <Notice tone="good">
      <p>
        <strong>{w.arrived(fresh.host)}</strong>
      </p>
      <p>
        <LinkButton to={`/monitors/hosts/${encodeURIComponent(fresh.host)}`}>{w.seeHost}</LinkButton>
      </p>
    </Notice>
  );
}
