import { runCommand } from "./cli/command.ts";
import { version } from "./cli/package.ts";
import { faultText } from "./cli/print.ts";
import { Fault } from "./fault/fault.ts";
import { cliSaid as said } from "./locale/cli.ts";
import { localeOf } from "./locale/said.ts";

const [name = "--help", ...args] = process.argv.slice(2);
const locale = localeOf(process.env.BONGSU_LOCALE ?? process.env.LC_ALL ?? process.env.LANG);
// An agent runs for months on hosts that have other things to do: it loads nothing of the server.
const command =
  name === "agent"
    ? (await import("./cli/commands/agent.ts")).agentCommand
    : (await import("./cli/registry.ts")).commands.find((candidate) => candidate.name === name);

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
  const { commands } = await import("./cli/registry.ts");
  const lines = commands.map(({ name: word, summary }) => `  ${word.padEnd(10)} ${summary[locale]}`);
  return [said.overview()[locale], "", ...lines, "", said.overviewMore()[locale]].join("\n");
}
