/** A linear model with whole-number columns: what a solver is asked. Columns are named by their place. */
export type LinearModel = {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly minimise: readonly Term[];
};
export type Column = {
  readonly name: string;
  readonly kind: "binary" | "continuous";
  readonly min: number;
  readonly max: number;
};
/** Column and coefficient. */
export type Term = readonly [column: number, coefficient: number];
export type Row = {
  readonly name: string;
  readonly terms: readonly Term[];
  readonly min?: number;
  readonly max?: number;
};

/** What a solver found out. */
export type Solved =
  | { readonly is: "optimal"; readonly values: readonly number[]; readonly objective: number }
  /** Time ran out with this in hand; nothing is better by more than `gap` (a share of the objective). */
  | { readonly is: "feasible"; readonly values: readonly number[]; readonly objective: number; readonly gap: number }
  | { readonly is: "infeasible" }
  | { readonly is: "unknown"; readonly because: "time" | "solver"; readonly detail: string };

/** Terms of one line of the text: readers of the format bound the length of a line. */
const TERMS_A_LINE = 12;

/** The model in the LP format, which every solver of the trade reads. */
export function lpText(model: LinearModel): string {
  const name = (column: number): string => model.columns[column]?.name ?? "";
  const sum = (terms: readonly Term[]): string => {
    const words = summed(terms).map(
      ([column, coefficient]) => `${coefficient < 0 ? "-" : "+"} ${Math.abs(coefficient)} ${name(column)}`,
    );
    const lines: string[] = [];
    for (let at = 0; at < words.length; at += TERMS_A_LINE) lines.push(words.slice(at, at + TERMS_A_LINE).join(" "));
    // An objective of nothing is still one.
    return lines.length === 0 ? `0 ${name(0)}` : lines.join("\n   ");
  };
  const rows = model.rows.flatMap(({ name: row, terms, min, max }) => {
    if (min !== undefined && min === max) return [` ${row}: ${sum(terms)} = ${min}`];
    return [
      ...(max === undefined ? [] : [` ${row}: ${sum(terms)} <= ${max}`]),
      ...(min === undefined ? [] : [` ${row}${max === undefined ? "" : "_min"}: ${sum(terms)} >= ${min}`]),
    ];
  });
  const continuous = model.columns.filter(({ kind }) => kind === "continuous");
  const fixed = model.columns.filter(({ kind, max }) => kind === "binary" && max === 0);
  const infinite = (bound: number): string => (bound < 0 ? "-inf" : "+inf");
  return [
    "Minimize",
    ` cost: ${sum(model.minimise)}`,
    "Subject To",
    ...rows,
    "Bounds",
    ...continuous.map(
      ({ name: column, min, max }) =>
        ` ${Number.isFinite(min) ? min : infinite(min)} <= ${column} <= ${Number.isFinite(max) ? max : infinite(max)}`,
    ),
    ...fixed.map(({ name: column }) => ` ${column} = 0`),
    "Binaries",
    ...model.columns.filter(({ kind, max }) => kind === "binary" && max > 0).map(({ name: column }) => ` ${column}`),
    "End",
    "",
  ].join("\n");
}

/** Each column once. */
export function summed(terms: readonly Term[]): readonly Term[] {
  const sums = new Map<number, number>();
  for (const [column, coefficient] of terms) sums.set(column, (sums.get(column) ?? 0) + coefficient);
  return [...sums].filter(([, coefficient]) => coefficient !== 0);
}
