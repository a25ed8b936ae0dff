import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownIntegration, ShownIntegrations, ShownPayload } from "../../../../src/http/wire/integrations.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { integrationsWords } from "./integrations-words.ts";
import { MakeIntegration } from "./make-integration.tsx";
import styles from "./settings.module.css";
import { SettingsPage } from "./settings-page.tsx";
import { SnippetTabs } from "./snippet-tabs.tsx";

const LOOK_AGAIN_MS = 5_000;

/** What sends signals, and the last that came: as it came and as it was read. */
export function Integrations() {
  const w = useWords(integrationsWords);
  const mayMake = useMay("tokens.edit");
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({
    queryKey: ["token", "integrations"],
    queryFn: () => api.get<ShownIntegrations>("/api/v1/integrations"),
    // What comes in is no event of ours.
    refetchInterval: LOOK_AGAIN_MS,
  });
  const add = mayMake && (
    <Button look="main" icon="add" onPress={() => setOpen(true)}>
      {w.add}
    </Button>
  );
  return (
    <SettingsPage name="integrations" acts={add}>
      <Loaded query={query}>
        {({ integrations, publicUrl }) => (
          <>
            {integrations.length === 0 && (
              <Panel>
                <Empty icon="link">{w.empty}</Empty>
              </Panel>
            )}
            {integrations.map((integration) => (
              <IntegrationPanel key={integration.id} integration={integration} />
            ))}
            {integrations.length > 0 && (
              <Panel title={w.snippetsTitle}>
                <div className={styles.stack}>
                  <p className={styles.quiet}>{w.snippetsLead}</p>
                  <SnippetTabs publicUrl={publicUrl} token={w.placeholder} />
                </div>
              </Panel>
            )}
            {isOpen && (
              <Dialog title={w.add} onClose={() => setOpen(false)} wide>
                <MakeIntegration publicUrl={publicUrl} />
              </Dialog>
            )}
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}

function IntegrationPanel({ integration }: { readonly integration: ShownIntegration }) {
  const w = useWords(integrationsWords);
  const { name, lastUsedAt, payloads } = integration;
  return (
    <Panel
      title={name}
      acts={
        <span className={styles.quiet}>
          {lastUsedAt === null ? (
            w.never
          ) : (
            <>
              {w.lastUsed} <Time at={lastUsedAt} only="relative" />
            </>
          )}
        </span>
      }
    >
      <div className={styles.stack}>
        <h3>{w.payloads}</h3>
        {payloads.length === 0 && <p className={styles.quiet}>{w.nothingYet}</p>}
        {payloads.map((payload) => (
          <Payload key={payload.receivedAt + payload.excerpt.length} payload={payload} />
        ))}
      </div>
    </Panel>
  );
}

function Payload({ payload }: { readonly payload: ShownPayload }) {
  const w = useWords(integrationsWords);
  const { receivedAt, source, excerpt, length, outcome, because, signals, signalCount, problems } = payload;
  return (
    <details className={styles.payload}>
      <summary>
        <Time at={receivedAt} only="relative" /> <code>{source}</code>{" "}
        <Chip tone={outcome === "poison" ? "bad" : outcome === "done" ? "good" : "plain"}>{w.outcomes[outcome]}</Chip>{" "}
        <span>{signals[0]?.title ?? w.readNothing}</span>
      </summary>
      <div className={styles.stack}>
        {because !== null && <p>{because}</p>}
        <p>{signalCount === 0 ? w.readNothing : w.readAs(signalCount)}</p>
        <ul className={styles.outcomes}>
          {signals.map(({ action, title, severity, labels }) => (
            <li key={`${action} ${title} ${JSON.stringify(labels)}`}>
              <Chip tone={action === "fire" ? "bad" : "good"}>{w.actions[action]}</Chip>
              <strong>{title}</strong>
              {severity !== null && <Chip>{severity}</Chip>}
              <span className={styles.chips}>
                {Object.entries(labels).map(([label, value]) => (
                  <code key={label}>{`${label}="${value}"`}</code>
                ))}
              </span>
            </li>
          ))}
        </ul>
        {problems.map((problem) => (
          <p key={problem} className={styles.bad}>
            {problem}
          </p>
        ))}
        <h4>{w.body}</h4>
        <pre className={styles.excerpt}>{pretty(excerpt)}</pre>
        {length > excerpt.length && <p className={styles.quiet}>{w.cut(length.toLocaleString())}</p>}
      </div>
    </details>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
