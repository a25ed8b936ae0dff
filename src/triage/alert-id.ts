import { asId } from "../id/id.ts";
import type { AlertId } from "./alert.ts";

/** The id of the alert that (integration, key) names: readable, and within the store's key length. */
export function alertId(integration: string, key: string, digest: (text: string) => string): AlertId {
  const id = `${integration}:${key}`;
  // Plain ASCII of modest length is itself; anything else would be a question of bytes and collations.
  return asId(id.length <= ALERT_ID_LENGTH_MAX && /^[\x21-\x7e]*$/.test(id) ? id : `${integration}:#${digest(key)}`);
}

/** Leaves room in a 255-byte key for the prefixes that others put before it. */
const ALERT_ID_LENGTH_MAX = 180;
