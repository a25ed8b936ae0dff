import type { Command } from "./command.ts";
import { agentCommand } from "./commands/agent.ts";
import { applyCommand } from "./commands/apply.ts";
import { backtestCommand } from "./commands/backtest.ts";
import { backupCommand } from "./commands/backup.ts";
import { checkCommand } from "./commands/check.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { heartbeatCommand } from "./commands/heartbeat.ts";
import { incidentCommand } from "./commands/incident.ts";
import { loadCommand } from "./commands/load.ts";
import { markCommand } from "./commands/mark.ts";
import { monitorCommand } from "./commands/monitor.ts";
import { onCallCommand } from "./commands/oncall.ts";
import { pageCommand } from "./commands/page.ts";
import { reachCommand } from "./commands/reach.ts";
import { restoreCommand } from "./commands/restore.ts";
import { rotaCommand } from "./commands/rota.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { startCommand } from "./commands/start.ts";
import { tokenCommand } from "./commands/token.ts";
import { userCommand } from "./commands/user.ts";

/** Every word of the command line, in the order of the help. */
export const commands: readonly Command[] = [
  startCommand,
  agentCommand,
  checkCommand,
  simulateCommand,
  backtestCommand,
  pageCommand,
  incidentCommand,
  onCallCommand,
  reachCommand,
  rotaCommand,
  loadCommand,
  monitorCommand,
  heartbeatCommand,
  markCommand,
  applyCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  tokenCommand,
  userCommand,
  doctorCommand,
];
