import type uPlot from "uplot";
import type { ChartFacts } from "./chart.tsx";
import { type ChartColours, withAlpha } from "./colours.ts";

const LABEL_GAP = 4;

/** Bars of incidents stand one below the other as far as there are rows. */
const ROWS = 5;

/** Incidents of this monitor as bands behind the lines, others as bars at the upper edge; and the usual range. */
export function drawSpans(plot: uPlot, { spans, usual, from, to }: ChartFacts, colours: ChartColours): void {
  inPlot(plot, (context, ratio) => {
    const { top, height } = plot.bbox;
    for (const hour of usual) {
      const colour = colours.series[hour.place % colours.series.length] ?? colours.accent;
      const left = plot.valToPos(hour.from, "x", true);
      const right = plot.valToPos(hour.to, "x", true);
      const [high, low] = [plot.valToPos(hour.high, "y", true), plot.valToPos(hour.low, "y", true)];
      context.fillStyle = withAlpha(colour, 0.12);
      context.fillRect(left, high, right - left, low - high);
      // Its edges tell it from the least and the most of a line.
      context.fillStyle = withAlpha(colour, 0.55);
      for (const edge of [high, low]) context.fillRect(left, edge - ratio / 2, right - left, ratio);
    }
    // Where labels would lie on each other the list below the chart tells the rest.
    const taken: (readonly [from: number, to: number])[] = [];
    spans.forEach((span, nth) => {
      const left = plot.valToPos(Math.max(span.from, from), "x", true);
      const width = Math.max(plot.valToPos(Math.min(span.to, to), "x", true) - left, 2 * ratio);
      const colour = colours.grades[Math.min(span.rank, 2)] ?? colours.ink;
      const bar = top + (nth % ROWS) * 5 * ratio;
      if (span.isOwn) {
        context.fillStyle = withAlpha(colour, 0.12);
        context.fillRect(left, top, width, height);
      }
      context.fillStyle = withAlpha(colour, span.isOwn ? 1 : 0.45);
      context.fillRect(left, bar, width, 4 * ratio);
      const room = context.measureText(span.label).width + 2 * LABEL_GAP * ratio;
      if (!span.isOwn || width < room) return;
      if (taken.some(([from, to]) => left < to && left + room > from)) return;
      taken.push([left, left + room]);
      context.textAlign = "left";
      context.textBaseline = "top";
      context.fillText(span.label, left + LABEL_GAP * ratio, top + ROWS * 5 * ratio);
    });
  });
}

/** Each threshold as a line with its grade and value on it. */
export function drawThresholds(plot: uPlot, { bounds, scale }: ChartFacts, colours: ChartColours): void {
  inPlot(plot, (context, ratio) => {
    const { left, top, width } = plot.bbox;
    const size = 14 * ratio;
    const taken: number[] = [];
    for (const { bound, label, rank } of [...bounds].sort((one, other) => other.bound - one.bound)) {
      if (bound < scale.min || bound > scale.max) continue;
      const y = plot.valToPos(bound, "y", true);
      const colour = colours.grades[Math.min(rank, 2)] ?? colours.ink;
      context.strokeStyle = colour;
      context.lineWidth = 1.5 * ratio;
      context.setLineDash([6 * ratio, 4 * ratio]);
      context.beginPath();
      context.moveTo(left, y);
      context.lineTo(left + width, y);
      context.stroke();
      context.setLineDash([]);
      // Above its line, or below it at the upper edge; further down where another label is in the way.
      let at = y - size - LABEL_GAP * ratio;
      if (at < top) at = y + LABEL_GAP * ratio;
      while (taken.some((other) => Math.abs(other - at) < size * 1.2)) at += size * 0.4;
      taken.push(at);
      context.textAlign = "left";
      const room = context.measureText(label).width;
      // At the older end: what is newest is what people look for.
      const x = left + 2 * LABEL_GAP * ratio;
      context.fillStyle = withAlpha(colours.panel, 0.85);
      context.fillRect(x - LABEL_GAP * ratio, at - ratio, room + 2 * LABEL_GAP * ratio, size + 2 * ratio);
      context.fillStyle = colour;
      context.textBaseline = "top";
      context.fillText(label, x, at);
    }
  });
}

/** What was deployed or changed: a line from top to bottom with a flag at its foot. */
export function drawMarks(plot: uPlot, { marks, from, to }: ChartFacts, colours: ChartColours): void {
  inPlot(plot, (context, ratio) => {
    const { top, height } = plot.bbox;
    for (const { at } of marks) {
      if (at < from || at > to) continue;
      const x = plot.valToPos(at, "x", true);
      context.strokeStyle = colours.ink;
      context.fillStyle = colours.ink;
      context.lineWidth = ratio;
      context.setLineDash([2 * ratio, 2 * ratio]);
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(x - 6 * ratio, top + height);
      context.lineTo(x + 6 * ratio, top + height);
      context.lineTo(x, top + height - 10 * ratio);
      context.fill();
    }
  });
}

function inPlot(plot: uPlot, draw: (context: CanvasRenderingContext2D, ratio: number) => void): void {
  const { ctx: context, bbox } = plot;
  const ratio = devicePixelRatio;
  context.save();
  context.beginPath();
  context.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  context.clip();
  context.font = `600 ${12 * ratio}px ${getComputedStyle(plot.root).fontFamily}`;
  draw(context, ratio);
  context.restore();
}
