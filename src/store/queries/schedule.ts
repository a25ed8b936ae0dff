import type { CalendarFeed, CalendarImport } from "../../roster/calendars.ts";
import type { ShiftRequest } from "../../roster/shift-request.ts";
import { endOf } from "../../roster/shift-request.ts";
import { fromJson, type Sql } from "../sql.ts";
import type { Queries } from "../store.ts";

type ScheduleQueries = Pick<
  Queries,
  | "shiftRequest"
  | "openShiftRequests"
  | "shiftRequestsSince"
  | "putShiftRequest"
  | "answerShiftRequest"
  | "pruneShiftRequests"
  | "calendarFeeds"
  | "calendarFeedByHash"
  | "putCalendarFeed"
  | "touchCalendarFeed"
  | "removeCalendarFeed"
  | "calendarImports"
  | "putCalendarImport"
  | "updateCalendarImport"
  | "removeCalendarImport"
>;

export function scheduleQueries(sql: Sql): ScheduleQueries {
  return {
    async shiftRequest(id) {
      const [row] = await sql.all("select data from shift_request where id = ?", [id]);
      return row === undefined ? undefined : fromJson<ShiftRequest>(row.data);
    },
    openShiftRequests: async () =>
      (await sql.all("select data from shift_request where state = 'asked' order by ends_at, id")).map((row) =>
        fromJson<ShiftRequest>(row.data),
      ),
    shiftRequestsSince: async (endsAfter, limit) =>
      (
        await sql.all("select data from shift_request where ends_at > ? order by ends_at desc, id limit ?", [
          endsAfter,
          limit,
        ])
      ).map((row) => fromJson<ShiftRequest>(row.data)),
    putShiftRequest: (request) =>
      sql.insert(
        "replace",
        "shift_request",
        ["id", "state", "ends_at", "data"],
        [[request.id, request.state, endOf(request), JSON.stringify(request)]],
      ),
    answerShiftRequest: async (request) =>
      (await sql.run("update shift_request set state = ?, data = ? where id = ? and state = 'asked'", [
        request.state,
        JSON.stringify(request),
        request.id,
      ])) === 1,
    calendarFeeds: async () =>
      (await sql.all("select data from calendar_feed order by id")).map((row) => fromJson<CalendarFeed>(row.data)),
    async calendarFeedByHash(hash) {
      const [row] = await sql.all("select data from calendar_feed where hash = ?", [hash]);
      return row === undefined ? undefined : fromJson<CalendarFeed>(row.data);
    },
    putCalendarFeed: (feed) =>
      sql.insert("replace", "calendar_feed", ["id", "hash", "data"], [[feed.id, feed.hash, JSON.stringify(feed)]]),
    async touchCalendarFeed(feed, at) {
      const read: CalendarFeed = { ...feed, lastReadAt: at };
      await sql.run("update calendar_feed set data = ? where id = ?", [JSON.stringify(read), feed.id]);
    },
    removeCalendarFeed: async (id) => (await sql.run("delete from calendar_feed where id = ?", [id])) === 1,
    calendarImports: async () =>
      (await sql.all("select data from calendar_import order by id")).map((row) => fromJson<CalendarImport>(row.data)),
    putCalendarImport: (calendar) =>
      sql.insert("replace", "calendar_import", ["id", "data"], [[calendar.id, JSON.stringify(calendar)]]),
    updateCalendarImport: async (calendar) =>
      (await sql.run("update calendar_import set data = ? where id = ?", [JSON.stringify(calendar), calendar.id])) ===
      1,
    removeCalendarImport: async (id) => (await sql.run("delete from calendar_import where id = ?", [id])) === 1,
    pruneShiftRequests: (before) => sql.run("delete from shift_request where ends_at < ?", [before]),
  };
}
