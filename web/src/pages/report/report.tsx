import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "wouter";
import type { ReportDraft } from "../../../../src/http/wire/report.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Chip, GradeMark } from "../../kit/marks.tsx";
import { Loaded, Page, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import styles from "./report.module.css";
import { words } from "./words.ts";

/** The report of one incident as far as its record can write it, to be copied to where people go on writing. */
export function ReportPage() {
  const { number: named } = useParams<{ number: string }>();
  const number = named.replace(/^INC-/i, "");
  const w = useWords(words);
  const locale = useLocale();
  const query = useQuery({
    queryKey: ["incident", Number(number), "report", locale],
    queryFn: () => api.get<ReportDraft>(`/api/v1/incidents/${number}/report`),
  });
  return (
    <Page
      title={w.title(number)}
      lead={w.lead}
      acts={query.data === undefined ? undefined : <Acts draft={query.data} />}
    >
      <p className={styles.back}>
        <Link href={`/incidents/${number}`}>{w.back}</Link>
      </p>
      <Loaded query={query}>{(draft) => <Draft draft={draft} />}</Loaded>
    </Page>
  );
}

function Acts({ draft }: { readonly draft: ReportDraft }) {
  const w = useWords(words);
  const act = useAct();
  return (
    <>
      <Button icon="note" onPress={() => act(() => navigator.clipboard.writeText(draft.markdown), w.copied)}>
        {w.copy}
      </Button>
      <Button icon="download" onPress={() => save(draft)}>
        {w.download}
      </Button>
      <Button onPress={() => print()}>{w.print}</Button>
    </>
  );
}

function save({ number, markdown }: ReportDraft): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([markdown], { type: "text/markdown" }));
  link.download = `INC-${number}.md`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function Draft({ draft }: { readonly draft: ReportDraft }) {
  const w = useWords(words);
  return (
    <>
      <p className={styles.head}>
        <GradeMark grade={draft.grade} rank={draft.gradeRank} />
        <strong>{draft.title}</strong>
        <span className={styles.quiet}>
          {w.asOf} <Time at={draft.at} only="absolute" />
        </span>
      </p>
      {draft.sections.map(({ title, fields }) => (
        <Panel key={title} title={title}>
          <div className={styles.fields}>
            {fields.map((field) => (
              <Field key={field.title} field={field} policy={draft.policy.id} />
            ))}
          </div>
        </Panel>
      ))}
    </>
  );
}

function Field({
  field: { title, clause, lines, toWrite },
  policy,
}: {
  readonly field: ReportDraft["sections"][number]["fields"][number];
  readonly policy: string;
}) {
  const w = useWords(words);
  return (
    <section>
      <h3 className={styles.title}>
        {title}
        {clause !== null && (
          <Link
            className={styles.clause}
            href={`/policy?version=${encodeURIComponent(policy)}#${encodeURIComponent(clause.id)}`}
          >
            {w.clause(clause.line)}
          </Link>
        )}
      </h3>
      {lines.length > 0 && (
        <ul className={styles.lines}>
          {lines.map(({ at, text, details }, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and nothing in them has a state.
            <li key={nth}>
              {at !== null && (
                <span className={styles.at}>
                  <Time at={at} only="absolute" />
                </span>
              )}
              <span>
                {text}
                {details.map((detail) => (
                  <span key={detail} className={styles.detail}>
                    {detail}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      {toWrite !== null && (
        <p className={styles.write}>
          <Chip tone="warn" icon="edit">
            {w.toWrite}
          </Chip>
          {toWrite}
        </p>
      )}
    </section>
  );
}
