import { Link } from "wouter";
import type { ShownReachProof, ShownReachTrouble } from "../../../../src/http/wire/proof.ts";
import { useMay } from "../../api/me.ts";
import { toLocal } from "../../kit/local-time.ts";
import { Chip, GradeMark } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { useLengthText, useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { MendText } from "./mend-text.tsx";
import styles from "./proof.module.css";
import { words } from "./words.ts";

/** When people are not reached as the policy promises: each with the smallest counterexample and what closes it. */
export function Troubles({ proof }: { readonly proof: ShownReachProof }) {
  const w = useWords(words);
  const length = useLengthText();
  const mayEdit = useMay("roster.edit");
  const troubles = proof.grades.flatMap(({ grade, rank, troubles: mine }) =>
    mine.map((trouble) => ({ grade, rank, trouble })),
  );
  const [doubts, holes] = [true, false].map((doubt) => troubles.filter(({ trouble }) => isDoubt(trouble) === doubt));
  return (
    <>
      <Panel title={w.troubles}>
        {(holes?.length ?? 0) + proof.teams.length === 0 ? (
          <p>{w.noTroubles}</p>
        ) : (
          <ul className={styles.list}>
            {holes?.map((hole) => (
              <Trouble key={`${hole.grade} ${hole.trouble.verdict}`} {...hole} mayEdit={mayEdit} />
            ))}
            {proof.teams.map(({ team, when, count, totalMs, mend }) => (
              <li key={team}>
                <div className={styles.head}>
                  <Chip tone="bad" icon="warn">
                    {w.gap(team)}
                  </Chip>
                </div>
                <p className={styles.when}>{when}</p>
                <p className={styles.quiet}>{w.count(count, length(totalMs))}</p>
                {mend !== "" && <MendText mend={mend} mayEdit={mayEdit} />}
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {doubts !== undefined && doubts.length > 0 && (
        <Panel title={w.doubts}>
          <p>{w.doubtsLead}</p>
          <ul className={styles.list}>
            {doubts.map((doubt) => (
              <Trouble key={doubt.grade} {...doubt} mayEdit={false} />
            ))}
          </ul>
          <p>
            <Link href="/schedule/reach" className={styles.link}>
              {w.toReach}
            </Link>
          </p>
        </Panel>
      )}
    </>
  );
}

function Trouble({
  grade,
  rank,
  trouble,
  mayEdit,
}: {
  readonly grade: string;
  readonly rank: number;
  readonly trouble: ShownReachTrouble;
  readonly mayEdit: boolean;
}) {
  const w = useWords(words);
  const length = useLengthText();
  return (
    <li>
      <div className={styles.head}>
        <GradeMark grade={grade} rank={rank} />
        <Chip tone={isDoubt(trouble) ? "warn" : "bad"} icon="warn">
          {trouble.title}
        </Chip>
      </div>
      <p className={styles.when}>{trouble.when}</p>
      <p className={styles.quiet}>{w.count(trouble.count, length(trouble.totalMs))}</p>
      {trouble.example !== "" && <p>{trouble.example}</p>}
      {trouble.woken.length > 0 && (
        <p>{isDoubt(trouble) ? w.unproven(w.names(trouble.woken)) : w.instead(w.names(trouble.woken))}</p>
      )}
      {trouble.mend !== "" && !isDoubt(trouble) && <MendText mend={trouble.mend} mayEdit={mayEdit} />}
      {!isDoubt(trouble) && <Simulate grade={grade} trouble={trouble} />}
    </li>
  );
}

/** People are woken, and nothing proves that it arrives. */
function isDoubt({ verdict }: ShownReachTrouble): boolean {
  return verdict === "unverified";
}

/** The plan of an incident that begins just then, step by step. */
function Simulate({ grade, trouble }: { readonly grade: string; readonly trouble: ShownReachTrouble }) {
  const w = useWords(words);
  const zone = useZone();
  const search = new URLSearchParams({ grade, when: "date", date: toLocal(Date.parse(trouble.at), zone) });
  return (
    <p>
      <Link href={`/simulate?${search}`} className={styles.link}>
        {w.simulate}
      </Link>
    </p>
  );
}
