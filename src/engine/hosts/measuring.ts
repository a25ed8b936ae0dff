import type { Sample } from "../../metric/sample.ts";
import type { TargetState } from "../../monitor/agent.ts";
import type { CollectReason } from "../../monitor/collect-reason.ts";
import type { Target } from "../../monitor/target.ts";

/** What the collecting of this process can be asked: handed in by whoever puts the program together. */
export type Measuring = {
  /** How each target goes that runs here. */
  states(): readonly TargetState[];
  /** Fault `config-invalid` or `secret-unreadable` where no collector could be opened with these settings. */
  check(target: Target): void;
  /** Asks it once, here and now. */
  tryOnce(target: Target): Promise<{
    readonly samples: readonly TriedSample[];
    readonly failed?: readonly CollectReason[];
    readonly notes?: readonly CollectReason[];
  }>;
};

export type TriedSample = Omit<Sample, "at">;
