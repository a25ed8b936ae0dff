import { isIP } from "node:net";
import type { SettingsReader } from "../settings.ts";

export type Address = { readonly host: string; readonly port: number };

/** Names and addresses as they are; nothing that a program could take for an option of its own. */
const HOST = /^[\p{L}\p{N}_.:%][\p{L}\p{N}_.:%-]*$/u;

export function isHost(text: string): boolean {
  return HOST.test(text) && text.length <= 253;
}

/** `db-1:3306`, `10.0.0.1:3306`, `[fd00::1]:3306`; without a port the one that is given. */
export function readAddress(text: string, portOtherwise?: number): Address | undefined {
  const found =
    /^\[([^\]]+)\](?::(\d+))?$/u.exec(text) ?? (isIP(text) === 6 ? [text, text] : /^([^:]+)(?::(\d+))?$/u.exec(text));
  const [, host = "", digits] = found ?? [];
  const port = digits === undefined ? portOtherwise : Number(digits);
  if (!isHost(host) || port === undefined || !isPort(port)) return undefined;
  return { host, port };
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** From `{ host, port }` or `host:port` in one text. */
export function addressOf(settings: SettingsReader, portOtherwise?: number): Address {
  const text = settings.text("host");
  const port = settings.number("port", 0, { min: 1, max: 65_535 });
  const address = readAddress(text, port === 0 ? portOtherwise : port);
  if (address === undefined)
    throw settings.refuse("host", portOtherwise === undefined ? "a host and its port: db-1:3306" : "a host");
  return port === 0 ? address : { ...address, port };
}

/** `[fd00::1]:443`. */
export function written({ host, port }: Address): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/** 4 or 6 where only that version of IP is meant. */
export function familyOf(settings: SettingsReader): 4 | 6 | undefined {
  const family = settings.raw("family");
  if (family === undefined || family === 4 || family === 6) return family;
  throw settings.refuse("family", "4 or 6");
}
