import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import type { ShownHeartbeat, ShownPing } from "../../../../src/http/wire/monitors.ts";
import { Problem } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Notice, Page, Panel } from "../../kit/page.tsx";
import { Time, useLengthText, useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { Connect } from "./connect.tsx";
import { HeartbeatActs } from "./heartbeat-acts.tsx";
import { HeartbeatState } from "./heartbeat-state.tsx";
import styles from "./heartbeats.module.css";
import { PingStrip } from "./ping-strip.tsx";
import { useHeartbeat, useHeartbeats } from "./use-heartbeats.ts";
import { usePlanText, useSetLengthText } from "./use-plan-text.ts";
import { words } from "./words.ts";

const HeartbeatDialog = lazy(() =>
  import("./heartbeat-dialog.tsx").then(({ HeartbeatDialog }) => ({ default: HeartbeatDialog })),
);

/** One heartbeat: how it stands and why, how to connect it, and what was heard. */
export function HeartbeatPage() {
  const { id } = useParams<{ id: string }>();
  const w = useWords(words);
  const query = useHeartbeat(id);
  const mayEdit = useMay("monitors.edit");
  const [isEditing, setEditing] = useState(false);
  const isUnknown = query.error instanceof Problem && query.error.code === "not-found";
  return (
    <Page
      title={id}
      wide
      acts={
        <>
          <LinkButton to="/monitors/heartbeats" icon="left">
            {w.back}
          </LinkButton>
          {mayEdit && query.data !== undefined && !isUnknown && (
            <HeartbeatActs heartbeat={query.data} onEdit={() => setEditing(true)} />
          )}
        </>
      }
    >
      <MonitorTabs />
      {isUnknown ? (
        <Empty icon="beacon">{w.unknown}</Empty>
      ) : (
        <Loaded query={query}>{(heartbeat) => <Heartbeat heartbeat={heartbeat} />}</Loaded>
      )}
      {isEditing && query.data !== undefined && (
        <Suspense>
          <HeartbeatDialog known={query.data} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function Heartbeat({ heartbeat }: { readonly heartbeat: ShownHeartbeat }) {
  const w = useWords(words);
  const time = useTimeText();
  const { because, incident, deaf, pausedBy, pings, hasAddress, slug } = heartbeat;
  const pingBase = useHeartbeats().data?.pingBase ?? `${location.origin}/ping`;
  return (
    <>
      <Panel title={w.about}>
        <p className={styles.reason}>
          <HeartbeatState because={because} /> {w.reasons[because]} {pausedBy !== null && w.pausedBy(pausedBy)}
          {incident !== null && (
            <Link href={`/incidents/${incident}`}>
              <Chip tone="bad" icon="incidents">
                {w.incident(incident)}
              </Chip>
            </Link>
          )}
        </p>
        {deaf !== null && <Notice tone="info">{w.putOff(time(deaf.from), time(deaf.to))}</Notice>}
        <Facts heartbeat={heartbeat} />
      </Panel>
      <Panel title={w.log} flush>
        {pings.length === 0 ? <Empty icon="beacon">{w.logEmpty}</Empty> : <Log id={heartbeat.id} pings={pings} />}
      </Panel>
      <Panel title={w.connect}>
        <div className={styles.stack}>
          <p>
            {hasAddress ? w.ownAddress : w.noAddress} {w.byKey}
          </p>
          <Connect address={`${pingBase}/${w.pingKey}/${encodeURIComponent(slug)}`} />
        </div>
      </Panel>
    </>
  );
}

function Facts({ heartbeat }: { readonly heartbeat: ShownHeartbeat }) {
  const w = useWords(words);
  const plan = usePlanText();
  const setLength = useSetLengthText();
  const length = useLengthText();
  const { schedule, graceSeconds, since, lastPing, lastSuccess, nextDue, lastDurationMs, service, grade, managedBy } =
    heartbeat;
  const facts = [
    [w.since, <Time key="since" at={since} />],
    [w.last, lastPing === null ? w.never : <Time key="last" at={lastPing} />],
    [w.lastSuccess, lastSuccess === null ? w.never : <Time key="success" at={lastSuccess} />],
    [w.due, nextDue === null ? w.noDue : <Time key="due" at={nextDue} />],
    [w.plan, plan(schedule)],
    [w.graceName, setLength(graceSeconds)],
    ...(lastDurationMs === null ? [] : [[w.duration, length(lastDurationMs)] as const]),
    ...(service === null ? [] : [[w.service, service] as const]),
    [w.grade, grade ?? w.gradeDefault],
    ...(managedBy === null ? [] : [[w.managed, w.managedBy(managedBy)] as const]),
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const FIRST = 20;

const KIND_LOOKS = {
  start: { tone: "info", icon: "play" },
  success: { tone: "good", icon: "check" },
  fail: { tone: "bad", icon: "cross" },
  log: { tone: "plain", icon: "note" },
} as const;

function Log({ id, pings }: { readonly id: string; readonly pings: readonly ShownPing[] }) {
  const w = useWords(words);
  const length = useLengthText();
  const mayRead = useMay("pings.read");
  const { more } = useWords(shared);
  const [all, setAll] = useState(false);
  const shown = all ? pings : pings.slice(0, FIRST);
  return (
    <>
      <div className={styles.ping}>
        <PingStrip pings={pings} />
        {!mayRead && <span className={styles.quiet}>{w.pingsHidden}</span>}
      </div>
      <ul className={styles.log}>
        {shown.map((ping, nth) => (
          <li key={`${ping.at} ${nth}`} className={styles.ping}>
            <span>
              <Chip {...KIND_LOOKS[ping.kind]}>{w.kinds[ping.kind]}</Chip>
            </span>
            <Time at={ping.at} />
            {ping.tookMs !== null && <span>{w.took(length(ping.tookMs))}</span>}
            {ping.exitCode !== null && (
              <span>
                {w.exitCode(ping.exitCode)}
                {ping.exitMeaning !== null && `: ${w.exitMeanings[ping.exitMeaning]}`}
              </span>
            )}
            {ping.from !== null && (
              <span>
                {w.columns.from} {ping.from}
                {ping.agent !== null && ` (${ping.agent})`}
              </span>
            )}
            {ping.run !== null && (
              <span>
                {w.columns.run} <code>{ping.run.slice(0, 8)}</code>
              </span>
            )}
            {ping.excerpt !== null && (
              <details>
                <summary>{w.excerpt}</summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
                <pre tabIndex={0} aria-label={w.columns.excerpt}>
                  {ping.excerpt}
                </pre>
                {ping.isCut && (
                  <a
                    href={`/api/v1/heartbeats/${encodeURIComponent(id)}/pings/${ping.position}`}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {w.whole}
                  </a>
                )}
              </details>
            )}
          </li>
        ))}
      </ul>
      {shown.length < pings.length && (
        <div className={styles.ping}>
          <Button onPress={() => setAll(true)}>{more}</Button>
        </div>
      )}
    </>
  );
}
