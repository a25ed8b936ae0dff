import { connect } from "node:net";
import { reasonOf } from "../error-reason.ts";
import type { SettingsReader } from "../settings.ts";
import { addressOf, familyOf, written } from "./address.ts";
import type { Answer } from "./answer.ts";
import { connected } from "./connected.ts";

export const TCP_SETTINGS = ["host", "port", "family"] as const;

/** Whether a connection can be opened; what is asked on it is nobody's business here. */
export function openTcp(settings: SettingsReader): (signal: AbortSignal) => Promise<Answer> {
  const address = addressOf(settings);
  const family = familyOf(settings);
  return async (signal) => {
    const began = performance.now();
    const socket = connect({ ...address, ...(family === undefined ? {} : { family }) });
    try {
      await connected(socket, "connect", signal);
      return { up: true, seconds: (performance.now() - began) / 1_000 };
    } catch (error) {
      return { up: false, because: reasonOf(error, written(address)) };
    } finally {
      socket.destroy();
    }
  };
}
