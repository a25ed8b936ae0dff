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
    pruneShiftRequests: (before) => sql.run("delete from shift_request where ends_at < ?", [before]),
  };
}
