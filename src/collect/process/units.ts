import { existsSync } from "node:fs";
import type { Collected, Measured } from "../collector.ts";
import { ProgramRunner } from "../run-program.ts";
import { readUnitStates } from "./read-unit-states.ts";

/** There where systemd is what runs the machine (sd_booted(3)). */
const SYSTEMD_RUNS = "/run/systemd/system";

/** What systemd tells of its units. */
export class Units {
  readonly #wanted: readonly string[];
  readonly #program: string | undefined;
  readonly #runner = new ProgramRunner();

  /** `program` in place of `systemctl`, asked also where systemd does not seem to run. */
  constructor(wanted: readonly string[], program: string | undefined) {
    this.#wanted = wanted.map((unit) => (unit.includes(".") ? unit : `${unit}.service`));
    this.#program = program;
  }

  async measure(host: string, signal: AbortSignal): Promise<Collected> {
    if (this.#program === undefined && !existsSync(SYSTEMD_RUNS)) {
      return this.#wanted.length === 0
        ? { samples: [] }
        : { samples: [], failed: "units: systemd does not run on this host" };
    }
    const samples: Measured[] = [];
    const failures: string[] = [];
    const total = await this.#ask(["--property=NFailedUnits"], signal);
    const failedUnits = /^NFailedUnits=(\d+)$/mu.exec(total.out)?.[1];
    if (failedUnits !== undefined)
      samples.push({ metric: "units_failed", labels: { host }, value: Number(failedUnits) });
    else failures.push(total.failed ?? "does not tell how many units failed");
    if (this.#wanted.length > 0 && total.failed === undefined) {
      const answer = await this.#ask(["--property=Id,LoadState,ActiveState,SubState", "--", ...this.#wanted], signal);
      const states = readUnitStates(answer.out);
      if (answer.failed !== undefined || states.length !== this.#wanted.length) {
        failures.push(answer.failed ?? "does not tell the state of all units");
      } else {
        for (const [nth, { isActive, isKnown }] of states.entries()) {
          const unit = this.#wanted[nth] ?? "";
          samples.push({ metric: "unit_active", labels: { host, unit }, value: isActive ? 1 : 0 });
          if (!isKnown) failures.push(`${unit} is not known here`);
        }
      }
    }
    return { samples, ...(failures.length === 0 ? {} : { failed: `systemd: ${failures.join("; ")}` }) };
  }

  async #ask(
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly out: string; readonly failed?: string }> {
    const program = this.#program ?? "systemctl";
    const ran = await this.#runner.run(program, ["show", "--no-pager", ...args], signal);
    if (ran.is === "hangs") return { out: "", failed: `${program} does not end` };
    if (ran.is === "not-there") return { out: "", failed: `${program} cannot be run (${ran.because})` };
    if (ran.code === 0) return { out: ran.out };
    return { out: ran.out, failed: ran.errors.trim().split("\n")[0] || `${program} ended with ${String(ran.code)}` };
  }
}
