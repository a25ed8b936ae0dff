import { lazy, Suspense, useState } from "react";
import { Link, useSearchParams } from "wouter";
import type { ShownHost } from "../../../../src/http/wire/monitors.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { FilterBar, SearchBox } from "../../kit/filter-bar.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Page, Panel } from "../../kit/page.tsx";
import { Rows } from "../../kit/rows.tsx";
import { Time } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { ClockSkew, HostState } from "./host-marks.tsx";
import styles from "./hosts.module.css";
import { useHosts } from "./use-hosts.ts";
import { words } from "./words.ts";

const AgentDialog = lazy(() => import("./agent-dialog.tsx").then(({ AgentDialog }) => ({ default: AgentDialog })));

/** From as many on there is something to search. */
const SEARCHED_FROM = 10;

function isNamed({ host, platform, version, targets }: ShownHost, typed: string): boolean {
  return [host, platform, version, ...targets].join("\n").toLowerCase().includes(typed.trim().toLowerCase());
}

const ORDER: readonly ShownHost["state"][] = ["silent", "late", "well"];

/** Hosts and agents: when each was last heard of, and how it is. */
export function HostsPage() {
  const w = useWords(words);
  const query = useHosts();
  const mayAdd = useMay("tokens.edit");
  // Other pages lead here to add one: `/monitors/hosts?add`.
  const [search, setSearch] = useSearchParams();
  const [isAdding, setAdding] = useState(search.has("add"));
  const [typed, setTyped] = useState("");
  const close = (): void => {
    setAdding(false);
    if (search.has("add")) setSearch({}, { replace: true });
  };
  return (
    <Page
      title={w.title}
      lead={w.lead}
      wide
      acts={
        mayAdd && (
          <Button look="main" icon="add" onPress={() => setAdding(true)}>
            {w.add}
          </Button>
        )
      }
    >
      <MonitorTabs />
      <Loaded query={query}>
        {({ hosts }) =>
          hosts.length === 0 ? (
            <Empty icon="monitor">{w.empty}</Empty>
          ) : (
            <>
              <p role="status">{w.summary(hosts.length, hosts.filter(({ state }) => state === "silent").length)}</p>
              {hosts.length >= SEARCHED_FROM && (
                <FilterBar>
                  <SearchBox
                    label={w.find}
                    hint={w.findHint}
                    value={typed}
                    lengthMax={100}
                    pauseMs={60}
                    onChange={setTyped}
                  />
                </FilterBar>
              )}
              <Panel flush>
                <Hosts hosts={hosts.filter((host) => isNamed(host, typed))} />
              </Panel>
            </>
          )
        }
      </Loaded>
      {isAdding && mayAdd && query.data !== undefined && (
        <Suspense>
          <AgentDialog known={query.data.hosts} onClose={close} />
        </Suspense>
      )}
    </Page>
  );
}

function Hosts({ hosts }: { readonly hosts: readonly ShownHost[] }) {
  const w = useWords(words);
  const sorted = [...hosts].sort(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || one.host.localeCompare(other.host),
  );
  return (
    <Rows label={w.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.columns.host}</th>
            <th scope="col">{w.columns.state}</th>
            <th scope="col">{w.columns.last}</th>
            <th scope="col">{w.columns.firing}</th>
            <th scope="col">{w.columns.series}</th>
            <th scope="col">{w.columns.targets}</th>
            <th scope="col">{w.columns.version}</th>
            <th scope="col">{w.columns.skew}</th>
            <th scope="col">{w.columns.spool}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((host) => (
            <Row key={host.host} host={host} />
          ))}
        </tbody>
      </table>
    </Rows>
  );
}

function Row({ host }: { readonly host: ShownHost }) {
  const w = useWords(words);
  const text = useValueText();
  return (
    <tr>
      <th scope="row">
        <Link href={`/monitors/hosts/${encodeURIComponent(host.host)}`}>{host.host}</Link>
        <span className={styles.quiet}>{w.kinds[host.kind]}</span>
      </th>
      <td data-label={w.columns.state}>
        <HostState state={host.state} />
      </td>
      <td data-label={w.columns.last}>
        {host.lastContact === null ? (
          <span className={styles.quiet}>{w.noContact}</span>
        ) : (
          <>
            <Time at={host.lastContact} only="relative" />
            <span className={styles.quiet}>
              <Time at={host.lastContact} only="absolute" />
            </span>
          </>
        )}
      </td>
      <td data-label={w.columns.firing} data-none={host.firing === 0}>
        {host.firing === 0 ? (
          w.none
        ) : (
          <Link href={`/monitors?host=${encodeURIComponent(host.host)}&state=firing`}>
            <Chip tone="bad" icon="alerts">
              {w.firing(host.firing)}
            </Chip>
          </Link>
        )}
      </td>
      <td data-label={w.columns.series}>{host.seriesCount}</td>
      <td data-label={w.columns.targets} data-none={host.targets.length === 0} data-wrap>
        {host.targets.length === 0 ? w.none : host.targets.join(", ")}
      </td>
      <td data-label={w.columns.version} data-none={host.version === null}>
        {host.version ?? w.none}
        {host.platform !== null && <span className={styles.quiet}>{host.platform}</span>}
      </td>
      <td data-label={w.columns.skew} data-none={host.clockSkewMs === null}>
        <ClockSkew ms={host.clockSkewMs} />
      </td>
      <td data-label={w.columns.spool} data-none={(host.spoolBytes ?? 0) === 0}>
        {host.spoolBytes === null || host.spoolBytes === 0 ? w.none : text(host.spoolBytes, { unit: "bytes" })}
      </td>
    </tr>
  );
}
