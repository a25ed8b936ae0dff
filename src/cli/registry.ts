import type { Command } from "./command.ts";

/**
 * Every word of the command line, in the order of the help. A word is read when it is said: an agent runs for months on
 * hosts that have other things to do, and a mark that a deployment sets waits for no server to be loaded.
 */
const words: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["start", async () => (await import("./commands/start.ts")).startCommand],
  ["agent", async () => (await import("./commands/agent.ts")).agentCommand],
  ["check", async () => (await import("./commands/check.ts")).checkCommand],
  ["simulate", async () => (await import("./commands/simulate.ts")).simulateCommand],
  ["backtest", async () => (await import("./commands/backtest.ts")).backtestCommand],
  ["page", async () => (await import("./commands/page.ts")).pageCommand],
  ["incident", async () => (await import("./commands/incident.ts")).incidentCommand],
  ["oncall", async () => (await import("./commands/oncall.ts")).onCallCommand],
  ["reach", async () => (await import("./commands/reach.ts")).reachCommand],
  ["rota", async () => (await import("./commands/rota.ts")).rotaCommand],
  ["load", async () => (await import("./commands/load.ts")).loadCommand],
  ["monitor", async () => (await import("./commands/monitor.ts")).monitorCommand],
  ["heartbeat", async () => (await import("./commands/heartbeat.ts")).heartbeatCommand],
  ["host", async () => (await import("./commands/host.ts")).hostCommand],
  ["mark", async () => (await import("./commands/mark.ts")).markCommand],
  ["apply", async () => (await import("./commands/apply.ts")).applyCommand],
  ["export", async () => (await import("./commands/export.ts")).exportCommand],
  ["backup", async () => (await import("./commands/backup.ts")).backupCommand],
  ["restore", async () => (await import("./commands/restore.ts")).restoreCommand],
  ["token", async () => (await import("./commands/token.ts")).tokenCommand],
  ["user", async () => (await import("./commands/user.ts")).userCommand],
  ["doctor", async () => (await import("./commands/doctor.ts")).doctorCommand],
]);

export async function commandNamed(name: string): Promise<Command | undefined> {
  return words.get(name)?.();
}

export function everyCommand(): Promise<readonly Command[]> {
  return Promise.all([...words.values()].map((read) => read()));
}
