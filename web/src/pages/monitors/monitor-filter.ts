import type { ShownItem, ShownMonitor, ShownMonitors, ShownState } from "../../../../src/http/wire/monitors.ts";

import { ofPlace, placeOf } from "./of-place.ts";

export type MonitorFilter = {
  readonly q: string;
  /** `trouble`: whatever is not well. */
  readonly state: "" | "trouble" | ShownState;
  /** The `host` or `target` label of a series. */
  readonly place: string;
};

const WELL: readonly ShownState[] = ["ok", "off", "learning"];

export function readFilter(search: URLSearchParams): MonitorFilter {
  return {
    q: search.get("q") ?? "",
    state: (search.get("state") ?? "") as MonitorFilter["state"],
    place: search.get("host") ?? "",
  };
}

export function writeFilter({ q, state, place }: MonitorFilter): string {
  const given = [
    ["q", q],
    ["state", state],
    ["host", place],
  ].filter(([, value]) => value !== "");
  return new URLSearchParams(given as [string, string][]).toString();
}

export function isFiltered({ q, state, place }: MonitorFilter): boolean {
  return q.trim() !== "" || state !== "" || place !== "";
}

export function placesOf({ monitors }: ShownMonitors): readonly string[] {
  const places = new Set(monitors.flatMap(({ series }) => series.map(({ labels }) => placeOf(labels))));
  places.delete("");
  return [...places].sort((one, other) => one.localeCompare(other));
}

/** The monitor with those of its series that fit; undefined where nothing of it does. */
export function fitting(whole: ShownMonitor, { q, state, place }: MonitorFilter): ShownMonitor | undefined {
  const [monitor] = place === "" ? [whole] : ofPlace([whole], place);
  if (monitor === undefined || !isOfState(monitor.state, state)) return undefined;
  const typed = keyOf(q);
  const names = [monitor.title, monitor.item ?? "", monitor.id, monitor.rule.query.metric].join("\n");
  if (typed === "" || keyOf(names).includes(typed)) return monitor;
  const named = monitor.series.filter(({ labels }) => keyOf(Object.values(labels).join("\n")).includes(typed));
  return named.length === 0 ? undefined : { ...monitor, series: named };
}

/** An item without monitors that fit is shown where the reader looks for what is not watched, or for its name. */
export function isShownItem(item: ShownItem, { q, state, place }: MonitorFilter): boolean {
  if (place !== "" || !(state === "" || state === "trouble" || state === "unseen")) return false;
  return item.advice !== null && keyOf(item.name).includes(keyOf(q));
}

function isOfState(is: ShownState, wanted: MonitorFilter["state"]): boolean {
  if (wanted === "") return true;
  return wanted === "trouble" ? !WELL.includes(is) : is === wanted;
}

function keyOf(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[ \t]+/gu, "")
    .toLowerCase();
}
