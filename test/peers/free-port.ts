import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that outgoing connections are given: such a one could be taken between our look and its use. */
const FIRST = 15_000;
const LAST = 32_000;
const TRIES_MAX = 50;

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port in ${TRIES_MAX} tries`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
