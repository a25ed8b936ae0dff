import { RE2JS } from "re2js";
import { Fault } from "../../fault/fault.ts";
import { type Raw, readSettings } from "../settings.ts";

/** Processes that are counted together under one name. */
export type Watched = {
  readonly name: string;
  readonly fits: (one: Described) => boolean;
};

export type Described = {
  /** Names it goes by: the kernel's (15 bytes at most) and that of the file it was started by. */
  readonly names: readonly string[];
  readonly command: string;
};

const COMMAND_LENGTH_MAX = 8_192;

/**
 * `mariadbd`; or `{ name, program }`, where the program is called otherwise than it is to be shown; or `{ name, command }`
 * with an RE2 pattern that is found somewhere in the command line.
 */
export function readWatched(raw: unknown, path: string): readonly Watched[] {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) throw new Fault("config-invalid", { path, got: typeof raw, expected: "a list" });
  const watched = raw.map((one: unknown, nth) => readOne(one, `${path}[${nth}]`));
  const twice = watched.find(({ name }, nth) => watched.findIndex((other) => other.name === name) < nth);
  if (twice !== undefined) {
    throw new Fault("config-invalid", { path, got: `${twice.name} twice`, expected: "each name once" });
  }
  return watched;
}

function readOne(raw: unknown, path: string): Watched {
  if (typeof raw === "string" && raw !== "") return byProgram(raw, raw);
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw new Fault("config-invalid", {
      path,
      got: typeof raw,
      expected: "a name, or { name, program } or { name, command }",
    });
  }
  const settings = readSettings(raw as Raw, ["name", "program", "command"], path);
  const name = settings.text("name");
  const command = settings.textOr("command", undefined);
  const program = settings.textOr("program", undefined);
  if (command === undefined) return byProgram(name, program ?? name);
  const pattern = compiled(command);
  if (pattern === undefined) throw settings.refuse("command", "a pattern in RE2 syntax");
  return {
    name,
    fits: (one) =>
      (program === undefined || one.names.includes(program)) &&
      pattern.matcher(one.command.slice(0, COMMAND_LENGTH_MAX)).find(),
  };
}

function byProgram(name: string, program: string): Watched {
  return { name, fits: ({ names }) => names.includes(program) };
}

function compiled(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    return undefined;
  }
}
