import { useState } from "react";
import type { ShownReachProof } from "../../../../src/http/wire/proof.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { Empty, Loaded, Page, Panel } from "../../kit/page.tsx";
import { useLengthText, useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ScheduleTabs } from "../schedule/schedule-tabs.tsx";
import { MendText } from "./mend-text.tsx";
import styles from "./proof.module.css";
import { ProofStrip } from "./proof-strip.tsx";
import { ProofVerdict } from "./proof-summary.tsx";
import { Troubles } from "./troubles.tsx";
import { useProof } from "./use-proof.ts";
import { words } from "./words.ts";

/** The proof of reach, whole: the twelve months, what is not reached when and why, and what one silence would cost. */
export function ProofPage() {
  const w = useWords(words);
  const query = useProof();
  const proof = query.data?.proof;
  return (
    <Page
      title={w.title}
      lead={w.lead}
      acts={
        proof ? (
          <div className={styles.acts}>
            <a className={styles.download} href="/api/v1/proof/certificate?format=text" download>
              {w.text}
            </a>
            <a className={styles.download} href="/api/v1/proof/certificate" download>
              {w.json}
            </a>
            <Button icon="download" onPress={() => print()}>
              {w.print}
            </Button>
          </div>
        ) : undefined
      }
    >
      <ScheduleTabs />
      <Loaded query={query}>
        {({ proof: known }) => (known === null ? <Empty>{w.none}</Empty> : <Whole proof={known} />)}
      </Loaded>
    </Page>
  );
}

function Whole({ proof }: { readonly proof: ShownReachProof }) {
  const w = useWords(words);
  const time = useTimeText();
  return (
    <>
      <ProofVerdict proof={proof} />
      <Panel title={w.strip}>
        <ProofStrip proof={proof} />
      </Panel>
      <Troubles proof={proof} />
      <Panel title={w.grades}>
        <ul className={styles.list}>
          {proof.grades.map(({ grade, rank, summary, shares, people }) => (
            <li key={grade}>
              <GradeMark grade={grade} rank={rank} />
              <p>{summary}</p>
              <p className={styles.quiet}>{shares.map(({ text }) => text).join(", ")}</p>
              {people !== "" && <p className={styles.quiet}>{people}</p>}
            </li>
          ))}
        </ul>
      </Panel>
      <Deaths proof={proof} />
      <Panel title={w.method}>
        <p>{w.methodLead}</p>
        <ul className={styles.method}>
          <li>
            {time(proof.from)} – {time(proof.until)} ({proof.zone})
          </li>
          {proof.method.map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li className={styles.seal}>
            {w.seal} sha256 {proof.sha256}
          </li>
        </ul>
      </Panel>
    </>
  );
}

/** So many are read at a glance. */
const DEATHS_SHOWN = 12;

function Deaths({ proof }: { readonly proof: ShownReachProof }) {
  const w = useWords(words);
  const length = useLengthText();
  const [all, setAll] = useState(false);
  const mayEdit = useMay("roster.edit");
  const { people, channels, providers } = proof.supposedDead;
  const shown = all ? proof.deaths : proof.deaths.slice(0, DEATHS_SHOWN);
  const more = proof.deaths.length - shown.length;
  return (
    <Panel title={w.deaths}>
      <p>{w.deathsLead(people, channels, providers)}</p>
      {shown.length === 0 ? (
        <p>{w.noDeaths}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={w.deaths}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{w.columns.without}</th>
                <th scope="col">{w.columns.grade}</th>
                <th scope="col">{w.columns.outcome}</th>
                <th scope="col">{w.columns.when}</th>
                <th scope="col">{w.columns.mend}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((death) => (
                <tr key={`${death.is} ${death.who} ${death.grade} ${death.verdict}`}>
                  <th scope="row">
                    {death.name} {death.is === "person" && <span className={styles.quiet}>{w.person}</span>}
                  </th>
                  <td className={styles.whole}>{death.grade}</td>
                  <td>
                    {death.title}
                    {death.woken.length > 0 && <div className={styles.quiet}>{w.instead(w.names(death.woken))}</div>}
                  </td>
                  <td>{w.count(death.count, length(death.totalMs))}</td>
                  <td>{death.mend !== "" && <MendText mend={death.mend} mayEdit={mayEdit} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {more > 0 && <Button onPress={() => setAll(true)}>{w.more(more)}</Button>}
    </Panel>
  );
}
