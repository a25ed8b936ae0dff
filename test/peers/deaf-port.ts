import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";

/** Listens with the shortest queue there is, and then never looks up again. */
const LISTENER = `
const { createServer } = require("node:net");
const { parentPort, workerData } = require("node:worker_threads");
const server = createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(workerData), 0, 0);
  process.exit(0);
});`;
/** More than the queue holds: Linux takes one more than it is told, and rounds up. */
const FILLERS = 6;
const TAKEN_WITHIN_MS = 200;

/** A port whose connections are never taken, as behind a firewall that drops what it does not like. */
export async function startDeafPort(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const shared = new SharedArrayBuffer(4);
  const worker = new Worker(LISTENER, { eval: true, workerData: shared });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  const fillers: Socket[] = [];
  for (let n = 0; n < FILLERS; n++) fillers.push(connect(port, "127.0.0.1").on("error", () => {}));
  await new Promise((resolve) => setTimeout(resolve, TAKEN_WITHIN_MS));
  return {
    port,
    async stop() {
      for (const filler of fillers) filler.destroy();
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      Atomics.store(new Int32Array(shared), 0, 1);
      Atomics.notify(new Int32Array(shared), 0);
      await ended;
    },
  };
}
