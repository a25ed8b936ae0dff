import { Fault } from "../fault/fault.ts";

/**
 * Secrets in a target's settings are written and not read: where settings are shown or exported, `HIDDEN` stands for
 * them, and where they come back with it, what is stored stays.
 */
export const HIDDEN = "<hidden>";

type Settings = Readonly<Record<string, unknown>>;

/** Settings that hold a secret, by their names, wherever they stand. */
const SECRET_NAME =
  /^(password|passwd|passphrase|pass|token|bearer|secret|authorization|api[-_]?key|auth[-_]?key|credentials?|cookie|key)$|(password|token|secret)$/iu;
/** Nobody knows which headers are secret, nor what is in a body. */
const SECRET_WHOLE = /^(headers|body)$/iu;
/** Where a target is asked. A stored secret goes only where it was meant to go. */
const ADDRESS_NAME = /^(url|urls|host|port|extra_port|address|target|targets|server|socket|proxy)$/iu;

/** Settings as they may be shown: secrets hidden, where they come from told. */
export function maskedSettings(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      mask(value, SECRET_NAME.test(name) || SECRET_WHOLE.test(name)),
    ]),
  );
}

/** What is hidden in the given settings as it is stored; refused where it would go to another address, or nothing is stored. */
export function withStoredSecrets(given: Settings, stored: Settings): Settings {
  return unhidden(given, stored, goesElsewhere(given, stored), "settings") as Settings;
}

/** Whether one of them is asked at another address than the other. */
export function goesElsewhere(settings: Settings, stored: Settings): boolean {
  return JSON.stringify(addressesOf(settings)) !== JSON.stringify(addressesOf(stored));
}

function mask(value: unknown, isSecret: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => mask(one, isSecret));
  if (typeof value === "string") return isSecret ? HIDDEN : withoutSecrets(value);
  if (!isRecord(value)) return isSecret && value !== null && typeof value !== "boolean" ? HIDDEN : value;
  if (isReference(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, mask(one, isSecret || SECRET_NAME.test(name))]),
  );
}

/** `https://user:password@host/?token=…` without password and token. */
function withoutSecrets(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//iu.test(text)) return text;
  return text
    .replace(/^([^/]+\/\/[^/?#@\s:]*):[^/?#@\s]*@/u, `$1:${HIDDEN}@`)
    .replace(/([?&])([^=&#]+)=([^&#]+)/gu, (all, mark: string, name: string) =>
      SECRET_NAME.test(name) ? `${mark}${name}=${HIDDEN}` : all,
    );
}

function unhidden(given: unknown, stored: unknown, isElsewhere: boolean, path: string): unknown {
  if (typeof given === "string" && given.includes(HIDDEN)) {
    const isKept = typeof stored === "string" && (given === HIDDEN || withoutSecrets(stored) === given);
    if (!isKept || (isElsewhere && given === HIDDEN))
      throw new Fault("bad-request", {
        field: path,
        expected: "the secret anew: none is stored, or it would go to another address",
      });
    return stored;
  }
  if (Array.isArray(given))
    return given.map((one, index) =>
      unhidden(one, Array.isArray(stored) ? stored[index] : undefined, isElsewhere, `${path}.${index}`),
    );
  if (!isRecord(given)) return given;
  const before = isRecord(stored) ? stored : {};
  return Object.fromEntries(
    Object.entries(given).map(([name, one]) => [
      name,
      unhidden(one, Object.hasOwn(before, name) ? before[name] : undefined, isElsewhere, `${path}.${name}`),
    ]),
  );
}

function addressesOf(settings: Settings): readonly (readonly [string, unknown])[] {
  return Object.entries(settings)
    .filter(([name]) => ADDRESS_NAME.test(name))
    .map(([name, value]) => [name, mask(value, false)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function isReference(value: Settings): boolean {
  const names = Object.keys(value);
  return names.length === 1 && (names[0] === "env" || names[0] === "file");
}

function isRecord(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
