import type { Secret } from "../../secret/secret.ts";
import type { Millis } from "../../time/instant.ts";
import { readAuthority } from "../certificates.ts";
import { type Raw, readSettings, type SettingsReader } from "../settings.ts";

export type MariadbSettings = {
  readonly host: string;
  readonly port: number;
  /** Instead of host and port. */
  readonly socket?: string;
  readonly user: string;
  readonly password?: Secret;
  readonly tls?: { readonly ca?: string; readonly insecure: boolean };
  /** MariaDB's `extra_port`: asked where every ordinary connection is taken. */
  readonly extraPort?: number;
  /** How long one query may take. */
  readonly timeout: Millis;
  /** Where its data is, seen from here. */
  readonly dataDirectory?: string;
  /** It has to be a replica: where no replication is set up, it does not run. */
  readonly isReplica: boolean;
};

const KNOWN = [
  "host",
  "port",
  "socket",
  "user",
  "password",
  "tls",
  "extra_port",
  "timeout",
  "data_directory",
  "replica",
] as const;

const PORT_RANGE = { min: 1, max: 65_535 };
const TIMEOUT_MS = 5_000;
const TIMEOUT_RANGE = { min: 100, max: 60_000 };

export function readMariadbSettings(raw: Raw): MariadbSettings {
  const settings = readSettings(raw, KNOWN);
  const socket = settings.textOr("socket", undefined);
  if (socket !== undefined && (settings.raw("host") !== undefined || settings.raw("port") !== undefined)) {
    throw settings.refuse("socket", "either 'socket' or 'host' and 'port'");
  }
  const password = settings.secret("password");
  const tls = readTls(settings);
  const extraPort = settings.raw("extra_port") === undefined ? undefined : settings.number("extra_port", 0, PORT_RANGE);
  const dataDirectory = settings.textOr("data_directory", undefined);
  return Object.freeze({
    host: settings.textOr("host", "127.0.0.1"),
    port: settings.number("port", 3306, PORT_RANGE),
    ...(socket === undefined ? {} : { socket }),
    user: settings.text("user"),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
    ...(extraPort === undefined ? {} : { extraPort }),
    timeout: settings.duration("timeout", TIMEOUT_MS, TIMEOUT_RANGE),
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
    isReplica: settings.flag("replica", false),
  });
}

/** `tls: true`, or with `ca` (PEM) and `insecure`. */
function readTls(settings: SettingsReader): MariadbSettings["tls"] {
  if (typeof settings.raw("tls") === "boolean" || settings.raw("tls") === undefined) {
    return settings.flag("tls", false) ? { insecure: false } : undefined;
  }
  const members = settings.members("tls", ["ca", "insecure"]);
  return members === undefined ? undefined : { ...readAuthority(members), insecure: members.flag("insecure", false) };
}
