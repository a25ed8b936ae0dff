import { DAY_MS, HOUR_MS } from "../../time/instant.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";
import { expireShiftRequests } from "../shift-requests.ts";
import { refreshImports } from "./calendar-imports.ts";

/** How long what became of a request is kept in the list; the audit log keeps it for good. */
const REQUESTS_KEEP_MS = 400 * DAY_MS;

/** The next end and the next reading that are known are waited for, and whoever adds one nudges: this is for the rest. */
const EVERY_MS = HOUR_MS;

/** Looks after what people arrange among themselves, requests that nobody answered in time, and after their calendars. */
export function scheduleDuty(ports: Ports, knowledge: Knowledge): Duty {
  return {
    name: "schedule",
    promise: {
      ko: "답 없이 근무가 시작된 부탁을 끝내 부탁한 사람에게 알리고, 가져온 달력을 다시 읽습니다.",
      en: "Ends requests whose shift began without an answer, tells who asked, and reads imported calendars anew.",
    },
    everyMs: EVERY_MS,
    async run(at) {
      const { expired, next } = await expireShiftRequests(ports, at);
      const removed = await ports.store.pruneShiftRequests(at - REQUESTS_KEEP_MS);
      const calendars = await refreshImports({ ports, knowledge }, at);
      const dues = [next, calendars.next].filter((due) => due !== undefined);
      return {
        status: { expired, removed, calendarsRead: calendars.read, calendarsFailed: calendars.failed },
        next: dues.length === 0 ? undefined : Math.min(...dues),
        nudge: expired + calendars.read > 0 ? ["deliver"] : [],
      };
    },
  };
}
