import { runCommand } from "./cli/command.ts";
import { version } from "./cli/package.ts";
import { faultText } from "./cli/print.ts";
import { commandNamed, everyCommand } from "./cli/registry.ts";
import { Fault } from "./fault/fault.ts";
import { cliSaid as said } from "./locale/cli.ts";
import { localeOf } from "./locale/said.ts";

const [name = "--help", ...args] = process.argv.slice(2);
const locale = localeOf(process.env.BONGSU_LOCALE ?? process.env.LC_ALL ?? process.env.LANG);
const command = await commandNamed(name);

try {
  if (command !== undefined) process.exitCode = await runCommand(command, args);
  else if (name === "--version") process.stdout.write(`${version()}\n`);
  else if (name === "--help" || name === "help") process.stdout.write(`${await overview()}\n`);
  else {
    process.stderr.write(`${said.unknownCommand({ command: name })[locale]}\n`);
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(`${faultText(error, locale)}\n`);
  // Whoever asked was understood, and the answer is no.
  process.exitCode = error instanceof Fault && error.code === "conflict" ? 1 : 2;
}

async function overview(): Promise<string> {
  const lines = (await everyCommand()).map(({ name: word, summary }) => `  ${word.padEnd(10)} ${summary[locale]}`);
  return [said.overview()[locale], "", ...lines, "", said.overviewMore()[locale]].join("\n");
}
