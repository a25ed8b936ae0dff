import { Fault } from "../fault/fault.ts";

/** Reads the settings of a channel member by member; whatever is unknown or of another type is a Fault that names it. */
export type SettingsReader = {
  text(name: string): string;
  textOr<T>(name: string, otherwise: T): string | T;
  number(name: string, otherwise: number): number;
  flag(name: string, otherwise: boolean): boolean;
  texts(name: string): readonly string[];
  raw(name: string): unknown;
};

export function readSettings(
  channel: string,
  raw: Readonly<Record<string, unknown>>,
  known: readonly string[],
): SettingsReader {
  for (const name of Object.keys(raw)) {
    if (!known.includes(name)) throw invalid(channel, name, raw[name], `one of ${known.join(", ")}`);
  }
  const value = (name: string): unknown => (Object.hasOwn(raw, name) ? raw[name] : undefined);
  return {
    text(name) {
      const found = value(name);
      if (typeof found !== "string" || found === "") throw invalid(channel, name, found, "a text");
      return found;
    },
    textOr(name, otherwise) {
      const found = value(name);
      if (found === undefined || found === null) return otherwise;
      if (typeof found !== "string") throw invalid(channel, name, found, "a text");
      return found;
    },
    number(name, otherwise) {
      const found = value(name);
      if (found === undefined || found === null) return otherwise;
      if (typeof found !== "number") throw invalid(channel, name, found, "a number");
      return found;
    },
    flag(name, otherwise) {
      const found = value(name);
      if (found === undefined || found === null) return otherwise;
      if (typeof found !== "boolean") throw invalid(channel, name, found, "true or false");
      return found;
    },
    texts(name) {
      const found = value(name);
      if (found === undefined || found === null) return [];
      if (!Array.isArray(found) || found.some((one) => typeof one !== "string"))
        throw invalid(channel, name, found, "a list of texts");
      return found as string[];
    },
    raw: value,
  };
}

function invalid(channel: string, name: string, got: unknown, expected: string): Fault {
  return new Fault("config-invalid", {
    path: `channels.${channel}.${name}`,
    got: got === undefined ? "nothing" : typeof got,
    expected,
  });
}
