import { Fault } from "../fault/fault.ts";
import { readCron } from "../heartbeat/cron.ts";
import type { Heartbeat } from "../heartbeat/heartbeat.ts";
import { HEARTBEAT_EVERY_MS_MIN, HEARTBEAT_GRACE_MS_MIN, HEARTBEAT_MS_MAX } from "../heartbeat/heartbeat.ts";
import { asId } from "../id/id.ts";
import { SECOND_MS } from "../time/instant.ts";

type Body = Readonly<Record<string, unknown>>;

/** The definition that a form or a program sends. */
export function heartbeatIn(id: string, body: Body): Heartbeat {
  const text = (field: "grade" | "service"): string | undefined => {
    const value = body[field];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string" || value.length > 200) throw new Fault("bad-request", { field, expected: "a text" });
    return value.trim();
  };
  const grade = text("grade");
  const service = text("service");
  return {
    id: asId<"heartbeat">(id),
    schedule: scheduleIn(body.schedule),
    grace: secondsIn(body.graceSeconds, "graceSeconds", HEARTBEAT_GRACE_MS_MIN),
    ...(grade === undefined ? {} : { grade }),
    ...(service === undefined ? {} : { service }),
  };
}

export function scheduleIn(value: unknown): Heartbeat["schedule"] {
  const { everySeconds, cron, zone } = (typeof value === "object" && value !== null ? value : {}) as Body;
  if (cron === undefined)
    return { kind: "every", every: secondsIn(everySeconds, "everySeconds", HEARTBEAT_EVERY_MS_MIN) };
  if (typeof zone !== "string" || !isZone(zone))
    throw new Fault("bad-request", { field: "zone", expected: "an IANA time zone, such as Asia/Seoul" });
  if (typeof cron !== "string" || readCron(cron.trim(), zone) === undefined)
    throw new Fault("bad-request", {
      field: "cron",
      expected: "five fields (minute hour day month weekday) whose time comes, such as 0 3 * * *",
    });
  return { kind: "cron", cron: cron.trim(), zone };
}

function secondsIn(value: unknown, field: string, least: number): number {
  const [from, to] = [least / SECOND_MS, HEARTBEAT_MS_MAX / SECOND_MS];
  if (typeof value !== "number" || !Number.isInteger(value) || value < from || value > to)
    throw new Fault("bad-request", { field, expected: `whole seconds from ${from} to ${to}` });
  return value * SECOND_MS;
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
