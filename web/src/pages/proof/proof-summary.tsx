import { Link } from "wouter";
import type { ShownReachProof } from "../../../../src/http/wire/proof.ts";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ProofStrip } from "./proof-strip.tsx";
import styles from "./proof-summary.module.css";
import { problemCount, useProof } from "./use-proof.ts";
import { words } from "./words.ts";

/** The proof in short under its name. */
export function ProofPanel() {
  const w = useWords(words);
  return (
    <Panel title={w.title}>
      <ProofSummary />
    </Panel>
  );
}

/** The proof in short, for the pages on which people change what it depends on: its verdict, the strip, the way to it all. */
export function ProofSummary() {
  const w = useWords(words);
  const { data } = useProof();
  const proof = data?.proof;
  if (proof === undefined) return null;
  if (proof === null) return <p className={styles.quiet}>{w.none}</p>;
  return (
    <div className={styles.summary}>
      <ProofVerdict proof={proof} />
      <ProofStrip proof={proof} />
      <p>
        <Link href="/schedule/proof" className={styles.link}>
          {w.open} <Icon name="right" size={16} />
        </Link>
      </p>
    </div>
  );
}

/** Whether it holds, in a line. */
export function ProofVerdict({ proof }: { readonly proof: ShownReachProof }) {
  const w = useWords(words);
  return (
    <div className={styles.verdict} role="status">
      <Chip tone={proof.holds ? "good" : "bad"} icon={proof.holds ? "check" : "warn"}>
        {proof.holds ? w.holds : w.fails}
      </Chip>
      <span>{proof.holds ? w.holdsText : w.failsText(problemCount(proof))}</span>
      {proof.deaths.length > 0 && (
        <Chip tone="warn" icon="info">
          {w.single(proof.deaths.length)}
        </Chip>
      )}
      <span className={styles.quiet}>
        {w.computed} <Time at={proof.computedAt} />
      </span>
      {!proof.current && <span className={styles.quiet}>{w.stale}</span>}
    </div>
  );
}
