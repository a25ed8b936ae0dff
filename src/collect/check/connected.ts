import type { Socket } from "node:net";

/** Resolves with the socket's event; rejects with its error, or as ETIMEDOUT where the time is over first. */
export function connected(socket: Socket, event: "connect" | "secureConnect", signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (): void => reject(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
    if (signal.aborted) over();
    signal.addEventListener("abort", over, { once: true });
    socket.once(event, () => {
      signal.removeEventListener("abort", over);
      resolve();
    });
    // Stays: an error after the answer is nobody's.
    socket.on("error", (error) => {
      signal.removeEventListener("abort", over);
      reject(error);
    });
  });
}
