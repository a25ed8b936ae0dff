import { findProgram } from "../find-program.ts";
import { ProgramRunner } from "../run-program.ts";
import { fieldsInstead, NVIDIA_FIELDS, readNvidiaSmi } from "./read-nvidia-smi.ts";
import { ROCM_ARGUMENTS, readRocmSmi } from "./read-rocm-smi.ts";
import type { GpuAnswer } from "./reading.ts";

export type ToolKind = "nvidia" | "rocm";
export const TOOL_KINDS: readonly ToolKind[] = ["nvidia", "rocm"];

const PROGRAMS: Readonly<Record<ToolKind, string>> = { nvidia: "nvidia-smi", rocm: "rocm-smi" };
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

  get program(): string {
    return this.#command ?? PROGRAMS[this.#kind];
  }

  /** Undefined where it is not installed. */
  async ask(signal: AbortSignal): Promise<GpuAnswer | undefined> {
    const program = this.#command ?? findProgram(this.program, FOLDERS);
    if (program === undefined) return undefined;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const ran = await this.#runner.run(program, this.#arguments(), signal);
      if (ran.is === "not-there") return undefined;
      if (ran.is === "hangs") return this.#hung();
      this.#hungBefore = false;
      const said = `${ran.out}\n${ran.errors}`;
      if (this.#kind === "rocm") return readRocmSmi(said, this.program);
      const instead = fieldsInstead(this.#fields, said);
      if (instead === undefined) return readNvidiaSmi(this.#fields, said, { program: this.program, code: ran.code });
      this.#fields = instead;
    }
    return { ...NOTHING, failed: [{ code: "program-unclear", program: this.program }] };
  }

  #arguments(): readonly string[] {
    return this.#kind === "rocm"
      ? ROCM_ARGUMENTS
      : [`--query-gpu=${this.#fields.join(",")}`, "--format=csv,noheader,nounits"];
  }

  /** Once may be a busy machine; a driver that answers twice in a row for none of them has lost them. */
  #hung(): GpuAnswer {
    const answer = { ...NOTHING, isComplete: this.#hungBefore };
    this.#hungBefore = true;
    return { ...answer, failed: [{ code: "program-hangs", program: this.program }] };
  }
}

const NOTHING: GpuAnswer = { gpus: [], lostBuses: [], isComplete: false, failed: [] };
