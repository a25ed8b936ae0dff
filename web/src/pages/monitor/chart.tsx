import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useTimeText, useZone } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useLocale, useWords } from "../../words/locale.tsx";
import styles from "./chart.module.css";
import type { ChartSeries, UsualHour } from "./chart-series.ts";
import { type ChartColours, coloursOf, dashOf, withAlpha } from "./colours.ts";
import { drawMarks, drawSpans, drawThresholds } from "./draw-lines.ts";
import { timeAxisText } from "./time-axis.ts";
import { words } from "./words.ts";

export type ChartBound = { readonly label: string; readonly bound: number; readonly rank: number };
export type ChartSpan = {
  readonly label: string;
  /** Epoch seconds. */
  readonly from: number;
  readonly to: number;
  readonly rank: number;
  readonly isOwn: boolean;
};
export type ChartMark = { readonly at: number; readonly title: string };

export type ChartFacts = {
  readonly label: string;
  readonly unit: string;
  readonly metric: string;
  readonly stepSeconds: number;
  /** Epoch seconds. */
  readonly at: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly series: readonly ChartSeries[];
  /** The least and the most around each line. */
  readonly hasBands: boolean;
  readonly scale: { readonly min: number; readonly max: number };
  readonly bounds: readonly ChartBound[];
  /** The usual range of each hour, of the series that are drawn. */
  readonly usual: readonly UsualHour[];
  readonly spans: readonly ChartSpan[];
  readonly marks: readonly ChartMark[];
};

const NO_DRAG_PX = 6;

/**
 * The picture alone, on a canvas; uPlot is loaded with it and nowhere else. Its colours are those of the page, so it is
 * drawn anew when the page turns dark. Whoever cannot see it or drag in it has the table and the buttons beside it.
 */
