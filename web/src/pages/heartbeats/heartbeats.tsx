import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import type { ShownHeartbeat, ShownHeartbeats } from "../../../../src/http/wire/monitors.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Notice, Page, Panel } from "../../kit/page.tsx";
import { Time, useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { HeartbeatState } from "./heartbeat-state.tsx";
import styles from "./heartbeats.module.css";
import { PingStrip } from "./ping-strip.tsx";
import { useHeartbeats } from "./use-heartbeats.ts";
import { usePlanText, useSetLengthText } from "./use-plan-text.ts";
import { words } from "./words.ts";

const HeartbeatDialog = lazy(() =>
  import("./heartbeat-dialog.tsx").then(({ HeartbeatDialog }) => ({ default: HeartbeatDialog })),
);

/** What needs somebody first. */
const ORDER: readonly ShownHeartbeat["state"][] = ["down", "late", "unknown", "new", "started", "up", "paused"];

/** Dead man's switches: how each stands, when it was heard and is expected. */
export function HeartbeatsPage() {
  const w = useWords(words);
  const query = useHeartbeats();
  const mayEdit = useMay("monitors.edit");
  const [isAdding, setAdding] = useState(false);
  const make = mayEdit && (
    <Button look="main" icon="add" onPress={() => setAdding(true)}>
      {w.make}
    </Button>
  );
  return (
    <Page title={w.title} lead={w.lead} wide acts={query.data?.heartbeats.length === 0 ? undefined : make}>
      <MonitorTabs />
      <Loaded query={query}>
        {(shown) =>
          shown.heartbeats.length === 0 ? (
            <Panel>
              <Empty icon="beacon" act={make}>
                {mayEdit ? w.empty : w.emptyForViewers}
              </Empty>
            </Panel>
          ) : (
            <Heartbeats shown={shown} />
          )
        }
      </Loaded>
      {isAdding && (
        <Suspense>
          <HeartbeatDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function Heartbeats({ shown: { heartbeats, deaf } }: { readonly shown: ShownHeartbeats }) {
  const w = useWords(words);
  const time = useTimeText();
  const sorted = [...heartbeats].sort(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || one.id.localeCompare(other.id),
  );
  const parts = (["down", "late", "unknown", "new", "paused"] as const)
    .map((state) => ({ state, count: heartbeats.filter((one) => one.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => w.counts[state](count));
  const [lately] = deaf;
  return (
    <>
      <p role="status">{w.summary(heartbeats.length, parts)}</p>
      {lately !== undefined && <Notice tone="info">{w.deaf(time(lately.from), time(lately.to))}</Notice>}
      <Panel flush>
        <ul className={styles.list}>
          {sorted.map((heartbeat) => (
            <Row key={heartbeat.id} heartbeat={heartbeat} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Row({ heartbeat }: { readonly heartbeat: ShownHeartbeat }) {
  const w = useWords(words);
  const plan = usePlanText();
  const length = useSetLengthText();
  const { id, because, schedule, graceSeconds, service, lastPing, nextDue, incident, pings } = heartbeat;
  return (
    <li className={styles.row}>
      <div className={styles.name}>
        <Link href={`/monitors/heartbeats/${encodeURIComponent(id)}`}>{id}</Link>
        <span className={styles.quiet}>
          {[plan(schedule), w.grace(length(graceSeconds)), ...(service === null ? [] : [service])].join(" · ")}
        </span>
      </div>
      <div className={styles.marks}>
        <HeartbeatState because={because} />
        {incident !== null && (
          <Link href={`/incidents/${incident}`}>
            <Chip tone="bad" icon="incidents">
              {w.incident(incident)}
            </Chip>
          </Link>
        )}
      </div>
      <dl className={styles.times}>
        <div>
          <dt>{w.last}</dt>
          <dd>{lastPing === null ? w.never : <Both at={lastPing} />}</dd>
        </div>
        <div>
          <dt>{w.due}</dt>
          <dd>{nextDue === null ? w.noDue : <Both at={nextDue} />}</dd>
        </div>
      </dl>
      <PingStrip pings={pings} />
    </li>
  );
}

function Both({ at }: { readonly at: string }) {
  return (
    <>
      <Time at={at} only="relative" />
      <span className={styles.quiet}>
        <Time at={at} only="absolute" />
      </span>
    </>
  );
}
