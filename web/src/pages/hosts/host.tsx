import { useParams } from "wouter";
import type { ShownHost, ShownMonitor } from "../../../../src/http/wire/monitors.ts";
import { useMay } from "../../api/me.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Empty, Loaded, Page, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { MonitorTile } from "../monitors/monitor-tile.tsx";
import { ofPlace } from "../monitors/of-place.ts";
import { useGradeRank, useMonitors } from "../monitors/use-monitors.ts";
import { rankOf, worstFirst } from "../monitors/worst.ts";
import { TargetList } from "../targets/target-list.tsx";
import { useTargets } from "../targets/use-targets.ts";
import { ClockSkew, HostState } from "./host-marks.tsx";
import styles from "./hosts.module.css";
import { RemoveHost } from "./remove-host.tsx";
import { useHostLines, useHosts } from "./use-hosts.ts";
import { words } from "./words.ts";

/** One host: how it is, what its monitors say, what is collected on it. */
export function HostPage() {
  const { host } = useParams<{ host: string }>();
  const w = useWords(words);
  const query = useHosts();
  const mayEdit = useMay("monitors.edit");
  const known = query.data?.hosts.find((one) => one.host === host);
  return (
    <Page
      title={host}
      wide
      acts={
        <>
          <LinkButton to="/monitors/hosts" icon="left">
            {w.back}
          </LinkButton>
          {mayEdit && known !== undefined && <RemoveHost host={known} />}
        </>
      }
    >
      <MonitorTabs />
      <Loaded query={query}>
        {({ hosts }) => {
          const found = hosts.find((one) => one.host === host);
          return found === undefined ? <Empty icon="monitor">{w.unknown}</Empty> : <Host host={found} />;
        }}
      </Loaded>
    </Page>
  );
}

function Host({ host }: { readonly host: ShownHost }) {
  const w = useWords(words);
  const monitors = useMonitors();
  const targets = useTargets();
  return (
    <>
      <Panel title={w.about}>
        <Facts host={host} />
      </Panel>
      <Panel title={w.monitors}>
        <Loaded query={monitors}>
          {(shown) => <Tiles host={host.host} monitors={ofPlace(shown.monitors, host.host)} />}
        </Loaded>
      </Panel>
      <Panel title={w.targets} flush>
        <Loaded query={targets}>
          {({ targets: all }) => {
            const own = all.filter(({ id, agent }) => agent === host.host || host.targets.includes(id));
            return own.length === 0 ? <Empty>{w.noTargets}</Empty> : <TargetList targets={own} />;
          }}
        </Loaded>
      </Panel>
    </>
  );
}

function Facts({ host }: { readonly host: ShownHost }) {
  const w = useWords(words);
  const text = useValueText();
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{w.columns.state}</dt>
        <dd>
          <HostState state={host.state} /> {w.kinds[host.kind]}
        </dd>
      </div>
      <div>
        <dt>{w.columns.last}</dt>
        <dd>{host.lastContact === null ? w.noContact : <Time at={host.lastContact} />}</dd>
      </div>
      {host.platform !== null && (
        <div>
          <dt>{w.platform}</dt>
          <dd>{host.platform}</dd>
        </div>
      )}
      {host.version !== null && (
        <div>
          <dt>{w.columns.version}</dt>
          <dd>{host.version}</dd>
        </div>
      )}
      {host.clockSkewMs !== null && (
        <div>
          <dt>{w.columns.skew}</dt>
          <dd>
            <ClockSkew ms={host.clockSkewMs} />
          </dd>
        </div>
      )}
      {host.spoolBytes !== null && host.spoolBytes > 0 && (
        <div>
          <dt>{w.columns.spool}</dt>
          <dd>{text(host.spoolBytes, { unit: "bytes" })}</dd>
        </div>
      )}
      {host.lostSamples !== null && host.lostSamples > 0 && (
        <div>
          <dt>{w.lost}</dt>
          <dd>{w.lostCount(host.lostSamples)}</dd>
        </div>
      )}
      {host.trouble !== null && (
        <div>
          <dt>{w.trouble}</dt>
          <dd>
            {w.troubleText} <code>{host.trouble}</code>
          </dd>
        </div>
      )}
      <div>
        <dt>{w.columns.series}</dt>
        <dd>{host.seriesCount}</dd>
      </div>
    </dl>
  );
}

function Tiles({ host, monitors }: { readonly host: string; readonly monitors: readonly ShownMonitor[] }) {
  const w = useWords(words);
  const gradeRank = useGradeRank();
  const sorted = [...monitors].sort((one, other) => rankOf(one.state) - rankOf(other.state));
  const lines = useHostLines(
    host,
    sorted.flatMap((monitor) => {
      const [worst] = worstFirst(monitor.series, monitor, gradeRank);
      return worst === undefined ? [] : [{ monitor, labels: worst.labels }];
    }),
  );
  if (sorted.length === 0) return <Empty icon="monitor">{w.noMonitors}</Empty>;
  return (
    <ul className={styles.tiles}>
      {sorted.map((monitor) => (
        <li key={monitor.id}>
          <MonitorTile monitor={monitor} line={lines[monitor.id]} gradeRank={gradeRank} host={host} />
        </li>
      ))}
    </ul>
  );
}
