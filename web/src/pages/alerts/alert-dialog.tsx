import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { AlertDetail } from "../../../../src/http/wire/alerts.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Loaded } from "../../kit/page.tsx";
import { SourceLink } from "../../kit/source-link.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./alert-dialog.module.css";
import { FlappingMark, MuteMark, StatusMark } from "./alert-marks.tsx";
import { words } from "./words.ts";

/** One alert with all that is known of it, to the request that brought it. */
export function AlertDialog({
  id,
  onClose,
  onSilence,
}: {
  readonly id: string;
  readonly onClose: () => void;
  readonly onSilence?: (alert: AlertDetail) => void;
}) {
  const w = useWords(words);
  const query = useQuery({
    queryKey: ["alerts", "one", id],
    queryFn: () => api.get<AlertDetail>(`/api/v1/alerts/${encodeURIComponent(id)}`),
  });
  const alert = query.data;
  return (
    <Dialog
      title={alert?.title ?? w.title}
      wide
      onClose={onClose}
      acts={
        alert !== undefined && alert.status !== "resolved" && onSilence !== undefined ? (
          <Button icon="silence" look="main" onPress={() => onSilence(alert)}>
            {w.silence}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={query}>{(data) => <Detail alert={data} />}</Loaded>
    </Dialog>
  );
}

function Detail({ alert }: { readonly alert: AlertDetail }) {
  const all = useWords(words);
  const { detail: w } = all;
  const pairs = Object.entries(alert.labels);
  const notes = Object.entries(alert.annotations);
  return (
    <div className={styles.parts}>
      <p className={styles.marks}>
        <StatusMark status={alert.status} />
        {alert.flapping !== null && <FlappingMark flapping={alert.flapping} />}
        {alert.mute !== null && <MuteMark mute={alert.mute} />}
      </p>
      {alert.description !== null && (
        <Part title={w.description}>
          <p className={styles.text}>{alert.description}</p>
        </Part>
      )}
      <Part title={w.facts}>
        <dl className={styles.pairs}>
          <Pair name={w.incident}>
            {alert.incident === null ? (
              w.noIncident
            ) : (
              <Link href={`/incidents/${alert.incident}`}>INC-{alert.incident}</Link>
            )}
          </Pair>
          {alert.mute !== null && alert.mute.incident !== null && (
            <Pair name={w.cause}>
              <Link href={`/incidents/${alert.mute.incident}`}>{alert.mute.name}</Link>
            </Pair>
          )}
          {alert.flapping !== null && (
            <Pair name={w.flapping}>
              {all.flappingHint(alert.flapping.over)} <Time at={alert.flapping.calmAt} /> {all.flappingUntil}
            </Pair>
          )}
          <Pair name={w.severity}>{alert.severity ?? w.noSeverity}</Pair>
          <Pair name={w.startsAt}>
            <Time at={alert.startsAt} />
          </Pair>
          <Pair name={w.updatedAt}>
            <Time at={alert.updatedAt} />
          </Pair>
          {alert.resolvedAt !== null && (
            <Pair name={w.resolvedAt}>
              <Time at={alert.resolvedAt} />
            </Pair>
          )}
          {alert.expiresAt !== null && alert.status === "firing" && (
            <Pair name={w.expiresAt}>
              <Time at={alert.expiresAt} />
            </Pair>
          )}
          <Pair name={w.source}>{alert.source}</Pair>
          <Pair name={w.integration}>{alert.integration}</Pair>
          <Pair name={w.key}>
            <code>{alert.key}</code>
          </Pair>
        </dl>
      </Part>
      {pairs.length > 0 && (
        <Part title={w.labels}>
          <Pairs pairs={pairs} />
        </Part>
      )}
      {notes.length > 0 && (
        <Part title={w.annotations}>
          <Pairs pairs={notes} />
        </Part>
      )}
      {alert.links.length > 0 && (
        <Part title={w.links}>
          <ul className={styles.links}>
            {alert.links.map(({ href, text }) => (
              <li key={href}>
                <SourceLink href={href} text={text} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={w.received}>
        {alert.received === null ? (
          <p className={styles.quiet}>{w.receivedGone}</p>
        ) : (
          <>
            <p className={styles.quiet}>
              <Time at={alert.received.at} /> {alert.received.isCut ? w.isCut : ""}
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
            <pre className={styles.body} tabIndex={0}>
              {indented(alert.received.body)}
            </pre>
          </>
        )}
      </Part>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles.pairs}>
      {pairs.map(([name, value]) => (
        <Pair key={name} name={name}>
          {value}
        </Pair>
      ))}
    </dl>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
