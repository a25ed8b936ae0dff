import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type {
  PolicyDocument,
  PolicyDraft,
  PolicyVersionRow,
  PolicyVersions,
  WireFinding,
} from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Loaded, Page, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { AcceptDialog } from "./accept-dialog.tsx";
import styles from "./versions.module.css";
import { words } from "./words.ts";

/** Every version that was ever in force, and the draft of the next. */
export function VersionsPage() {
  const w = useWords(words);
  const may = useMay("policy.activate");
  const versions = useQuery({
    queryKey: ["policy", "versions"],
    queryFn: () => api.get<PolicyVersions>("/api/v1/policies"),
  });
  const draft = useQuery({
    queryKey: ["policy", "draft"],
    queryFn: () => api.get<PolicyDraft>("/api/v1/policies/draft"),
  }).data;
  return (
    <Page
      title={w.versionsPage.title}
      lead={w.versionsPage.lead}
      acts={
        may && (
          <LinkButton to="/policy/edit" icon="edit" look="main">
            {w.edit}
          </LinkButton>
        )
      }
    >
      {draft?.text != null && (
        <Panel
          title={w.versionsPage.draft}
          acts={
            <>
              <LinkButton to="/policy/diff?left=current&right=draft">{w.versionsPage.compareWithCurrent}</LinkButton>
              {may && <LinkButton to="/policy/edit">{w.versionsPage.openDraft}</LinkButton>}
            </>
          }
        >
          <p>
            {w.versionsPage.draftBy(draft.by ?? "")} · {draft.at !== null && <Time at={draft.at} />}
          </p>
        </Panel>
      )}
      <Loaded query={versions}>
        {({ policies }) => (
          <>
            <ul className={styles.versions}>
              {policies.map((version) => (
                <VersionRow key={version.id} version={version} />
              ))}
            </ul>
            {policies.length === 1 && <p className={styles.only}>{w.versionsPage.only}</p>}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function VersionRow({ version }: { readonly version: PolicyVersionRow }) {
  const w = useWords(words);
  const may = useMay("policy.activate");
  const queries = useQueryClient();
  const act = useAct();
  const [, navigate] = useLocation();
  const [accepting, setAccepting] = useState<readonly WireFinding[] | undefined>();
  const path = `/api/v1/policies/${encodeURIComponent(version.id)}`;
  const look = (): Promise<boolean> => act(async () => setAccepting((await api.get<PolicyDocument>(path)).findings));
  const activate = async (accept: readonly string[]): Promise<void> => {
    const done = await act(() => api.post(`${path}/activate`, { accept }), w.activateDialog.done);
    if (!done) return;
    setAccepting(undefined);
    await queries.invalidateQueries({ queryKey: ["policy"] });
    navigate("/policy");
  };
  return (
    <li className={styles.version}>
      <div className={styles.facts}>
        <p className={styles.when}>
          <Time at={version.activatedAt} />
          {version.current && (
            <Chip tone="good" icon="check">
              {w.versionsPage.current}
            </Chip>
          )}
        </p>
        <p className={styles.who}>
          {w.byWhom(version.by)} · {version.file.split("/").at(-1)} · <code>{version.id}</code>
        </p>
        <p className={styles.who}>
          {w.versionsPage.incidents} {version.openIncidents}
        </p>
      </div>
      <div className={styles.acts}>
        <LinkButton to={version.current ? "/policy" : `/policy?version=${encodeURIComponent(version.id)}`}>
          {w.versionsPage.show}
        </LinkButton>
        {!version.current && (
          <>
            <LinkButton to={`/policy/diff?left=${encodeURIComponent(version.id)}&right=current`}>
              {w.versionsPage.compareWithCurrent}
            </LinkButton>
            {may && <Button onPress={look}>{w.versionsPage.goBack}</Button>}
          </>
        )}
      </div>
      {accepting !== undefined && (
        <AcceptDialog findings={accepting} onActivate={activate} onClose={() => setAccepting(undefined)} />
      )}
    </li>
  );
}
