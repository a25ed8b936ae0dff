import { basename } from "node:path";
import { findProgram } from "../find-program.ts";
import { ProgramRunner, type Ran } from "../run-program.ts";
import { AMD_ARGUMENTS, readAmdSmi } from "./read-amd-smi.ts";
import { fieldsInstead, NVIDIA_FIELDS, readNvidiaSmi } from "./read-nvidia-smi.ts";
import { ROCM_ARGUMENTS, readRocmSmi } from "./read-rocm-smi.ts";
import type { GpuAnswer } from "./reading.ts";

export type ToolKind = "nvidia" | "rocm";
export const TOOL_KINDS: readonly ToolKind[] = ["nvidia", "rocm"];

/** The first that is installed: `amd-smi` took `rocm-smi`'s place, and tells of errors in the memory. */
const PROGRAMS: Readonly<Record<ToolKind, readonly string[]>> = {
  nvidia: ["nvidia-smi"],
  rocm: ["amd-smi", "rocm-smi"],
};
const FOLDERS = ["/usr/bin", "/usr/local/bin", "/opt/rocm/bin", "/usr/lib/wsl/lib"];
/** A driver that knows none of the fields is another program. */
const TRIES_MAX = NVIDIA_FIELDS.length;

/** One vendor's program. */
export class GpuTool {
  readonly #kind: ToolKind;
  readonly #command: string | undefined;
  readonly #runner = new ProgramRunner();
  #fields = NVIDIA_FIELDS;
  #hungBefore = false;

  constructor(kind: ToolKind, command: string | undefined) {
    this.#kind = kind;
    this.#command = command;
  }

  /** What it may be called. */
  get programs(): readonly string[] {
    return this.#command === undefined ? PROGRAMS[this.#kind] : [this.#command];
  }

  /** Undefined where it is not installed. */
  async ask(signal: AbortSignal): Promise<GpuAnswer | undefined> {
    const path = this.#command ?? PROGRAMS[this.#kind].map((name) => findProgram(name, FOLDERS)).find((one) => one);
    if (path === undefined) return undefined;
    const program = this.#command ?? basename(path);
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const ran = await this.#runner.run(path, this.#arguments(program), signal);
      if (ran.is === "not-there") return undefined;
      if (ran.is === "hangs") return this.#hung(program);
      this.#hungBefore = false;
      const answer = this.#read(ran, program);
      if (answer !== undefined) return answer;
    }
    return { ...NOTHING, failed: [{ code: "program-unclear", program }] };
  }

  #arguments(program: string): readonly string[] {
    if (this.#kind === "rocm") return isAmdSmi(program) ? AMD_ARGUMENTS : ROCM_ARGUMENTS;
    return [`--query-gpu=${this.#fields.join(",")}`, "--format=csv,noheader,nounits"];
  }

  /** Undefined where it has to be asked for other fields. */
  #read({ out, errors, code }: Extract<Ran, { is: "ended" }>, program: string): GpuAnswer | undefined {
    const said = `${out}\n${errors}`;
    // What it warns of is not in the midst of its JSON.
    if (this.#kind === "rocm" && isAmdSmi(program)) return readAmdSmi(out.trim() === "" ? errors : out, program);
    if (this.#kind === "rocm") return readRocmSmi(said, program);
    const instead = fieldsInstead(this.#fields, said);
    if (instead === undefined) return readNvidiaSmi(this.#fields, said, { program, code });
    this.#fields = instead;
    return undefined;
  }

  /** Once may be a busy machine; a driver that answers twice in a row for none of them has lost them. */
  #hung(program: string): GpuAnswer {
    const isComplete = this.#hungBefore;
    this.#hungBefore = true;
    return { ...NOTHING, isComplete, failed: [{ code: "program-hangs", program }] };
  }
}

function isAmdSmi(program: string): boolean {
  return basename(program).startsWith("amd-smi");
}

const NOTHING: GpuAnswer = { gpus: [], lostBuses: [], lostNames: [], isComplete: false, failed: [] };
