import { platform } from "node:os";
import type { Millis } from "../../time/instant.ts";
import { findProgram } from "../find-program.ts";
import { ProgramRunner } from "../run-program.ts";
import type { SettingsReader } from "../settings.ts";
import { familyOf, isHost } from "./address.ts";
import type { Answer } from "./answer.ts";
import { readPing } from "./read-ping.ts";

export const PING_SETTINGS = ["host", "count", "family", "command"] as const;

const COUNT = 3;
const FOLDERS = ["/bin", "/usr/bin", "/sbin", "/usr/sbin"];

/** Echoes by the system's own `ping`, which may send them where we may not. */
export function openPing(settings: SettingsReader, timeout: Millis): (signal: AbortSignal) => Promise<Answer> {
  const host = settings.text("host");
  if (!isHost(host)) throw settings.refuse("host", "a host's name or address");
  const count = settings.number("count", COUNT, { min: 1, max: 20 });
  const family = familyOf(settings);
  const command = settings.textOr("command", undefined);
  const runner = new ProgramRunner();
  // One echo a second; it ends by itself before its time is over.
  if (count * 1_000 >= timeout) throw settings.refuse("count", "fewer echoes than 'timeout' has seconds");
  const deadline = String(Math.max(count, Math.ceil(timeout / 1_000) - 1));
  const isBsd = platform() !== "linux";
  const args = [
    ...(family === undefined ? [] : [`-${family}`]),
    "-n",
    "-c",
    String(count),
    isBsd ? "-t" : "-w",
    deadline,
    host,
  ];
  return async (signal) => {
    const program = command ?? findProgram("ping", FOLDERS);
    if (program === undefined) return NOT_INSTALLED;
    const ran = await runner.run(program, args, signal);
    if (ran.is === "not-there")
      return { up: undefined, because: { code: "program-not-runnable", program, detail: ran.because } };
    if (ran.is === "hangs") return { up: undefined, because: { code: "program-hangs", program } };
    const answer = readPing(`${ran.out}\n${ran.errors}`, program);
    return answer.because === undefined ? answer : { ...answer, because: { ...answer.because, of: host } };
  };
}

const NOT_INSTALLED: Answer = { up: undefined, because: { code: "ping-missing" } };
