import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";
import type { Collected } from "../../src/collect/collector.ts";

const IP = "/usr/sbin/ip";
const CHILD = new URL("../collect/child.ts", import.meta.url).pathname;

/** Why no namespace of mounts or networks can be made here; undefined where they can. */
export function withoutNamespaces(): string | undefined {
  if (process.platform !== "linux") return "namespaces are Linux's";
  if (process.getuid?.() !== 0) return "not root";
  if (!existsSync(IP)) return `${IP} is not installed (Debian package iproute2)`;
  try {
    execFileSync("unshare", ["-m", "-n", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    return `no namespaces: ${String((error as { stderr?: Buffer }).stderr ?? error).trim()}`;
  }
}

export function ip(...args: readonly string[]): void {
  execFileSync(IP, args, { stdio: "pipe" });
}

const inside = new Set<ChildProcess>();

/** Whatever a test that failed left running. */
export function endAllInside(): void {
  for (const child of inside) child.kill("SIGKILL");
}

/** A collector that runs where a command puts it: `unshare -m …`, `ip netns exec …`. */
export class CollectorInside {
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  constructor(command: readonly [string, ...string[]], kind: string, settings: Readonly<Record<string, unknown>> = {}) {
    const [program, ...args] = [...command, process.execPath, CHILD, kind, JSON.stringify(settings)];
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    inside.add(this.#child);
    this.#child.once("exit", () => inside.delete(this.#child));
    if (this.#child.stdout === null) throw new TypeError("it has a pipe");
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async collect(): Promise<Collected> {
    const line = new Promise<string>((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the collector ended with ${String(code)}`));
      this.#child.once("exit", ended);
      this.#lines.once("line", (text) => {
        this.#child.removeListener("exit", ended);
        resolve(text);
      });
    });
    this.#child.stdin?.write("\n");
    return JSON.parse(await line) as Collected;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin?.end();
    this.#child.kill("SIGKILL");
    await ended;
  }
}
