import { type KeyboardEvent, type RefObject, useEffect } from "react";

/**
 * One stop of the Tab key for the whole calendar: inside it the arrow keys move. A cell is what has `data-cell`; a row
 * what has `data-row`, and rows of one name follow each other from week to week. The calendar renders every cell with
 * `tabIndex={-1}` and leaves it to this to let one in.
 */
export function useRoving(ref: RefObject<HTMLElement | null>): {
  readonly onFocus: (event: { readonly target: EventTarget }) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
} {
  useEffect(() => {
    const root = ref.current;
    if (root === null || root.querySelector(`${CELL}[tabindex="0"]`) !== null) return;
    const first = root.querySelector<HTMLElement>(`${CELL}[data-now]`) ?? root.querySelector<HTMLElement>(CELL);
    if (first !== null) first.tabIndex = 0;
  });
  return {
    onFocus: ({ target }) => {
      if (!(target instanceof HTMLElement) || !target.matches(CELL)) return;
      for (const one of ref.current?.querySelectorAll<HTMLElement>(`${CELL}[tabindex="0"]`) ?? []) one.tabIndex = -1;
      target.tabIndex = 0;
    },
    onKeyDown: (event) => {
      const from = event.target;
      if (!(from instanceof HTMLElement) || !from.matches(CELL) || ref.current === null) return;
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const to = target(ref.current, from, event.code);
      if (to === undefined) return;
      event.preventDefault();
      to.focus();
    },
  };
}

const CELL = "[data-cell]";
const ROW = "[data-row]";

function target(root: HTMLElement, from: HTMLElement, code: string): HTMLElement | undefined {
  const row = from.closest<HTMLElement>(ROW);
  if (row === null) return undefined;
  const cells = cellsOf(row);
  const place = cells.indexOf(from);
  const rows = [...root.querySelectorAll<HTMLElement>(ROW)].filter((one) => cellsOf(one).length > 0);
  const alike = rows.filter((one) => one.dataset.row === row.dataset.row);
  const nth = alike.indexOf(row);
  if (code === "Home") return cells[0];
  if (code === "End") return cells.at(-1);
  if (code === "ArrowRight") return cells[place + 1] ?? (alike[nth + 1] && cellsOf(alike[nth + 1] as HTMLElement)[0]);
  if (code === "ArrowLeft")
    return cells[place - 1] ?? (alike[nth - 1] && cellsOf(alike[nth - 1] as HTMLElement).at(-1));
  if (code !== "ArrowUp" && code !== "ArrowDown") return undefined;
  const other = rows[rows.indexOf(row) + (code === "ArrowUp" ? -1 : 1)];
  return other && nearest(cellsOf(other), from);
}

/** In the order in which they stand from left to right, which is that of time. */
function cellsOf(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CELL)].sort(
    (one, other) => one.getBoundingClientRect().left - other.getBoundingClientRect().left,
  );
}

function nearest(cells: readonly HTMLElement[], to: HTMLElement): HTMLElement | undefined {
  const wanted = to.getBoundingClientRect();
  const x = wanted.left + Math.min(wanted.width / 2, 12);
  const away = (cell: HTMLElement): number => {
    const { left, right } = cell.getBoundingClientRect();
    return x < left ? left - x : x > right ? x - right : 0;
  };
  return cells.toSorted((one, other) => away(one) - away(other))[0];
}
