import type { Value } from "../sql.ts";

/** A value as a line of JSON holds it: bytes as base64 in an object of their own. */
export type BackupValue = string | number | null | { readonly base64: string };

export function toBackup(value: Value): BackupValue {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString("base64") };
  return value;
}

export function fromBackup(value: BackupValue): Value {
  return typeof value === "object" && value !== null ? Buffer.from(value.base64, "base64") : value;
}
