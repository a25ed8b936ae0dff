import { parentPort, workerData } from "node:worker_threads";
import { readEntries } from "./read-entries.ts";

/** The thread in which `calendars.ts` has a text read. */
const { text, facts } = workerData as { text: string; facts: Parameters<typeof readEntries>[1] };
try {
  parentPort?.postMessage(readEntries(text, facts));
} catch {
  parentPort?.postMessage({ is: "refused", because: "not-a-calendar" });
}
