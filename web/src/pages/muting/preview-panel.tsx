import { Link } from "wouter";
import type { MutePreview } from "../../../../src/http/wire/alerts.ts";
import { Tick } from "../../kit/field.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { Notice, ProblemNotice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./preview-panel.module.css";
import { words } from "./words.ts";

const SHOWN = 5;

/** What the mute that is being written would hold back, and a tick where that is a lot. */
export function PreviewPanel({
  preview,
  error,
  confirmed,
  onConfirm,
}: {
  readonly preview: MutePreview | undefined;
  readonly error: unknown;
  readonly confirmed: boolean;
  readonly onConfirm: (confirmed: boolean) => void;
}) {
  const w = useWords(words);
  return (
    <section className={styles.panel} aria-live="polite" aria-label={w.preview}>
      <h3>{w.preview}</h3>
      {error !== null && error !== undefined && <ProblemNotice error={error} />}
      {preview === undefined && (error === null || error === undefined) && (
        <p className={styles.quiet}>{w.unfinished}</p>
      )}
      {preview !== undefined && (
        <>
          <p>
            <strong>{preview.alerts === 0 ? w.previewNone : w.previewNow(preview.alerts)}</strong>{" "}
            {w.previewWeek(preview.lastWeek, preview.isMore)}
          </p>
          {preview.sample.length > 0 && (
            <ul className={styles.alerts}>
              {preview.sample.slice(0, SHOWN).map(({ id, title, service }) => (
                <li key={id}>
                  {title} <span className={styles.quiet}>{service}</span>
                </li>
              ))}
              {preview.alerts > SHOWN && <li className={styles.quiet}>{w.moreAlerts(preview.alerts - SHOWN)}</li>}
            </ul>
          )}
          {preview.incidents.length > 0 && (
            <Notice tone="info">
              <p>{w.incidents}</p>
              <ul className={styles.incidents}>
                {preview.incidents.map(({ number, title, grade, gradeRank }) => (
                  <li key={number}>
                    <GradeMark grade={grade} rank={gradeRank} size="shape" />
                    <Link href={`/incidents/${number}`}>
                      INC-{number} {title}
                    </Link>
                  </li>
                ))}
              </ul>
              <p>{w.incidentsHint}</p>
            </Notice>
          )}
          {preview.warning !== null && (
            <Notice tone="warn">
              <p>{preview.warning}</p>
              <Tick label={w.confirm} checked={confirmed} onChange={(event) => onConfirm(event.target.checked)} />
            </Notice>
          )}
        </>
      )}
    </section>
  );
}
