import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism, loadavg } from "node:os";

const MEGABYTE = 1_048_576;
const ALONE_MS_MAX = 180_000;
const running = new Set<ChildProcess>();

/** A program by a name of its own (`argv[0]`), which is what it is looked for by. */
export function run(program: string, args: readonly string[], argv0 = program): ChildProcess {
  const child = spawn(program, args, { argv0, stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

/** Whatever a test that failed left running. */
export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Work for every processor; it ends by itself where the test was killed and could not end it. */
export function burn(name: string): readonly ChildProcess[] {
  const script = `const end = performance.now() + ${ALONE_MS_MAX}; while (performance.now() < end);`;
  return Array.from({ length: availableParallelism() }, () => run(process.execPath, ["-e", script], name));
}

/** Takes memory, and touches it. */
export async function hog(megabytes: number, name: string): Promise<ChildProcess> {
  const bytes = megabytes * MEGABYTE;
  const script = `globalThis.held = Buffer.alloc(${bytes}, 1); console.log("held"); setTimeout(() => {}, ${ALONE_MS_MAX});`;
  const child = run(process.execPath, ["-e", script], name);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return child;
}

/** Whether more is to be done here than the processors can do: then their use does not fall when ours ends. */
export function isBusyOtherwise(): boolean {
  return (loadavg()[0] ?? 0) >= 1.5 * availableParallelism();
}
