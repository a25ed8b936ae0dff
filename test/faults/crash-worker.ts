import { parentPort } from "node:worker_threads";
import { liveHour } from "./eventful-hour.ts";

/** Lives the hour once for each place that it is told, and tells how it went. */
parentPort?.on("message", async (killAt: number | undefined) => {
  parentPort?.postMessage(await liveHour(killAt));
});
