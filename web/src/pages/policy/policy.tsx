import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import type { PolicyDocument } from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Loaded, Notice, Page } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ProofPanel } from "../proof/proof-summary.tsx";
import { AnnotatedDocument } from "./annotated-document.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import styles from "./policy.module.css";
import { words } from "./words.ts";

/** The policy: the document that the organisation wrote, and beside each line what stands behind it today. */
export function PolicyPage() {
  const w = useWords(words);
  const may = useMay("policy.activate");
  const [search] = useSearchParams();
  const version = search.get("version");
  const query = useQuery({
    queryKey: ["policy", "document", version ?? "current"],
    queryFn: () =>
      api.get<PolicyDocument>(version === null ? "/api/v1/policy" : `/api/v1/policies/${encodeURIComponent(version)}`),
    // Who is on duty changes with the hour.
    refetchInterval: 60_000,
  });
  return (
    <Page
      title={query.data?.title ?? w.title}
      lead={query.data === undefined ? undefined : <Standing document={query.data} />}
      acts={
        <div className={styles.acts}>
          {may && (
            <LinkButton to="/policy/edit" icon="edit" look="main">
              {w.edit}
            </LinkButton>
          )}
          <LinkButton to="/policy/versions" icon="clock">
            {w.versions}
          </LinkButton>
          <LinkButton to="/simulate" icon="simulate">
            {w.simulate}
          </LinkButton>
          <Button icon="download" onPress={() => print()}>
            {w.print}
          </Button>
        </div>
      }
    >
      <Loaded query={query}>
        {(document) => (
          <>
            {!document.current && (
              <Notice tone="warn">
                <p>{w.notInForce}</p>
                <p>
                  <Link href="/policy">{w.toCurrent}</Link>
                </p>
              </Notice>
            )}
            <FindingsPanel findings={document.findings} />
            {document.current && <ProofPanel />}
            <p className={styles.legend}>{w.legend}</p>
            <AnnotatedDocument key={document.id} document={withoutTitle(document)} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Standing({ document }: { readonly document: PolicyDocument }) {
  const w = useWords(words);
  return (
    <span className={styles.standing}>
      {document.current && (
        <Chip tone="good" icon="check">
          {w.inForce}
        </Chip>
      )}
      <span>
        {document.file.split("/").at(-1)} · {w.byWhom(document.by)} · <Time at={document.activatedAt} />
      </span>
    </span>
  );
}

/** The document's first heading is the page's own. */
function withoutTitle(document: PolicyDocument): PolicyDocument {
  const [first, ...rest] = document.blocks;
  return first?.is === "heading" && first.depth === 1 ? { ...document, blocks: rest } : document;
}
