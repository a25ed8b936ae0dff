import { useState } from "react";
import { Link } from "wouter";
import type { ShownMonitor, ShownSeries } from "../../../../src/http/wire/monitors.ts";
import { Button } from "../../kit/button.tsx";
import { Panel } from "../../kit/page.tsx";
import { Rows } from "../../kit/rows.tsx";
import { Time } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { MonitorState } from "../monitors/monitor-state.tsx";
import { namesOf } from "../monitors/monitor-tile.tsx";
import { SERIES_MAX } from "./colours.ts";
import styles from "./series-panel.module.css";
import { words } from "./words.ts";

const LISTED = 25;
/** From as many on there is something to search. */
const SEARCHED_FROM = 12;

/** Each series with its value, its state and what it holds open; what is ticked is drawn. */
export function SeriesPanel({
  monitor,
  series,
  drawn,
  onDraw,
}: {
  readonly monitor: ShownMonitor;
  /** The worst first. */
  readonly series: readonly ShownSeries[];
  readonly drawn: readonly string[];
  readonly onDraw: (keys: readonly string[]) => void;
}) {
  const w = useWords(words);
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState(LISTED);
  const wanted = typed.trim().toLowerCase();
  const found = series.filter(({ labels }) => namesOf(labels).toLowerCase().includes(wanted));
  const hasUsual = series.some(({ usual }) => usual !== null);
  const unlisted = monitor.seriesCount - series.length;
  return (
    <Panel title={`${w.series} (${monitor.seriesCount})`} flush>
      <div className={styles.head}>
        <p className={styles.quiet}>{w.seriesLead(drawn.length, SERIES_MAX)}</p>
        {series.length >= SEARCHED_FROM && (
          <label>
            <span className="unseen">{w.seriesFilter}</span>
            <input
              type="search"
              value={typed}
              placeholder={w.seriesFilter}
              onChange={({ target }) => setTyped(target.value)}
            />
          </label>
        )}
      </div>
      <Rows label={w.series}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.columns.draw}</th>
              <th scope="col">{w.columns.name}</th>
              <th scope="col">{w.columns.state}</th>
              <th scope="col">{w.columns.value}</th>
              {hasUsual && <th scope="col">{w.columns.usual}</th>}
              <th scope="col">{w.columns.since}</th>
              <th scope="col">{w.columns.last}</th>
              <th scope="col">{w.columns.incident}</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((one) => (
              <Row
                key={one.key}
                one={one}
                monitor={monitor}
                hasUsual={hasUsual}
                isDrawn={drawn.includes(one.key)}
                isFull={drawn.length >= SERIES_MAX}
                onDraw={(draw) => onDraw(draw ? [...drawn, one.key] : drawn.filter((key) => key !== one.key))}
              />
            ))}
          </tbody>
        </table>
      </Rows>
      {(found.length > shown || unlisted > 0) && (
        <div className={styles.foot}>
          {found.length > shown && (
            <Button icon="down" onPress={() => setShown(found.length)}>
              {w.more(found.length - shown)}
            </Button>
          )}
          {unlisted > 0 && <p className={styles.quiet}>{w.notListed(unlisted)}</p>}
        </div>
      )}
    </Panel>
  );
}

function Row({
  one,
  monitor,
  hasUsual,
  isDrawn,
  isFull,
  onDraw,
}: {
  readonly one: ShownSeries;
  readonly monitor: ShownMonitor;
  readonly hasUsual: boolean;
  readonly isDrawn: boolean;
  readonly isFull: boolean;
  readonly onDraw: (draw: boolean) => void;
}) {
  const w = useWords(words);
  const text = useValueText();
  const kind = { unit: monitor.unit, metric: monitor.rule.query.metric };
  const { labels, value, state, grade, since, lastAt, incident, muted, usual } = one;
  const name = namesOf(labels) || w.noName;
  return (
    <tr>
      <td data-label={w.columns.draw}>
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={isDrawn}
            disabled={isFull && !isDrawn}
            onChange={({ target }) => onDraw(target.checked)}
          />
          <span className="unseen">{w.draw(name)}</span>
        </label>
      </td>
      <th scope="row">
        {labels["host"] === undefined ? (
          name
        ) : (
          <Link href={`/monitors/hosts/${encodeURIComponent(labels["host"])}`}>{name}</Link>
        )}
      </th>
      <td data-label={w.columns.state}>
        <MonitorState state={state} grade={grade} />
      </td>
      <td data-label={w.columns.value}>{value === null ? "–" : text(value, kind)}</td>
      {hasUsual && (
        <td data-label={w.columns.usual} data-none={usual === null}>
          {usual === null ? "–" : `${text(usual.low, kind)} ~ ${text(usual.high, kind)}`}
        </td>
      )}
      <td data-label={w.columns.since} data-none={since === null}>
        {since === null ? "–" : <Time at={since} only="relative" />}
      </td>
      <td data-label={w.columns.last} data-none={lastAt === null}>
        {lastAt === null ? "–" : <Time at={lastAt} only="relative" />}
      </td>
      <td data-label={w.columns.incident} data-none={incident === null && muted === null}>
        {incident !== null && <Link href={`/incidents/${incident}`}>INC-{incident}</Link>}
        {incident === null && (muted === null ? "–" : w.muted[muted])}
      </td>
    </tr>
  );
}
