/** What the chart is drawn with: the page's own colours (`kit/tokens.css`), as they are in this theme. */
export type ChartColours = {
  readonly series: readonly string[];
  readonly grades: readonly string[];
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly panel: string;
  readonly accent: string;
  readonly warn: string;
  readonly font: string;
};

export const SERIES_MAX = 10;

export function coloursOf(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    series: Array.from({ length: SERIES_MAX }, (_, nth) => of(`chart-${nth}`)),
    grades: [of("grade-0"), of("grade-1"), of("grade-2")],
    ink: of("ink"),
    quiet: of("quiet"),
    line: of("line"),
    panel: of("panel"),
    accent: of("accent"),
    warn: of("warn"),
    font: `12px ${of("font")}`,
  };
}

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [9, 3, 2, 3]];

/** Lines of one chart are told apart by more than their colour. */
export function dashOf(place: number): readonly number[] {
  return DASHES[place % DASHES.length] ?? [];
}

/** A colour of the tokens, `#abc` or `#aabbcc`, that lets through what is below it. */
export function withAlpha(hex: string, alpha: number): string {
  const digits = hex.slice(1);
  const whole = digits.length === 3 ? digits.replace(/./gu, "$&$&") : digits;
  return `#${whole}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
