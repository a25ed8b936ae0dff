import { type ChildProcess, spawn } from "node:child_process";

export type Ran =
  | { readonly is: "ended"; readonly code: number | null; readonly out: string; readonly errors: string }
  /** It is not installed, or may not be run; the system's word for that. */
  | { readonly is: "not-there"; readonly because: string }
  /** The collection's time was over before it ended; or the one before has not ended yet. */
  | { readonly is: "hangs" };

const OUTPUT_CHARACTERS_MAX = 1_000_000;

/** What was left behind, whoever began it: opened anew, a collector does not begin it anew. */
const leftBehind = new Set<string>();

/**
 * Runs one program at a time. One that hangs in a driver cannot be killed: it is left behind, and no second one is put
 * beside it before it has ended.
 */
export class ProgramRunner {
  #running: ChildProcess | undefined;

  run(program: string, args: readonly string[], signal: AbortSignal): Promise<Ran> {
    const line = [program, ...args].join(" ");
    if (this.#running !== undefined || leftBehind.has(line) || signal.aborted) return Promise.resolve({ is: "hangs" });
    return new Promise((resolve) => {
      // A group of its own, so that what a script started ends with it.
      const child: ChildProcess = spawn(program, args, {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, LC_ALL: "C" },
        detached: true,
      });
      this.#running = child;
      const stop = (): void => {
        leftBehind.add(line);
        endGroup(child);
        child.stdout?.destroy();
        child.stderr?.destroy();
        child.unref();
        resolve({ is: "hangs" });
      };
      const settle = (ran: Ran): void => {
        signal.removeEventListener("abort", stop);
        resolve(ran);
      };
      // First of all, because an error that nobody listens to ends the process; without a free file there are no pipes.
      child.on("error", (error: NodeJS.ErrnoException) => {
        this.#running = undefined;
        settle({ is: "not-there", because: error.code ?? error.message });
      });
      let [out, errors] = ["", ""];
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        if (out.length < OUTPUT_CHARACTERS_MAX) out += text;
      });
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        if (errors.length < OUTPUT_CHARACTERS_MAX) errors += text;
      });
      signal.addEventListener("abort", stop, { once: true });
      child.on("exit", () => {
        leftBehind.delete(line);
        this.#running = undefined;
      });
      child.on("close", (code) => settle({ is: "ended", code, out, errors }));
    });
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
