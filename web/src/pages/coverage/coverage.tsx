import { Link } from "wouter";
import type { ShownArea, ShownItem, ShownMonitor, ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Notice, Page, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { MonitorState } from "../monitors/monitor-state.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { placeOf } from "../monitors/of-place.ts";
import { useMonitors } from "../monitors/use-monitors.ts";
import { words as monitorWords } from "../monitors/words.ts";
import styles from "./coverage.module.css";
import { words } from "./words.ts";

const PLACES_SHOWN = 6;

/** Every item of the document and what watches it: the table that an auditor asks for. */
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
  const watched = items.filter(({ advice }) => advice === null).length;
  if (items.length === 0)
    return (
      <Empty icon="policy" act={<LinkButton to="/policy">{w.toPolicy}</LinkButton>}>
        {w.nothing}
      </Empty>
    );
  return (
    <>
      <Notice tone={watched === items.length ? "good" : "bad"}>
        {watched === items.length ? w.allWatched(items.length) : w.tally(watched, items.length)}
      </Notice>
      {areas.map((area) => (
        <Panel key={area.area} title={area.title === "" ? names[area.area] : area.title} flush>
          <Items area={area} monitors={shown.monitors} />
        </Panel>
      ))}
    </>
  );
}

function Items({ area, monitors }: { readonly area: ShownArea; readonly monitors: readonly ShownMonitor[] }) {
  const w = useWords(words);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys.
    <div className={styles.scroll} role="region" aria-label={area.title} tabIndex={0}>
      <table className={styles.items}>
        <thead>
          <tr>
            <th scope="col">{w.columns.item}</th>
            <th scope="col">{w.columns.state}</th>
            <th scope="col">{w.columns.monitors}</th>
            <th scope="col">{w.columns.places}</th>
            <th scope="col">{w.columns.last}</th>
          </tr>
        </thead>
        <tbody>
          {area.items.map((item) => (
            <Item
              key={`${item.clause} ${item.name}`}
              item={item}
              monitors={monitors.filter(({ id }) => item.monitors.includes(id))}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Item({ item, monitors }: { readonly item: ShownItem; readonly monitors: readonly ShownMonitor[] }) {
  const w = useWords(words);
  const mayEdit = useMay("monitors.edit");
  const isBare = item.advice !== null;
  const places = [...new Set(monitors.flatMap(({ series }) => series.map(({ labels }) => placeOf(labels))))].filter(
    (place) => place !== "",
  );
  return (
    <tr className={isBare ? styles.bare : ""}>
      <th scope="row" className={styles.name}>
        <Link href={`/policy#${encodeURIComponent(item.clause)}`}>{item.name}</Link>
        <span className={styles.quiet}>{w.line(item.line)}</span>
      </th>
      <td>
        <Chip tone={isBare ? "bad" : "good"} icon={isBare ? "warn" : "check"}>
          {isBare ? w.unwatched : w.watched}
        </Chip>
      </td>
      <td>
        {monitors.length === 0 && <span className={styles.quiet}>{w.none}</span>}
        <ul className={styles.monitors}>
          {monitors.map((monitor) => (
            <li key={monitor.id}>
              <Link href={`/monitors/${encodeURIComponent(monitor.id)}`}>{monitor.title}</Link>
              <MonitorState state={monitor.state} grade={monitor.grade} />
            </li>
          ))}
        </ul>
        {isBare && (
          <div className={styles.advice}>
            <p>{item.advice}</p>
            {mayEdit && (
              <p className={styles.screenOnly}>
                <LinkButton to="/monitors/targets?add" size="small" icon="add">
                  {w.addTarget}
                </LinkButton>{" "}
                {monitors.length === 0 && (
                  <LinkButton to="/monitors/new" size="small" icon="add">
                    {w.makeMonitor}
                  </LinkButton>
                )}
              </p>
            )}
          </div>
        )}
      </td>
      <td>
        {places.length === 0 ? (
          <span className={styles.quiet}>{w.none}</span>
        ) : (
          places.slice(0, PLACES_SHOWN).join(", ")
        )}
        {places.length > PLACES_SHOWN && ` ${w.more(places.length - PLACES_SHOWN)}`}
        {item.series > 0 && <span className={styles.quiet}>{w.series(item.series)}</span>}
      </td>
      <td>
        {item.lastAt === null ? (
          <span className={styles.quiet}>{w.none}</span>
        ) : (
          <>
            <Time at={item.lastAt} only="relative" />
            <span className={styles.quiet}>
              <Time at={item.lastAt} only="absolute" />
            </span>
          </>
        )}
      </td>
    </tr>
  );
}
