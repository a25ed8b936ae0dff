import { Fault } from "../fault/fault.ts";
import type { Chance } from "../id/chance.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
/** What others put into their addresses: at least as hard to guess as 20 letters and digits. */
const SECRET = /^[A-Za-z0-9_-]{20,100}$/u;

/** The heartbeat address of an integration of Grafana OnCall. */
const ONCALL = /^\/integrations\/v1\/[^/]+\/([^/]+)(?:\/heartbeat)?\/?$/u;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The secret as it is hashed: a UUID is the same in whichever letters it is written. */
export function pingSecret(text: string): string {
  return isUuid(text) ? text.toLowerCase() : text;
}

/** The path at which a secret is pinged. */
export function pingPath(secret: string): string {
  return isUuid(secret) ? `/ping/${secret}` : `/integrations/v1/webhook/${secret}/heartbeat/`;
}

/** A random UUID: what senders of heartbeats expect to find in an address, and 122 bits that nobody guesses. */
export function newPingSecret(chance: Chance): string {
  const bytes = chance.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * The secret of an address that a job has already, so that only its host has to change; undefined where none is given.
 * The address as it is, or the secret alone.
 */
export function knownPingSecret(address: unknown): string | undefined {
  if (address === undefined || address === null || address === "") return undefined;
  if (typeof address === "string" && address.length <= 500) {
    const path = URL.parse(address.trim())?.pathname ?? address.trim();
    const secret = path.split("/").find(isUuid) ?? ONCALL.exec(path)?.[1] ?? path;
    if (isUuid(secret) || SECRET.test(secret)) return pingSecret(secret);
  }
  throw new Fault("bad-request", {
    field: "address",
    expected: "a ping address with a UUID, or a heartbeat address of Grafana OnCall",
  });
}
