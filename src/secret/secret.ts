import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { Fault } from "../fault/fault.ts";

/** A value that does not print: not in logs, not in JSON, not in a debugger's inspection. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The one way to it: where it is handed to a driver. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return "<redacted>";
  }

  toJSON(): string {
    return "<redacted>";
  }

  [inspect.custom](): string {
    return "<redacted>";
  }
}

/** A secret as settings name it: `{ env: NAME }`, `{ file: path }`, or the text itself. Loud where it cannot be read. */
export function readSecret(raw: unknown, path: string): Secret {
  if (typeof raw === "string" && raw !== "") return new Secret(raw);
  if (typeof raw === "object" && raw !== null) {
    const { env, file } = raw as { env?: unknown; file?: unknown };
    if (typeof env === "string") {
      const value = process.env[env];
      if (value === undefined || value === "") throw new Fault("secret-unreadable", { path, env });
      return new Secret(value);
    }
    if (typeof file === "string") {
      try {
        return new Secret(readFileSync(file, "utf8").trim());
      } catch (error) {
        throw new Fault("secret-unreadable", { path, file }, error);
      }
    }
  }
  throw new Fault("config-invalid", { path, got: typeof raw, expected: "a text, { env: NAME } or { file: path }" });
}
