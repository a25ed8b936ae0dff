import { Link } from "wouter";
import type { ShownItem, ShownMonitor, ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Notice, Page, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { MonitorState } from "../monitors/monitor-state.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { placeOf } from "../monitors/of-place.ts";
import { useMonitors } from "../monitors/use-monitors.ts";
import { words as monitorWords } from "../monitors/words.ts";
import { rankOf } from "../monitors/worst.ts";
import { useTargets } from "../targets/use-targets.ts";
import styles from "./coverage.module.css";
import { Ways } from "./ways.tsx";
import { words } from "./words.ts";

const PLACES_SHOWN = 6;
const FAILING_SHOWN = 3;
const MONITORS_SHOWN = 8;

/** Every item of the document and what watches it, as an auditor asks for it; what nothing watches stands first. */
export function CoveragePage() {
  const w = useWords(words);
  const query = useMonitors();
  return (
    <Page
      title={w.title}
      lead={w.lead}
      wide
      acts={
        <span className={styles.screenOnly}>
          <Button icon="download" onPress={() => window.print()}>
            {w.print}
          </Button>
        </span>
      }
    >
      <div className={styles.screenOnly}>
        <MonitorTabs />
      </div>
      <Loaded query={query}>{(shown) => <Coverage shown={shown} />}</Loaded>
    </Page>
  );
}

function Coverage({ shown }: { readonly shown: ShownMonitors }) {
  const w = useWords(words);
  const { areas: names } = useWords(monitorWords);
  const areas = shown.areas.filter(({ items }) => items.length > 0);
  const items = areas.flatMap((area) => area.items);
  const bare = items.filter(({ advice }) => advice !== null);
  if (items.length === 0)
    return (
      <Empty icon="policy" act={<LinkButton to="/policy">{w.toPolicy}</LinkButton>}>
        {w.nothing}
      </Empty>
    );
  return (
    <>
      <Notice tone={bare.length === 0 ? "good" : "bad"}>
        <p className={styles.tally}>
          {bare.length === 0 ? w.allWatched(items.length) : w.tally(items.length - bare.length, items.length)}
        </p>
      </Notice>
      {bare.length > 0 && <Bare items={bare} />}
      {areas.map((area) => (
        <Panel key={area.area} title={area.title === "" ? names[area.area] : area.title} flush>
          <div className={styles.columns} aria-hidden="true">
            {Object.values(w.columns).map((column) => (
              <span key={column}>{column}</span>
            ))}
          </div>
          <ul className={styles.items}>
            {area.items.map((item) => (
              <Item
                key={keyOf(item)}
                item={item}
                monitors={shown.monitors.filter(({ id }) => item.monitors.includes(id))}
              />
            ))}
          </ul>
        </Panel>
      ))}
    </>
  );
}

/** What nothing watches: those that one act mends stand together with that act. */
function Bare({ items }: { readonly items: readonly ShownItem[] }) {
  const w = useWords(words);
  const groups = groupsOf(items);
  return (
    <section className={styles.bare} aria-labelledby="bare">
      <h2 id="bare" className={styles.bareTitle}>
        <Icon name="warn" /> {w.bare(items.length)}
      </h2>
      <p>{w.bareLead}</p>
      <ul className={styles.groups}>
        {groups.map((of) => (
          <li key={of.map(keyOf).join("\n")} className={styles.group}>
            <ul className={styles.names}>
              {of.map((item) => (
                <li key={keyOf(item)}>
                  <a href={`#${idOf(item)}`} aria-label={w.toItem(item.name)}>
                    {item.name}
                  </a>
                </li>
              ))}
            </ul>
            <div>
              <p>{of[0]?.advice}</p>
              <Failing ways={of[0]?.ways ?? []} />
            </div>
            <Ways ways={of[0]?.ways ?? []} />
          </li>
        ))}
        <li className={`${styles.group} ${styles.screenOnly}`}>
          <p>{w.prometheus}</p>
          <Ways ways={PROMETHEUS} most={1} />
        </li>
      </ul>
    </section>
  );
}

/** A target that should bring it is there and says why it does not: then another one mends nothing. */
function Failing({ ways }: Pick<ShownItem, "ways">) {
  const w = useWords(words);
  const collectors = ways.flatMap((way) => (way.by === "target" ? [way.collector as string] : []));
  const failing = useTargets().data?.targets.filter(
    ({ collector, because }) => because.length > 0 && collectors.includes(collector),
  );
  if (failing === undefined || failing.length === 0) return null;
  return (
    <ul className={styles.failing}>
      {failing.slice(0, FAILING_SHOWN).map(({ id, because }) => (
        <li key={id}>
          <Link href="/monitors/targets">{w.failing(id)}</Link> {because.map(({ text }) => text).join(" ")}
        </li>
      ))}
    </ul>
  );
}

/** Serves whatever it collects already. */
const PROMETHEUS = [{ by: "target", collector: "promql", settings: {} }] as const;

function Item({ item, monitors }: { readonly item: ShownItem; readonly monitors: readonly ShownMonitor[] }) {
  const w = useWords(words);
  const isBare = item.advice !== null;
  const all = monitors.flatMap(({ series }) => series);
  const places = placesOf(all.filter(({ state }) => state !== "no-data"));
  const lost = placesOf(all).filter((place) => !places.includes(place));
  const watching = monitors
    .filter(({ state }) => state !== "unseen")
    .toSorted((one, other) => rankOf(one.state) - rankOf(other.state));
  const waiting = monitors.filter(({ state }) => state === "unseen");
  return (
    <li id={idOf(item)} className={`${styles.item} ${isBare ? styles.isBare : ""}`} tabIndex={-1}>
      <div className={styles.what}>
        <h3>
          <Link href={`/policy#${encodeURIComponent(item.clause)}`}>{item.name}</Link>
        </h3>
        <span className={styles.quiet}>{w.line(item.line)}</span>
        <Chip tone={isBare ? "bad" : "good"} icon={isBare ? "warn" : "check"}>
          {isBare ? w.unwatched : w.watched}
        </Chip>
      </div>
      <div>
        <p className={styles.label}>{w.columns.monitors}</p>
        <MonitorList monitors={watching.slice(0, MONITORS_SHOWN)} />
        {watching.length > MONITORS_SHOWN && (
          <Link href={`/monitors?q=${encodeURIComponent(item.name)}`} className={styles.more}>
            {w.moreMonitors(watching.length - MONITORS_SHOWN)}
          </Link>
        )}
        {waiting.length > 0 && (
          <details className={styles.waiting}>
            <summary>{w.waiting(waiting.length)}</summary>
            <MonitorList monitors={waiting} />
          </details>
        )}
        {isBare && <Ways ways={item.ways} most={1} />}
      </div>
      {!isBare && (
        <>
          <div>
            <p className={styles.label}>{w.columns.places}</p>
            {places.length === 0 ? w.none : places.slice(0, PLACES_SHOWN).join(", ")}
            {places.length > PLACES_SHOWN && ` ${w.more(places.length - PLACES_SHOWN)}`}
            <span className={styles.quiet}>{w.series(item.series)}</span>
            {lost.length > 0 && (
              <Link href={`/monitors?q=${encodeURIComponent(item.name)}&state=no-data`}>
                <Chip tone="bad" icon="warn" title={lost.slice(0, PLACES_SHOWN).join(", ")}>
                  {w.lost(lost.length)}
                </Chip>
              </Link>
            )}
          </div>
          <div>
            <p className={styles.label}>{w.columns.last}</p>
            {item.lastAt === null ? (
              w.none
            ) : (
              <>
                <Time at={item.lastAt} only="relative" />
                <span className={styles.quiet}>
                  <Time at={item.lastAt} only="absolute" />
                </span>
              </>
            )}
          </div>
        </>
      )}
    </li>
  );
}

function placesOf(series: ShownMonitor["series"]): readonly string[] {
  return [...new Set(series.map(({ labels }) => placeOf(labels)))].filter((place) => place !== "");
}

function MonitorList({ monitors }: { readonly monitors: readonly ShownMonitor[] }) {
  return (
    <ul className={styles.monitors}>
      {monitors.map((monitor) => (
        <li key={monitor.id}>
          <Link href={`/monitors/${encodeURIComponent(monitor.id)}`}>{monitor.title}</Link>
          {monitor.state !== "unseen" && <MonitorState state={monitor.state} grade={monitor.grade} />}
        </li>
      ))}
    </ul>
  );
}

function groupsOf(items: readonly ShownItem[]): readonly (readonly ShownItem[])[] {
  const groups = new Map<string, ShownItem[]>();
  for (const item of items) {
    const key = JSON.stringify([item.advice, item.ways]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}

function keyOf({ clause, name }: ShownItem): string {
  return `${clause} ${name}`;
}

function idOf(item: ShownItem): string {
  return `item-${encodeURIComponent(keyOf(item))}`;
}
