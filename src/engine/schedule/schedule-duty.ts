import { DAY_MS, MINUTE_MS } from "../../time/instant.ts";
import type { Duty, Ports } from "../ports.ts";
import { expireShiftRequests } from "../shift-requests.ts";

/** How long what became of a request is kept in the list; the audit log keeps it for good. */
const REQUESTS_KEEP_MS = 400 * DAY_MS;

/** Looks after what people arrange among themselves: requests that nobody answered in time. */
export function scheduleDuty(ports: Ports): Duty {
  return {
    name: "schedule",
    promise: {
      ko: "답을 받지 못한 채 근무가 시작된 부탁을 끝내고, 부탁한 사람에게 알립니다.",
      en: "Ends requests whose shift began without an answer, and tells who asked.",
    },
    everyMs: MINUTE_MS,
    async run(at) {
      const { expired, next } = await expireShiftRequests(ports, at);
      const removed = await ports.store.pruneShiftRequests(at - REQUESTS_KEEP_MS);
      return { status: { expired, removed }, next, nudge: expired > 0 ? ["deliver"] : [] };
    },
  };
}
