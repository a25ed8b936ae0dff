/** The keys of alerts that monitors make: `<monitor>/<hash of the series>`. Other parts that speak as `monitor` have other forms. */
const MONITOR_KEY = /^[^/]+\/[0-9a-f]{16}$/u;
const HARDER = "harder/";

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
