import { DAY_MS, HOUR_MS } from "../../time/instant.ts";
import type { Duty, Ports } from "../ports.ts";

/** How long the raw requests are kept as evidence of what came. */
const INBOX_KEEP_MS = 30 * DAY_MS;

/** A year and a month: what was deployed at this time last year is still there to compare with. */
const MARKS_KEEP_MS = 400 * DAY_MS;

/** Removes what its time has passed for: raw requests that were dealt with a month ago, old marks, and sessions that have ended. */
export function housekeepDuty(ports: Ports): Duty {
  return {
    name: "housekeep",
    promise: {
      ko: "보관 기간이 지난 수신 원문, 끝난 세션, 오래된 배포 기록을 정리합니다.",
      en: "Removes received bodies and marks whose time has passed, and sessions that have ended.",
    },
    everyMs: HOUR_MS,
    async run(at) {
      const removed = await ports.store.pruneInbox(at - INBOX_KEEP_MS);
      const sessions = await ports.store.pruneSessions(at);
      const marks = await ports.store.pruneMarks(at - MARKS_KEEP_MS);
      const size = await ports.store.size();
      return { status: { removed, sessions, marks, storeBytes: size ?? null } };
    },
  };
}
