import { asId } from "../id/id.ts";
import type { MonitorId } from "./monitor.ts";

/** The keys of alerts that monitors make: `<monitor>/<hash of the series>`. Other parts that speak as `monitor` have other forms. */
const MONITOR_KEY = /^([^/]+)\/[0-9a-f]{16}$/u;
const HASH_LENGTH = 16;
const HARDER = "harder/";

/** The key of the alert of a series, told by the SHA-256 (hex) of the series' key. */
export function monitorKey(monitor: MonitorId, seriesHash: string): string {
  return `${monitor}/${seriesHash.slice(0, HASH_LENGTH)}`;
}

/** Whose alert it is; undefined for what is no monitor's. */
export function monitorOfKey(key: string): MonitorId | undefined {
  const id = MONITOR_KEY.exec(key)?.[1];
  return id === undefined ? undefined : asId(id);
}

export function isMonitorKey(key: string): boolean {
  return MONITOR_KEY.test(key);
}

/** The key of what watching harder after recovery finds of the alert's series. */
export function harderKey(key: string): string {
  return `${HARDER}${key}`;
}

/** The alert that is watched harder; undefined for every other key. */
export function watchedHarder(key: string): string | undefined {
  const watched = key.startsWith(HARDER) ? key.slice(HARDER.length) : "";
  return isMonitorKey(watched) ? watched : undefined;
}
