import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { simulate } from "./simulate.ts";

// Of this thread: whatever else the machine has to do goes first.
setPriority(constants.priority.PRIORITY_LOW);

/** Runs the seeds it is given and reports each. */
const { seeds, days } = workerData as { readonly seeds: readonly number[]; readonly days: number };
for (const seed of seeds) parentPort?.postMessage(await simulate({ policy: POLICY, roster: ROSTER, seed, days }));