export function Chart({
  facts,
  onZoom,
}: {
  readonly facts: ChartFacts;
  /** Epoch milliseconds. */
  readonly onZoom: (edges: { readonly from: number; readonly to: number }) => void;
}) {
  const zone = useZone();
  const locale = useLocale();
  const text = useValueText();
  const colours = useColours();
  const frame = useRef<HTMLDivElement>(null);
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  const latest = useRef(facts);
  latest.current = facts;
  const plot = useRef<uPlot>(undefined);
  const [place, setPlace] = useState<number>();
  // What the lines are drawn with; new values alone are put into the plot that is there, under the reader's pointer.
  const look = JSON.stringify([facts.unit, facts.hasBands, facts.series.map((one) => one.place)]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` stands for what of the facts makes another plot.
  useEffect(() => {
    const parent = frame.current;
    if (parent === null) return;
    const made = new uPlot(
      optionsOf(() => latest.current, {
        colours,
        zone,
        size: { width: parent.clientWidth, height: parent.clientHeight },
        value: (value) => text(value, { unit: latest.current.unit }),
        time: timeAxisText(locale, zone),
        onPlace: setPlace,
        onZoom: (edges) => zoom.current(edges),
      }),
      dataOf(latest.current),
      parent,
    );
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: parent.clientWidth, height: parent.clientHeight }));
    resized.observe(parent);
    return () => {
      plot.current = undefined;
      resized.disconnect();
      made.destroy();
    };
  }, [look, colours, zone, locale, text]);
  useEffect(() => {
    plot.current?.setData(dataOf(facts));
  }, [facts]);

  const point = (nth: number | undefined): void => {
    const at = nth === undefined ? undefined : facts.at[nth];
    setPlace(at === undefined ? undefined : nth);
    const made = plot.current;
    if (made !== undefined)
      made.setCursor({ left: at === undefined ? -10 : made.valToPos(at, "x"), top: 0 }, /* fireHook */ false);
  };
  return (
    <div className={styles.chart}>
      <div ref={frame} className={styles.frame} role="img" aria-label={facts.label} />
      <Readout facts={facts} place={place} colours={colours} onPoint={point} />
    </div>
  );
}

/**
 * What the values are under the pointer, and the latest while it is elsewhere. Keys and thumbs move along the time by the
 * slider, which says what stands at each place.
 */
function Readout({
  facts,
  place,
  colours,
  onPoint,
}: {
  readonly facts: ChartFacts;
  readonly place: number | undefined;
  readonly colours: ChartColours;
  readonly onPoint: (place: number | undefined) => void;
}) {
  const w = useWords(words);
  const text = useValueText();
  const time = useTimeText();
  const last = facts.at.length - 1;
  const nth = Math.min(place ?? last, last);
  const at = facts.at[nth];
  if (at === undefined) return null;
  const values = facts.series.map(({ name, place: of, avg }) => {
    const value = place === undefined ? avg.findLast((one) => one !== null) : avg[nth];
    return { name, of, told: value === null || value === undefined ? "–" : text(value, facts) };
  });
  return (
    <div className={styles.readout}>
      <input
        type="range"
        className={styles.along}
        min={0}
        max={last}
        value={nth}
        aria-label={w.along}
        aria-valuetext={[time(at * 1_000), ...values.map(({ name, told }) => `${name} ${told}`)].join(", ")}
        onChange={({ target }) => onPoint(Number(target.value))}
        onBlur={() => onPoint(undefined)}
      />
      <p className={styles.at}>{time(at * 1_000)}</p>
      <ul className={styles.values}>
        {values.map(({ name, of, told }) => (
          <li key={name}>
            <svg viewBox="0 0 24 8" width={24} height={8} aria-hidden="true">
              <line
                x1={0}
                x2={24}
                y1={4}
                y2={4}
                stroke={colours.series[of % colours.series.length]}
                strokeWidth={3}
                strokeDasharray={dashOf(of).join(" ")}
              />
            </svg>
            <span>{name}</span>
            <strong>{told}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

function useColours(): ChartColours {
  const [colours, setColours] = useState(coloursOf);
  useEffect(() => {
    const changed = new MutationObserver(() => setColours(coloursOf()));
    changed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    // Paper is white whatever the screen is.
    const paper = matchMedia("print");
    const printed = (): void => flushSync(() => setColours(coloursOf()));
    paper.addEventListener("change", printed);
    return () => {
      changed.disconnect();
      paper.removeEventListener("change", printed);
    };
  }, []);
  return colours;
}

function dataOf({ at, series }: ChartFacts): uPlot.AlignedData {
  const columns = series.flatMap(({ avg, min, max }) => [avg, max, min]);
  return [at, ...columns] as unknown as uPlot.AlignedData;
}

/** Round steps of what is not counted in tens. */
function incrementsOf(unit: string): { readonly incrs?: number[] } {
  if (unit === "seconds") return { incrs: [...tens(1e-6, 1), ...SECONDS] };
  if (unit.startsWith("bytes")) return { incrs: Array.from({ length: 50 }, (_, power) => 2 ** power) };
  return {};
}

const SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200].concat(
  [1, 2, 5, 10, 20, 50, 100, 200].map((days) => days * 86_400),
);

function tens(from: number, to: number): readonly number[] {
  const steps: number[] = [];
  for (let size = from; size < to * 0.99; size *= 10) steps.push(size, size * 2, size * 5);
  return steps;
}

type How = {
  readonly colours: ChartColours;
  readonly zone: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly value: (value: number) => string;
  readonly time: (seconds: number, everySeconds: number) => string;
  readonly onPlace: (place: number | undefined) => void;
  readonly onZoom: (edges: { readonly from: number; readonly to: number }) => void;
};

/** `facts` gives what is drawn at the time of drawing; how many lines there are, and of what, stays. */
function optionsOf(facts: () => ChartFacts, { colours, zone, size, value, time, onPlace, onZoom }: How): uPlot.Options {
  const { unit, series, hasBands } = facts();
  const axis = {
    stroke: colours.quiet,
    font: colours.font,
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line, width: 1 },
  };
  return {
    ...size,
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false, setScale: false, dist: NO_DRAG_PX } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), zone),
    scales: {
      x: { time: true, range: () => [facts().from, facts().to] },
      y: { range: () => [facts().scale.min, facts().scale.max] },
    },
    axes: [
      {
        ...axis,
        size: 34,
        space: 70,
        values: (_plot, splits, _axis, _space, every) => splits.map((one) => time(one, every)),
      },
      {
        ...axis,
        size: (_plot, values) => 18 + 8 * Math.max(4, ...(values ?? []).map((one) => one.length)),
        values: (_plot, splits) => splits.map(value),
        ...incrementsOf(unit),
      },
    ],
    series: [
      {},
      ...series.flatMap(({ place }): uPlot.Series[] => {
        const stroke = colours.series[place % colours.series.length] ?? colours.ink;
        const edge = { points: { show: false }, width: 0, stroke: "transparent" };
        return [{ stroke, width: 1.75, dash: [...dashOf(place)], points: { show: false } }, edge, edge];
      }),
    ],
    bands: hasBands
      ? series.map(({ place }, nth) => ({
          series: [nth * 3 + 2, nth * 3 + 3],
          fill: withAlpha(colours.series[place % colours.series.length] ?? colours.ink, 0.2),
        }))
      : [],
    hooks: {
      drawClear: [(plot) => drawSpans(plot, facts(), colours)],
      draw: [
        (plot) => {
          drawThresholds(plot, facts(), colours);
          drawMarks(plot, facts(), colours);
        },
      ],
      setCursor: [(plot) => onPlace(plot.cursor.idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < NO_DRAG_PX) return;
          onZoom({ from: plot.posToVal(left, "x") * 1_000, to: plot.posToVal(left + width, "x") * 1_000 });
        },
      ],
    },
  };
}
