import { Fault } from "../fault/fault.ts";
import { readDuration } from "../policy/phrases.ts";
import { readSecret, type Secret } from "../secret/secret.ts";
import type { Millis } from "../time/instant.ts";

export type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads the settings of a target member by member. What is unknown or of another type is a Fault that tells path, got
 * and expected; null is the same as absent.
 */
export type SettingsReader = {
  text(name: string): string;
  textOr<T>(name: string, otherwise: T): string | T;
  /** One of a few words. */
  wordOr<W extends string, T>(name: string, words: readonly W[], otherwise: T): W | T;
  number(name: string, otherwise: number, range?: Range): number;
  flag(name: string, otherwise: boolean): boolean;
  /** A list of texts; one text stands for a list of one. */
  texts(name: string): readonly string[];
  /** `10s`, `2분`, or a number of seconds. */
  duration(name: string, otherwise: Millis, range?: Range): Millis;
  secret(name: string): Secret | undefined;
  /** Names to texts, as headers are. */
  words(name: string): Readonly<Record<string, string>>;
  /** Settings within the settings; undefined where there are none. */
  members(name: string, known: readonly string[]): SettingsReader | undefined;
  raw(name: string): unknown;
  /** A Fault for this member: what it is and what it should be. */
  refuse(name: string, expected: string): Fault;
};

export type Range = { readonly min: number; readonly max: number };

export function readSettings(raw: Raw, known: readonly string[], path = "settings"): SettingsReader {
  const value = (name: string): unknown => (Object.hasOwn(raw, name) ? (raw[name] ?? undefined) : undefined);
  const refuse = (name: string, expected: string): Fault =>
    new Fault("config-invalid", { path: `${path}.${name}`, got: told(value(name)), expected });
  for (const name of Object.keys(raw)) if (!known.includes(name)) throw refuse(name, `one of ${known.join(", ")}`);

  const textOr = <T>(name: string, otherwise: T): string | T => {
    const found = value(name);
    if (found === undefined) return otherwise;
    if (typeof found !== "string" || found === "") throw refuse(name, "a text");
    return found;
  };
  const within = (name: string, found: number, range: Range | undefined, unit: string): number => {
    if (range !== undefined && !(found >= range.min && found <= range.max)) {
      throw refuse(name, `${range.min} to ${range.max}${unit}`);
    }
    return found;
  };
  return {
    textOr,
    text(name) {
      const found = textOr(name, undefined);
      if (found === undefined) throw refuse(name, "a text");
      return found;
    },
    wordOr(name, words, otherwise) {
      const found = value(name);
      if (found === undefined) return otherwise;
      const word = words.find((one) => one === found);
      if (word === undefined) throw refuse(name, `one of ${words.join(", ")}`);
      return word;
    },
    number(name, otherwise, range) {
      const found = value(name);
      if (found === undefined) return otherwise;
      if (typeof found !== "number" || !Number.isFinite(found)) throw refuse(name, "a number");
      return within(name, found, range, "");
    },
    flag(name, otherwise) {
      const found = value(name);
      if (found === undefined) return otherwise;
      if (typeof found !== "boolean") throw refuse(name, "true or false");
      return found;
    },
    texts(name) {
      const found = value(name);
      if (found === undefined) return [];
      const list: unknown[] = Array.isArray(found) ? found : [found];
      if (list.some((one) => typeof one !== "string" || one === "")) throw refuse(name, "a list of texts");
      return list as string[];
    },
    duration(name, otherwise, range) {
      const found = value(name);
      if (found === undefined) return otherwise;
      const length =
        typeof found === "number" ? found * 1_000 : typeof found === "string" ? readDuration(found) : undefined;
      if (length === undefined || !Number.isFinite(length)) throw refuse(name, "a length of time such as 10s");
      return within(name, length, range, " milliseconds");
    },
    secret(name) {
      const found = value(name);
      return found === undefined ? undefined : readSecret(found, `${path}.${name}`);
    },
    words(name) {
      const found = value(name);
      if (found === undefined) return {};
      if (!isRecord(found) || Object.values(found).some((one) => typeof one !== "string")) {
        throw refuse(name, "names with a text each");
      }
      return found as Record<string, string>;
    },
    members(name, members) {
      const found = value(name);
      if (found === undefined) return undefined;
      if (!isRecord(found)) throw refuse(name, `settings: ${members.join(", ")}`);
      return readSettings(found, members, `${path}.${name}`);
    },
    raw: value,
    refuse,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Never the value itself where it might be a secret: a number, a flag or the type. */
function told(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "a text" : typeof value;
}
