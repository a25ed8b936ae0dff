import { Link } from "wouter";
import type { AlertRow } from "../../../../src/http/wire/alerts.ts";
import { Button } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { placeOf } from "../monitors/of-place.ts";
import styles from "./alert-item.module.css";
import { FlappingMark, MuteMark, StatusMark } from "./alert-marks.tsx";
import { words } from "./words.ts";

const LABELS_SHOWN = 5;

/** One alert in the list: what, where, since when, and what became of it. */
export function AlertItem({
  alert,
  onOpen,
  onSilence,
}: {
  readonly alert: AlertRow;
  readonly onOpen: () => void;
  readonly onSilence?: () => void;
}) {
  const w = useWords(words);
  const labels = Object.entries(alert.labels);
  // While it is muted, the incident that it once was of says nothing.
  const incident = alert.mute === null ? alert.incident : alert.mute.incident;
  return (
    <article className={styles.item}>
      <div className={styles.main}>
        <p className={styles.marks}>
          <StatusMark status={alert.status} />
          {alert.severity !== null && <Chip>{alert.severity}</Chip>}
          {alert.flapping !== null && <FlappingMark flapping={alert.flapping} />}
          {alert.mute !== null && <MuteMark mute={alert.mute} />}
          {incident !== null && <Link href={`/incidents/${incident}`}>INC-{incident}</Link>}
        </p>
        <h2 className={styles.title}>
          <button type="button" className={styles.open} onClick={onOpen}>
            {alert.title}
          </button>
        </h2>
        <ul className={styles.labels}>
          {labels.slice(0, LABELS_SHOWN).map(([name, value]) => (
            <li key={name}>
              <code>
                {name}={value}
              </code>
            </li>
          ))}
          {labels.length > LABELS_SHOWN && <li>{w.moreLabels(labels.length - LABELS_SHOWN)}</li>}
        </ul>
        <p className={styles.facts}>
          <span>{alert.service}</span>
          <span>
            {w.since} <Time at={alert.startsAt} only="relative" />
          </span>
          <span>
            {w.updated} <Time at={alert.updatedAt} only="relative" />
          </span>
          <span>{w.count(alert.count)}</span>
          {alert.labels["monitor"] !== undefined && <Link href={chartOf(alert.labels, alert.startsAt)}>{w.chart}</Link>}
        </p>
      </div>
      {onSilence !== undefined && alert.status !== "resolved" && (
        <Button icon="silence" aria-label={w.silenceThis(alert.title)} onPress={onSilence}>
          {w.silence}
        </Button>
      )}
    </article>
  );
}

/** Where what it was made of is drawn, at the time when it began. */
function chartOf(labels: AlertRow["labels"], startsAt: string): string {
  const asked = new URLSearchParams({ host: placeOf(labels), at: startsAt });
  return `/monitors/${encodeURIComponent(labels["monitor"] ?? "")}?${asked.toString()}`;
}
