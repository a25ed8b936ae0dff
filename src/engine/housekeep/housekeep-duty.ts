import { DAY_MS, HOUR_MS } from "../../time/instant.ts";
import type { Duty, Ports } from "../ports.ts";

/** How long the raw requests are kept as evidence of what came. */
const INBOX_KEEP_MS = 30 * DAY_MS;

/** Removes what its time has passed for: raw requests that were dealt with a month ago, and sessions that have ended. */
export function housekeepDuty(ports: Ports): Duty {
  return {
    name: "housekeep",
    promise: {
      ko: "보관 기간이 지난 수신 원문과 끝난 세션을 정리합니다.",
      en: "Removes received bodies whose time has passed, and sessions that have ended.",
    },
    everyMs: HOUR_MS,
    async run(at) {
      const removed = await ports.store.pruneInbox(at - INBOX_KEEP_MS);
      const sessions = await ports.store.pruneSessions(at);
      const size = await ports.store.size();
      return { status: { removed, sessions, storeBytes: size ?? null } };
    },
  };
}
