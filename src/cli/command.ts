import { parseArgs } from "node:util";
import { Fault } from "../fault/fault.ts";
import { cliSaid as said } from "../locale/cli.ts";
import { type Locale, localeOf, type Said } from "../locale/said.ts";
import { type Config, type Given, readConfig } from "./config.ts";
import { ROOT } from "./package.ts";

export type Option = { readonly type: "string" | "boolean"; readonly summary: Said };
export type Options = Readonly<Record<string, Option>>;

/** One word of the command line: `bongsu <name> …`. */
export type Command = {
  readonly name: string;
  readonly summary: Said;
  /** One line for each form, after `bongsu `. */
  readonly usage: readonly string[];
  readonly options: Options;
  /** Resolves to the exit code: 0 done, 1 the answer is no, 2 it could not be tried. */
  run(call: Call): Promise<number>;
};

export type Call = {
  readonly words: readonly string[];
  readonly locale: Locale;
  readonly json: boolean;
  readonly config: Config;
  text(option: string): string | undefined;
  flag(option: string): boolean;
  /** The nth word, or a Fault that says what belongs there. */
  word(nth: number, what: string): string;
  /** A line for people, or with `--json` the value for programs. */
  print(text: string, value: unknown): void;
};

/** What every command takes. */
const COMMON: Options = {
  json: { type: "boolean", summary: { ko: "프로그램이 읽을 JSON으로 출력", en: "print JSON for programs" } },
  help: { type: "boolean", summary: { ko: "이 도움말", en: "this help" } },
  locale: { type: "string", summary: { ko: "ko 또는 en", en: "ko or en" } },
  config: { type: "string", summary: { ko: "설정 파일(YAML)", en: "the configuration file (YAML)" } },
  data: { type: "string", summary: { ko: "데이터 폴더", en: "the data folder" } },
};

/** Which options are settings: they go over the environment and the file. */
const SETTINGS = ["host", "port", "data", "store", "policy", "roster", "public-url", "zone", "locale", "config"];

/** Runs one command with its words. */
export async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  const options: Options = { ...COMMON, ...command.options };
  const { values, positionals } = parsed(args, options);
  const text = (name: string): string | undefined => (typeof values[name] === "string" ? values[name] : undefined);
  const locale = localeOf(text("locale") ?? process.env.BONGSU_LOCALE ?? process.env.LC_ALL ?? process.env.LANG);
  if (values.help === true) {
    process.stdout.write(`${helpOf(command, options, locale)}\n`);
    return 0;
  }
  const given: Record<string, string> = {};
  for (const name of SETTINGS) {
    const value = text(name);
    if (value !== undefined) given[name.replace("-", "_")] = value;
  }
  const config = readConfig(given as Given, process.env, ROOT);
  const json = values.json === true;
  return command.run({
    words: positionals,
    locale: config.locale,
    json,
    config,
    text,
    flag: (name) => values[name] === true,
    word(nth, what) {
      const word = positionals[nth];
      if (word === undefined || word === "") throw new Fault("usage", { missing: what, usage: command.usage });
      return word;
    },
    print: (line, value) => {
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : line === "" ? "" : `${line}\n`);
    },
  });
}

function parsed(
  args: readonly string[],
  options: Options,
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  const known = Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: known, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (error) {
    throw new Fault("usage", { options: Object.keys(options).map((name) => `--${name}`) }, error);
  }
}

function helpOf(command: Command, options: Options, locale: Locale): string {
  const width = Math.max(...Object.keys(options).map((name) => name.length)) + 4;
  return [
    command.summary[locale],
    "",
    ...command.usage.map((form) => `  bongsu ${form}`),
    "",
    said.options()[locale],
    ...Object.entries(options).map(
      ([name, { type, summary }]) =>
        `  ${`--${name}`.padEnd(width)}${type === "string" ? "… " : "  "}${summary[locale]}`,
    ),
  ].join("\n");
}
