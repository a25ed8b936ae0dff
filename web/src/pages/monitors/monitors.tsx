import { memo, useDeferredValue, useMemo } from "react";
import { Link, useSearchParams } from "wouter";
import type { ShownArea, ShownItem, ShownMonitor, ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { useMay } from "../../api/me.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Empty, Loaded, Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { Ways } from "../coverage/ways.tsx";
import { fitting, isFiltered, isShownItem, type MonitorFilter, readFilter, writeFilter } from "./monitor-filter.ts";
import { MonitorFilterBar } from "./monitor-filter-bar.tsx";
import { MonitorTabs } from "./monitor-tabs.tsx";
import { MonitorTile } from "./monitor-tile.tsx";
import styles from "./monitors.module.css";
import { useLines } from "./use-lines.ts";
import { useGradeRank, useMonitors } from "./use-monitors.ts";
import { words } from "./words.ts";

/** Everything that is watched, by the areas of the document; what nothing watches stands among it in red. */
export function MonitorsPage() {
  const w = useWords(words);
  const query = useMonitors();
  const mayEdit = useMay("monitors.edit");
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  // What is typed stands at once; hundreds of tiles follow when there is time.
  const asked = useDeferredValue(search.toString());
  const applied = useMemo(() => readFilter(new URLSearchParams(asked)), [asked]);
  return (
    <Page
      title={w.title}
      lead={w.lead}
      wide
      acts={
        mayEdit && (
          <LinkButton to="/monitors/new" look="main" icon="add">
            {w.make}
          </LinkButton>
        )
      }
    >
      <MonitorTabs />
      <Loaded query={query}>
        {(shown) => (
          <>
            <MonitorFilterBar
              filter={filter}
              shown={shown}
              onChange={(next) => setSearch(writeFilter(next), { replace: true })}
            />
            <p role="status" className={styles.counts}>
              {w.summary(
                shown.monitors.filter(({ state }) => state === "firing").length,
                shown.areas.flatMap(({ items }) => items).filter(({ advice }) => advice !== null).length,
              )}
            </p>
            <Areas shown={shown} filter={applied} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

const Areas = memo(function Areas({
  shown,
  filter,
}: {
  readonly shown: ShownMonitors;
  readonly filter: MonitorFilter;
}) {
  const w = useWords(words);
  const lines = useLines();
  const gradeRank = useGradeRank();
  const byId = useMemo(() => new Map(shown.monitors.map((monitor) => [monitor.id, monitor])), [shown]);
  const those = (ids: readonly string[]): readonly ShownMonitor[] =>
    ids.flatMap((id) => {
      const monitor = byId.get(id);
      const fits = monitor === undefined ? undefined : fitting(monitor, filter);
      return fits === undefined ? [] : [fits];
    });
  const areas = shown.areas
    .map((area) => ({
      area,
      items: area.items
        .map((item) => ({ item, monitors: those(item.monitors) }))
        .filter(({ item, monitors }) => monitors.length > 0 || isShownItem(item, filter)),
      rest: those(area.rest),
    }))
    .filter(({ items, rest }) => items.length > 0 || rest.length > 0);
  if (areas.length === 0)
    return isFiltered(filter) ? (
      <Empty icon="search" act={<LinkButton to="/monitors">{w.clear}</LinkButton>}>
        {w.nothingFits}
      </Empty>
    ) : (
      <Empty icon="monitor">{w.nothing}</Empty>
    );
  return areas.map(({ area, items, rest }) => (
    <section key={area.area} className={styles.area} aria-labelledby={`area-${area.area}`}>
      <h2 id={`area-${area.area}`}>{titleOf(area, w.areas)}</h2>
      <div className={styles.items}>
        {items.map(({ item, monitors }) => (
          <ItemCard
            key={`${item.clause} ${item.name}`}
            item={item}
            monitors={monitors}
            lines={lines}
            gradeRank={gradeRank}
          />
        ))}
        {rest.length > 0 && (
          <section className={styles.item} aria-label={w.rest}>
            <h3 className={styles.name}>{w.rest}</h3>
            <Tiles monitors={rest} lines={lines} gradeRank={gradeRank} />
          </section>
        )}
      </div>
    </section>
  ));
});

type Drawn = {
  readonly lines: ReturnType<typeof useLines>;
  readonly gradeRank: (grade: string) => number;
};

function ItemCard({
  item,
  monitors,
  ...drawn
}: Drawn & {
  readonly item: ShownItem;
  readonly monitors: readonly ShownMonitor[];
}) {
  const w = useWords(words);
  const isBare = item.advice !== null;
  return (
    <section className={`${styles.item} ${isBare ? styles.bare : ""}`} aria-label={item.name}>
      <h3 className={styles.name}>
        <Link href={`/policy#${encodeURIComponent(item.clause)}`} title={w.toClause(item.name)}>
          {item.name}
        </Link>
      </h3>
      {isBare && (
        <div className={styles.advice}>
          <p className={styles.unwatched}>
            <Icon name="warn" size={18} /> {w.unwatched}
          </p>
          <p>{item.advice}</p>
          <Ways ways={item.ways} />
        </div>
      )}
      <Tiles monitors={monitors} {...drawn} />
    </section>
  );
}

/** What was never measured is there to be found, and takes no room from what is. */
function Tiles({ monitors, ...drawn }: Drawn & { readonly monitors: readonly ShownMonitor[] }) {
  const w = useWords(words);
  const seen = monitors.filter(({ state }) => state !== "unseen");
  const unseen = monitors.filter(({ state }) => state === "unseen");
  return (
    <>
      {seen.length > 0 && <TileList monitors={seen} {...drawn} />}
      {unseen.length > 0 && (
        <details>
          <summary className={styles.summary}>{w.unseen(unseen.length)}</summary>
          <TileList monitors={unseen} {...drawn} />
        </details>
      )}
    </>
  );
}

function TileList({ monitors, lines, gradeRank }: Parameters<typeof Tiles>[0]) {
  return (
    <ul className={styles.tiles}>
      {monitors.map((monitor) => (
        <li key={monitor.id}>
          <MonitorTile monitor={monitor} line={lines[monitor.id]} gradeRank={gradeRank} />
        </li>
      ))}
    </ul>
  );
}

function titleOf({ title, area }: ShownArea, names: Readonly<Record<ShownArea["area"], string>>): string {
  return title === "" ? names[area] : title;
}
