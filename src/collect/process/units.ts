import { existsSync } from "node:fs";
import type { CollectReason } from "../../monitor/collect-reason.ts";
import { type Collected, collected, type Measured } from "../collector.ts";
import { ProgramRunner } from "../run-program.ts";
import { readUnitStates } from "./read-unit-states.ts";

/** There where systemd is what runs the machine (sd_booted(3)). */
const SYSTEMD_RUNS = "/run/systemd/system";

/** What systemd tells of its units. */
export class Units {
  readonly #wanted: readonly string[];
  readonly #program: string;
  readonly #isAskedAnyway: boolean;
  readonly #runner = new ProgramRunner();

  /** `program` in place of `systemctl`, asked also where systemd does not seem to run. */
  constructor(wanted: readonly string[], program: string | undefined) {
    this.#wanted = wanted.map((unit) => (unit.includes(".") ? unit : `${unit}.service`));
    this.#program = program ?? "systemctl";
    this.#isAskedAnyway = program !== undefined;
  }

  async measure(host: string, signal: AbortSignal): Promise<Collected> {
    if (!this.#isAskedAnyway && !existsSync(SYSTEMD_RUNS)) {
      return this.#wanted.length === 0 ? { samples: [] } : { samples: [], failed: [{ code: "systemd-missing" }] };
    }
    const samples: Measured[] = [];
    const failures: CollectReason[] = [];
    const notes: CollectReason[] = [];
    const total = await this.#ask(["--property=NFailedUnits"], signal);
    const failedUnits = /^NFailedUnits=(\d+)$/mu.exec(total.out)?.[1];
    if (failedUnits !== undefined)
      samples.push({ metric: "units_failed", labels: { host }, value: Number(failedUnits) });
    else failures.push(total.failed ?? { code: "program-unclear", program: this.#program });
    if (this.#wanted.length > 0 && total.failed === undefined) {
      const answer = await this.#ask(["--property=Id,LoadState,ActiveState,SubState", "--", ...this.#wanted], signal);
      const states = readUnitStates(answer.out);
      if (answer.failed !== undefined || states.length !== this.#wanted.length) {
        failures.push(answer.failed ?? { code: "program-unclear", program: this.#program });
      } else {
        for (const [nth, { isActive, load }] of states.entries()) {
          const unit = this.#wanted[nth] ?? "";
          samples.push({ metric: "unit_active", labels: { host, unit }, value: isActive ? 1 : 0 });
          if (load === "not-found") failures.push({ code: "unit-unknown", of: unit });
          else if (load !== "loaded") notes.push({ code: "unit-not-loaded", of: unit, state: load });
        }
      }
    }
    return { ...collected(samples, failures), ...(notes.length === 0 ? {} : { notes }) };
  }

  async #ask(
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly out: string; readonly failed?: CollectReason }> {
    const program = this.#program;
    const ran = await this.#runner.run(program, ["show", "--no-pager", ...args], signal);
    if (ran.is === "hangs") return { out: "", failed: { code: "program-hangs", program } };
    if (ran.is === "not-there")
      return { out: "", failed: { code: "program-not-runnable", program, detail: ran.because } };
    if (ran.code === 0) return { out: ran.out };
    const detail = ran.errors.trim().split("\n")[0] || `exit code ${String(ran.code)}`;
    return { out: ran.out, failed: { code: "program-refused", program, detail } };
  }
}
