import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { Fault } from "../fault/fault.ts";
import { type Locale, localeOf } from "../locale/said.ts";
import { type Network, readNetwork } from "../net/networks.ts";

/** How this run is set up: flags over environment over the file over defaults. Frozen; unknown keys are refused. */
export type Config = {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly store: string;
  readonly policy: string;
  readonly roster: string;
  readonly publicUrl: string;
  readonly zone: string;
  readonly locale: Locale;
  /** How often a canary goes the whole way, in seconds. */
  readonly canarySeconds: number;
  /** Addresses of the reverse proxies whose X-Forwarded-For is believed, with commas; empty for none. */
  readonly trustedProxies: string;
  /** How long minutes and hours of what was measured are kept, in days. */
  readonly metricMinutesDays: number;
  readonly metricHoursDays: number;
  /** How samples of this host name it. */
  readonly hostName: string;
  /** Whether the server measures the host that it runs on. */
  readonly selfMonitoring: boolean;
  /** Private networks that calendars may be fetched from; public addresses always may be asked. */
  readonly calendarNetworks: readonly Network[];
};

const KEYS = [
  "host",
  "port",
  "data",
  "store",
  "policy",
  "roster",
  "public_url",
  "zone",
  "locale",
  "canary_seconds",
  "trusted_proxies",
  "calendar_networks",
  "metric_minutes_days",
  "metric_hours_days",
  "host_name",
  "self_monitoring",
] as const;
type Key = (typeof KEYS)[number];

export const DEFAULT_PORT = 7119;

export type Given = Readonly<Partial<Record<Key | "config", string>>>;

/** Reads the configuration; a Fault names what is wrong, where, and what is expected. */
export function readConfig(
  flags: Given,
  environment: Readonly<Record<string, string | undefined>>,
  root: string,
): Config {
  for (const name of Object.keys(environment)) {
    if (!name.startsWith("BONGSU_") || isForOthers(name)) continue;
    const key = name.slice("BONGSU_".length).toLowerCase();
    if (!isKey(key) && key !== "config")
      throw new Fault("config-invalid", {
        path: name,
        expected: `one of ${KEYS.map((one) => `BONGSU_${one.toUpperCase()}`).join(", ")}`,
      });
  }
  const file = flags.config ?? environment.BONGSU_CONFIG;
  const written = file === undefined ? {} : readFile(file);
  const value = (key: Key): string | undefined =>
    flags[key] ?? environment[`BONGSU_${key.toUpperCase()}`] ?? written[key];

  const port = Number(value("port") ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Fault("config-invalid", { path: "port", got: value("port"), expected: "a number from 0 to 65535" });
  const canarySeconds = Number(value("canary_seconds") ?? 300);
  if (!(canarySeconds >= 10))
    throw new Fault("config-invalid", {
      path: "canary_seconds",
      got: value("canary_seconds"),
      expected: "a number of seconds, at least 10",
    });
  const host = value("host") ?? "127.0.0.1";
  const data = resolve(value("data") ?? "data");
  const zone = value("zone") ?? "Asia/Seoul";
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch (error) {
    throw new Fault(
      "config-invalid",
      { path: "zone", got: zone, expected: "an IANA time zone such as Asia/Seoul" },
      error,
    );
  }
  return Object.freeze({
    host,
    port,
    data,
    store: value("store") ?? join(data, "bongsu.db"),
    policy: resolve(value("policy") ?? join(root, "policies", "example-policy.ko.md")),
    roster: resolve(value("roster") ?? join(root, "policies", "example-roster.yaml")),
    publicUrl: (value("public_url") ?? `http://${reachableName(host)}:${port}`).replace(/\/+$/, ""),
    zone,
    locale: localeOf(value("locale") ?? environment.LC_ALL ?? environment.LANG),
    canarySeconds,
    trustedProxies: proxiesIn(value("trusted_proxies") ?? ""),
    calendarNetworks: networksIn(value("calendar_networks") ?? ""),
    metricMinutesDays: daysIn("metric_minutes_days", value("metric_minutes_days") ?? "15"),
    metricHoursDays: daysIn("metric_hours_days", value("metric_hours_days") ?? "400"),
    hostName: value("host_name") ?? hostname(),
    selfMonitoring: switchIn("self_monitoring", value("self_monitoring") ?? "on"),
  });
}

const DAYS_MAX = 3_660;

function daysIn(path: Key, text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= DAYS_MAX) return days;
  throw new Fault("config-invalid", { path, got: text, expected: `a whole number of days from 1 to ${DAYS_MAX}` });
}

/** What people type to reach a server that listens everywhere: the host's own name. */
function reachableName(host: string): string {
  if (host === "0.0.0.0" || host === "::") return hostname();
  return host.includes(":") ? `[${host}]` : host;
}

function switchIn(path: Key, text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw new Fault("config-invalid", { path, got: text, expected: "on or off" });
}

function proxiesIn(text: string): string {
  const proxies = text.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
  const wrong = proxies.find((one) => {
    const [address = "", bits, ...rest] = one.split("/");
    const kind = isIP(address);
    const isWidth = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128));
    return kind === 0 || !isWidth || rest.length > 0;
  });
  if (wrong !== undefined)
    throw new Fault("config-invalid", {
      path: "trusted_proxies",
      got: wrong,
      expected: "addresses such as 10.0.0.5 or 10.0.0.0/24, with commas",
    });
  return proxies.join(",");
}

function networksIn(text: string): readonly Network[] {
  return text.split(",").flatMap((one) => {
    if (one.trim() === "") return [];
    const network = readNetwork(one.trim());
    if (network !== undefined) return [network];
    throw new Fault("config-invalid", {
      path: "calendar_networks",
      got: one.trim(),
      expected: "networks such as 10.0.0.0/8 or fd00::/8, with commas",
    });
  });
}

/** Names in our prefix that the command line and the tests read themselves. */
function isForOthers(name: string): boolean {
  return /^BONGSU_(URL|TOKEN|TEST_\w+|CRASH_AT|SMTP_\w+|SLACK_\w+|SECRET_\w+)$/.test(name);
}

function isKey(key: string): key is Key {
  return (KEYS as readonly string[]).includes(key);
}

function readFile(file: string): Partial<Record<Key, string>> {
  if (!existsSync(file)) throw new Fault("config-unreadable", { file });
  // Read only where there is a file: an agent has none, and the reader takes a tenth of its memory.
  const { parse } = createRequire(import.meta.url)("yaml") as typeof import("yaml");
  let parsed: unknown;
  try {
    parsed = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Fault("config-unreadable", { file }, error);
  }
  if (parsed === null || parsed === undefined) return {};
  if (typeof parsed !== "object" || Array.isArray(parsed))
    throw new Fault("config-invalid", { path: file, expected: "a mapping of settings" });
  const values: Partial<Record<Key, string>> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (!isKey(key))
      throw new Fault("config-invalid", { path: `${file}: ${key}`, got: key, expected: `one of ${KEYS.join(", ")}` });
    if (typeof value !== "string" && typeof value !== "number")
      throw new Fault("config-invalid", { path: `${file}: ${key}`, got: typeof value, expected: "a text or a number" });
    values[key] = String(value);
  }
  return values;
}
